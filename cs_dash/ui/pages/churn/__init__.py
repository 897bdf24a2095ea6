"""What the churn page has beside its answers."""
