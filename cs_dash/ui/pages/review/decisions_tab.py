"""The decisions of a review: what is asked with its form, what was decided since, and what was kept of the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import streamlit as st

from cs_dash.answer import Answer
from cs_dash.decisions import roadmap
from cs_dash.decisions.reviews.records import Review
from cs_dash.decisions.roadmap import Item
from cs_dash.look.templates import render
from cs_dash.scope import Scope
from cs_dash.sharing import Right
from cs_dash.ui.components.html import heading, html, note, one_place
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.pages.review.review_words import quarter_title
from cs_dash.ui.pages.roadmap.item_draft import open_draft, say_what_changed
from cs_dash.ui.pages.roadmap.item_forms import decision_form, review_form
from cs_dash.ui.pages.roadmap.item_history import decision_words
from cs_dash.ui.state import address, answers, session
from cs_dash.ui.state.reader import may
from cs_dash.ui.state.review_decks import ReviewDeck

ITEM = "item"
"""The item whose decision is open, in the address."""


def decisions_tab(shown: ReviewDeck, listed: Sequence[Review]) -> None:
    """Show what is asked, and the decision log from this review and the one before on, as it is today."""
    current = {item.item_id: item for item in roadmap.items(session.workspace())}
    asked_ids = list(dict.fromkeys(slide.item for slide in shown.deck.slides if slide.item))
    opened = current.get((address.read().get(ITEM) or [""])[-1])
    heading("Decisions asked")
    if not asked_ids:
        note("No slide of this review asks for a decision.")
    html(
        render(
            "review/asked.html",
            items=[_line(current.get(item_id), item_id, shown, opened) for item_id in asked_ids],
        )
    )
    if opened and may(Right.DECIDE):
        draft = open_draft(opened)
        with one_place():
            say_what_changed(opened, draft)
        with st.container(key="review_decision"):
            decision_form(opened, draft)
            review_form(opened, draft)
    _log(shown, listed)


def _line(item: Item | None, item_id: str, shown: ReviewDeck, opened: Item | None) -> dict[str, object]:
    slide = next(slide for slide in shown.deck.slides if slide.item == item_id)
    decision = item.parts.get("decision") if item else None
    return {
        "title": item.title if item else slide.title,
        "state": "No longer on the roadmap" if item is None else decision_words(decision) if decision else "Undecided",
        "href": address.link_here("review", item=item_id),
        "roadmap": address.link("roadmap", item=item_id) if item else "",
        "open": bool(opened and opened.item_id == item_id),
        "may": may(Right.DECIDE) and item is not None,
    }


def _log(shown: ReviewDeck, listed: Sequence[Review]) -> None:
    version = session.current_version()
    if version is None:
        return
    log = answers.ask(session.Snapshot.of(version), "roadmap.decisions", Scope())
    review = shown.review
    before = next((one for one in reversed(listed) if one.started_at < review.started_at), None)
    after = next((one for one in listed if one.started_at > review.started_at), None)
    started = review.started_at.date()
    since = _between(log, started, after.started_at.date() if after else None)
    table_of(since, f"Decided since {quarter_title(review)} started", opens=False)
    if not since.rows.num_rows:
        note("No decision was recorded since this review started.")
    earlier = _between(log, before.started_at.date() if before else None, started)
    name = f"Decided since {quarter_title(before)}" if before else "Decided before this review"
    table_of(earlier, f"{name}: kept or not", "earlier", opens=False)


def _between(log: Answer, start: dt.date | None, end: dt.date | None) -> Answer:
    """Return the decisions that were made from a day until before another; one that is open has no bound."""
    within = [
        (start is None or row["decided_on"] >= start) and (end is None or row["decided_on"] < end)
        for row in log.rows.to_pylist()
    ]
    return replace(log, rows=log.rows.filter(pa.array(within, pa.bool_())))
