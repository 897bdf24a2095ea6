"""What the overview needs beyond asking: the figures, the triage and the charts that the data allow."""
