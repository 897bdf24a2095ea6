"""`support.backlog`: the backlog of open tickets, month by month."""

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
    """Return tickets opened, solved and still open, month by month; figures backlog, opened, solved."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    rows = request.rows("ticket_backlog", as_of_day=request.as_of, **bounds(request))
    months = rows.to_pylist()
    has_solution_times = _any_solved(months)
    if not has_solution_times:  # a period in which none was solved is no data that do not tell it
        ever = bounds(request) | {"start_day": None, "end_day": None}
        has_solution_times = _any_solved(request.rows("ticket_backlog", as_of_day=request.as_of, **ever).to_pylist())
    undated = sum(row["undated"] for row in months)
    notes = []
    if undated:
        text = f"{plural(undated, 'ticket')} closed without a known time left out: nobody knows when they were open."
        notes.append(Note(text, "doubt", ("backlog",)))
    solved = "tickets.solved_at", "tickets.resolution_minutes"
    if months and not has_solution_times:
        text = request.lacks("No ticket tells when it was solved", "No day of a solution was read", *solved)
        notes.append(Note(f"{text}: a column with it brings this.", "missing", table="tickets"))
    unsolved = request.lacks(
        "The tickets do not tell when they were solved.", "No day of a solution was read from the tickets.", *solved
    )
    return request.answer(
        headline=_headline(months) if has_solution_times else unsolved,
        figures=_figures(months) if has_solution_times else (),
        rows=rows if has_solution_times else rows.slice(0, 0),
        columns=BACKLOG_COLUMNS,
        charts=_chart(months, rows) if has_solution_times else (),
        notes=tuple(notes),
        definition="ticket_backlog",
    )


def _any_solved(months: Sequence[dict[str, Any]]) -> bool:
    return any(row["solved"] for row in months)


def _figures(months: Sequence[dict[str, Any]]) -> tuple[Figure, ...]:
    trend = tuple(float(row["backlog"]) for row in months if row["final"])[-12:]
    return (
        Figure("backlog", "Open tickets", months[-1]["backlog"], "count", better="down", trend=trend,
               definition="ticket_backlog"),
        Figure("opened", "Came in", sum(row["opened"] for row in months), "count", definition="ticket_backlog"),
        Figure("solved", "Solved", sum(row["solved"] for row in months), "count", definition="ticket_backlog"),
    )  # fmt: skip


def _headline(months: Sequence[dict[str, Any]]) -> str:
    open_at_end, open_at_start = months[-1]["backlog"], months[0]["backlog"] - months[0]["opened"] + months[0]["solved"]
    change, change_text = open_at_end - open_at_start, ""
    if change:
        change_text = f", {count(abs(change))} {'more' if change > 0 else 'fewer'} than at its start"
    return f"**{plural(open_at_end, 'ticket')}** lie open at the end of the period{change_text}."


def _chart(months: Sequence[dict[str, Any]], rows: pa.Table) -> tuple[Chart, ...]:
    if len(months) < 2:
        return ()
    peak = max(months, key=lambda row: row["backlog"])
    title = f"At most {count(peak['backlog'])} tickets lay open at the end of a month"
    return (
        LineChart(
            name="backlog", title=title, subtitle="Open tickets at the end of each month", rows=rows,
            x="month", y="backlog", unit="count", axis="open tickets",
        ),
    )  # fmt: skip
