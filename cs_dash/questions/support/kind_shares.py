"""`support.kinds`: what the tickets are about."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import BarChart, Chart
from cs_dash.look.words import plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.howto_share import HowToShare, share_columns
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.support.period import (
    KIND_ORDER,
    NO_CATEGORY,
    WINDOWS,
    bounds,
    doubt_notes,
    in_words,
    no_kinds_note,
    type_notes,
    windowed,
)
from cs_dash.tickets.classifier.type_terms import HOW_TO

KIND_COLUMNS = (
    Column("kind", "Category"),
    Column("tickets", "Tickets", "count"),
    Column("share", "Share", "share", "Of categorised tickets."),
    Column("accounts", "Accounts", "count", "Distinct accounts."),
)


@question(
    "support.kinds",
    title="Tickets by category",
    order=20,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=(
        "audit_checked", "audit_population", "howto_share", "ticket_doubts", "ticket_kind_months", "ticket_kinds",
        "ticket_type_choices", "ticket_types",
    ),
)  # fmt: skip
def kind_shares(request: QuestionRequest) -> Answer:
    """Return the tickets by kind: rows kind, tickets, share, accounts; those without a kind are the last row."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    (counts,) = request.periods("howto_share", request.scope.bounds)
    howto_share = HowToShare.of(request, request.scope, counts)
    rows = request.rows("ticket_kinds", **bounds(request))
    kind_rows = rows.to_pylist()
    with_kind = [row for row in kind_rows if row["kind"]]
    total = sum(row["tickets"] for row in kind_rows)
    notes: tuple[Note, ...] = (*type_notes(request), *doubt_notes(request))
    if total and not with_kind:
        notes = (no_kinds_note(request), *notes)
    return request.answer(
        headline=_headline(kind_rows, request, howto_share),
        rows=rows,
        columns=share_columns(KIND_COLUMNS, howto_share.audited),
        charts=(_chart(request, with_kind, total, howto_share),) if total else (),
        notes=notes,
        definition="ticket_kinds",
    )


def _headline(kind_rows: list[dict[str, Any]], request: QuestionRequest, howto_share: HowToShare) -> str:
    with_kind = [row for row in kind_rows if row["kind"]]
    total = sum(row["tickets"] for row in kind_rows)
    if not with_kind:
        return f"**{plural(total, 'ticket')}** without a category, {in_words(request.scope)}."
    base = sum(row["tickets"] for row in with_kind)
    parts = [f"{row['kind']} **{_share_text(row, base, howto_share)}**" for row in with_kind[:3]]
    text = f"{plural(base, 'categorised ticket')}: {', '.join(parts)}"
    return text + (f"; {plural(total - base, 'ticket')} without a category." if total > base else ".")


def _share_text(row: dict[str, Any], base: int, howto_share: HowToShare) -> str:
    """Return the share of a category; that of how-to is the one that every page shows, the audited one where it is."""
    if row["kind"] == HOW_TO and howto_share.unadjusted_words:
        return f"{share(howto_share.value, howto_share.base)} ({howto_share.unadjusted_words})"
    return share(row["share"], base)


def _chart(
    request: QuestionRequest, with_kind: list[dict[str, Any]], total: int, howto_share: HowToShare
) -> Chart:  # fmt: skip
    months = request.rows("ticket_kind_months", **bounds(request)).to_pylist()
    for row in months:
        row["kind"] = row["kind"] or NO_CATEGORY
        row["part"] = not row["final"]
    columns = {"month": pa.date32(), "kind": pa.string(), "tickets": pa.int64(), "part": pa.bool_()}
    kinds_in_months = {row["kind"] for row in months}
    return BarChart(
        name="kind_months",
        title=_title(with_kind, total, howto_share),
        subtitle="Tickets by month and category; pale: partial month",
        rows=arrow_table(months, columns),
        x="month",
        y="tickets",
        color="kind",
        in_progress="part",
        unit="count",
        axis="Tickets",
        order=tuple(kind for kind in (*KIND_ORDER, NO_CATEGORY) if kind in kinds_in_months),
        highlight="how-to" if "how-to" in kinds_in_months else None,
        stack="zero",
    )


def _title(with_kind: list[dict[str, Any]], total: int, howto_share: HowToShare) -> str:
    if not with_kind:
        return f"{plural(total, 'ticket')} without a category"
    top, base = with_kind[0], sum(row["tickets"] for row in with_kind)
    text = _share_text(top, base, howto_share)
    if top["share"] > 0.5:
        return f"Most tickets are {_kind_in_plural(top['kind'])}: {text} of categorised tickets"
    return f"{text} of tickets are {_kind_in_plural(top['kind'])}, the largest category"


def _kind_in_plural(kind: str) -> str:
    """Return a category of ticket in the plural: "how-to questions"."""
    plurals = {
        "how-to": "how-to questions", "defect": "defects", "feature request": "feature requests", "outage": "outages",
        "other": "in other categories", "account and access": "about account and access", "billing": "about billing",
    }  # fmt: skip
    return plurals.get(kind, kind)
