"""`support.backlog`: how many tickets lie open, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.look.words import count, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import WINDOWS, bounds, windowed

BACKLOG_COLUMNS = (
    Column("month", "Month", "month"),
    Column("opened", "Came in", "count"),
    Column("solved", "Solved", "count"),
    Column("backlog", "Open at the end", "count"),
    Column("final", "Whole month", "flag"),
)


@question(
    "support.backlog",
    title="How many tickets lie open?",
    order=90,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("ticket_backlog",),
)
def backlog(request: QuestionRequest) -> Answer:
    """Return tickets that came in, were solved and lie open, month by month; figures open, opened, solved."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    rows = request.rows("ticket_backlog", as_of_day=request.as_of, **bounds(request))
    found = rows.to_pylist()
    told = any(row["solved"] for row in found)
    undated = sum(row["undated"] for row in found)
    notes = []
    if undated:
        text = f"{plural(undated, 'ticket')} closed without a known time left out: nobody knows when they were open."
        notes.append(Note(text, "doubt", ("backlog",)))
    if found and not told:
        notes.append(
            Note("No ticket tells when it was solved: a column with it brings this.", "missing", table="tickets")
        )
    return Answer(
        question=request.question,
        title=request.title,
        headline=_backlog_says(found) if told else "The tickets do not tell when they were solved.",
        as_of=request.scope.as_of,
        figures=_backlog_figures(found) if told else (),
        rows=rows if told else rows.slice(0, 0),
        columns=BACKLOG_COLUMNS,
        charts=_backlog_chart(found, rows) if told else (),
        notes=tuple(notes),
        definition=request.definitions.get("ticket_backlog"),
        currency=request.currency,
    )


def _backlog_figures(found: Sequence[dict[str, Any]]) -> tuple[Figure, ...]:
    trend = tuple(float(row["backlog"]) for row in found if row["final"])[-12:]
    return (
        Figure("backlog", "Open tickets", found[-1]["backlog"], "count", better="down", trend=trend,
               definition="ticket_backlog"),
        Figure("opened", "Came in", sum(row["opened"] for row in found), "count", definition="ticket_backlog"),
        Figure("solved", "Solved", sum(row["solved"] for row in found), "count", definition="ticket_backlog"),
    )  # fmt: skip


def _backlog_says(found: Sequence[dict[str, Any]]) -> str:
    now, first = found[-1]["backlog"], found[0]["backlog"] - found[0]["opened"] + found[0]["solved"]
    moved = (
        f", {count(abs(now - first))} {'more' if now > first else 'fewer'} than at its start" if now != first else ""
    )
    return f"**{plural(now, 'ticket')}** lie open at the end of the period{moved}."


def _backlog_chart(found: Sequence[dict[str, Any]], rows: pa.Table) -> tuple[Chart, ...]:
    if len(found) < 2:
        return ()
    peak = max(found, key=lambda row: row["backlog"])
    title = f"At most {count(peak['backlog'])} tickets lay open at the end of a month"
    return (
        LineChart(
            name="backlog", title=title, subtitle="Open tickets at the end of each month", rows=rows,
            x="month", y="backlog", unit="count", axis="open tickets",
        ),
    )  # fmt: skip
