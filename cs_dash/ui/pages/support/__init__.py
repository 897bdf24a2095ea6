"""Choices, downloads and decisions on the pages about support demand."""
