"""Churn: how many customers leave, and why."""
