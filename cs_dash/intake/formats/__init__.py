"""From bytes to raw sheets: every file format has a module that recognises and reads it."""
