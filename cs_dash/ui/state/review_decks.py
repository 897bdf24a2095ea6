"""The deck of a review as its reader may see it: computed once from frozen numbers, arranged afresh each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions import current_decisions
from cs_dash.decisions.audits import audits
from cs_dash.decisions.reviews.records import Filters, Review, ReviewNumbers
from cs_dash.decisions.reviews.slides import Arrangement
from cs_dash.errors import NoData
from cs_dash.look.locales import READER
from cs_dash.metrics import open_warehouse
from cs_dash.questions import catalogue
from cs_dash.review.arrangement import arranged
from cs_dash.review.asking import Ask, ask_of
from cs_dash.review.contents import Quarter, account_deck, review_deck
from cs_dash.review.deck import Deck
from cs_dash.review.pins import pinned_slides
from cs_dash.scope import Scope
from cs_dash.sharing import Limits, Reader
from cs_dash.sharing.content import ACCOUNT
from cs_dash.sharing.copies import temporary_copy
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
        pinned = pinned_slides(written.pins, _ask(snapshot, language), review.numbers.as_of)
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
    return review_deck(_ask(snapshot, language), Quarter.of(quarter), numbers=numbers, filters=filters, company=named)


def _ask(snapshot: session.Snapshot, language: str) -> Ask:
    def ask(question: str, scope: Scope, options: Mapping[str, str]) -> Answer:
        if question not in catalogue.questions():  # a pin of an earlier release
            catalogue.refuse(question)
        return answers.cached_answer(answers.AnswerKey.of(language, snapshot, question, scope, options))

    return ask


def account_review(shown: ReviewDeck, account_id: str, who: Reader, language: str, hidden: Limits) -> Deck:
    """Return the deck of one account in the quarter of a review, from its frozen numbers.

    It is made from a copy that holds nothing of other accounts, and is gone afterwards. `hidden`: besides what is
    hidden from the reader anyway. Raises NoData where the data end before the quarter.
    """
    limits = replace(
        who.limits,
        filters=((ACCOUNT, (account_id,)),),
        hide_names=hidden.hide_names and not who.limits.hide_names,
        hide_money=hidden.hide_money and not who.limits.hide_money,
    )
    source = workspace_in(shown.snapshot.folder) if shown.snapshot.folder else whole_workspace()
    with in_language(language), temporary_copy(source, limits, secret_of=whole_workspace()) as copy:
        version = copy.current()
        if version is None:
            raise NoData("Nothing is loaded", "Could not review the account because there are no numbers.", "")
        artifacts = pipeline.derived_artifacts(copy, version)
        warehouse = open_warehouse(copy.file_of(version), current_decisions(copy), artifacts)
        try:
            (only,) = warehouse("account_names")["account_id"].to_pylist()
            ask = ask_of(warehouse, audits(copy))
            return account_deck(ask, only, Quarter.of(shown.review.quarter), numbers=shown.review.numbers)
        finally:
            warehouse.close()
