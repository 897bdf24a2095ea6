"""`churn.reconciliation`: how churned accounts, churn events, downsells and churned MRR fit together."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.look import words
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

COLUMNS = (
    Column("line", "Line"),
    Column("events", "Churn events", "count", absent="The revenue bridge counts accounts, not events"),
    Column("accounts", "Accounts", "count"),
    Column("mrr", "MRR lost", "money"),
    Column("excludes", "Excludes"),
    Column("part", "Part", hidden=True),
)
TYPES = {
    "line": pa.string(), "events": pa.int64(), "accounts": pa.int64(), "mrr": pa.float64(), "excludes": pa.string(),
    "part": pa.string(),
}  # fmt: skip
LINES: dict[str, tuple[str, str]] = {
    "churned": ("Churned accounts", "accounts that stopped paying without a churn event"),
    "repeated": ("+ Further events of churned accounts", ""),
    "paying": ("+ Events of accounts that never stopped paying (data conflict)", ""),
    "unmatched": ("+ Events without an account", ""),
    "downsell": ("+ Downsells", "contraction without a recorded event"),
    "events": ("= Churn events", ""),
    "recorded": ("MRR lost as recorded, churned accounts", "downsells, and events of accounts that still pay"),
    "unrecorded": ("+ Stopped paying without a churn event", ""),
    "difference": ("+ Recorded with another amount, or in another month", ""),
    "bridge": ("= Churned MRR in the revenue bridge", "downsells, counted there as contraction"),
}
"""For each part: how it is written, and what its number leaves out."""
TOTALS = ("events", "bridge")
ALWAYS = ("churned", "events", "recorded", "bridge")
Row = dict[str, Any]


@question(
    "churn.reconciliation",
    title="Churn reconciliation",
    order=15,
    needs=("churn_events",),
    uses=("churn_doubts", "churn_reconciliation"),
)
def reconciliation(request: QuestionRequest) -> Answer:
    """Return the lines from churned accounts to churn events, and from the MRR recorded to that of the bridge."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    rows = reconciliation_rows(request)
    by_part = {row["part"]: row for row in rows}
    listed = [
        row | {"line": LINES[row["part"]][0], "excludes": LINES[row["part"]][1] or None}
        for row in rows
        if row["part"] in ALWAYS or row["events"] or row["accounts"] or row["mrr"]
    ]
    return request.answer(
        headline=f"{in_words(request)[:1].upper()}{in_words(request)[1:]}: {sum_in_words(rows)}.",
        rows=arrow_table(listed, TYPES),
        columns=COLUMNS,
        notes=conflict_notes(by_part),
        definition="churn_reconciliation",
    )


def reconciliation_rows(request: QuestionRequest) -> list[Row]:
    """Return the rows of `churn_reconciliation` for the period."""
    rows: list[Row] = request.rows("churn_reconciliation", **period(request)).to_pylist()
    return rows


def sum_in_words(rows: list[Row]) -> str:
    """Return the sum of the events in one line: "43 churned accounts + 18 downsells + 4 ... = 65 churn events"."""
    nouns = {
        "churned": ("churned account", "churned accounts"),
        "downsell": ("downsell", "downsells"),
        "repeated": ("further event of churned accounts", "further events of churned accounts"),
        "paying": ("event of an account that never stopped paying", "events of accounts that never stopped paying"),
        "unmatched": ("event without an account", "events without an account"),
    }
    events = {row["part"]: row["events"] or 0 for row in rows}
    parts = [words.plural(events.get(part, 0), *nouns[part]) for part in nouns if part == "churned" or events.get(part)]
    return f"{' + '.join(parts)} = {words.plural(events['events'], 'churn event')}"


def conflict_notes(by_part: dict[str, Row]) -> tuple[Note, ...]:
    """Return what is in conflict between events and contract lines."""
    notes = []
    if (paying := by_part.get("paying")) and paying["accounts"]:
        text = (
            f"{words.plural(paying['accounts'], 'account has', 'accounts have')} a churn event but never stopped paying"
            " (not counted as churned)."
        )
        notes.append(Note(text, "contradiction", ("churned_accounts", "churn_share")))
    if (silent := by_part.get("unrecorded")) and silent["accounts"]:
        text = f"{words.plural(silent['accounts'], 'account')} stopped paying without a churn event in the period."
        notes.append(Note(text, "contradiction", ("churned_accounts", "mrr_lost")))
    return tuple(notes)
