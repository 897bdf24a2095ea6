"""`support.audit_sample` and `support.audit`: the tickets to check, and what checking them showed."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.decisions.audits import Audit
from cs_dash.errors import UnknownOption
from cs_dash.look.words import count, interval, plural, points, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.support.audits.share import Checked, audit_notes, checked
from cs_dash.questions.support.period import DRAWN_FROM, NO_KIND, WINDOWS, windowed

LARGEST = 5_000
USUAL = "100"
SAMPLE = {
    "ticket_id": pa.string(), "subject": pa.string(), "body": pa.string(), "language": pa.string(),
    "created_at": pa.timestamp("us"), "place": pa.int64(), "checked_by": pa.int64(),
}  # fmt: skip
SAMPLE_COLUMNS = (
    Column("ticket_id", "Ticket"),
    Column("subject", "Subject"),
    Column("body", "First message"),
    Column("language", "Language"),
    Column("created_at", "Came in", "date"),
    Column("place", "Place", "count", "In the order of the draw."),
    Column("checked_by", "Checked by", "count", "How many people have said what it is."),
)
SAID = {"found": pa.string(), "said": pa.string(), "tickets": pa.float64()}
SAID_COLUMNS = (
    Column("found", "Kind found", help="By the export's columns, by people's labels or by the model."),
    Column("said", "Kind by the audit"),
    Column("tickets", "Tickets", "number", "Where two people disagree, each counts half."),
)


def size_of(wanted: str) -> int:
    """Return how many tickets option `n` asks for. Raises UnknownOption when it is no number from 1 to `LARGEST`."""
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= LARGEST:
        return int(wanted)
    raise UnknownOption(
        "Not a number of tickets",
        f"Could not draw {wanted} tickets because that is no whole number from 1 to {LARGEST:,}.",
        "Usual are 100, and 300 for a narrower interval.",
    )


@question(
    "support.audit_sample",
    title="Which tickets should people check?",
    order=70,
    options={"n": (), "window": DRAWN_FROM, "fresh": ("no", "yes")},
    needs=("tickets",),
    uses=("audit_order", "audit_tickets"),
)
def audit_sample(request: QuestionRequest) -> Answer:
    """Return the tickets drawn for the newest audit, in the order of the draw: at most option `n` of them.

    It only shows what was drawn; `build.audit.draw` draws and remembers.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    size = size_of(request.options.get("n", USUAL))
    audit = request.audits[-1] if request.audits else None
    if audit is None:
        return Answer(
            question=request.question, title=request.title, headline="Nothing is drawn yet.", as_of=request.scope.as_of,
            rows=arrow_table([], SAMPLE), columns=SAMPLE_COLUMNS, definition=request.definitions.get("audit_order"),
        )  # fmt: skip
    rows = sample_rows(request, audit, size)
    decided = sum(row["checked_by"] > 0 for row in rows)
    text = "These tickets are a uniform random sample: check all of them, or skip; none may be chosen."
    return Answer(
        question=request.question,
        title=request.title,
        headline=f"**{plural(len(rows), 'ticket')}** drawn at random from {count(audit.tickets)}; {decided} checked.",
        as_of=request.scope.as_of,
        rows=arrow_table(rows, SAMPLE),
        columns=SAMPLE_COLUMNS,
        notes=(Note(text, "fact"),),
        definition=request.definitions.get("audit_order"),
        currency=request.currency,
    )


def sample_rows(request: QuestionRequest, audit: Audit, size: int) -> list[dict[str, Any]]:
    """Return the first so many tickets of an audit, with how many people checked each; those gone are left out."""
    drawn = audit.sample[:size]
    shown = {row["ticket_id"]: row for row in request.rows("audit_tickets", ticket_ids=list(drawn)).to_pylist()}
    by = Counter(each.ticket_id for each in audit.answers if each.kind is not None)
    return [
        shown[ticket] | {"place": place, "checked_by": by[ticket]}
        for place, ticket in enumerate(drawn, 1)
        if ticket in shown
    ]


@question(
    "support.audit",
    title="How right are the kinds?",
    order=60,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("audit_checked", "audit_drift", "audit_population", "howto_share"),
)
def audit(request: QuestionRequest) -> Answer:
    """Return what the audit shows: figures share, share_uncorrected, checked, kappa; rows found, said, tickets."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    found = checked(request, request.scope)
    (plain,) = request.periods("howto_share", request.scope.bounds)
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(found, plain["share"]),
        as_of=request.scope.as_of,
        figures=_figures(found, plain["share"], plain["with_kind"]),
        rows=arrow_table(_confused(found), SAID),
        columns=SAID_COLUMNS,
        notes=audit_notes(request, found),
        definition=request.definitions.get("audit_population"),
        currency=request.currency,
    )


def _figures(found: Checked, plain: float | None, with_kind: int) -> tuple[Figure, ...]:
    estimate, alike = found.estimate, found.agreement
    few_ = small_base_note(estimate.checked, "checked tickets") if estimate else "no audit speaks for these tickets"
    return (
        Figure(
            "share", "How-to share", estimate.share if estimate else None, "share",
            n=estimate.checked if estimate else None, n_label="tickets checked",
            low=estimate.low if estimate else None, high=estimate.high if estimate else None, better="down",
            caveat=few_, definition="audit_population",
        ),
        Figure(
            "share_uncorrected", "Plain count", plain, "share", n=with_kind, n_label="tickets with a kind",
            better="down", definition="howto_share",
        ),
        Figure(
            "checked", "Tickets checked", len(found.rows), "count", definition="audit_checked",
            n=len(found.audit.sample) if found.audit else 0, n_label="drawn",
        ),
        Figure(
            "kappa", "Agreement (kappa)", alike.kappa if alike else None, "ratio", n=alike.items if alike else None,
            n_label="tickets checked twice", low=alike.low if alike else None, high=alike.high if alike else None,
            better="up", caveat="" if alike else "takes two people", definition="audit_checked",
        ),
    )  # fmt: skip


def _says(found: Checked, plain: float | None) -> str:
    estimate = found.estimate
    if found.audit is None:
        return "No ticket has been checked yet."
    if estimate is None:
        return f"**{count(len(found.rows))}** tickets of this period are checked: too few to correct the share."
    text = f"The how-to share is **{share(estimate.share, estimate.checked)}** (95 % interval"
    text += f" {interval(estimate.low, estimate.high)})"
    if plain is not None:
        off = plain - estimate.share
        told = f"{points(abs(off)).lstrip('+')} {'more' if off > 0 else 'less'}" if abs(off) >= 0.0005 else "the same"
        text += f"; the plain count says {share(plain)}, {told}"
    return f"{text}."


def _confused(found: Checked) -> list[dict[str, object]]:
    """Return how often each kind that was found for a ticket was said to be each kind."""
    counted: Counter[tuple[str, str]] = Counter()
    weights: dict[tuple[str, str], float] = {}
    for row in found.rows:
        for said in row["said"]:
            pair = (row["kind"] or NO_KIND, said)
            counted[pair] += 1
            weights[pair] = weights.get(pair, 0.0) + 1 / len(row["said"])
    ordered = sorted(weights, key=lambda pair: (-weights[pair], pair))
    return [{"found": one, "said": other, "tickets": weights[one, other]} for one, other in ordered]
