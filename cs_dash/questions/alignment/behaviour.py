"""`alignment.behaviour`: how the teams worked together quarter by quarter, as decisions, goals and releases show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look import words
from cs_dash.questions.alignment.assessment import quarter_of
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.scope import months_before

QUARTERS = 4
TYPES = {
    "quarter": pa.string(), "decisions": pa.int64(), "due": pa.int64(), "kept": pa.int64(),
    "kept_share": pa.float64(), "shipped": pa.int64(), "measurable": pa.int64(), "measured_share": pa.float64(),
    "askers": pa.int64(), "told": pa.int64(), "told_share": pa.float64(), "goals": pa.int64(), "final": pa.bool_(),
}  # fmt: skip
NOTHING_SHIPPED = "nothing shipped to accounts that asked"
COLUMNS = (
    Column("quarter", "Quarter", priority=1),
    Column("decisions", "Decisions", "count", priority=1),
    Column("due", "Due", "count", help="Accepted items due in the quarter"),
    Column("kept", "Kept", "count", help="As said at the review, else shipped by their day"),
    Column("kept_share", "Share kept", "share", absent="nothing was due", priority=1),
    Column("shipped", "Shipped", "count"),
    Column("measurable", "Measurable", "count", help="Shipped six weeks ago or earlier, with a topic"),
    Column("measured_share", "Share measurable", "share", absent="nothing shipped", optional=True),
    Column("askers", "Accounts that asked", "count", help="For what shipped in the quarter", absent=NOTHING_SHIPPED),
    Column("told", "Accounts informed", "count", absent=NOTHING_SHIPPED),
    Column("told_share", "Share informed", "share", absent=NOTHING_SHIPPED, priority=1),
    Column("goals", "Shared goals", "count"),
    Column("final", "Quarter complete", "flag", optional=True),
)
Row = dict[str, Any]


@question(
    "alignment.behaviour",
    title="Collaboration in the data",
    order=30,
    uses=("collaboration_quarters", "roadmap_items", "shared_goals"),
    follows_topics=True,
)
def behaviour(request: QuestionRequest) -> Answer:
    """Return decisions, releases, informed accounts and shared goals of the last four quarters, newest first.

    Figures: owner_share (of the items that have not shipped), kept_share, told_share, measured_share (of four
    quarters), goals.
    """
    items = request.rows("roadmap_items").to_pylist()
    goals = request.rows("shared_goals").num_rows
    as_of = request.scope.as_of
    if as_of is None or not (items or goals):
        return request.answer(
            "No roadmap items and no shared goals yet.", rows=arrow_table([], TYPES), columns=COLUMNS,
            notes=(Note("Add roadmap items or shared goals to see how the teams work together.", "missing"),),
        )  # fmt: skip
    starts = quarter_starts(as_of)
    rows = request.rows("collaboration_quarters", quarter_starts=starts, as_of_day=as_of).to_pylist()
    listed = [_row(row, as_of) for row in reversed(rows)]
    waiting = [item for item in items if item["shipped_on"] is None or item["shipped_on"] > as_of]
    return request.answer(
        headline=_headline(listed, goals),
        figures=_figures(rows, waiting, goals),
        rows=arrow_table(listed, TYPES),
        columns=COLUMNS,
        notes=_notes(request),
        definition="collaboration_quarters",
    )


def quarter_starts(as_of: dt.date) -> list[dt.date]:
    """Return the first days of the last four quarters, oldest first; the last one holds the as-of date."""
    newest = dt.date(as_of.year, 3 * ((as_of.month - 1) // 3) + 1, 1)
    return [months_before(newest, 3 * back) for back in range(QUARTERS - 1, -1, -1)]


def _share(part: int | None, whole: int | None) -> float | None:
    return part / whole if whole and part is not None else None


def _row(row: Mapping[str, Any], as_of: dt.date) -> Row:
    return {
        **row, "quarter": quarter_of(row["quarter_start"]), "kept_share": _share(row["kept"], row["due"]),
        "measured_share": _share(row["measurable"], row["shipped"]), "told_share": _share(row["told"], row["askers"]),
        "final": row["quarter_end"] <= as_of + dt.timedelta(1),
    }  # fmt: skip


def _figures(rows: list[Row], waiting: list[Row], goals: int) -> tuple[Figure, ...]:
    def total(name: str) -> int:
        return sum(row[name] or 0 for row in rows)

    owned = sum(item["owner"] is not None for item in waiting)
    shares = (
        ("owner_share", "Open items with an owner", owned, len(waiting), "items"),
        ("kept_share", "Decisions kept", total("kept"), total("due"), "due items"),
        ("told_share", "Askers informed", total("told"), total("askers"), "askers"),
        ("measured_share", "Releases with a measurable effect", total("measurable"), total("shipped"), "releases"),
    )
    figures = [
        Figure(name, label, _share(part, whole), "share", n=whole, n_label=noun, better="up",
               definition="collaboration_quarters")
        for name, label, part, whole, noun in shares
    ]  # fmt: skip
    return (*figures, Figure("goals", "Shared goals", float(goals), "count", definition="shared_goals"))


def _headline(listed: list[Row], goals: int) -> str:
    decisions, kept, due = (sum(row[name] for row in listed) for name in ("decisions", "kept", "due"))
    text = f"**{words.plural(decisions, 'decision')}** in four quarters"
    if due:
        text += f", **{words.count(kept)}** of {words.plural(due, 'due item')} kept"
    askers = sum(row["askers"] or 0 for row in listed)
    if askers:
        told = sum(row["told"] or 0 for row in listed)
        text += f", **{words.count(told)}** of {words.plural(askers, 'asker')} informed"
    return f"{text}; **{words.plural(goals, 'shared goal')}**."


def _notes(request: QuestionRequest) -> tuple[Note, ...]:
    text = "Decisions count in the quarter of their day, by what holds now. Every decision has exactly one owner."
    notes = [Note(text, "fact", ("decisions",))]
    if request.scope.filters:
        notes.append(Note("The teams work for all accounts: the filters of the view do not apply here.", "fact"))
    return tuple(notes)
