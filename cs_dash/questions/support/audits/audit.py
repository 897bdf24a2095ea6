"""`support.audit_sample` and `support.audit`: the tickets to check, and the classification accuracy they show."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.decisions.audits import Audit
from cs_dash.errors import UnknownOption
from cs_dash.look.words import count, interval, plural, points, share
from cs_dash.questions.audited_share import AuditedShare, audit_notes, audited_share
from cs_dash.questions.declaration import question
from cs_dash.questions.howto_share import UNADJUSTED_LABEL
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.support.period import NO_KIND, SAMPLE_WINDOWS, WINDOWS, windowed

MAX_SIZE = 5_000
DEFAULT_SIZE = "100"
SAMPLE = {
    "ticket_id": pa.string(), "subject": pa.string(), "body": pa.string(), "language": pa.string(),
    "created_at": pa.timestamp("us"), "place": pa.int64(), "checked_by": pa.int64(),
}  # fmt: skip
SAMPLE_COLUMNS = (
    Column("ticket_id", "Ticket"),
    Column("subject", "Subject"),
    Column("body", "First message"),
    Column("language", "Language"),
    Column("created_at", "Created", "date"),
    Column("place", "Position", "count", "In sampling order."),
    Column("checked_by", "Checked by", "count", "Number of people who set a category."),
)
CONFUSION = {"found": pa.string(), "said": pa.string(), "tickets": pa.float64()}
CONFUSION_COLUMNS = (
    Column(
        "found",
        "Current category",
        help="From the export, a person's label or the model.",
        value_labels=((NO_KIND, "no category"),),
    ),
    Column("said", "Audited category"),
    Column("tickets", "Tickets", "number", "Where two reviewers disagree, each counts half."),
)


def sample_size(option_text: str) -> int:
    """Return the number of tickets in option `n`. Raises UnknownOption unless it is a number from 1 to `MAX_SIZE`."""
    if option_text.isascii() and option_text.isdigit() and 1 <= int(option_text) <= MAX_SIZE:
        return int(option_text)
    raise UnknownOption(
        "Not a number of tickets",
        f"Could not sample {option_text} tickets because that is not a whole number from 1 to {MAX_SIZE:,}.",
        "100 is typical, 300 gives a narrower interval.",
    )


@question(
    "support.audit_sample",
    title="Audit sample",
    order=70,
    options={"n": (), "window": SAMPLE_WINDOWS, "fresh": ("no", "yes")},
    needs=("tickets",),
    uses=("audit_order", "audit_tickets"),
)
def audit_sample(request: QuestionRequest) -> Answer:
    """Return the tickets sampled for the newest audit, in the order of the draw: at most option `n` of them.

    It only reads the sample; `pipeline.audit.draw` draws and stores it.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    size = sample_size(request.options.get("n", DEFAULT_SIZE))
    audit = request.audits[-1] if request.audits else None
    if audit is None:
        return Answer(
            question=request.question, title=request.title, headline="No audit sample yet.", as_of=request.scope.as_of,
            rows=arrow_table([], SAMPLE), columns=SAMPLE_COLUMNS, definition=request.definitions.get("audit_order"),
        )  # fmt: skip
    rows = sample_rows(request, audit, size)
    checked = sum(row["checked_by"] > 0 for row in rows)
    text = "These tickets are a random sample: check or skip each one in order, without picking."
    return request.answer(
        headline=f"**{plural(len(rows), 'ticket')}** sampled at random from {count(audit.tickets)}; {checked} checked.",
        rows=arrow_table(rows, SAMPLE),
        columns=SAMPLE_COLUMNS,
        notes=(Note(text, "fact"),),
        definition="audit_order",
    )


def sample_rows(request: QuestionRequest, audit: Audit, size: int) -> list[dict[str, Any]]:
    """Return the first `size` tickets of an audit that still exist, each with the number of people who checked it."""
    ticket_ids = audit.sample[:size]
    tickets = {row["ticket_id"]: row for row in request.rows("audit_tickets", ticket_ids=list(ticket_ids)).to_pylist()}
    checks = Counter(answer.ticket_id for answer in audit.answers if answer.kind is not None)
    return [
        tickets[ticket_id] | {"place": place, "checked_by": checks[ticket_id]}
        for place, ticket_id in enumerate(ticket_ids, 1)
        if ticket_id in tickets
    ]


