"""What a deck contains: one module for each part, pure functions from answers to slides."""

from cs_dash.review.contents.account import account_deck
from cs_dash.review.contents.review import review_deck
from cs_dash.review.quarter import Quarter

__all__ = ["Quarter", "account_deck", "review_deck"]
