"""The period of the churn questions, as parameters of SQL definitions and in words."""

from __future__ import annotations

from typing import Any

from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import ONE_DAY

UNDATED = "with assumed churn dates"


def period(request: QuestionRequest) -> dict[str, Any]:
    """Return the scope's period and filters as parameters; an open period ends with the as-of date."""
    return {
        "start_day": request.scope.start,
        "end_day": request.scope.end or request.as_of + ONE_DAY,
        "as_of_day": request.as_of,
        "wanted": request.filters_json,
    }


def periods(*requests: QuestionRequest) -> dict[str, Any]:
    """Return the periods of several requests of one question, as parameters of definitions that take lists."""
    every = [period(request) for request in requests]
    days = {f"{name}s": [parameters[name] for parameters in every] for name in ("start_day", "end_day", "as_of_day")}
    return {**days, "wanted": every[0]["wanted"]}


def in_words(request: QuestionRequest) -> str:
    """Return the period of churn events as it stands in a sentence: "from 1 Oct 2025 to 30 Sep 2026".

    Where most of them have no date of their own, no period can be told of them, and that stands in its place.
    """
    return UNDATED if dates_assumed(request) else dates_in_words(request)


def dates_in_words(request: QuestionRequest) -> str:
    """Return the dates of the period as they stand in a sentence: "from 1 Oct 2025 to 30 Sep 2026"."""
    last = min(request.scope.end - ONE_DAY, request.as_of) if request.scope.end else request.as_of
    if request.scope.start is None:
        return f"up to {words.date(last)}"
    return f"from {words.date(request.scope.start)} to {words.date(last)}"


def dates_assumed(request: QuestionRequest) -> bool:
    """Return whether most churn events of the period, of all accounts, have an assumed date."""
    days = {name: day for name, day in period(request).items() if name != "wanted"}
    doubts = request.single_row("churn_doubts", **days)
    return bool(doubts["assumed"] * 2 > doubts["events"])
