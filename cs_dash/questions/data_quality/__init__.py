"""Data quality: how complete the data are, what contradicts, and how rows found their accounts."""
