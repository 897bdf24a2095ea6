"""The kind of a ticket and its source: a person's label, the export's own type, the model, or the lexicon."""
