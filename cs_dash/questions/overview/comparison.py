"""The comparison day of the overview, and the days of its trend."""

from __future__ import annotations

import datetime as dt

from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import Scope, months_before

TREND = 12


def comparison_day(scope: Scope) -> dt.date | None:
    """Return the day to compare balances with: one window, or a year, earlier; None when comparison is off.

    The scope is a resolved one; None also in a version without dates.
    """
    if scope.compare == "none" or scope.as_of is None:
        return None
    return months_before(scope.as_of, 12 if scope.compare == "year" else scope.window)


def trend_days(request: QuestionRequest) -> list[dt.date]:
    """Return twelve days, a month apart, that end with the as-of date, oldest first."""
    return [months_before(request.as_of, back) for back in range(TREND - 1, -1, -1)]
