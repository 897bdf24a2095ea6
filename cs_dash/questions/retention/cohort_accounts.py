"""The accounts behind one cell of the cohort triangle, and the outcome of each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.retention.cohorts import BY, MEASURES, UNDATED, cells, needed
from cs_dash.questions.retention.doubts import Doubts, doubts
from cs_dash.questions.retention.triangle import cohort_label

STEP = {"month": 1, "quarter": 3}
BECAME = {
    "paying": ("stayed", "grew", "shrank", "came back", "left"),
    "activity": ("active throughout", "came back", "silent"),
}
GONE = ("left", "silent")
LABELS = {
    "stayed": "Retained", "grew": "Expanded", "shrank": "Contracted", "came back": "Won back", "left": "Churned",
    "active throughout": "Active throughout", "silent": "Gone quiet",
}  # fmt: skip
ACTIVITY_LABELS = LABELS | {"came back": "Came back"}
"""How pages write what became of an account; the rows keep the names that other tools read."""
TYPES: dict[str, dict[str, pa.DataType]] = {
    "paying": {
        "account_id": pa.string(), "account": pa.string(), "became": pa.string(), "mrr_start": pa.float64(),
        "mrr_then": pa.float64(), "change": pa.float64(), "first_day": pa.date32(), "left_on": pa.date32(),
    },
    "activity": {
        "account_id": pa.string(), "account": pa.string(), "became": pa.string(), "first_day": pa.date32(),
        "last_day": pa.date32(),
    },
}  # fmt: skip
COLUMNS = (
    Column("account", "Account"),
    Column("became", "Outcome", value_labels=tuple(LABELS.items())),
    Column("mrr_start", "Initial MRR", "money"),
    Column("mrr_then", "MRR at that age", "money", help="On the last day of the selected month or quarter."),
    Column("change", "Change", "money"),
    Column("first_day", "First day", "date"),
    Column("left_on", "First churn date", "date"),
    Column("last_day", "Last active", "date", help="Up to the end of the selected month or quarter."),
    Column("account_id", "Account ID", optional=True),
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """One cell of the triangle: a cohort at an age.

    Attributes:
        by: month or quarter.
        cohort: first day of the cohort's month or quarter.
        age: how many of them later.
        as_of: the as-of date.
    """

    by: str
    cohort: dt.date
    age: int
    as_of: dt.date

    @property
    def start(self) -> dt.date:
        """First day of the month or quarter of the cell."""
        return _later(self.cohort, self.age * STEP[self.by])

    @property
    def cohort_end(self) -> dt.date:
        """First day after the cohort's own month or quarter."""
        return _later(self.cohort, STEP[self.by])

    @property
    def last(self) -> dt.date:
        """Last day of the month or quarter of the cell."""
        return _later(self.start, STEP[self.by]) - dt.timedelta(days=1)

    @property
    def day(self) -> dt.date:
        """The day of the cell's balances: its last day, or the as-of date while it is in progress."""
        return min(self.last, self.as_of)


@question(
    "retention.cohort_accounts",
    title="Cohort accounts",
    order=80,
    options={"cohort": (), "age": (), "by": BY, "measure": MEASURES},
    needs=("subscriptions", "accounts", "usage"),
    uses=("activity_cohort_accounts", "activity_cohorts", "cohort_accounts", "revenue_cohorts", "revenue_doubts"),
)
def cohort_accounts(request: QuestionRequest) -> Answer:
    """Return the accounts of one cohort, each with its outcome at one age.

    Options: cohort, a day in its month or quarter (2026-03 or 2026-03-01); age, in months or quarters. Without them it
    is the newest cohort that completed a year, or the furthest that any completed.
    """
    by, measure = request.option("by", *BY), request.option("measure", *MEASURES)
    kind = "activity" if measure == "activity" else "paying"
    if needed(measure)[0] not in request.loaded_tables:
        return request.empty(*needed(measure))
    doubt = Doubts((), False) if kind == "activity" else doubts(request)
    if doubt.undated and not request.options.get("cohort"):
        return request.answer(headline=UNDATED, rows=arrow_table([], TYPES[kind]), columns=COLUMNS, notes=doubt.notes)
    cell = _chosen(request, by, measure)
    rows = cell_rows(request, [cell] if cell else [], kind)
    counts = Counter(row["became"] for row in rows)
    macro = "activity_cohort_accounts" if kind == "activity" else "cohort_accounts"
    return request.answer(
        title=_title(cell) if cell else request.title,
        headline=_says(cell, rows, counts, kind) if cell else f"No cohort has started by {words.date(request.as_of)}.",
        figures=tuple(outcome_figures(counts, len(rows), kind, macro)) if cell else (),
        rows=arrow_table(rows, TYPES[kind]),
        columns=COLUMNS,
        notes=(*_notes(cell), *doubt.notes),
        definition=macro,
    )


