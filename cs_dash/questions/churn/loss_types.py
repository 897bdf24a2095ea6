"""The losses in three other ways: full or downsell, controllable or not, payment failure or the customer's decision."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.decisions.churn_taxonomy import UNKNOWN, Taxonomy
from cs_dash.look import words
from cs_dash.questions.churn.periods import in_words
from cs_dash.questions.churn.taxonomy import taxonomy
from cs_dash.questions.churn.within_group import inside
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note

NOT_KNOWN = "not known"
CONTROLLED, BEYOND = "controllable", "not controllable"
FAILED, DECIDED = "payment failed", "the customer's decision"
Row = dict[str, Any]
COLUMNS = (
    Column("axis", "Asked"),
    Column("value", "Answer"),
    Column("events", "Events", "count"),
    Column("accounts", "Accounts", "count"),
    Column("mrr_lost", "MRR lost", "money"),
    Column("share", "Share of events", "share"),
    Column("mrr_share", "Share of MRR lost", "share"),
    Column("says", "In words", hidden=True, help="The whole axis, in its first row."),
)
TYPES = {
    "axis": pa.string(), "value": pa.string(), "events": pa.int64(), "accounts": pa.int64(),
    "mrr_lost": pa.float64(), "share": pa.float64(), "mrr_share": pa.float64(), "says": pa.string(),
}  # fmt: skip


def scope_of(event: Row, _: Taxonomy) -> str:
    """Return whether the account left or shrank."""
    return "full churn" if event["full"] else "downsell"


def control_of(event: Row, among: Taxonomy) -> str:
    """Return whether the company could have kept the revenue; unknown for a category that nobody judged."""
    known = among.controllable.get(event["taxonomy"])
    return NOT_KNOWN if known is None else CONTROLLED if known else BEYOND


def will_of(event: Row, among: Taxonomy) -> str:
    """Return whether a payment failed or the customer decided; unknown where no reason is."""
    if event["taxonomy"] in among.payments:
        return FAILED
    return NOT_KNOWN if event["taxonomy"] == UNKNOWN else DECIDED


AXES: dict[str, tuple[tuple[str, ...], Callable[[Row, Taxonomy], str]]] = {
    "Full churn or downsell": (("full churn", "downsell"), scope_of),
    "Controllable or not": ((CONTROLLED, BEYOND, NOT_KNOWN), control_of),
    "Payment failure or decision": ((DECIDED, FAILED, NOT_KNOWN), will_of),
}


@question(
    "churn.kinds",
    title="What kind of losses are they?",
    order=30,
    needs=("churn_events",),
    uses=("churn_categories", "churn_event_list", "churn_reasons", "churn_texts"),
)
def kinds(request: QuestionRequest) -> Answer:
    """Return the losses of the period by each of the three ways; the shares of each way add up to 100 %."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    events = inside(request)
    rows = split(events, taxonomy(request))
    for axis in AXES:
        those = [row for row in rows if row["axis"] == axis]
        for row in those[:1]:
            row["says"] = f"**{axis}**: {'; '.join(_in_words(request, each) for each in those)}"
    control = share_of(rows, CONTROLLED)
    said = f"No churn event is recorded {in_words(request)}."
    if events:
        what = "MRR lost" if any(row["mrr_share"] is not None for row in rows) else "events"
        told = words.plural(len(events), "loss", "losses")
        said = f"Of {told} {in_words(request)}, with the share of the {what}; each line adds up to 100 %."
    return Answer(
        question=request.question,
        title=request.title,
        headline=said,
        as_of=request.as_of,
        figures=(
            Figure("controllable", "Controllable", control, "share", n=len(events), n_label="events", better="down",
                   caveat=small_base_note(len(events), "events"), definition="churn_reasons"),
            Figure("payment_failed", "Payment failures", share_of(rows, FAILED), "share", n=len(events),
                   n_label="events", better="down", caveat=small_base_note(len(events), "events"),
                   definition="churn_reasons"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition=request.definitions.get("churn_reasons"),
        currency=request.currency,
    )  # fmt: skip


def split(events: list[Row], among: Taxonomy) -> list[Row]:
    """Return one row per way and answer that occurs: events, accounts, MRR lost and the shares of both."""
    total = fsum(event["mrr_lost"] or 0 for event in events)
    found = []
    for axis, (values, of) in AXES.items():
        for value in values:
            those = [event for event in events if of(event, among) == value]
            amounts = [event["mrr_lost"] for event in those if event["mrr_lost"] is not None]
            if those:
                found.append(
                    {"axis": axis, "value": value, "events": len(those),
                     "accounts": len({event["account_id"] for event in those} - {None}),
                     "mrr_lost": round(fsum(amounts), 6) if amounts else None, "share": len(those) / len(events),
                     "mrr_share": fsum(amounts) / total if total and amounts else None}
                )  # fmt: skip
    return found


def share_of(rows: list[Row], value: str) -> float | None:
    """Return the share of the MRR lost that an answer has, of the events where no money is known; None of nothing."""
    if not rows:
        return None
    measure = "mrr_share" if any(row["mrr_share"] is not None for row in rows) else "share"
    found: float | None = next((row[measure] for row in rows if row["value"] == value), 0.0)
    return found


def _in_words(request: QuestionRequest, row: Row) -> str:
    counted = words.plural(row["events"], "event")
    if row["mrr_lost"] is None or row["mrr_share"] is None:
        return f"{row['value']} {counted} ({words.share(row['share'], 99)})"
    lost = words.money(row["mrr_lost"], request.currency)
    return f"{row['value']} {counted}, {lost} ({words.share(row['mrr_share'], 99)})"
