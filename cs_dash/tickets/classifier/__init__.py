"""What kind a ticket is, and where that comes from: a label, the export's own type, the model, the lexicon."""