def _later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _chosen(request: QuestionRequest, by: str, measure: str) -> Cell | None:
    """Return the cell that the options name, else the default one; None where no cohort has begun.

    Raises:
        UnknownOption: the cohort is no month, the age no whole number, or the cell has not begun by the as-of date.
    """
    cohort_text, age = request.options.get("cohort", ""), request.options.get("age", "")
    if not cohort_text:
        return _newest(request, by, measure)
    try:
        day = dt.date.fromisoformat(cohort_text if len(cohort_text) > 7 else f"{cohort_text}-01").replace(day=1)
        cohort = _later(day, -((day.month - 1) % STEP[by]))
        cell = Cell(by, cohort, int(age or 0), request.as_of)
        has_begun = cell.age >= 0 and cell.start <= request.as_of
    except (ValueError, OverflowError) as error:
        text = f"Could not show cohort={cohort_text}, age={age} because these are not a month and a whole number."
        raise UnknownOption("Unknown cell", text, "Use the form cohort=2026-03, age=6.") from error
    if not has_begun:
        text = f"Could not show cohort={cohort_text}, age={age} because it has not started by"
        text += f" {words.date(request.as_of)}."
        raise UnknownOption("Unknown cell", text, "Choose a cell of the triangle.")
    return cell


def _newest(request: QuestionRequest, by: str, measure: str) -> Cell | None:
    """Return the newest cohort that completed a year, at that age, else the oldest at its last completed age."""
    rows = cells(request, by, measure)
    if not rows:
        return None
    year = 12 // STEP[by]
    full = [row for row in rows if row["final"] and row["age"] == year]
    if full:
        return Cell(by, full[-1]["cohort"], year, request.as_of)
    first = [row for row in rows if row["cohort"] == rows[0]["cohort"]]
    row = ([cell for cell in first if cell["final"]] or first)[-1]
    return Cell(by, row["cohort"], row["age"], request.as_of)


def cell_rows(request: QuestionRequest, triangle_cells: Sequence[Cell], kind: str) -> list[Row]:
    """Return the accounts of cells, cell after cell, with the outcome of each; `kind`: a key of `BECAME`."""
    if not triangle_cells:
        return []
    if kind == "activity":
        return [
            row
            for cell in triangle_cells
            for row in request.rows(
                "activity_cohort_accounts", grain=cell.by, cohort_start=cell.cohort, cell_start=cell.start,
                cell_day=cell.day, wanted=request.filters_json,
            ).to_pylist()
        ]  # fmt: skip
    rows = request.rows.per_element(
        "cohort_accounts",
        start_days=[cell.cohort for cell in triangle_cells],
        end_days=[cell.cohort_end for cell in triangle_cells],
        on_days=[cell.day for cell in triangle_cells],
        wanted=request.filters_json,
    ).to_pylist()
    return [row | {"change": row["mrr_then"] - row["mrr_start"]} for row in rows]


def _title(cell: Cell) -> str:
    when = words.plural(cell.age, cell.by) if cell.age else f"by the end of the {cell.by}"
    started = f"{cohort_label(cell.cohort, cell.by)} cohort"
    return f"{started}, {when} later" if cell.age else f"{started}, {when}"


def _says(cell: Cell, rows: list[Row], counts: Counter[str], kind: str) -> str:
    if not rows:
        return f"No account in scope started in {cohort_label(cell.cohort, cell.by)}."
    labels = ACTIVITY_LABELS if kind == "activity" else LABELS
    parts = [f"**{words.count(counts[name])}** {labels[name].lower()}" for name in BECAME[kind] if counts[name]]
    accounts_text = words.plural(len(rows), "account")
    text = f"{accounts_text} started in {cohort_label(cell.cohort, cell.by)}; by {words.date(cell.day)}:"
    text += f" {', '.join(parts)}"
    return f"{text}; {small_base_note(len(rows))}." if small_base_note(len(rows)) else f"{text}."


def outcome_figures(counts: Counter[str], size: int, kind: str, macro: str) -> list[Figure]:
    """Return how many accounts there are, how many are still active, and how many have each outcome."""
    active = size - sum(counts[outcome] for outcome in GONE)
    figures = [
        Figure("size", "Accounts in the cohort", size, "count", definition=macro),
        Figure(
            "active",
            "Still active" if kind == "activity" else "Still paying",
            active,
            "count",
            n=size,
            n_label="accounts",
            better="up",
            definition=macro,
        ),
    ]
    for outcome in BECAME[kind]:
        labels = ACTIVITY_LABELS if kind == "activity" else LABELS
        name, label = outcome.replace(" ", "_"), labels[outcome]
        bad = outcome in (*GONE, "shrank")
        figures.append(
            Figure(name, label, counts[outcome], "count", n=size, n_label="accounts",
                   better="down" if bad else "up", definition=macro)
        )  # fmt: skip
    return figures


def _notes(cell: Cell | None) -> list[Note]:
    if cell is None or cell.last <= cell.as_of:
        return []
    text = f"The {cell.by} is in progress: data up to {words.date(cell.as_of)}."
    return [Note(text, "doubt", ("became",))]
