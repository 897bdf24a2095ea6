"""`churn.kinds`: losses by type: full or downsell, controllable or not, payment failure or the customer's decision."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.decisions.choices.churn_taxonomy import UNKNOWN, Taxonomy
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import events_in_scope
from cs_dash.questions.churn.periods import in_words
from cs_dash.questions.churn.taxonomy import taxonomy
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note

NOT_KNOWN = "not known"
CONTROLLED, BEYOND = "controllable", "not controllable"
FAILED, DECIDED = "payment failed", "the customer's decision"
Row = dict[str, Any]
AXIS_LABELS = {
    "Full churn or downsell": "Full churn vs downsell",
    "Controllable or not": "Avoidable vs unavoidable",
    "Payment failure or decision": "Customer decision vs payment failure",
}
VALUE_LABELS = {
    "full churn": "full churn", "downsell": "downsell", CONTROLLED: "avoidable", BEYOND: "unavoidable",
    NOT_KNOWN: "unknown", FAILED: "payment failure", DECIDED: "customer decision",
}  # fmt: skip
"""How pages write the axes and their values; the rows keep the names that other tools read."""
COLUMNS = (
    Column("axis", "Breakdown", value_labels=tuple(AXIS_LABELS.items())),
    Column("value", "Type", value_labels=tuple(VALUE_LABELS.items())),
    Column("events", "Events", "count"),
    Column("accounts", "Accounts", "count"),
    Column("mrr_lost", "MRR lost", "money"),
    Column("share", "Share of events", "share"),
    Column("mrr_share", "Share of MRR lost", "share"),
    Column("says", "Summary", hidden=True, help="The whole breakdown, in its first row."),
)
TYPES = {
    "axis": pa.string(), "value": pa.string(), "events": pa.int64(), "accounts": pa.int64(),
    "mrr_lost": pa.float64(), "share": pa.float64(), "mrr_share": pa.float64(), "says": pa.string(),
}  # fmt: skip


def scope_of(event: Row, _: Taxonomy) -> str:
    """Return whether the account churned or shrank."""
    return "full churn" if event["full"] else "downsell"


def control_of(event: Row, reason_taxonomy: Taxonomy) -> str:
    """Return whether the company could have kept the revenue; "not known" for a category that nobody judged."""
    is_controllable = reason_taxonomy.controllable.get(event["taxonomy"])
    return NOT_KNOWN if is_controllable is None else CONTROLLED if is_controllable else BEYOND


def will_of(event: Row, reason_taxonomy: Taxonomy) -> str:
    """Return whether a payment failed or the customer decided; "not known" without a reason."""
    if event["taxonomy"] in reason_taxonomy.payments:
        return FAILED
    return NOT_KNOWN if event["taxonomy"] == UNKNOWN else DECIDED


AXES: dict[str, tuple[tuple[str, ...], Callable[[Row, Taxonomy], str]]] = {
    "Full churn or downsell": (("full churn", "downsell"), scope_of),
    "Controllable or not": ((CONTROLLED, BEYOND, NOT_KNOWN), control_of),
    "Payment failure or decision": ((DECIDED, FAILED, NOT_KNOWN), will_of),
}


@question(
    "churn.kinds",
    title="Churn by type",
    order=30,
    needs=("churn_events",),
    uses=("churn_categories", "churn_doubts", "churn_event_list", "churn_reasons", "churn_texts"),
)
def loss_types(request: QuestionRequest) -> Answer:
    """Return the losses of the period along three axes; the shares of each axis add up to 100 %."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    events = events_in_scope(request)
    rows = by_axis(events, taxonomy(request))
    for axis in AXES:
        axis_rows = [row for row in rows if row["axis"] == axis]
        for row in axis_rows[:1]:
            parts = "; ".join(_in_words(request, answer_row) for answer_row in axis_rows)
            row["says"] = f"**{AXIS_LABELS[axis]}**: {parts}"
    control, failed = share_of(rows, CONTROLLED), share_of(rows, FAILED)
    headline = f"No churn event {in_words(request)}."
    if events:
        measure = "MRR lost" if any(row["mrr_share"] is not None for row in rows) else "events"
        losses_text = words.plural(len(events), "churn event")
        headline = f"{losses_text} {in_words(request)} by type, as a share of {measure}; each line adds up to 100 %."
    return request.answer(
        headline=headline,
        figures=(
            Figure("controllable", "Avoidable churn", control, "share", n=len(events), n_label="events", better="down",
                   caveat=reason_caveat(control, events), definition="churn_reasons"),
            Figure("payment_failed", "Payment failure", failed, "share", n=len(events),
                   n_label="events", better="down", caveat=reason_caveat(failed, events), definition="churn_reasons"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="churn_reasons",
    )  # fmt: skip


def by_axis(events: list[Row], reason_taxonomy: Taxonomy) -> list[Row]:
    """Return one row per axis and value that occurs: events, accounts, MRR lost, and the shares of events and MRR."""
    total = fsum(event["mrr_lost"] or 0 for event in events)
    rows = []
    for axis, (values, of) in AXES.items():
        for value in values:
            matches = [event for event in events if of(event, reason_taxonomy) == value]
            amounts = [event["mrr_lost"] for event in matches if event["mrr_lost"] is not None]
            if matches:
                rows.append(
                    {"axis": axis, "value": value, "events": len(matches),
                     "accounts": len({event["account_id"] for event in matches} - {None}),
                     "mrr_lost": round(fsum(amounts), 6) if amounts else None, "share": len(matches) / len(events),
                     "mrr_share": fsum(amounts) / total if total and amounts else None}
                )  # fmt: skip
    return rows


def share_of(rows: list[Row], value: str) -> float | None:
    """Return a value's share of the MRR lost, or of the events if no amount is known; None where none is known."""
    axis = next(axis for axis, (values, _) in AXES.items() if value in values)
    if all(row["value"] == NOT_KNOWN for row in rows if row["axis"] == axis):
        return None
    measure = "mrr_share" if any(row["mrr_share"] is not None for row in rows) else "share"
    share: float | None = next((row[measure] for row in rows if row["value"] == value), 0.0)
    return share


def reason_caveat(share: float | None, events: list[Row]) -> str:
    """Return the caveat of a share of losses by reason: why it is not known, or that the events are few."""
    if share is None and events:
        return "no event has a reason that tells"
    return small_base_note(len(events), "events")


def _in_words(request: QuestionRequest, row: Row) -> str:
    events_text = words.plural(row["events"], "event")
    if row["mrr_lost"] is None or row["mrr_share"] is None:
        return f"{VALUE_LABELS[row['value']]} {events_text} ({words.share(row['share'], 99)})"
    lost = words.money(row["mrr_lost"], request.currency)
    return f"{VALUE_LABELS[row['value']]} {events_text}, {lost} ({words.share(row['mrr_share'], 99)})"
