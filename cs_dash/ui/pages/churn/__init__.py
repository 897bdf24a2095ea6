"""Choices and the reason queue of the churn page."""
