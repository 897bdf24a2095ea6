"""`account.tickets`: what an account asks for, by category and by topic."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look.words import plural, share
from cs_dash.questions.account.period import AccountPeriod, account_period
from cs_dash.questions.account_card import account_card
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

Row = dict[str, Any]
TYPES = {
    "group_type": pa.string(), "group_id": pa.string(), "label": pa.string(), "tickets": pa.int64(),
    "newest_on": pa.date32(), "newest_id": pa.string(), "newest_subject": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("group_type", "By"),
    Column("group_id", "Id", hidden=True),
    Column("label", "Category or topic"),
    Column("tickets", "Tickets", "count"),
    Column("newest_on", "Latest", "date"),
    Column("newest_id", "Latest ticket"),
    Column("newest_subject", "Subject"),
)


@question(
    "account.tickets",
    title="Account tickets",
    order=40,
    options={"account": ()},
    needs=("tickets",),
    uses=("account_card", "account_names", "account_ticket_groups"),
)
def tickets(request: QuestionRequest) -> Answer:
    """Return a row per category and per topic of the account's tickets in the period, most tickets first.

    For the account that option `account` names; of one that has churned, the 12 months before. Figures: tickets,
    howto_share.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    card = account_card(request)
    days = account_period(request, card)
    rows = ticket_groups(request, card["account_id"], days)
    return request.answer(
        headline=_headline(rows, days.in_words),
        figures=ticket_figures(rows, days.in_words),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="account_ticket_groups",
    )


def ticket_groups(request: QuestionRequest, account_id: str, days: AccountPeriod) -> list[Row]:
    """Return the rows of `account_ticket_groups` in the period."""
    rows: list[Row] = request.rows(
        "account_ticket_groups", of_account=account_id, start_day=days.start, end_day=days.end
    ).to_pylist()
    return rows


def ticket_figures(rows: list[Row], period: str) -> tuple[Figure, Figure]:
    """Return the number of tickets and the how-to share of those with a category; no such ticket: None, not 0."""
    categories = {row["group_id"]: row["tickets"] for row in rows if row["group_type"] == "category"}
    with_category = sum(tickets for name, tickets in categories.items() if name != "(none)")
    howto = categories.get("how-to", 0) / with_category if with_category else None
    total = sum(categories.values())
    return (
        Figure("tickets", f"Tickets, {period}", total, "count", definition="account_ticket_groups"),
        Figure("howto_share", f"How-to share, {period}", howto, "share", n=with_category or None, n_label="tickets",
               caveat="unadjusted" if howto is not None else "", definition="account_ticket_groups"),
    )  # fmt: skip


def _headline(rows: list[Row], period: str) -> str:
    total, howto = ticket_figures(rows, period)
    if not total.value:
        return f"No tickets, {period}."
    text = f"**{plural(total.value, 'ticket')}**, {period}"
    if howto.value is not None:
        text += f"; **{share(howto.value, howto.n)}** are how-to" if howto.value else "; none is how-to"
    topics = [row["label"] for row in rows if row["group_type"] == "topic"]
    return f"{text}. Most ask about {topics[0]}." if topics else f"{text}."
