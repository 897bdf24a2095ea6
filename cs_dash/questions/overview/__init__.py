"""How we are doing, and what changed: the other questions' main figures side by side."""
