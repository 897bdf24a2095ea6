"""What stands beside a chart: figures, facts, what people wrote, caveats, and the decision that is asked."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn

from cs_dash.look import words
from cs_dash.review.deck import Slide
from cs_dash.review.figure_text import FigureChange, figure_change, figure_facts
from cs_dash.review.pptx.boxes import Box
from cs_dash.review.pptx.nodes import emu, outline, put
from cs_dash.review.pptx.palette import DeckColors
from cs_dash.review.pptx.text_size import LINE_HEIGHT, fitted, one_line, width
from cs_dash.review.pptx.texts import Paragraph, add_text, fit, set_wrapping, write

VALUE, LABEL, SMALL, LINE, SECOND_VALUE = 40.0, 12.0, 10.5, 13.0, 16.0
DECISION_HEIGHT, PAD = 82.0, 10.0
STRIP_VALUE, STRIP_HEIGHT, GAP = 24.0, 62.0, 18.0
CHOICES = "☐ Accept   ☐ Defer   ☐ Decline"
COLORS = {"good": "good", "bad": "bad", "even": "muted"}


def has_panel(slide: Slide) -> bool:
    """Whether a slide has anything to say beside its chart."""
    return bool(slide.figures or slide.lines or slide.remarks or slide.doubts or slide.form == "decision")


def add_panel(native: Any, slide: Slide, box: Box, palette: DeckColors) -> list[str]:
    """Add the column beside a chart. Return the texts for which there is no room."""
    if slide.form == "decision":
        room = Box(box.left, box.bottom - DECISION_HEIGHT, box.width, DECISION_HEIGHT)
        _add_decision(native, room, palette)
        box = box.strip(box.height - DECISION_HEIGHT - PAD)
    paragraphs = [*figure_paragraphs(slide, box.width, palette), *text_paragraphs(slide, palette)]
    fitting, dropped = fit(paragraphs, box)
    if fitting:
        add_text(native, box, fitting, palette, "Figures and facts")
    return [paragraph.text for paragraph in dropped]


def figure_paragraphs(slide: Slide, room: float, palette: DeckColors) -> list[Paragraph]:
    """Return the figures as paragraphs: the first one large, the others on a line each."""
    theme = palette.theme
    paragraphs: list[Paragraph] = []
    for at, figure in enumerate(slide.figures):
        value = words.figure_value(figure, slide.currency)
        change = figure_change(figure, slide.currency)
        facts = " · ".join(figure_facts(figure, slide.currency))
        color = _news_color(change, palette)
        if at == 0:
            main = theme.text if change is None or change.news == "even" else color
            size = min(VALUE, VALUE * room / max(width(value, VALUE, bold=True), 1.0))
            paragraphs += [
                Paragraph(figure.label, LABEL, theme.muted, essential=True),
                Paragraph(value, size, main, bold=True, essential=True),
            ]
        else:
            head = f"**{value}** {figure.label}"
            paragraphs.append(Paragraph(head, SECOND_VALUE if at == 1 else LINE, theme.text, space=8))
        if change:
            paragraphs.append(Paragraph(change.text, LABEL if at == 0 else SMALL, color, bold=at == 0))
        if facts and at < 2:
            paragraphs.append(Paragraph(facts, LABEL if at == 0 else SMALL, theme.muted))
    return paragraphs


def _news_color(change: FigureChange | None, palette: DeckColors) -> str:
    color = getattr(palette.theme, COLORS[change.news if change else "even"])
    return palette.readable(color, large=True)


def text_paragraphs(slide: Slide, palette: DeckColors, size: float = LINE) -> list[Paragraph]:
    """Return the facts, what people wrote, and the caveats as paragraphs."""
    theme = palette.theme
    paragraphs = [Paragraph(line, size, theme.text, space=7) for line in slide.lines]
    for remark in slide.remarks:
        paragraphs.append(Paragraph(remark.text, size, theme.text, space=9))
        by = f"{remark.person}, {words.date(remark.day)}"
        paragraphs.append(Paragraph(by + (f" · {remark.outdated}" if remark.outdated else ""), SMALL, theme.muted))
    cautions = [*([slide.title_outdated] if slide.title_outdated else []), *slide.doubts]
    paragraphs += [Paragraph(f"Caveat: {text}", SMALL, theme.muted, space=7) for text in cautions]
    return paragraphs


def add_figure_strip(native: Any, slide: Slide, box: Box, palette: DeckColors) -> float:
    """Add the figures side by side above a table. Return the height that they take in points."""
    theme = palette.theme
    for figure, cell in zip(slide.figures, box.cells(max(len(slide.figures), 2), 1, GAP), strict=False):
        news = figure_change(figure, slide.currency)
        value = fitted(
            words.figure_value(figure, slide.currency),
            cell.width,
            STRIP_VALUE * LINE_HEIGHT,
            STRIP_VALUE,
            10,
            bold=True,
        )
        change = fitted(news.text if news else "", cell.width, SMALL * LINE_HEIGHT, SMALL, 8.5)
        paragraphs = [
            Paragraph(one_line(figure.label, cell.width, 11), 11, theme.muted),
            Paragraph(value.text, value.size, theme.text, bold=True),
            Paragraph(change.text, change.size, _news_color(news, palette)),
        ]
        add_text(native, cell, paragraphs, palette, "Figure")
    changes = any(figure_change(figure, slide.currency) for figure in slide.figures)
    return box.height if changes else box.height - SMALL * LINE_HEIGHT


def _add_decision(native: Any, box: Box, palette: DeckColors) -> None:
    """Add the frame in which the decision is written down while all watch."""
    theme = palette.theme
    shape = native.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *box.emu)
    shape.name = "Decision"
    shape.adjustments[0] = 0.08
    shape.fill.background()
    shape.shadow.inherit = False
    put(shape._element.spPr, outline(palette.ink(theme.border), 1.0), "a:effectLst", "a:extLst")
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = emu(PAD)
    set_wrapping(shape)
    room = box.width - 2 * PAD
    paragraphs = [
        Paragraph("Decision asked today", 11, theme.muted),
        Paragraph(CHOICES, min(13.0, 12.5 * room / width(CHOICES, 13, bold=True)), theme.text, bold=True, space=4),
        Paragraph("Owner:                         Due:", 11, theme.muted, space=5),
    ]
    write(frame._txBody, paragraphs, palette)
