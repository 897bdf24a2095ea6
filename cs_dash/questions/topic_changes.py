"""Which topics of tickets are new, growing or falling: the last 90 days against the 90 before them."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest, Row
from cs_dash.stats.proportions import holm
from cs_dash.stats.rates import two_rates
from cs_dash.tickets.classifier.type_terms import GLUE

NEW, GROWING, FALLING = "new", "growing", "falling"
SPAN = 90
"""Days on each side of the comparison."""


def add_changes(topic_rows: list[Row], request: QuestionRequest) -> None:
    """Add to each row of `support_topics` its `change`, None where there is none, and the `p_value` of it.

    The tickets of a topic are compared per paying account, and the p-values adjusted for the number of topics (Holm).
    """
    day = request.as_of + dt.timedelta(days=1)
    middle, start = day - dt.timedelta(days=SPAN), day - dt.timedelta(days=2 * SPAN)
    exposure, earlier_exposure = exposures(request, (middle, day), (start, middle))
    has_past = has_tickets_before(request, middle)
    p_values = holm([two_rates(row["recent"], exposure, row["before"], earlier_exposure) for row in topic_rows])
    for row, p_value in zip(topic_rows, p_values, strict=True):
        row["p_value"] = p_value if has_past else None
        rose = row["recent"] / exposure > row["before"] / earlier_exposure
        direction = GROWING if rose else FALLING
        row["change"] = direction if has_past and p_value is not None and p_value < SIGNIFICANCE_LEVEL else None
        if has_past and row["first_on"] >= middle:
            row["change"] = NEW


def exposures(request: QuestionRequest, *periods: tuple[dt.date | None, dt.date | None]) -> list[float]:
    """Return the paying account-months of each period; 1 for each where one has none, so that counts are compared."""
    months = dict.fromkeys(periods, 0.0)
    for row in request.periods("paying_exposure", *periods):
        months[row["window_start"], row["window_end"]] += row["exposure"]
    account_months = [months[bounds] for bounds in periods]
    return account_months if all(account_months) else [1.0] * len(periods)


def has_tickets_before(request: QuestionRequest, day: dt.date) -> bool:
    """Return whether any ticket came before a day; without one, every topic would be new."""
    return bool(request.single_row("ticket_texts", start_day=None, end_day=day, wanted=request.filters_json)["tickets"])


def short_labels(rows: list[Row]) -> dict[str, str]:
    """Return {topic id: label}, without the label's distinguishing words where it is unique without them."""
    short = {row["topic"]: row["label"].partition(GLUE)[0] for row in rows}
    uses = Counter(short.values())
    return {row["topic"]: short[row["topic"]] if uses[short[row["topic"]]] == 1 else row["label"] for row in rows}
