"""The deck of a review as its reader may see it: computed once from frozen numbers, arranged afresh each time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cs_dash.decisions.reviews.records import Filters, Review, ReviewNumbers
from cs_dash.decisions.reviews.slides import Arrangement, Pin
from cs_dash.errors import CsDashError, NoData
from cs_dash.review.arrangement import absent_pin, arranged, pin_slide
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.deck import Deck, Slide
from cs_dash.scope import Scope
from cs_dash.sharing import Reader
from cs_dash.sharing.reviews import read_review
from cs_dash.ui.state import answers, session
from cs_dash.ui.state.workspace_folder import whole_workspace, workspace_in


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
    review = readable.review
    computed = _computed(snapshot, review.quarter, review.filters, review.numbers, language)
    pinned = {pin.pin_id: _pinned(snapshot, pin, language) for pin in readable.arrangement.pins}
    return ReviewDeck(review, readable.arrangement, arranged(computed, readable.arrangement, pinned), snapshot)


@lru_cache(maxsize=8)
def _computed(
    snapshot: session.Snapshot, quarter: str, filters: Filters, numbers: ReviewNumbers, language: str
) -> Deck:
    def ask(question: str, scope: Scope, **options: str) -> object:
        return answers.cached_answer(answers.AnswerKey.of(language, snapshot, question, scope, options))

    return review_deck(ask, Quarter.of(quarter), filters=filters, numbers=numbers)


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
