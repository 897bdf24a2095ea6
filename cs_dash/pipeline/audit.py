"""Drawing the tickets of an audit, and taking in what people say of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from cs_dash.decisions import audits
from cs_dash.decisions.audits import MIN_COVERAGE, Audit, AuditAnswer
from cs_dash.errors import BadInput, NoData
from cs_dash.scope import Scope
from cs_dash.store.acting import Right, require
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace
from cs_dash.tickets.classifier.column_kinds import kind_of_value
from cs_dash.tickets.classifier.type_terms import KINDS

SKIPPED = "skip"


def draw(workspace: Workspace, warehouse: Warehouse, scope: Scope, size: int, *, fresh: bool = False) -> Audit:
    """Return an audit of at least so many tickets of a period, drawn uniformly at random and remembered.

    The newest audit goes on where it could have drawn most of the period's tickets: what was drawn and said stays, and
    only what lacks is drawn. The filters of the scope do not count: a sample of all serves every part.

    Args:
        workspace: where audits are remembered.
        warehouse: the version that is shown.
        scope: the period, resolved.
        size: how many tickets the audit should have; fewer where there are fewer.
        fresh: begin another audit in any case.

    Raises:
        NotAllowed: who is acting may not label.
        NoData: the period has no ticket.
    """
    require(Right.LABEL)
    earlier = audits.audits(workspace)
    newest = earlier[-1] if earlier and not fresh else None
    if newest and _covers(warehouse, newest, scope):
        if len(newest.sample) < size:
            order = _order(warehouse, newest.seed, newest.start, newest.end, size)[0]
            drawn_before = set(newest.sample)
            more = [ticket for ticket in order if ticket not in drawn_before][: size - len(newest.sample)]
            audits.extend(workspace, newest.number, more)
        return _numbered(workspace, newest.number)
    if scope.end is None:
        raise _nothing()
    seed = secrets.token_hex(8)
    sample, total = _order(warehouse, seed, scope.start, scope.end, size)
    if not sample:
        raise _nothing()
    return audits.add(workspace, Audit(0, seed, scope.start, scope.end, total, sample))


def _numbered(workspace: Workspace, number: int) -> Audit:
    return next(audit for audit in audits.audits(workspace) if audit.number == number)


def _nothing() -> NoData:
    return NoData(
        "No tickets", "Could not sample tickets because the period has none.", "Choose another period, or load tickets."
    )


def _order(warehouse: Warehouse, seed: str, start: object, end: object, size: int) -> tuple[tuple[str, ...], int]:
    rows = warehouse("audit_order", shuffle=seed, start_day=start, end_day=end, sample_size=size)
    return tuple(rows["ticket_id"].to_pylist()), rows["tickets"][0].as_py() if len(rows) else 0


def _covers(warehouse: Warehouse, audit: Audit, scope: Scope) -> bool:
    (row,) = warehouse(
        "audit_population", start_day=scope.start, end_day=scope.end, drawn_from=audit.start, drawn_to=audit.end,
        wanted="{}",
    ).to_pylist()  # fmt: skip
    return bool(row["tickets"] and row["inside"] >= MIN_COVERAGE * row["tickets"])


def kind_said(text: str) -> str | None:
    """Return the kind that somebody wrote, or None for "skip". Raises BadInput when it is neither."""
    if text.strip().casefold() in (SKIPPED, "skipped"):
        return None
    kind = text.strip().casefold()
    meaning = kind if kind in KINDS else kind_of_value(text)
    if meaning not in KINDS:
        raise BadInput(
            "Unknown category",
            f"Could not use {text.strip()[:60]} because it is not a ticket category.",
            f"Categories are {', '.join(KINDS)}; skip leaves a ticket open.",
        )
    return meaning


def take_in(workspace: Workspace, rows: Iterable[tuple[str, str]], person: str) -> tuple[Audit, int]:
    """Remember (ticket id, kind) pairs as what a person says of the newest audit; return it and how many it was.

    All or nothing: one ticket that was not drawn, or one unknown kind, and nothing is remembered. Only drawn tickets
    can be checked: tickets that somebody chose would not be a random sample.

    Raises:
        NotAllowed: who is acting may not label.
        NoData: no sample has been drawn.
        BadInput: a ticket was not drawn, or a kind is not known.
    """
    require(Right.LABEL)
    newest = next(reversed(audits.audits(workspace)), None)
    if newest is None:
        raise NoData(
            "No audit sample", "Could not use the labels because there is no audit sample.",
            "Create one first: python -m cs_dash ask support.audit_sample",
        )  # fmt: skip
    sample = set(newest.sample)
    answers = [AuditAnswer(ticket.strip(), person, kind_said(kind)) for ticket, kind in rows]
    strange = [answer.ticket_id for answer in answers if answer.ticket_id not in sample]
    if strange:
        raise BadInput(
            "Not in the sample",
            f"Could not use ticket {strange[0]} because it is not in the audit sample"
            f"{f' ({len(strange)} such tickets)' if len(strange) > 1 else ''}.",
            "Check the tickets of support.audit_sample; labels of others are corrections: leave audit=true out.",
        )
    audits.answer(workspace, newest.number, answers)
    return _numbered(workspace, newest.number), len(answers)
