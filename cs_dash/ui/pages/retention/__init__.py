"""Choices on the retention and cohort pages."""
