"""Accounts that ask more than their past would bring, and those that went quiet."""
