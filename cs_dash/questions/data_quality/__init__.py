"""What is known, and how far it can be trusted."""
