"""A deck as a PowerPoint file: charts and tables that PowerPoint itself edits, in the user's own template if given.

pptx_bytes(deck)
pptx_bytes(deck, template=Path("our-template.potx").read_bytes())
"""

from __future__ import annotations

import io
from typing import Any

from cs_dash.review.deck import Deck
from cs_dash.review.pptx.frames import content_frame, title_frame
from cs_dash.review.pptx.nodes import SCALE, emu
from cs_dash.review.pptx.own_template import HEIGHT, own_presentation
from cs_dash.review.pptx.slides import add_content_slide, add_title_slide
from cs_dash.review.pptx.template import clean_properties, opened_template

__all__ = ["pptx_bytes"]

LEAST_WIDTH = 720
"""Points that a slide is wide at least, by the size of its type: 4:3."""


def pptx_bytes(deck: Deck, *, template: bytes | None = None) -> bytes:
    """Return the slides of a deck that are shown as a PowerPoint file.

    `template`: a .pptx or .potx file whose masters, colours and typefaces are used; its own slides are left out.

    Raises:
        PasswordNeeded: the template is encrypted.
        UnreadableFile: it is no PowerPoint file, a broken one, or without a layout.
    """
    own = template is None
    presentation = own_presentation() if template is None else opened_template(template)
    scale = min(presentation.slide_height / emu(HEIGHT), presentation.slide_width / emu(LEAST_WIDTH))
    token = SCALE.set(scale)
    try:
        return _written(presentation, deck, own)
    finally:
        SCALE.reset(token)


def _written(presentation: Any, deck: Deck, own: bool) -> bytes:
    """Return a presentation with the slides of a deck as a file."""
    first, others = title_frame(presentation, own), content_frame(presentation, own)
    for number, slide in deck.numbered():
        if slide.form == "title":
            add_title_slide(presentation, deck, slide, first)
        else:
            add_content_slide(presentation, deck, number, slide, others)
    clean_properties(presentation, deck.title)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()
