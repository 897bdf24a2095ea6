"""The Pareto chart of churn reasons: the largest first, by revenue or by accounts, with running shares."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import pyarrow as pa

from cs_dash.charts import Chart, RankedChart
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import reason_at
from cs_dash.questions.churn.periods import in_words
from cs_dash.questions.request import QuestionRequest, arrow_table

COUNTS = ("mrr", "accounts")
MOST_DRAWN_REASONS = 12
FEWEST_EVENTS = 5
"""Of fewer churn events no finding is made a title."""
Row = dict[str, Any]
_MEASURES = {
    "mrr_lost": ("MRR lost", "MRR lost"),
    "accounts": ("churned and downsold accounts", "Accounts"),
    "events": ("churn events", "Churn events"),
}


def with_running_shares(rows: list[Row], events: list[Row], level: str, count: str) -> tuple[str, list[Row]]:
    """Return (the measure, the reasons with `running_share`), the largest reason first.

    By revenue, the running share is that of all known MRR lost; by accounts, that of the accounts that named at least
    one of the reasons so far: an account with two reasons counts once, and the last share is 100 %. If no event has an
    amount, events are counted instead of revenue.
    """
    has_amounts = any(row["mrr_lost"] for row in rows)
    measure = "accounts" if count == "accounts" else "mrr_lost" if has_amounts else "events"
    ordered = sorted(rows, key=lambda row: -(row[measure] or 0))
    if measure == "accounts":
        accounts_by_reason: dict[str, set[str]] = {}
        for row in events:
            if row["account_id"] is not None:
                accounts_by_reason.setdefault(reason_at(row, level), set()).add(row["account_id"])
        accounts_so_far: set[str] = set()
        reached: list[float] = []
        for row in ordered:
            accounts_so_far |= accounts_by_reason.get(row["reason"], set())
            reached.append(len(accounts_so_far))
    else:
        reached = list(accumulate(row[measure] or 0 for row in ordered))
    total = reached[-1] if reached else 0
    return measure, [
        {**row, "running_share": so_far / total if total else None}
        for row, so_far in zip(ordered, reached, strict=True)
    ]


def pareto(request: QuestionRequest, measure: str, ordered: list[Row], events: int) -> Chart:
    """Return the Pareto chart: the reasons, the largest first, each with its size and its running share."""
    object_text, axis = _MEASURES[measure]
    by_money = measure == "mrr_lost"
    chart_rows = [row for row in ordered if row[measure] is not None][:MOST_DRAWN_REASONS]
    first = chart_rows[0]
    top = words.share(first["running_share"], events)
    name = first["reason"][:1].upper() + first["reason"][1:]
    return RankedChart(
        name="reasons",
        title=f"{name} drove {top} of {object_text}" if events >= FEWEST_EVENTS else f"{axis} by recorded reason",
        subtitle=f"{axis} by recorded reason with cumulative share, {in_words(request)}",
        rows=arrow_table(
            [{**row, "told": _label(request, row, measure, events)} for row in chart_rows],
            {"reason": pa.string(), "mrr_lost": pa.float64(), "events": pa.int64(), "accounts": pa.int64(),
             "running_share": pa.float64(), "told": pa.string()},
        ),
        x=measure,
        y="reason",
        label="told",
        unit="money" if by_money else "count",
        axis=axis + (f", {request.currency}" if request.currency and by_money else ""),
        order=tuple(row["reason"] for row in chart_rows),
        highlight=first["reason"],
        currency=request.currency,
    )  # fmt: skip


def _label(request: QuestionRequest, row: Row, measure: str, events: int) -> str:
    size = words.money(row[measure], request.currency) if measure == "mrr_lost" else words.count(row[measure])
    return f"{size} · {words.share(row['running_share'], min(events, 99))}"
