"""The drawer that says that a card was added to the open review, or adds it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from cs_dash.decisions.reviews.records import Review, open_review
from cs_dash.decisions.reviews.slides import Pin, arrangement, pin, unpin
from cs_dash.ui.components import controls
from cs_dash.ui.components.drawer import DrawerLink, drawer
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import note
from cs_dash.ui.components.show.pin_links import PIN, TABLE, requested_pin
from cs_dash.ui.pages.review.review_words import quarter_title
from cs_dash.ui.state import address
from cs_dash.ui.state.answers import AnswerKey, cached_answer
from cs_dash.ui.state.workspace_folder import whole_workspace

TITLE = "Add to review"


def pin_drawer(requests: Iterable[AnswerKey]) -> None:
    """Add the card that was clicked to the open review, and show the drawer where the address opens it.

    `requests`: what the page asked; the card is one of these answers.
    """
    request = requested_pin()
    if request is None:
        return
    card = card_named(request.card, requests)
    current = open_review(whole_workspace())
    if card is None:
        drawer(TITLE, "This page has no such card.", opened_by=(PIN,))
    elif current is None:
        start = DrawerLink("Start a review", address.link("review"))
        drawer("No review is open", "Start one; then add this card.", [start], opened_by=(PIN,))
    else:
        with guarded():
            if request.clicked:
                pin(whole_workspace(), current.review_id, card)
            _show(current, card)


def card_named(name: str, requests: Iterable[AnswerKey]) -> Pin | None:
    """Return the pin of a card by its name, as `pin_links` gives it; None where no answer has it."""
    for key in requests:
        answer = cached_answer(key)
        chart = next((chart for chart in answer.charts if chart.name == name), None)
        if chart or (name == TABLE + key.question and answer.rows.num_rows):
            query = tuple(sorted((field, tuple(values)) for field, values in key.scope.to_query().items()))
            return Pin(key.question, key.options, query, name if chart else "", chart.title if chart else answer.title)
    return None


def _show(review: Review, card: Pin) -> None:
    pins = arrangement(whole_workspace(), review.review_id).pins
    there = next((one for one in pins if one.shows_same_as(card)), None)
    title = quarter_title(review)
    if there:
        href = address.link("review", review=review.review_id, slide=there.pin_id)
        links = [DrawerLink(f"Open {title}", href)]
        drawer(f"Added to {title}", card.title, links, partial(_remove, review, there), opened_by=(PIN,))
    else:
        drawer(f"Add to {title}?", card.title, draw=partial(_add, review, card), opened_by=(PIN,))


def _add(review: Review, card: Pin) -> None:
    note("Its numbers are those of the review, also after it is renewed.")
    if controls.button(TITLE, type="primary", key="pin_add"):
        pin(whole_workspace(), review.review_id, card)
        st.rerun()


def _remove(review: Review, card: Pin) -> None:
    note("It stands before the appendix, with the numbers of the review; on the page Review it can be moved.")
    if controls.button("Remove from review", key="pin_remove"):
        unpin(whole_workspace(), review.review_id, card.pin_id)
        st.rerun()
