"""`support.backlog`: the backlog of open tickets, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.look.words import count, month, plural
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.period import WINDOWS, bounds, windowed

BACKLOG_COLUMNS = (
    Column("month", "Month", "month"),
    Column("opened", "Opened", "count"),
    Column("solved", "Solved", "count"),
    Column("backlog", "Backlog", "count", "Open at month end."),
    Column("final", "Full month", "flag"),
)


@question(
    "support.backlog",
    title="Backlog",
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
        text = f"Excludes {plural(undated, 'closed ticket')} without a resolution time."
        notes.append(Note(text, "doubt", ("backlog",)))
    solved = "tickets.solved_at", "tickets.resolution_minutes"
    if months and not has_solution_times:
        text = request.lacks("No ticket has a resolution date", "No resolution date was loaded", *solved)
        notes.append(Note(f"{text}: add a column with it.", "missing", table="tickets"))
    unsolved = request.lacks(
        "The tickets have no resolution dates.", "No resolution dates were loaded for the tickets.", *solved
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
        Figure("opened", "Opened", sum(row["opened"] for row in months), "count", definition="ticket_backlog"),
        Figure("solved", "Solved", sum(row["solved"] for row in months), "count", definition="ticket_backlog"),
    )  # fmt: skip


def _headline(months: Sequence[dict[str, Any]]) -> str:
    open_at_end, open_at_start = months[-1]["backlog"], months[0]["backlog"] - months[0]["opened"] + months[0]["solved"]
    change, change_text = open_at_end - open_at_start, ""
    if change:
        change_text = f", {count(abs(change))} {'more' if change > 0 else 'fewer'} than at the start"
    return f"The backlog is **{plural(open_at_end, 'ticket')}** at the end of the period{change_text}."


def _chart(months: Sequence[dict[str, Any]], rows: pa.Table) -> tuple[Chart, ...]:
    if len(months) < 2:
        return ()
    peak = max(months, key=lambda row: row["backlog"])
    title = f"Backlog peaked at {plural(peak['backlog'], 'ticket')} in {month(peak['month'])}"
    return (
        LineChart(
            name="backlog", title=title, subtitle="Open tickets at month end", rows=rows,
            x="month", y="backlog", unit="count", axis="Open tickets",
        ),
    )  # fmt: skip
