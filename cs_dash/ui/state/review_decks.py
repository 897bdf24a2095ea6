"""The deck of a review as its reader may see it: computed once from frozen numbers, arranged afresh each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from cs_dash.answer import Answer
from cs_dash.decisions.reviews.records import Filters, Review, ReviewNumbers
from cs_dash.decisions.reviews.slides import Arrangement, Pin
from cs_dash.errors import CsDashError, NoData
from cs_dash.look.locales import READER
from cs_dash.review.arrangement import absent_pin, arranged, pin_slide
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.deck import Deck, Slide
from cs_dash.scope import Scope
from cs_dash.sharing import Reader
from cs_dash.sharing.reviews import read_review
from cs_dash.store.cache import SingleFlightCache
from cs_dash.ui.state import answers, session
from cs_dash.ui.state.workspace_folder import company, whole_workspace, workspace_in

_DECKS = SingleFlightCache[Deck](8)
"""Computed decks: the one that is open, the one before it, and those for readers with limits."""


@dataclass(frozen=True)
class ReviewDeck:
    """A review as its reader sees it.

    Attributes:
        review: the review.
        arrangement: what people decided about its slides.
        deck: its slides as people arranged them, hidden ones included.
        snapshot: the frozen numbers that they are from.
    """

    review: Review
    arrangement: Arrangement
    deck: Deck
    snapshot: session.Snapshot


def review_deck_for(
    review_id: str, who: Reader, language: str, *, hide_names: bool = False, hide_money: bool = False
) -> ReviewDeck:
    """Return a review as a reader sees it, in words of the reader's language.

    `hide_names`, `hide_money`: besides what is hidden from the reader anyway. Raises BadInput for an unknown review,
    NoData where its frozen numbers are gone, and NotAllowed for who may see nothing.
    """
    readable = read_review(whole_workspace(), review_id, who, hide_names=hide_names, hide_money=hide_money)
    copy = workspace_in(readable.workspace.folder)
    version = copy.current()
    if version is None:
        raise NoData("Nothing is loaded", "Could not show the review because it has no numbers.", "")
    snapshot = session.Snapshot.of(version, copy)
    review, written = readable.review, readable.arrangement
    with in_language(language):
        named = company() if who.sees_all else ""
        key = (snapshot, review.quarter, review.filters, review.numbers, named, language)
        computed = _DECKS.get(key, lambda: _computed(*key))
        pinned = {pin.pin_id: _pinned(snapshot, pin, language) for pin in written.pins}
        return ReviewDeck(review, written, arranged(computed, written, pinned), snapshot)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Write numbers and dates in a language inside, also on a thread that has no run of a page."""
    token = READER.set(language)
    try:
        yield
    finally:
        READER.reset(token)


def _computed(
    snapshot: session.Snapshot, quarter: str, filters: Filters, numbers: ReviewNumbers, named: str, language: str
) -> Deck:
    def ask(question: str, scope: Scope, options: Mapping[str, str]) -> Answer:
        return answers.cached_answer(answers.AnswerKey.of(language, snapshot, question, scope, options))

    return review_deck(ask, Quarter.of(quarter), numbers=numbers, filters=filters, company=named)


def _pinned(snapshot: session.Snapshot, pin: Pin, language: str) -> Slide:
    scope, _ = Scope.from_query({name: list(values) for name, values in pin.query})
    try:
        key = answers.AnswerKey.of(language, snapshot, pin.question, scope, dict(pin.options))
        answer = answers.cached_answer(key)
    except (CsDashError, KeyError) as error:
        return absent_pin(
            pin, error.message if isinstance(error, CsDashError) else "Its question is not asked any more."
        )
    slide = pin_slide(pin, answer, scope.resolved(snapshot.warehouse.newest_day()))
    return slide or absent_pin(pin, "The chart or table is not in the numbers of this review.")
