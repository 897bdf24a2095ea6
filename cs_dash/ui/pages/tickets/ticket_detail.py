"""One ticket in the drawer: the customer's text, its category with the reason, and links to topic and account."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from cs_dash.errors import UnknownOption
from cs_dash.look import words
from cs_dash.look.locales import language_name
from cs_dash.look.templates import Markup, render
from cs_dash.questions.support.tickets.tickets import SOURCE_WORDS
from cs_dash.sharing import Right
from cs_dash.tickets.classifier.sources import LABEL
from cs_dash.tickets.classifier.type_terms import KINDS
from cs_dash.ui.components import controls
from cs_dash.ui.components.drawer import DrawerLink, drawer
from cs_dash.ui.components.tables.links import ACCOUNT, TOPIC, target_href
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.tickets.ticket_labels import set_label
from cs_dash.ui.state import address, answers, keys
from cs_dash.ui.state.person import person_field
from cs_dash.ui.state.reader import may

OPENED = "ticket"
"""The name of the opened ticket in the address."""
Row = Mapping[str, Any]


def opened_ticket(view: View, number: str, *, names_person: bool = True) -> None:
    """Show one ticket in the drawer, or that there is none with that number.

    `names_person`: whether the drawer has the field for the name that labels are recorded with.
    """
    try:
        answer = answers.ask(view.snapshot, "support.ticket", view.scope, ticket=number)
    except UnknownOption as error:
        drawer(error.title, f"{error.message} {error.hint}", opened_by=(OPENED,))
        return
    (row,) = answer.rows.to_pylist()
    properties = (
        words.date(row["created_at"].date(), locale()),
        *(row[name] for name in ("channel", "priority", "status")),
    )
    drawer(
        (row["subject"] or "").strip() or f"Ticket {row['ticket_id']}",
        " · ".join((f"Ticket {row['ticket_id']}", *(fact for fact in properties if fact))),
        _links(view, row),
        draw=partial(_label, view, row, names_person=names_person),
        body=ticket_html(row, answer.currency),
        opened_by=(OPENED,),
    )


def ticket_html(row: Row, currency: str) -> Markup:
    """Return a row of `support.ticket` as HTML: the customer's text unabridged, then the facts."""
    body = (row["body"] or "").strip()
    return render(
        "tickets/ticket.html",
        body=body,
        has_text=bool(body or (row["subject"] or "").strip()),
        facts=[fact for fact in _facts(row, currency) if fact["text"]],
    )


def _facts(row: Row, currency: str) -> list[dict[str, str]]:
    """Return label, text, the link of the text, and what stands beside it."""
    scope = address.of_scope(address.read())
    probability = row["probability"]
    sure = f", {words.share(probability, locale=locale())} confidence" if probability is not None else ""
    source = f"{SOURCE_WORDS.get(row['source'], row['source'])}{sure}" if row["kind"] else ""
    paid = f"{words.money(row['mrr'], currency, locale=locale())} MRR" if row["mrr"] is not None else ""
    of_account = (paid, row["band"] or "", f"CSM {row['csm']}" if row["csm"] else "")
    return [
        _fact("Category", row["kind"] or "none yet", more=f"({source})" if source else ""),
        _fact("Deciding words", row["because"] or ""),
        _fact("Topic", row["about"] or row["topic"] or "", target_href(TOPIC, row, scope)),
        _fact(
            "Account", row["account"] or row["account_id"] or "unknown", target_href(ACCOUNT, row, scope),
            "".join(f" · {part}" for part in of_account if part),
        ),
        _fact("Area", row["product_area"] or ""),
        _fact("Type, tags", " · ".join(part for part in (row["type"], row["tags"]) if part)),
        _fact("Language", language_name(row["language"]) if row["language"] not in (None, "unknown") else ""),
        _fact("Solved", words.date(row["solved_at"].date(), locale()) if row["solved_at"] else ""),
    ]  # fmt: skip


def _fact(term: str, text: str, href: str = "", more: str = "") -> dict[str, str]:
    return {"term": term, "text": text, "href": href, "more": more}


def _links(view: View, row: Row) -> list[DrawerLink]:
    """Lead on: to the account's other tickets, and to the health of its CSM's accounts."""
    links = []
    if row["account_id"]:
        account = row["account"] or row["account_id"]
        links.append(DrawerLink(f"All tickets from {account}", address.link("tickets", account=row["account_id"])))
    if row["account_id"] and row["csm"] in answers.dimensions(view.snapshot).get("csm", ()):
        own = {"f.csm": row["csm"]}
        links.append(DrawerLink(f"Health of {row['csm']}’s accounts", address.link("accounts", **own)))
    return links


def _label(view: View, row: Row, *, names_person: bool) -> None:
    """Offer the kinds as labels for this ticket; the pressed one is the current label."""
    if view.snapshot.kinds is None or not may(Right.LABEL):
        return
    current = row["kind"] if row["source"] == LABEL and row["kind"] in KINDS else None
    key = f"ticket_kind_{row['ticket_id']}_{current}"

    def chosen() -> None:
        kind = st.session_state[key]
        if kind and kind != current:
            set_label([row["ticket_id"]], kind)

    controls.pills("Set category", KINDS, default=current, key=key, format_func=str.capitalize, on_change=chosen)
    if names_person:
        person_field(keys.DRAWER_LABELLER_FIELD, "Your name (optional)", in_line=True)
