"""`data.quality` and `data.contradictions`: how complete the data are, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.intake.results.reports import UnmetCustomers
from cs_dash.look.words import count, date, plural, share
from cs_dash.questions.data_quality.effects import UNMET, orphan_effect, unmet_customers
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.schema.tables import TABLES

STALE_DAYS = 30
NO_ACCOUNTS = "Not loaded, or its rows have no account"
ROWS = {
    "table": pa.string(), "rows": pa.int64(), "newest": pa.date32(), "coverage": pa.float64(), "orphans": pa.int64(),
    "duplicates": pa.int64(), "contradictions": pa.string(), "effect": pa.string(), "title": pa.string(),
    "age": pa.int64(), "rejected": pa.int64(),
}  # fmt: skip
COLUMNS = (
    Column("title", "Table"),
    Column("table", "Table name", hidden=True),
    Column("rows", "Rows", "count"),
    Column("newest", "Latest data", "date"),
    Column("age", "Age in days", "count", "Days from the latest row to the as-of date.", hidden=True),
    Column("coverage", "Accounts covered", "share", "Share of the accounts with at least one row.", absent=NO_ACCOUNTS),
    Column("orphans", "Without an account", "count", absent=NO_ACCOUNTS),
    Column("duplicates", "Duplicates removed", "count"),
    Column("rejected", "Rejected", "count", "Rows that could not be used in the latest load."),
    Column("effect", "Completeness"),
    Column("contradictions", "Data conflicts"),
)
CONFLICTS = {
    "contradiction": pa.string(), "table": pa.string(), "rows": pa.int64(), "examples": pa.string(),
    "touches": pa.string(), "title": pa.string(),
}  # fmt: skip
CONFLICT_COLUMNS = (
    Column("contradiction", "Data conflict"),
    Column("title", "Table"),
    Column("table", "Table name", hidden=True),
    Column("rows", "Rows", "count"),
    Column("examples", "Examples"),
    Column("touches", "Affected metrics"),
)
ABSENT = {
    "accounts": "no names, segments or renewals",
    "subscriptions": "no revenue, retention or cohorts",
    "usage": "health scores without usage and adoption",
    "tickets": "no how-to share; health scores without support",
    "churn_events": "no churn reasons",
    "surveys": "health scores without satisfaction",
    "notes": "health scores without CSM sentiment",
    "feature_requests": "feature requests come from tickets only",
    "milestones": "no customer journey and no release impact",
    "articles": "no content gaps",
    "fx_rates": "no currency conversion",
}


@question(
    "data.quality",
    title="Data quality",
    order=10,
    needs=("accounts", "subscriptions", "tickets", "usage"),
    uses=(
        "churn_signs", "contradictions", "data_doubts", "dimension_values", "howto_bounds", "table_quality",
        "unmet_customers", "unplaced_facts",
    ),
)  # fmt: skip
def quality(request: QuestionRequest) -> Answer:
    """Return one row per table: rows, newest day, coverage, orphans, duplicates, contradictions and their effect."""
    if not request.loaded_tables:
        return request.empty()
    states = request.rows("table_quality").to_pylist()
    conflicts = request.rows("contradictions", as_of_day=request.scope.as_of).to_pylist()
    unmet = unmet_customers(request)
    other_conflicts = [row for row in conflicts if not (unmet and row["contradiction"].startswith(UNMET))]
    signs, doubts = request.single_row("churn_signs"), request.single_row("data_doubts")
    for row in states:
        row["table"], row["title"] = row["table_name"], TABLES[row["table_name"]].title
        row["contradictions"] = _contradictions(row["table"], conflicts, signs)
        row["age"] = (request.scope.as_of - row["newest"]).days if request.scope.as_of and row["newest"] else None
        row["effect"] = _effect(row, doubts, conflicts, request)
    return request.answer(
        headline="".join(f"**{conflict.short_text}.** " for conflict in unmet) + _headline(states, conflicts, request),
        figures=_figures(states, conflicts),
        rows=arrow_table(states, ROWS),
        columns=COLUMNS,
        notes=(*_unmet_notes(unmet), *_notes(states, other_conflicts, signs), *_orphan_notes(states, request)),
        definition="table_quality",
    )


@question(
    "data.contradictions",
    title="Data conflicts",
    order=20,
    needs=("accounts",),
    uses=("churn_signs", "contradictions"),
)
def contradictions(request: QuestionRequest) -> Answer:
    """Return the contradictions between files, the most frequent first."""
    if not request.loaded_tables:
        return request.empty()
    conflicts = request.rows("contradictions", as_of_day=request.scope.as_of).to_pylist()
    for row in conflicts:
        row["table"], row["title"] = row["table_name"], TABLES[row["table_name"]].title
        row["examples"] = ", ".join(row["examples"])
    rows_text = plural(sum(row["rows"] for row in conflicts), "row")
    headline = f"**{plural(len(conflicts), 'type')}** of data conflict in {rows_text}."
    return request.answer(
        headline=headline if conflicts else "No data conflicts.",
        rows=arrow_table(conflicts, CONFLICTS),
        columns=CONFLICT_COLUMNS,
        notes=_notes([], conflicts, request.single_row("churn_signs")),
        definition="contradictions",
    )


def _unmet_notes(unmet: Sequence[UnmetCustomers]) -> tuple[Note, ...]:
    return tuple(Note(conflict.text, "contradiction", (conflict.table,)) for conflict in unmet)


def _signs(signs: dict[str, Any]) -> str:
    """Return churn flags against churn events in words; "" if they agree or only one of the two is used."""
    flagged, events, both_signs = signs["flagged"], signs["with_event"], signs["both_signs"]
    if not flagged or not events or flagged == events == both_signs:
        return ""
    return f"{count(flagged)} marked as churned, {count(events)} with a churn event, {count(both_signs)} both"


def _contradictions(name: str, conflicts: list[dict[str, Any]], signs: dict[str, Any]) -> str:
    texts = [_signs(signs)] if name in ("accounts", "churn_events") and _signs(signs) else []
    return "; ".join(
        texts + [f"{count(row['rows'])} {row['contradiction']}" for row in conflicts if row["table_name"] == name]
    )


def _effect(
    row: dict[str, Any], doubts: dict[str, Any], conflicts: list[dict[str, Any]], request: QuestionRequest
) -> str:
    name, rows = row["table"], row["rows"]
    if not rows:
        return f"Not loaded: {ABSENT[name]}."
    texts = []
    if row["orphans"]:
        texts.append(orphan_effect(name, row, request))
    specific = {
        "accounts": (doubts["accounts_implied"], "{} known only from other files, without segment and CSM"),
        "subscriptions": (doubts["lines_without_mrr"], "{} without a recurring amount: not in MRR"),
        "usage": (doubts["uses_without_user"], "{} without a user: counts as activity, not as active users"),
        "tickets": (doubts["tickets_without_kind"], "{} without a category: not in the how-to share"),
        "churn_events": (doubts["churn_without_reason"], "{} without a reason"),
    }
    if name in specific and specific[name][0]:
        n, words = specific[name]
        texts.append(words.format(share(n / rows, rows)))
    if name == "subscriptions" and doubts["lines_assumed"]:
        texts.append(f"{count(doubts['lines_assumed'])} with assumed dates: no monthly figures")
    touched = sorted(
        {word for conflict in conflicts if conflict["table_name"] == name for word in conflict["touches"].split(", ")}
    )
    if touched:
        texts.append(f"data conflicts affect {', '.join(touched)}")
    as_of = request.scope.as_of
    if as_of and row["newest"] and (as_of - row["newest"]).days > STALE_DAYS and TABLES[name].dated:
        texts.append(f"latest data {date(row['newest'])}")
    text = "; ".join(texts)
    return text[:1].upper() + text[1:] + "." if text else "Complete."


def _plain(name: str) -> str:
    return TABLES[name].noun


def _figures(states: list[dict[str, Any]], conflicts: list[dict[str, Any]]) -> tuple[Figure, ...]:
    filled = [row for row in states if row["rows"]]
    tickets = next(row for row in states if row["table"] == "tickets")
    share_with_account = (tickets["rows"] - tickets["orphans"]) / tickets["rows"] if tickets["rows"] else None
    shared: dict[str, Any] = {"definition": "table_quality"}
    return (
        Figure("tables_filled", "Data sources", len(filled), "count", n=len(states), n_label="tables", **shared),
        Figure("rows", "Rows", sum(row["rows"] for row in states), "count", **shared),
        Figure(
            "tickets_with_account", "Tickets with an account", share_with_account, "share", n=tickets["rows"] or None,
            n_label="tickets", better="up", caveat="" if tickets["rows"] else "no tickets", **shared,
        ),
        Figure(
            "contradictions", "Rows with data conflicts", sum(row["rows"] for row in conflicts), "count", better="down",
            definition="contradictions",
        ),
    )  # fmt: skip


def _headline(states: list[dict[str, Any]], conflicts: list[dict[str, Any]], request: QuestionRequest) -> str:
    filled = [row for row in states if row["rows"]]
    rows = sum(row["rows"] for row in filled)
    until = f" up to **{date(request.scope.as_of)}**" if request.scope.as_of else ", without dates"
    text = f"**{plural(rows, 'row')}** from {len(filled)} of {plural(len(states), 'data source')}{until}"
    without_account = sum(row["orphans"] or 0 for row in filled)
    if without_account:
        text += f"; {count(without_account)} without an account"
    total = sum(row["rows"] for row in conflicts)
    return text + (f"; **{count(total)}** with data conflicts." if total else "; no data conflicts.")


def _orphan_notes(states: list[dict[str, Any]], request: QuestionRequest) -> tuple[Note, ...]:
    return tuple(
        Note(f"{orphan_effect(row['table'], row, request)}.", "doubt", (row["table"],))
        for row in states
        if row["orphans"]
    )


def _notes(states: list[dict[str, Any]], conflicts: list[dict[str, Any]], signs: dict[str, Any]) -> tuple[Note, ...]:
    notes = []
    if _signs(signs):
        notes.append(Note(f"Churn has two sources: {_signs(signs)}.", "contradiction", ("churn_events",)))
    for row in conflicts:
        if row["table_name"] != "accounts":
            text = f"{plural(row['rows'], 'row')} of {_plain(row['table_name'])}: {row['contradiction']}"
            notes.append(Note(f"{text}. Affects {row['touches']}.", "contradiction", (row["table_name"],)))
    missing = [
        row["table"] for row in states if not row["rows"] and row["table"] in ("subscriptions", "usage", "tickets")
    ]
    notes += [Note(f"No {_plain(name)}: {ABSENT[name]}.", "missing", table=name) for name in missing]
    return tuple(notes)
