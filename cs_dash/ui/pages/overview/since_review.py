"""The way from what changed in the chosen period to what changed since the last review."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from cs_dash.decisions.reviews.records import reviews
from cs_dash.page_registry import by_name
from cs_dash.questions.overview.comparison import comparison_day
from cs_dash.scope import MONTHS, Scope, months_before
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import reader
from cs_dash.ui.state.workspace_folder import whole_workspace

NEARBY = dt.timedelta(days=16)
"""The day of a review is looked at from the period that begins that near to it."""


class SinceReview(NamedTuple):
    """The link to what changed since the last review: its words and its address."""

    label: str
    href: str


def since_review(scope: Scope) -> SinceReview | None:
    """Return the link to this page compared with about the day of the last review; None where there is none.

    `scope`: a resolved one. Only who may open the page Review is told of one.
    """
    as_of = scope.as_of
    if as_of is None or not reader().may_open(by_name()["review"]):
        return None
    days = [day for review in reviews(whole_workspace()) if (day := review.numbers.as_of) and day < as_of]
    if not days:
        return None
    last = max(days)
    starts = {period: months_before(as_of, months) for period, months in MONTHS.items()}
    period = min(starts, key=lambda name: abs(starts[name] - last))
    if abs(starts[period] - last) > NEARBY or comparison_day(scope) == starts[period]:
        return None
    target = replace(scope, period=period, start=None, end=None, as_of=None, compare="previous")
    return SinceReview(
        "since the last review" if starts[period] == last else "since about the last review", address.scope_link(target)
    )
