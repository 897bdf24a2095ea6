"""The deck as a file: PowerPoint, PDF, Excel and HTML, made when somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from cs_dash.review.deck import Deck
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import note
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.review.own_template import own_template
from cs_dash.ui.state.reader import reader
from cs_dash.ui.state.review_decks import ReviewDeck, in_language, review_deck_for

Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, str] = {"a4": "A4", "letter": "Letter"}


def downloads(shown: ReviewDeck) -> None:
    """Offer the files, without names or amounts if wished, and PowerPoint in the reader's own template."""
    hide_names = controls.checkbox("Hide customer names", key="review_hide_names")
    hide_money = controls.checkbox("Hide amounts: show them as an index", key="review_hide_money")
    template = own_template(shown.deck)
    paper: Paper = controls.segmented_control(
        "PDF paper", list(PAPERS), default="a4", format_func=PAPERS.__getitem__, required=True, key="review_paper"
    )
    who, language, review_id = reader(), locale(), shown.review.review_id

    def deck() -> Deck:
        return review_deck_for(review_id, who, language, hide_names=hide_names, hide_money=hide_money).deck

    offers: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (
            "PowerPoint", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            partial(_pptx, deck, template),
        ),
        ("PDF", "pdf", "application/pdf", partial(_pdf, deck, paper)),
        (
            "Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            partial(_xlsx, deck),
        ),
        ("HTML", "html", "text/html", partial(_html, deck)),
    ]  # fmt: skip
    for label, suffix, media_type, make in offers:
        controls.download_button(
            label,
            partial(_made, make, language),
            f"review-{review_id}.{suffix}",
            media_type,
            key=f"review_{suffix}",
            on_click="ignore",
            width="stretch",
        )
    note("Hidden slides are in no file. A file takes some seconds.")


def _made(make: Callable[[], bytes], language: str) -> bytes:
    with in_language(language):
        return make()


def _pptx(deck: Callable[[], Deck], template: bytes | None) -> bytes:
    from cs_dash.review.pptx import pptx_bytes

    return pptx_bytes(deck(), template=template)


def _pdf(deck: Callable[[], Deck], paper: Paper) -> bytes:
    from cs_dash.review.pdf import pdf_bytes

    return pdf_bytes(deck(), paper=paper)


def _xlsx(deck: Callable[[], Deck]) -> bytes:
    from cs_dash.review.xlsx import xlsx_bytes

    return xlsx_bytes(deck())


def _html(deck: Callable[[], Deck]) -> bytes:
    from cs_dash.review.html import html_bytes

    return html_bytes(deck())
