"""From bytes to raw sheets: what a file is, told by its content, and who reads it."""
