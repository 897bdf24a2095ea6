"""What decisions about goals and the collaboration of teams choose from: metrics, and the subjects of the assessment."""
