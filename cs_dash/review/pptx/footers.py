"""The footer of a slide: deck, company and scope at the left, the data and the slide's number at the right."""

from __future__ import annotations

import copy
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from cs_dash.review.deck import Deck
from cs_dash.review.pptx.boxes import Box, of_shape
from cs_dash.review.pptx.frames import SlideFrame
from cs_dash.review.pptx.nodes import hundredths, node
from cs_dash.review.pptx.notes import as_of_text
from cs_dash.review.pptx.text_size import fitted, one_line
from cs_dash.review.pptx.texts import Paragraph, add_text, flat, language_of

LARGEST, SMALLEST = 10.0, 7.0
INSET = 14.4
"""Points that a template's placeholder loses at both sides."""
NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def add_footer(native: Any, deck: Deck, number: int, frame: SlideFrame) -> None:
    """Add the footer: in the places that the layout has for it, else as text under the content."""
    left = " · ".join(part for part in (deck.title, deck.company, deck.scope_text) if part)
    right = " · ".join(part for part in (as_of_text(deck), deck.data_text) if part)
    if frame.footer is not None:
        _add_own(native, left, f"{right} · {number}" if right else str(number), frame)
        return
    places = {placeholder.placeholder_format.type: placeholder for placeholder in frame.layout.placeholders}
    footer, date = places.get(PP_PLACEHOLDER.FOOTER), places.get(PP_PLACEHOLDER.DATE)
    if date is None and footer is not None:
        left = " · ".join(part for part in (left, right) if part)
    if footer is None and date is not None:
        right = " · ".join(part for part in (left, right) if part)
    for placeholder, text in ((footer, left), (date, right)):
        if placeholder is not None:
            _add_text(native, placeholder, text)
    if PP_PLACEHOLDER.SLIDE_NUMBER in places:
        _add_number(native, places[PP_PLACEHOLDER.SLIDE_NUMBER], number)


def _add_own(native: Any, left: str, right: str, frame: SlideFrame) -> None:
    assert frame.footer is not None
    theme = frame.palette.theme
    for text, box, side in zip((left, right), frame.footer.columns(0.55, 10), ("l", "r"), strict=True):
        words = one_line(text, box.width, 9)
        add_text(native, box, [Paragraph(words, 9, theme.muted, aligned=side)], frame.palette, "Footer", "b")


def _add_text(native: Any, placeholder: Any, text: str) -> None:
    """Add a placeholder of the layout to the slide, with text that fits it."""
    box = of_shape(placeholder)
    room = Box(box.left, box.top, box.width - INSET, box.height)
    words = fitted(flat(text), room.width, room.height, LARGEST, SMALLEST)
    look = node("a:rPr", lang=language_of(text), sz=hundredths(words.size), dirty=0)
    _add_placeholder(native, placeholder, node("a:p", node("a:r", look, node("a:t", words.text)) if text else None))


def _add_number(native: Any, placeholder: Any, number: int) -> None:
    field = node(
        "a:fld", node("a:rPr", lang="en-US", dirty=0), node("a:t", str(number)), id=NUMBER_FIELD, type="slidenum"
    )
    _add_placeholder(native, placeholder, node("a:p", field))


def _add_placeholder(native: Any, placeholder: Any, paragraph: Any) -> None:
    tree = native.shapes._spTree
    number = max((int(shape.get("id")) for shape in tree.iter(qn("p:cNvPr"))), default=1) + 1
    # the places inherit everything from the layout but its text
    identity = copy.deepcopy(placeholder._element.find(f".//{qn('p:ph')}"))
    about = node(
        "p:nvSpPr",
        node("p:cNvPr", id=number, name=placeholder.name),
        node("p:cNvSpPr", node("a:spLocks", noGrp=1)),
        node("p:nvPr", identity),
    )
    body = node("p:txBody", node("a:bodyPr"), node("a:lstStyle"), paragraph)
    tree.append(node("p:sp", about, node("p:spPr"), body))
