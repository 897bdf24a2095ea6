"""Text on slides: paragraphs in boxes, sized so that they fit, figures between ** in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml.ns import qn

from cs_dash.review.pptx.boxes import Box
from cs_dash.review.pptx.nodes import clean, hundredths, node, put_before, solid
from cs_dash.review.pptx.palette import DeckColors
from cs_dash.review.pptx.text_size import LINE_HEIGHT, fitted, wrapped

SMALLEST = 9.0
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_SPACE = re.compile(r"[ \n\t]+")
_LANGUAGES = (
    (re.compile("[\u3040-\u30ff]"), "ja-JP"),
    (re.compile("[\uac00-\ud7af]"), "ko-KR"),
    (re.compile("[\u4e00-\u9fff]"), "zh-CN"),
    (re.compile("[\u0400-\u04ff]"), "ru-RU"),
)
"""The language decides which typeface PowerPoint takes for a script, and which words it underlines as misspelt."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a text box.

    Attributes:
        text: the words, figures between ** in bold.
        size: size of the font in points.
        color: colour as "#RRGGBB".
        bold: all of it is bold.
        space: points of space before it.
        aligned: "l", "r" or "ctr".
        essential: it is shortened rather than left out where room is short.
    """

    text: str
    size: float
    color: str
    bold: bool = False
    space: float = 0.0
    aligned: str = "l"
    essential: bool = False

    def height(self, room: float) -> float:
        """Return its height in points in a box that is `room` points wide, the space before it included."""
        lines = wrapped(without_marks(self.text), room, self.size, self.bold or "**" in self.text)
        return self.space + len(lines) * self.size * LINE_HEIGHT


def flat(text: str) -> str:
    """Return text on one line; a no-break space stays one."""
    return _SPACE.sub(" ", clean(text)).strip()


def without_marks(text: str) -> str:
    """Return a sentence without the marks of its figures."""
    return _BOLD.sub(r"\1", text)


def fit(paragraphs: Sequence[Paragraph], box: Box) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the paragraphs at the size at which they fit a box, and those for which there is no room.

    All shrink together to four fifths; then the last ones that are not essential go; then the longest are cut.
    """
    for step in range(9):
        scaled = [_scaled(paragraph, 1 - step * 0.025) for paragraph in paragraphs]
        if _height(scaled, box.width) <= box.height:
            return scaled, []
    fitting, dropped = scaled, list[Paragraph]()
    while _height(fitting, box.width) > box.height and any(not paragraph.essential for paragraph in fitting):
        at = max(at for at, paragraph in enumerate(fitting) if not paragraph.essential)
        dropped.insert(0, fitting.pop(at))
    while _height(fitting, box.width) > box.height and fitting:
        at = max(range(len(fitting)), key=lambda at: fitting[at].height(box.width))
        longest = fitting[at]
        room = longest.height(box.width) - longest.space - longest.size * LINE_HEIGHT
        if room < longest.size * LINE_HEIGHT * 0.99:
            dropped.insert(0, fitting.pop())
            continue
        short = fitted(without_marks(longest.text), box.width, room, longest.size, longest.size, longest.bold)
        fitting[at] = replace(longest, text=short.text)
    return fitting, dropped


def _scaled(paragraph: Paragraph, factor: float) -> Paragraph:
    size = max(round(paragraph.size * factor * 2) / 2, min(paragraph.size, SMALLEST))
    return replace(paragraph, size=size, space=paragraph.space * factor)


def _height(paragraphs: Sequence[Paragraph], room: float) -> float:
    return sum(paragraph.height(room) for paragraph in paragraphs)


def add_text(
    slide: Any, box: Box, paragraphs: Sequence[Paragraph], palette: DeckColors, name: str, anchor: str = "t"
) -> Any:
    """Add a text box with these paragraphs as they are; `anchor`: "t", "ctr" or "b". Return its shape."""
    shape = slide.shapes.add_textbox(*box.emu)
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame._txBody.find(qn("a:bodyPr")).set("anchor", anchor)
    write(frame._txBody, paragraphs, palette)
    return shape


def write(body: Any, paragraphs: Sequence[Paragraph], palette: DeckColors) -> None:
    """Put paragraphs into the body of a shape or of a cell, in place of those that it has."""
    for existing in body.findall(qn("a:p")):
        body.remove(existing)
    for paragraph in paragraphs or [Paragraph("", SMALLEST, palette.theme.text)]:
        body.append(_paragraph(paragraph, palette))


def _paragraph(paragraph: Paragraph, palette: DeckColors) -> Any:
    # the height of a line is fixed: it would depend on the typeface, and Chinese ones are high
    properties = node(
        "a:pPr",
        node("a:lnSpc", node("a:spcPts", val=hundredths(paragraph.size * LINE_HEIGHT))),
        node("a:spcBef", node("a:spcPts", val=hundredths(paragraph.space))),
        node("a:buNone"),
        algn=paragraph.aligned, marL=0, indent=0,
    )  # fmt: skip
    runs: list[Any] = []
    for at, piece in enumerate(_BOLD.split(clean(paragraph.text))):
        for line_at, line in enumerate(piece.split("\n")):
            if line_at:
                runs.append(node("a:br", _look(paragraph, palette, line, False)))
            if line:
                runs.append(node("a:r", _look(paragraph, palette, line, at % 2 == 1), node("a:t", line)))
    if not runs:  # the height of an empty line is that of its end
        runs = [node("a:endParaRPr", lang="en-US", sz=hundredths(paragraph.size))]
    return node("a:p", properties, *runs)


def _look(paragraph: Paragraph, palette: DeckColors, text: str, in_bold: bool) -> Any:
    bold = int(paragraph.bold or in_bold)
    fill = solid(palette.ink(paragraph.color))
    return node("a:rPr", fill, lang=language_of(text), sz=hundredths(paragraph.size), b=bold, dirty=0)


def language_of(text: str) -> str:
    """Return the language of a text as its script shows it; English for Latin letters."""
    return next((language for letters, language in _LANGUAGES if letters.search(text)), "en-US")


def write_placeholder(placeholder: Any, text: str, size: float | None) -> None:
    """Put text into a placeholder in the template's own typeface and colour; `size` only where it has to be smaller."""
    body = placeholder._element.txBody
    for existing in body.findall(qn("a:p")):
        body.remove(existing)
    for line in clean(text).split("\n"):
        look = node("a:rPr", lang=language_of(line), dirty=0)
        if size is not None:
            look.set("sz", str(hundredths(size)))
        properties = None
        if size is not None:
            height = node("a:lnSpc", node("a:spcPts", val=hundredths(size * LINE_HEIGHT)))
            properties = node("a:pPr", height, node("a:spcBef", node("a:spcPts", val=0)))
        body.append(node("a:p", properties, node("a:r", look, node("a:t", line)) if line else None))


def describe(shape: Any, text: str) -> None:
    """Give a chart or a table the words that a screen reader reads."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(text))


def set_wrapping(shape: Any) -> None:
    """Let a placeholder wrap its text and never shrink it on its own: sizes are computed."""
    properties = shape._element.txBody.find(qn("a:bodyPr"))
    for child in list(properties):
        properties.remove(child)
    put_before(properties, node("a:noAutofit"))
