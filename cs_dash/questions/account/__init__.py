"""Questions about one account."""
