"""Retention of revenue and of accounts."""
