"""The slides of a review: all of them as an outline with small drawings, and the open one large, with its forms."""

from __future__ import annotations

import streamlit as st

from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.look.theme import ThemeName
from cs_dash.review.deck import Slide
from cs_dash.sharing import Right
from cs_dash.ui.components.html import html
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.review.slide_forms import slide_forms
from cs_dash.ui.pages.review.slide_preview import slide_preview
from cs_dash.ui.pages.review.thumbnails import thumbnail
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import may
from cs_dash.ui.state.review_decks import ReviewDeck

SLIDE = "slide"
"""The open slide, in the address."""


def slides_tab(shown: ReviewDeck) -> None:
    """Show the outline, and the slide that the address names, the first one without."""
    slides = shown.deck.slides
    named = (address.read().get(SLIDE) or [""])[-1]
    opened = next((slide for slide in slides if slide.name == named), slides[0])
    numbers = {slide.name: number for number, slide in shown.deck.numbered()}
    with st.container(horizontal=True, gap="medium", key="review_slides"):
        html(
            render(
                "review/outline.html",
                slides=[_line(shown, slide, numbers.get(slide.name), opened) for slide in slides],
            )
        )
        with st.container(key="review_slide"):
            slide_preview(opened)
            if may(Right.REVIEW) and shown.review.is_open:
                slide_forms(shown, opened)


def _line(shown: ReviewDeck, slide: Slide, number: int | None, opened: Slide) -> dict[str, object]:
    remarks = len(slide.remarks)
    marks = [slide.section] if slide.section else []
    marks += ["hidden"] if slide.hidden else []
    marks += ["pinned"] if any(pin.pin_id == slide.name for pin in shown.arrangement.pins) else []
    marks += ["own title"] if slide.computed_title else []
    marks += [f"{remarks} remark{'s' if remarks > 1 else ''}"] if remarks else []
    moved = slide.title_outdated or any(remark.outdated for remark in slide.remarks)
    kind: ThemeName = "dark" if st.context.theme.type == "dark" else "light"
    return {
        "number": number or "–",
        "title": slide.title,
        "marks": marks,
        "moved": bool(moved),
        "hidden": slide.hidden,
        "open": slide.name == opened.name,
        "href": address.link_here("review", slide=slide.name),
        "name": slide.name,
        "drawing": thumbnail(shown.snapshot, slide, kind, locale()),
        "figure": "" if slide.chart else _figure(slide),
    }


def _figure(slide: Slide) -> str:
    return words.figure_value(slide.figures[0], slide.currency, locale()) if slide.figures else ""
