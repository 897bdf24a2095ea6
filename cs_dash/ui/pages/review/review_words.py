"""A review in words: its quarter, its numbers, its state."""

from __future__ import annotations

from cs_dash.decisions.reviews.records import Filters, Review, ReviewNumbers
from cs_dash.look import words
from cs_dash.review.quarter import Quarter
from cs_dash.ui.components.scope_bar import in_short, title
from cs_dash.ui.components.text import locale


def quarter_title(review: Review) -> str:
    """Return what a review is called: "Review Q3 2026", with a number where it is not the first of its quarter."""
    number = review.review_id.removeprefix(review.quarter).removeprefix("-")
    return f"Review {Quarter.of(review.quarter).title}" + (f" ({number})" if number else "")


def load_words(numbers: ReviewNumbers) -> str:
    """Return where the numbers of a review come from: "load 14 of 2 Oct 2026"."""
    return f"load {numbers.version} of {words.date(numbers.loaded_at.date(), locale())}"


def accounts_words(filters: Filters) -> str:
    """Return which accounts a review is about."""
    return "; ".join(f"{title(name)}: {in_short(values)}" for name, values in filters) or "all accounts"
