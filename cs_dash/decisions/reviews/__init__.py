"""Quarterly reviews: which there are (`records`), and what people decide about their slides (`slides`)."""

from cs_dash.decisions.reviews.records import KINDS

__all__ = ["KINDS"]
