"""One ticket in full: the customer's text, its kind with the reason, and links to topic, account and health."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.tickets.classifier.sources import LABEL
from cs_dash.tickets.classifier.type_terms import KINDS
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import heading, html
from cs_dash.ui.components.navigation import page_at
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.tickets.ticket_labels import set_label
from cs_dash.ui.state import address, answers

OPENED = "ticket"
"""The name of the opened ticket in the address."""
SOURCES = {
    "label": "set by a person", "column": "from the export", "model": "predicted by the model",
    "lexicon": "suggested by word lists",
}  # fmt: skip


def opened_ticket(view: View, number: str) -> None:
    """Show one ticket. Raises UnknownOption where there is none with that number."""
    with st.container(horizontal=True, vertical_alignment="center", key="head_ticket_open"):
        heading(f"Ticket {number}")
        controls.button("Close", key="ticket_close", type="tertiary", on_click=address.write_choice, args=(OPENED, ""))
    answer = answers.ask(view.snapshot, "support.ticket", view.scope, ticket=number)
    (row,) = answer.rows.to_pylist()
    html(ticket_html(row, answer.currency))
    _links(view, row)
    _label(view, row)


def ticket_html(row: Mapping[str, Any], currency: str) -> Markup:
    """Return a row of `support.ticket` as HTML: the customer's text unabridged, then the facts."""
    created = words.date(row["created_at"].date(), locale())
    properties = (created, *(row[name] for name in ("channel", "priority", "status")))
    body = row["body"] or ""
    return render(
        "tickets/ticket.html",
        line=" · ".join(fact for fact in properties if fact),
        subject=(row["subject"] or "").strip(),
        body=body if body.strip() else "",
        facts=_facts(row, currency),
    )


def _facts(row: Mapping[str, Any], currency: str) -> list[tuple[str, str]]:
    kind = "none yet"
    if row["kind"]:
        sure = (
            f", {words.share(row['probability'], locale=locale())} confidence" if row["probability"] is not None else ""
        )
        kind = f"{row['kind']} ({SOURCES.get(row['source'], row['source'])}{sure})"
    paid = f"{words.money(row['mrr'], currency, locale=locale())} MRR" if row["mrr"] is not None else ""
    account = [row["account"] or "unknown", paid, row["band"] or "", f"CSM {row['csm']}" if row["csm"] else ""]
    return [
        ("Category", kind),
        ("Deciding words", row["because"] or ""),
        ("Topic", row["about"] or ""),
        ("Account", " · ".join(part for part in account if part)),
        ("Area", row["product_area"] or ""),
        ("Type, tags", " · ".join(part for part in (row["type"], row["tags"]) if part)),
        ("Language", row["language"] if row["language"] != "unknown" else ""),
        ("Solved", words.date(row["solved_at"].date(), locale()) if row["solved_at"] else ""),
    ]


def _links(view: View, row: Mapping[str, Any]) -> None:
    """Lead on: to the topic, to the account's other tickets, to its health."""
    scope = address.of_scope(address.read())
    with st.container(horizontal=True, gap="small", key="ticket_ways"):
        if row["topic"]:
            label = f"Topic: {row['about'] or row['topic']}"
            controls.page_link(page_at("topics"), label=label, query_params=scope | {"topic": [row["topic"]]})
        if row["account_id"]:
            account = row["account"] or row["account_id"]
            own = scope | {"account": [row["account_id"]]}
            controls.page_link(page_at("account"), label=f"Account: {account}", query_params=own)
            query = scope | {"account": [row["account_id"]]}
            controls.page_link(page_at("tickets"), label=f"All tickets from {account}", query_params=query)
        if row["account_id"] and row["csm"] in answers.dimensions(view.snapshot).get("csm", ()):
            query = scope | {"f.csm": [row["csm"]]}
            label = f"Health of {row['csm']}’s accounts"
            controls.page_link(page_at("accounts"), label=label, query_params=query)


def _label(view: View, row: Mapping[str, Any]) -> None:
    """Offer the kinds as labels for this ticket; the pressed one is the current label."""
    if view.snapshot.kinds is None:
        return
    current = row["kind"] if row["source"] == LABEL and row["kind"] in KINDS else None
    key = f"ticket_kind_{row['ticket_id']}_{current}"

    def chosen() -> None:
        kind = st.session_state[key]
        if kind and kind != current:
            set_label([row["ticket_id"]], kind)

    controls.pills("Set category", KINDS, default=current, key=key, format_func=str.capitalize, on_change=chosen)
