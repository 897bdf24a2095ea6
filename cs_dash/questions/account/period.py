"""The days that are looked at of one account: those of the scope, or the last ones of an account that has churned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import ONE_DAY, PERIODS, months_before

Row = dict[str, Any]


@dataclass(frozen=True)
class AccountPeriod:
    """The days looked at.

    Attributes:
        last_day: the as-of date; of an account that has churned the last day that it was a customer.
        start: first day of the period; None: since the beginning.
        end: the first day after it.
        in_words: "12 months", "the 12 months before the churn".
    """

    last_day: dt.date
    start: dt.date | None
    end: dt.date
    in_words: str


def account_period(request: QuestionRequest, card: Row) -> AccountPeriod:
    """Return the days looked at for the account of a row of `account_card`."""
    churned_on: dt.date | None = card["churned_on"]
    if churned_on is not None and churned_on <= request.as_of:
        last_day = churned_on - ONE_DAY
        year = months_before(last_day, 12) + ONE_DAY
        return AccountPeriod(last_day, year, churned_on, "the 12 months before the churn")
    start, end = request.scope.bounds
    return AccountPeriod(request.as_of, start, end or request.as_of + ONE_DAY, _in_words(request))


def _in_words(request: QuestionRequest) -> str:
    scope = request.scope
    if scope.period == "all" or scope.start is None:
        return "all time"
    if scope.period == "custom":
        last_day = (scope.end or request.as_of + ONE_DAY) - ONE_DAY
        return f"{words.date(scope.start)} to {words.date(last_day)}"
    return PERIODS[scope.period].lower()
