"""How a number is written: the unit of a figure, of a column of a table and of the measured axis of a chart."""

from __future__ import annotations

from typing import Literal

Unit = Literal[
    "text", "date", "month", "share", "money", "count", "number", "ratio", "score", "points", "months", "days",
    "minutes", "per_100", "flag", "trend", "link",
]  # fmt: skip

INDEX = "pts"
"""Stands for a currency where amounts are hidden: they are points of an index, the MRR of all accounts being 100."""
