"""The overview: the main figures of the other pages side by side, and what changed."""
