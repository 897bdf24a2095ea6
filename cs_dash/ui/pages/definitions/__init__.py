"""The definitions page."""
