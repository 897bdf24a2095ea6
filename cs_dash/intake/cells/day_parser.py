"""Cells of a column of days or moments become values; months, quarters, weeks and years stand for one of their days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cs_dash.intake.cells import date_spans, dates
from cs_dash.intake.cells.dates import Order
from cs_dash.schema.tables import Field

Parsed = tuple[Any, tuple[str, str] | None]
"""A value, or None with what is wrong and the advice."""
_LONGEST_SPAN = 30
LAST_DAYS = frozenset({"end_date", "churn_date", "churned_on", "solved_at"})
"""Fields that hold the end of something: a month stands for its last day there, and for its first day elsewhere."""
_UNITS = {"month": "Months", "quarter": "Quarters", "half": "Half-years", "week": "Weeks", "year": "Years"}


class DayParser:
    """Reads the days or moments of one column, and keeps an example of the months, quarters, weeks and years in it."""

    def __init__(self, field: Field, order: Order, since_1904: bool, fiscal_start: int) -> None:
        """Take the field that the column fills, and how the sheet writes its days."""
        self._field, self._order, self._since_1904, self._fiscal_start = field, order, since_1904, fiscal_start
        self._examples: dict[str, tuple[str, date]] = {}
        self._fiscal = False

    def __call__(self, text: str) -> Parsed:
        """Return the day or moment that a cell names, or what is wrong with it and what to do."""
        read = dates.day if self._field.type == "date" else dates.moment
        moment = read(text, self._order, self._since_1904)
        if moment is not None and (moment.day != 1 or len(text) > _LONGEST_SPAN):
            return _checked(moment, text)
        span = date_spans.span(text, self._fiscal_start)
        if moment is None and span is None:
            span = date_spans.calendar_year(text)
        if span is None and moment is None and date_spans.is_two_years(text):
            return None, (
                "The first month of this fiscal year is unknown.",
                "Set the first month of the fiscal year in Settings.",
            )
        if span is None:
            return _checked(moment, text)
        day = span.last if self._field.name in LAST_DAYS else span.first
        self._examples.setdefault(span.unit, (text, day))
        self._fiscal |= span.fiscal
        return _checked(day if self._field.type == "date" else datetime(day.year, day.month, day.day), text)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Which day of a month, a quarter, a week or a year was taken, a sentence for each."""
        edge = "last" if self._field.name in LAST_DAYS else "first"
        sentences = [
            f"{_UNITS[unit]} in “{self._field.label}” count as their {edge} day: {text} was read as {day.isoformat()}."
            for unit, (text, day) in self._examples.items()
        ]
        if self._fiscal:
            begin = dates.month_name(self._fiscal_start)
            sentences.append(f"Fiscal years are assumed to begin in {begin}; change the first month in Settings.")
        return tuple(sentences)


def _checked(moment: Any, text: str) -> Parsed:
    if moment is None:
        if any(char.isdigit() for char in text):
            return None, ("Not a valid date.", "Write dates as year-month-day, for example 2026-09-14.")
        return None, ("Not a date.", "Write dates as year-month-day, for example 2026-09-14.")
    if not dates.in_range(moment):
        return None, (f"The year is not between {dates.FIRST_YEAR} and {dates.LAST_YEAR}.", "Correct the year.")
    return moment, None
