"""Audits: random samples of tickets checked by people, and the how-to share corrected by them."""
