"""What reading returns: sheets, layouts, problems, reports."""
