"""What a support ticket is about, read from what the help desk already says of it."""
