"""One item of the roadmap: the evidence behind it, what is decided of it, whether it helped, and who asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.decisions import roadmap
from cs_dash.decisions.roadmap import Item
from cs_dash.errors import CsDashError
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.questions.roadmap.roadmap_rows import OPEN, SHIPPED, state_of
from cs_dash.sharing import Right
from cs_dash.ui.components.drawer import open_row
from cs_dash.ui.components.guard import complain
from cs_dash.ui.components.html import heading, html, one_place
from cs_dash.ui.components.navigation import name_tab
from cs_dash.ui.components.show.charts import chart_cards
from cs_dash.ui.components.show.marks import clicked, open_mark, opened_rows
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.components.tables.chips import chip_html
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.roadmap.description_form import description_form
from cs_dash.ui.pages.roadmap.item_answers import item_answers
from cs_dash.ui.pages.roadmap.item_draft import ItemDraft, open_draft, say_what_changed
from cs_dash.ui.pages.roadmap.item_evidence import evidence_figures, source_links
from cs_dash.ui.pages.roadmap.item_forms import decision_form, review_form, score_form, shipping_form
from cs_dash.ui.pages.roadmap.item_history import history_lines
from cs_dash.ui.pages.roadmap.told_accounts import tell_accounts
from cs_dash.ui.state import address, session
from cs_dash.ui.state.reader import may

ITEM = "item"
"""What the address of the page calls the open item."""
Row = Mapping[str, Any]


def item_page(view: View, item_id: str) -> None:
    """Show the item that the address names; a sentence where the roadmap has none of that id."""
    try:
        item = roadmap.item(session.workspace(), item_id)
    except CsDashError as problem:
        html(render("roadmap/nothing.html", roadmap_link=address.link("roadmap")))
        complain(problem.title, problem.message, problem.hint)
        return
    rows = {row["item"]: row for row in view.snapshot.warehouse("roadmap_items").to_pylist()}
    if item_id not in rows:  # somebody added it since this run began
        st.rerun()
    row, has_tickets = rows[item_id], view.has("tickets")
    evidence = view.ask("roadmap.item", item=item_id)
    rates = view.ask("roadmap.ship_rates", item=item_id) if has_tickets and row["shipped_on"] else None
    other_topics = view.ask("roadmap.other_topics", item=item_id) if has_tickets else None
    behind = evidence.result()
    state = state_of(row, behind.as_of) if behind.as_of else OPEN
    name_tab(item.title)
    draft = open_draft(item)
    shipped = state == SHIPPED
    finding = rates.result() if rates and shipped else None
    charts = list(finding.charts) if finding else []
    marks = view.marks([finding]) if finding else {}
    opened = opened_rows(charts, marks)
    _head(view, item, row, state, finding.headline if finding else behind.headline, evidence_figures(behind))
    with one_place():
        say_what_changed(item, draft)
    if finding:
        chart_cards(charts, (), None, marks, lambda chart, rows: clicked(chart, marks[chart.name], rows, ()), opened)
    if may(Right.DECIDE):
        _forms(view, item, row, behind, draft)
    item_answers(view, item_id, behind, other_topics, shipped=shipped)
    table_of(behind, "All accounts that ever asked")
    if shipped and behind.rows.num_rows and may(Right.DECIDE):
        tell_accounts(item, behind.rows.to_pylist(), view.ask("roadmap.messages", item=item_id).result())
    with st.container(key="item_history"):
        heading("History")
        lines = history_lines(reversed(roadmap.history(session.workspace(), item_id)))
        html(render("roadmap/history.html", lines=lines))
    if not open_mark(charts, marks):
        open_row(behind, body=view.account_row)


def _forms(view: View, item: Item, row: Row, behind: Answer, draft: ItemDraft) -> None:
    with st.container(horizontal=True, key="item_actions"):
        description_form(view.snapshot, item, draft)
    with st.container(horizontal=True, gap="small", key="item_forms"):
        with st.container(key="item_left"):
            decision_form(item, draft)
            review_form(item, draft)
        with st.container(key="item_right"):
            score_form(item, behind, draft)
            shipping_form(item, draft, row["shipped_on"])


def _head(view: View, item: Item, row: Row, state: str, headline: str, figures: list[dict[str, str]]) -> None:
    facts = [row["fix"].capitalize()] if row["fix"] else []
    if row["due"]:
        facts.append(f"due {words.date(row['due'], locale())}")
    if row["shipped_on"]:
        facts.append(f"shipped {words.date(row['shipped_on'], locale())}")
    html(
        render(
            "roadmap/item_head.html",
            roadmap_link=address.link("roadmap"),
            title=item.title,
            chip=chip_html("state", state),
            owner=row["owner"],
            facts=facts,
            sources=source_links(view.snapshot, item),
            headline=headline,
            figures=figures,
        )
    )
