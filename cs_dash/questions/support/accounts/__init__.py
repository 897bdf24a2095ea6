"""Accounts with ticket spikes, and accounts that have gone quiet."""
