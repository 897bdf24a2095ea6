"""The charts of a deck as PowerPoint's own: every one can be edited, and its numbers stand in a workbook inside it."""
