"""What can be done with a review: present, download, renew its numbers, undo, close or remove it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from cs_dash.decisions.reviews.records import Review, close, newest_change, undo
from cs_dash.look.templates import render
from cs_dash.pipeline import Version
from cs_dash.sharing import Right
from cs_dash.sharing.reviews import remove_review, renew_review
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, note
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.pages.review.downloads import account_reviews, downloads
from cs_dash.ui.pages.review.review_words import load_words, quarter_title
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.person import person_field
from cs_dash.ui.state.reader import may
from cs_dash.ui.state.review_decks import ReviewDeck
from cs_dash.ui.state.workspace_folder import whole_workspace

KINDS = {
    "review numbers": "numbers renewed", "review order": "slide moved", "review slide": "slide changed",
    "review remark": "remark changed", "review pin": "pinned slide changed",
}  # fmt: skip


def review_actions(shown: ReviewDeck, version: Version) -> None:
    """Show the actions; those that change something only to who may prepare reviews, of an open review."""
    review = shown.review
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="review_actions"):
        html(render("review/present.html", href=_present_href(review)), width="content")
        with controls.popover("Download", key="review_downloads"):
            downloads(shown)
        with controls.popover("Account reviews", key="review_accounts_menu"):
            account_reviews(shown)
        if may(Right.REVIEW) and review.is_open:
            with controls.popover("Renew numbers", key="review_renewal"):
                _renewal(review, version)
            with controls.popover("More", key="review_more"):
                _more(review)
            person_field("review_person", in_line=True)
        if may(Right.REVIEW) and review.is_open and version.number > review.numbers.version:
            note(f"Load {version.number} is newer than these numbers.", width="content")


def _present_href(review: Review) -> str:
    carried = {name: (address.read().get(name) or [""])[-1] for name in (address.SHARED_LINK, address.LIVE)}
    query = {"review": review.review_id} | {name: value for name, value in carried.items() if value}
    return f"./present?{urlencode(query)}"


def _renewal(review: Review, version: Version) -> None:
    same = version.number == review.numbers.version
    newest = "with the labels and settings of that day" if same else f"now load {version.number} is shown"
    note(
        f"The slides show {load_words(review.numbers)}, {newest}. Titles, remarks, order and pins stay; each says"
        " where its numbers moved."
    )
    label = "Renew with labels and settings of now" if same else f"Renew to load {version.number}"
    if controls.button(label, type="primary", key="review_renew"):
        with guarded():
            with controls.spinner("Freezing the numbers of now …"):
                renew_review(whole_workspace(), review.review_id)
            _done(f"{quarter_title(review)} shows the numbers of load {version.number}.")


def _more(review: Review) -> None:
    newest = newest_change(whole_workspace(), review.review_id)
    if newest:
        what = KINDS.get(newest.kind, "change")
        note(f"Last change: {what}{by_whom(newest.person)}, {moment(newest.at)}.")
        if controls.button("Undo last change", key="review_undo"):
            with guarded():
                undo(whole_workspace(), review.review_id, newest.number)
                _done(f"Undone: {what}.")
    note("A closed review stays as it is: nothing in it changes any more.")
    if controls.button("Close review", key="review_close"):
        with guarded():
            close(whole_workspace(), review.review_id)
            _done(f"{quarter_title(review)} is closed.")
    note("Removing a review removes its slides, remarks and frozen numbers; decisions on the roadmap stay.")
    if controls.button("Remove review", key="review_remove"):
        with guarded():
            remove_review(whole_workspace(), review.review_id)
            address.write({})
            _done(f"{quarter_title(review)} is removed.")


def _done(text: str) -> None:
    st.session_state[keys.REVIEW_MESSAGE] = text
    st.rerun()
