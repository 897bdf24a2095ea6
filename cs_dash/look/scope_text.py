"""A scope in words, for what leaves the screen: pictures of charts and exports."""

from __future__ import annotations

import calendar
import datetime as dt

from cs_dash.look import words
from cs_dash.scope import ONE_DAY, Scope

MOST_NAMED = 6
"""How many values of a filter are named; of more it says how many they are."""


def scope_text(scope: Scope, locale: str | None = None) -> str:
    """Return the period and the filters of a resolved scope: "Oct 2025 to Sep 2026, all accounts"."""
    filters = [f"{words.field_title(name)}: {_listed(values)}" for name, values in scope.filters]
    return ", ".join(part for part in (period_text(scope, locale), "; ".join(filters) or "all accounts") if part)


def period_text(scope: Scope, locale: str | None = None) -> str:
    """Return the period of a resolved scope: "Oct 2025 to Sep 2026", "5 Oct 2025 to 30 Sep 2026", "up to 30 Sep 2026".

    "" for a scope without an end.
    """
    start, end = scope.bounds
    if end is None:
        return ""
    last = end - ONE_DAY
    if start is None:
        return f"up to {words.date(last, locale)}"
    if start.day == 1 and _ends_a_month(last):
        first_month, last_month = words.month(start, locale), words.month(last, locale)
        return first_month if first_month == last_month else f"{first_month} to {last_month}"
    return words.date(start, locale) if start == last else f"{words.date(start, locale)} to {words.date(last, locale)}"


def _ends_a_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _listed(values: tuple[str, ...]) -> str:
    more = len(values) - MOST_NAMED
    return ", ".join(values[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
