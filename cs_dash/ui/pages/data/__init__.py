"""The data page: bring files, see what happened to them, take a load back."""
