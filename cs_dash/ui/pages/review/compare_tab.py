"""This review beside the last one: each slide that both have, with its findings and figures then and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_dash.answer import Figure
from cs_dash.decisions.reviews.records import Review
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.review.deck import Slide
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.review.review_words import load_words, quarter_title
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import reader
from cs_dash.ui.state.review_decks import ReviewDeck, review_deck_for

NEWS = {"up": ("cs-good", "cs-bad"), "down": ("cs-bad", "cs-good"), "neither": ("", "")}


def compare_tab(shown: ReviewDeck, listed: Sequence[Review]) -> None:
    """Show the figures of both reviews side by side; a sentence where there is no earlier review."""
    before = last_review(shown.review, listed)
    if before is None:
        note("There is no earlier review to compare with.")
        return
    then = review_deck_for(before.review_id, reader(), locale())
    slides = {slide.name: slide for slide in then.deck.slides}
    both = [
        (slide, slides[slide.name]) for slide in shown.deck.slides if slide.name in slides and slide.form != "title"
    ]
    names = {slide.name for slide in shown.deck.slides}
    html(
        render(
            "review/compare.html",
            then=quarter_title(before), then_load=load_words(before.numbers),
            now=quarter_title(shown.review), now_load=load_words(shown.review.numbers),
            slides=[_slide(now, earlier) for now, earlier in both if now.form != "appendix"],
            new=[slide.title for slide in shown.deck.shown if slide.name not in slides and slide.form == "finding"],
            gone=[slide.title for slide in then.deck.shown if slide.name not in names and slide.form == "finding"],
            then_href=address.link("review", review=before.review_id),
        )
    )  # fmt: skip


def last_review(review: Review, listed: Sequence[Review]) -> Review | None:
    """Return the review before this one: of the same accounts if there is one, else any; None without any."""
    earlier = [one for one in listed if (one.quarter, one.started_at) < (review.quarter, review.started_at)]
    same = [one for one in earlier if one.filters == review.filters]
    candidates = same or earlier
    return candidates[-1] if candidates else None


def _slide(now: Slide, then: Slide) -> dict[str, object]:
    before = {figure.name: figure for figure in then.figures}
    after = {figure.name for figure in now.figures}
    figures = [_figure(figure, before.get(figure.name), now.currency) for figure in now.figures]
    figures += [
        _figure(replace(figure, value=None), figure, then.currency)
        for figure in then.figures
        if figure.name not in after
    ]
    return {
        "section": now.section,
        "now": now.title,
        "then": then.title,
        "same": now.title == then.title,
        "figures": figures,
        "href": address.link_here("review", tab="", slide=now.name),
    }


def _figure(now: Figure, then: Figure | None, currency: str) -> dict[str, str]:
    value, earlier = now.value, then.value if then else None
    change, news = "", ""
    if value is not None and earlier is not None:
        change = words.change(value, earlier, now.unit, currency, locale())
        news = "" if value == earlier else NEWS[now.better][0 if value > earlier else 1]
    return {
        "label": now.label,
        "then": words.figure_value(then, currency, locale()) if then else words.MISSING,
        "now": words.figure_value(now, currency, locale()),
        "change": change,
        "news": news,
    }
