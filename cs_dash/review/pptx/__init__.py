"""A deck as a PowerPoint file: charts and tables that PowerPoint itself edits, in the user's own template if given.

pptx_bytes(deck)
pptx_bytes(deck, template=Path("our-template.potx").read_bytes())
"""

from __future__ import annotations

import io

from cs_dash.review.deck import Deck
from cs_dash.review.pptx.frames import content_frame, title_frame
from cs_dash.review.pptx.own_template import own_presentation
from cs_dash.review.pptx.slides import add_content_slide, add_title_slide
from cs_dash.review.pptx.template import clean_properties, opened_template

__all__ = ["pptx_bytes"]


def pptx_bytes(deck: Deck, *, template: bytes | None = None) -> bytes:
    """Return the slides of a deck that are shown as a PowerPoint file.

    `template`: a .pptx or .potx file whose masters, colours and typefaces are used; its own slides are left out.

    Raises:
        PasswordNeeded: the template is encrypted.
        UnreadableFile: it is no PowerPoint file, a broken one, or without a layout.
    """
    own = template is None
    presentation = own_presentation() if template is None else opened_template(template)
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
