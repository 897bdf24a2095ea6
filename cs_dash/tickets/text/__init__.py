"""What of a ticket's text is read, and its words as numbers."""