@question(
    "support.audit",
    title="Classification accuracy",
    order=60,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("audit_checked", "audit_drift", "audit_population", "howto_share"),
)
def audit(request: QuestionRequest) -> Answer:
    """Return what the audit shows: figures share, share_uncorrected, checked, kappa; rows found, said, tickets.

    A row counts the tickets whose kind in the data is `found` and whose kind according to people is `said`.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    audited = audited_share(request, request.scope)
    (plain_count,) = request.periods("howto_share", request.scope.bounds)
    return request.answer(
        headline=_headline(audited, plain_count["share"]),
        figures=_figures(audited, plain_count["share"], plain_count["with_kind"]),
        rows=arrow_table(_confusion(audited), CONFUSION),
        columns=CONFUSION_COLUMNS,
        notes=audit_notes(request, audited),
        definition="audit_population",
    )


def _figures(audited: AuditedShare, plain_share: float | None, with_kind: int) -> tuple[Figure, ...]:
    estimate, agreement = audited.estimate, audited.agreement
    caveat = small_base_note(estimate.checked, "audited tickets") if estimate else "no audit covers these tickets"
    return (
        Figure(
            "share", "Audited how-to share", estimate.share if estimate else None, "share",
            n=estimate.checked if estimate else None, n_label="audited tickets",
            low=estimate.low if estimate else None, high=estimate.high if estimate else None, better="down",
            caveat=caveat, definition="audit_population",
        ),
        Figure(
            "share_uncorrected", UNADJUSTED_LABEL, plain_share, "share", n=with_kind, n_label="categorised tickets",
            better="down", definition="howto_share",
        ),
        Figure(
            "checked", "Audited tickets", len(audited.rows), "count", definition="audit_checked",
            n=len(audited.audit.sample) if audited.audit else 0, n_label="sampled",
        ),
        Figure(
            "kappa", "Agreement (kappa)", agreement.kappa if agreement else None, "ratio",
            n=agreement.items if agreement else None, n_label="tickets with two reviewers",
            low=agreement.low if agreement else None, high=agreement.high if agreement else None, better="up",
            caveat="" if agreement else "needs two reviewers", definition="audit_checked",
        ),
    )  # fmt: skip


def _headline(audited: AuditedShare, plain_share: float | None) -> str:
    estimate = audited.estimate
    if audited.audit is None:
        return "No tickets audited yet."
    if estimate is None:
        tickets = f"**{plural(len(audited.rows), 'ticket')}**" if audited.rows else "No tickets"
        return f"{tickets} audited in this period: too few to adjust the how-to share."
    text = f"The audited how-to share is **{share(estimate.share, estimate.checked)}** (95 % CI"
    text += f" {interval(estimate.low, estimate.high)})"
    if plain_share is not None:
        overcount = plain_share - estimate.share
        difference = (
            f"{points(abs(overcount)).lstrip('+')} {'higher' if overcount > 0 else 'lower'}"
            if abs(overcount) >= 0.0005
            else "the same"
        )
        text += f"; the unadjusted share is {share(plain_share)}, {difference}"
    return f"{text}."


def _confusion(audited: AuditedShare) -> list[dict[str, object]]:
    """Return the tickets per pair of kind in the data and kind by the audit, the most frequent pair first.

    A ticket on which two people disagree counts half for each of their kinds.
    """
    tickets: dict[tuple[str, str], float] = {}
    for row in audited.rows:
        for audited_kind in row["said"]:
            pair = (row["kind"] or NO_KIND, audited_kind)
            tickets[pair] = tickets.get(pair, 0.0) + 1 / len(row["said"])
    ordered = sorted(tickets, key=lambda pair: (-tickets[pair], pair))
    return [
        {"found": kind, "said": audited_kind, "tickets": tickets[kind, audited_kind]} for kind, audited_kind in ordered
    ]
