"""The readable part of a ticket's text, and its tokens as numbers."""
