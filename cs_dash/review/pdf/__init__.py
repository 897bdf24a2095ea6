"""The review as a PDF file: a page for each slide, its text selectable, with an appendix of definitions and sources."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cs_dash.look.chart_images import FONTS
from cs_dash.review.deck import Deck
from cs_dash.review.pdf.pages import Paper, deck_pages

if TYPE_CHECKING:
    import typst

__all__ = ["Paper", "pdf_bytes"]

TEMPLATE = Path(__file__).parent / "deck.typ"


def pdf_bytes(deck: Deck, *, paper: Paper = "a4", accessible: bool = False) -> bytes:
    """Return the slides that are shown as a PDF file, a landscape page each; what needs more room takes further pages.

    Its parts are tagged for screen readers; `accessible`: the file also declares, and is checked for, PDF/UA-1.
    What the deck says goes to the template as data, so none of it is read as markup.
    """
    import typst

    document: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"deck": json.dumps(deck_pages(deck, paper), ensure_ascii=False)},
        pdf_standards=["ua-1"] if accessible else [],
    )
    return document


@cache
def _fonts() -> typst.Fonts:
    """Return our typeface and those of the system, which have what ours lacks; looking for them takes a while."""
    import typst

    return typst.Fonts(font_paths=[str(FONTS)])
