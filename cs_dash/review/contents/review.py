"""The deck of a quarterly review."""

from __future__ import annotations

from cs_dash.decisions.reviews.records import ReviewNumbers
from cs_dash.look import words
from cs_dash.look.scope_text import scope_text
from cs_dash.review.asking import Answers, Ask
from cs_dash.review.contents import churn, goals, health, overview, retention, roadmap, support
from cs_dash.review.contents.appendix import appendix
from cs_dash.review.contents.parts import Section
from cs_dash.review.deck import Deck, Slide
from cs_dash.review.quarter import Quarter
from cs_dash.scope import Scope


def review_deck(
    ask: Ask,
    quarter: Quarter,
    *,
    numbers: ReviewNumbers,
    filters: tuple[tuple[str, tuple[str, ...]], ...] = (),
    company: str = "",
    address: str = "",
) -> Deck:
    """Return the deck of a quarter. Names of slides stay the same from quarter to quarter.

    Args:
        ask: answers questions from one version.
        quarter: what is reviewed.
        numbers: which version answers, and its newest day.
        filters: (dimension, values) pairs of the accounts that it is about, sorted; empty: all.
        company: whose customers they are, or "".
        address: address of the app, or "".

    Raises NoData where the data end before the quarter, and UnknownOption for filters that the data do not have.
    """
    scope = quarter.scope(numbers.as_of, filters)
    answers = Answers(ask, scope)
    parts = _sections(answers, quarter)
    slides = tuple(slide for part in parts for slide in part.slides)
    missing = [text for part in parts for text in part.missing]
    title = f"Roadmap review {quarter.title}"
    deck_text, data = scope_text(scope), data_text(numbers)
    first = Slide("title", "title", "", title, deck_text, lines=(data, *in_progress(quarter, scope)))
    return Deck(
        title=title,
        company=company,
        as_of=scope.as_of if numbers.as_of else None,
        scope_text=deck_text,
        data_text=data,
        slides=(first, *slides, *appendix(answers, slides, missing)),
        address=address,
    )


def _sections(answers: Answers, quarter: Quarter) -> tuple[Section, ...]:
    return (
        overview.headlines(answers),
        health.health(answers),
        overview.movers(answers),
        retention.rates(answers, quarter),
        retention.bridge(answers),
        retention.cohorts(answers),
        churn.churn(answers),
        retention.renewals(answers, quarter),
        support.howto(answers),
        support.topics(answers),
        support.content_gaps(answers),
        roadmap.items(answers),
        roadmap.shipped(answers),
        roadmap.past_decisions(answers),
        goals.goals(answers),
        roadmap.decisions_asked(answers),
    )


def in_progress(quarter: Quarter, scope: Scope) -> tuple[str, ...]:
    """Return the sentence that says up to when the figures of a quarter are that is not over; () of one that is."""
    if scope.end is None or scope.end >= quarter.end:
        return ()
    return (f"{quarter.title} is in progress: figures up to {words.date(scope.as_of)}",)


def data_text(numbers: ReviewNumbers) -> str:
    """Return which load the numbers come from: "load 14 of 2 Oct 2026, frozen"; without its number where it is 0."""
    load = f"load {numbers.version}" if numbers.version else "load"
    text = f"{load} of {words.date(numbers.loaded_at.date())}"
    return f"{text}, frozen" if numbers.copy else text
