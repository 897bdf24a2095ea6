"""The page Review: one review with its slides, decisions and comparison, or all of them."""

from __future__ import annotations

import streamlit as st

from cs_dash.decisions.reviews.records import Review, reviews
from cs_dash.look.templates import Markup, render
from cs_dash.page_registry import Page
from cs_dash.pipeline import Version
from cs_dash.sharing import Right
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note, one_place
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.tabs import TAB
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.pages.review.compare_tab import compare_tab
from cs_dash.ui.pages.review.decisions_tab import decisions_tab
from cs_dash.ui.pages.review.history_tab import history_tab
from cs_dash.ui.pages.review.review_actions import review_actions
from cs_dash.ui.pages.review.review_words import accounts_words, load_words, quarter_title
from cs_dash.ui.pages.review.slides_tab import slides_tab
from cs_dash.ui.pages.review.start_form import start_form
from cs_dash.ui.pages.sharing.link_banner import link_banner
from cs_dash.ui.pages.welcome import welcome
from cs_dash.ui.state import address, keys, session
from cs_dash.ui.state.reader import may, reader
from cs_dash.ui.state.review_decks import ReviewDeck, review_deck_for
from cs_dash.ui.state.workspace_folder import whole_workspace

REVIEW = "review"
"""The review that is shown, in the address."""
SLIDES, DECISIONS, COMPARE, ALL = "slides", "decisions", "compare", "all"
LABELS = {SLIDES: "Slides", DECISIONS: "Decisions", COMPARE: "Beside the last review", ALL: "All reviews"}
EMPTY = "No review was started yet."


def review_page(page: Page) -> None:
    """Show the review that the address names, the newest one without."""
    with guarded():
        version = session.current_version()
        if version is None:
            welcome()
            return
        link_banner(version)
        listed = reviews(whole_workspace())
        if not listed:
            head(page.title, EMPTY)
            _messages()
            if may(Right.REVIEW):
                start_form(version, listed)
            else:
                note("CS leaders and admins start reviews.")
            return
        named = (address.read().get(REVIEW) or [""])[-1]
        review = next((one for one in listed if one.review_id == named), None)
        if named and review is None:
            head(page.title, f"There is no review {named}.")
            history_tab(listed, version)
            return
        _show(review or _newest(listed), listed, version)


def _newest(listed: tuple[Review, ...]) -> Review:
    return next((one for one in reversed(listed) if one.is_open), listed[-1])


def _show(review: Review, listed: tuple[Review, ...], version: Version) -> None:
    tab = (address.read().get(TAB) or [SLIDES])[-1]
    if tab == ALL:
        head("Reviews", _count(listed))
        _messages()
        _tabs(review, tab)
        history_tab(listed, version)
        return
    with controls.spinner("Making the slides from the frozen numbers …"):
        shown = review_deck_for(review.review_id, reader(), locale())
    head(quarter_title(review), _headline(shown), _facts(shown))
    _messages()
    review_actions(shown, version)
    _tabs(review, tab)
    if tab == DECISIONS:
        decisions_tab(shown, listed)
    elif tab == COMPARE:
        compare_tab(shown, listed)
    else:
        slides_tab(shown)


def _messages() -> None:
    with one_place():
        if text := st.session_state.pop(keys.REVIEW_MESSAGE, None):
            message(text)


def _tabs(review: Review, current: str) -> None:
    entries = [
        {
            "label": label,
            "href": address.link("review", review=review.review_id, tab="" if name == SLIDES else name),
            "open": name == current,
        }
        for name, label in LABELS.items()
    ]
    html(render("navigation/tabs.html", tabs=entries))


def _headline(shown: ReviewDeck) -> str:
    slides, hidden = len(shown.deck.shown), len(shown.deck.slides) - len(shown.deck.shown)
    text = f"**{slides} slides** for {accounts_words(shown.review.filters)}, from {load_words(shown.review.numbers)}"
    return text + (f"; {hidden} hidden." if hidden else ".")


def _facts(shown: ReviewDeck) -> Markup:
    review = shown.review
    outdated = [slide for slide in shown.deck.slides if slide.title_outdated or any(r.outdated for r in slide.remarks)]
    return render(
        "review/facts.html",
        closed=not review.is_open,
        closed_text=f"Closed {moment(review.closed_at)}{by_whom(review.closed_by)}" if review.closed_at else "",
        outdated=[
            {
                "title": slide.title,
                "href": address.link("review", review=review.review_id, slide=slide.name),
            }
            for slide in outdated
        ],
    )


def _count(listed: tuple[Review, ...]) -> str:
    opened = sum(review.is_open for review in listed)
    return f"**{len(listed)}** so far, {opened} open."
