"""The page Review, and “Add to review” on every other page."""
