"""Below the list of who left: areas of the product behind it, and recorded reasons that the reader places at once."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.decisions import churn_categories
from cs_dash.decisions import churn_reasons as reason_decisions
from cs_dash.decisions.churn_categories import Categories
from cs_dash.decisions.workspace_categories import category_named, key_of, names
from cs_dash.look import words
from cs_dash.look.templates import Markup, bold, render
from cs_dash.questions.churn.recorded_reasons import BY_HAND, NOT_PLACED
from cs_dash.sharing import Right
from cs_dash.ui.components import controls
from cs_dash.ui.components.drawer import DrawerLink
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note, one_place, section_head
from cs_dash.ui.components.show.lines import lines_of
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.roadmap.roadmap_links import evidence_link, items_of_workspace
from cs_dash.ui.state import keys, session
from cs_dash.ui.state.reader import may

LISTED = 20
OPENED = "reasons_with_category"
BY_RULES = "By rule"
Choices = dict[str, str | None]


def churn_reasons(answer: Answer) -> None:
    """Show the recorded reasons of `churn.recorded`: those without a category openly, the others behind a click."""
    if answer.missing_tables or not answer.rows.num_rows or not may(Right.LABEL):
        return
    rows = answer.rows.to_pylist()
    queue = [row for row in rows if row["placed"] == NOT_PLACED]
    categorized = [row for row in rows if row["placed"] != NOT_PLACED]
    with st.container(key="churn_reasons"):
        section_head(answer.title, bold(answer.headline))
        with one_place():
            if text := st.session_state.pop(keys.REASONS_MESSAGE, None):
                message(text)
        _grid(queue, categorized, answer.currency)


def product_areas(answer: Answer) -> None:
    """Show what accounts lost over the product had asked for, area by area."""
    if not answer.missing_tables and answer.rows.num_rows:
        lines_of(answer, "says")


@st.fragment
def _grid(queue: list[dict[str, Any]], categorized: list[dict[str, Any]], currency: str) -> None:
    decided = churn_categories.decided(session.workspace())
    standard_names = names(decided)
    categories = [*standard_names, *sorted({row["category"] for row in categorized} - set(standard_names))]
    chosen: Choices = {}
    for row in queue[:LISTED]:
        chosen |= _line(row, categories, currency, decided)
    if len(queue) > LISTED:
        more = words.plural(len(queue) - LISTED, "more reason", locale=locale())
        note(f"{more} with fewer events, listed once these have a category.")
    if categorized:
        reasons = words.plural(len(categorized), "reason", locale=locale())
        expander = controls.expander(f"{reasons} with a category", key=OPENED, on_change="rerun")
        # So many lists take as long as the rest of the page: they are drawn once somebody opens them, and then stay,
        # with what is chosen in them.
        if expander.open or st.session_state.get(keys.REASONS_OPENED):
            st.session_state[keys.REASONS_OPENED] = True
            with expander:
                for row in categorized:
                    chosen |= _line(row, categories, currency, decided)
    if controls.button("Save", key="reasons_save", type="primary", disabled=not chosen):
        with guarded():
            _save(chosen)


def _line(row: dict[str, Any], categories: list[str], currency: str, decided: Categories) -> Choices:
    """Show one recorded reason with its category, and return what was newly chosen for it; None takes a choice back."""
    reason, placement = row["reason"], row["placed"]
    before = None if placement == NOT_PLACED else row["category"]
    options = [BY_RULES, *categories] if placement == BY_HAND else categories
    with st.container(horizontal=True, vertical_alignment="center", key=f"reason_line_{reason}"):
        html(_reason_html(row, currency, evidence_link("reasons", [reason], items_of_workspace())), width="stretch")
        picked = controls.selectbox(
            f"Category of {reason}",
            options,
            index=options.index(before) if before in options else None,
            placeholder="Choose or add a category",
            key=f"reason_{placement}_{reason}",
            accept_new_options=True,
            label_visibility="collapsed",
            width=280,
        )
    if picked == BY_RULES:
        return {reason: None}
    category = category_named(picked or "", decided)
    return {reason: category} if category and category != before else {}


def _reason_html(row: dict[str, Any], currency: str, link: DrawerLink | None) -> Markup:
    facts = [words.plural(row["events"], "event", locale=locale())]
    if row["mrr_lost"] is not None:
        facts.append(f"{words.money(row['mrr_lost'], currency, locale=locale())} MRR lost")
    if row["placed"] != NOT_PLACED:
        facts.append(f"assigned {row['placed']}")
    return render("churn/reason.html", reason=row["reason"], facts=", ".join(facts), link=link)


def _save(chosen: Choices) -> None:
    """Remember the choices; the figures of the same version are computed with them from now on."""
    workspace = session.workspace()
    decided = churn_categories.decided(workspace)
    reason_decisions.decide(workspace, {reason: key_of(category, decided) for reason, category in chosen.items()})
    st.session_state[keys.REASONS_MESSAGE] = (
        f"{words.plural(len(chosen), 'reason', locale=locale())} saved. All figures use them now."
    )
    st.rerun()
