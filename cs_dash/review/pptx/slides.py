"""One slide of a deck as a slide of PowerPoint."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn

from cs_dash.charts import BarChart, LineChart
from cs_dash.look import words
from cs_dash.review.deck import Deck, Slide, SlideTable
from cs_dash.review.pptx.boxes import Box, of_shape
from cs_dash.review.pptx.charts.canvas import Canvas
from cs_dash.review.pptx.charts.native import add_native_chart, has_values
from cs_dash.review.pptx.footers import add_footer
from cs_dash.review.pptx.frames import TITLES, SlideFrame
from cs_dash.review.pptx.nodes import clean, emu, node, points_of
from cs_dash.review.pptx.notes import add_notes, as_of_text, event_texts
from cs_dash.review.pptx.palette import DeckColors
from cs_dash.review.pptx.panel import (
    STRIP_HEIGHT,
    add_figure_strip,
    add_panel,
    figure_paragraphs,
    has_panel,
    text_paragraphs,
)
from cs_dash.review.pptx.tables import SlideCell, add_table
from cs_dash.review.pptx.text_size import LINE_HEIGHT, fitted, one_line
from cs_dash.review.pptx.texts import Paragraph, add_text, fit, flat, without_marks, write_placeholder

SUBTITLE, SMALLEST_TITLE, CAPTION, TEXT = 13.0, 14.0, 10.0, 16.0
LARGEST_SUBTITLE, SMALLEST_SUBTITLE = 18.0, 9.0
OPEN = "Open in the app"
HEIGHT = 1000.0
"""Points that are more than any slide is high."""
GAP = 10.0
CHART_SHARE, COLUMN_GAP = 0.62, 24.0
TEXT_SHARE = 0.35
"""Share of the height that sentences above a table may take."""
MOST_EVENTS = 2
MOST_ROWS = 60
"""No slide has room for more rows."""


def add_title_slide(presentation: Any, deck: Deck, slide: Slide, frame: SlideFrame) -> None:
    """Add the first slide: what is reviewed, of which company, for which period and from which data."""
    native = presentation.slides.add_slide(frame.layout)
    dropped = _write_title(native, slide.title or deck.title, frame)
    own_words = "\n".join((slide.title, slide.subtitle, *slide.lines))
    lines = [
        slide.subtitle,
        " · ".join(part for part in (deck.company, deck.scope_text) if part and part not in own_words),
        " · ".join(part for part in (as_of_text(deck), deck.data_text) if part and part not in own_words),
        *(f"{figure.label}: {words.figure_value(figure, slide.currency)}" for figure in slide.figures),
        *(without_marks(line) for line in slide.lines),
    ]
    text = "\n".join(line for line in lines if line)
    places = [p for p in native.placeholders if p.placeholder_format.type not in TITLES]
    place = next((p for p in places if of_shape(p) == frame.text), None)
    if place is not None:
        dropped += _write_subtitle(place, clean(text), deck.address, frame.content, presentation)
    else:
        paragraphs = [Paragraph(line, TEXT, frame.palette.theme.text, space=4) for line in text.split("\n")]
        fitting, left_out = fit(paragraphs, frame.content)
        add_text(native, frame.content, fitting, frame.palette, "About")
        dropped += [paragraph.text for paragraph in left_out]
    for other in places:
        if other is not place:
            other._element.getparent().remove(other._element)
    add_notes(native, deck, slide, dropped)


def _write_subtitle(place: Any, text: str, address: str, box: Box, presentation: Any) -> list[str]:
    """Write what stands under the title of the first slide, and the link to the app. Return it where it had to be cut.

    A template's place that is too low for it grows downwards.
    """
    link = OPEN if address.startswith(("http://", "https://")) else ""
    room, lines = box.width - 16, f"{text}\n{link}".rstrip()
    words_there = fitted(lines, room, box.height - 8, LARGEST_SUBTITLE, SMALLEST_SUBTITLE)
    if words_there.text != lines:
        height = min(
            fitted(lines, room, HEIGHT, SUBTITLE, SUBTITLE).height + 8,
            0.95 * points_of(presentation.slide_height) - box.top,
        )
        if height > box.height:
            left, top, width = place.left, place.top, place.width
            place.left, place.top, place.width, place.height = left, top, width, emu(height)
            words_there = fitted(lines, room, height - 8, SUBTITLE, SMALLEST_SUBTITLE)
    write_placeholder(place, words_there.text, words_there.size)
    runs = place.text_frame.paragraphs[-1].runs
    if link and runs and runs[0].text == link:
        runs[0].hyperlink.address = address
    return [text] if words_there.text != lines else []


def add_content_slide(presentation: Any, deck: Deck, number: int, slide: Slide, frame: SlideFrame) -> None:
    """Add a slide with its finding, its chart or table, its figures, its footer and its notes."""
    native = presentation.slides.add_slide(frame.layout)
    for placeholder in list(native.placeholders):
        if placeholder.placeholder_format.type not in TITLES:
            placeholder._element.getparent().remove(placeholder._element)
    dropped = _write_title(native, slide.title, frame)
    box = frame.content
    if slide.subtitle:
        text = fitted(clean(slide.subtitle), box.width, 2 * SUBTITLE * LINE_HEIGHT, SUBTITLE, CAPTION)
        add_text(native, box.strip(text.height), [Paragraph(text.text, text.size, frame.palette.theme.muted)],
                 frame.palette, "Subtitle")  # fmt: skip
        box = box.below(text.height + GAP)
    dropped += _add_body(native, slide, box, frame.palette)
    add_footer(native, deck, number, frame)
    add_notes(native, deck, slide, dropped)


def _write_title(native: Any, title: str, frame: SlideFrame) -> list[str]:
    """Write the title at the size at which it fits. Return it where it had to be cut."""
    text = flat(without_marks(title))
    room = frame.title
    words_there = fitted(text, room.width, room.height, frame.title_size, SMALLEST_TITLE, True, frame.title_scale)
    smaller = words_there.size if words_there.size < frame.title_size else None
    place = native.shapes.title or _added_title(native, room)
    write_placeholder(place, words_there.text, smaller)
    if frame.title_place is not None:
        place.left, place.top, place.width, place.height = frame.title_place.emu
    return [text] if words_there.text != text else []


def _added_title(native: Any, box: Box) -> Any:
    """Add a title to a slide whose layout has no place for one: every slide is found by its title."""
    shape = native.shapes.add_textbox(*box.emu)
    shape.name = "Title"
    shape.text_frame.word_wrap = True
    about = shape._element.find(qn("p:nvSpPr"))
    about.find(qn("p:cNvSpPr")).attrib.pop("txBox")
    about.find(qn("p:nvPr")).append(node("p:ph", type="title"))
    return native.shapes.title


def _add_body(native: Any, slide: Slide, box: Box, palette: DeckColors) -> list[str]:
    """Add what stands under the title. Return the texts for which there is no room."""
    drawn = slide.chart is not None and has_values(slide.chart)
    has_table = slide.table is not None and slide.table.rows.num_rows > 0
    if not drawn and not (has_table and slide.form == "decision"):
        return _add_wide(native, slide, box, palette)
    dropped: list[str] = []
    if has_panel(slide):
        box, panel = box.columns(CHART_SHARE, COLUMN_GAP)
        dropped = add_panel(native, slide, panel, palette)
    if drawn and has_table:
        chart_box, table_box = box.cells(1, 2, GAP)
        _add_chart(native, slide, chart_box, palette)
        _add_table(native, slide, table_box, palette)
    elif drawn:
        _add_chart(native, slide, box, palette)
    else:
        _add_table(native, slide, box, palette)
    return dropped


def _add_wide(native: Any, slide: Slide, box: Box, palette: DeckColors) -> list[str]:
    """Add figures side by side, sentences under them, and a table as wide as the slide; each where there is one."""
    has_table = slide.table is not None and slide.table.rows.num_rows > 0
    if slide.figures and (has_table or len(slide.figures) > 1):
        height = add_figure_strip(native, slide, box.strip(STRIP_HEIGHT), palette)
        box = box.below(height + GAP)
        paragraphs: list[Paragraph] = []
    else:
        paragraphs = figure_paragraphs(slide, box.width, palette)
    paragraphs += text_paragraphs(slide, palette, size=12 if has_table else TEXT)
    if slide.chart is not None or (slide.table is not None and not has_table):
        paragraphs.append(Paragraph("No data for this slide in the period.", 12, palette.theme.muted, space=8))
    height = box.height * (TEXT_SHARE if has_table else 1.0)
    fitting, dropped = fit(paragraphs, box.strip(height))
    if fitting:
        used = sum(paragraph.height(box.width) for paragraph in fitting)
        add_text(native, box.strip(used if has_table else box.height), fitting, palette, "Facts")
        box = box.below(used + GAP)
    if has_table:
        _add_table(native, slide, box, palette)
    return [paragraph.text for paragraph in dropped]


def _add_chart(native: Any, slide: Slide, box: Box, palette: DeckColors) -> None:
    """Add the drawing with the words of its axis above it, and what happened meanwhile below it."""
    chart, theme = slide.chart, palette.theme
    assert chart is not None
    height = CAPTION * LINE_HEIGHT
    reference = chart.reference if isinstance(chart, BarChart | LineChart) else None
    heading = " · ".join(part for part in (chart.axis, f"dashed: {reference[1]}" if reference else "") if part)
    if heading:
        axis = Paragraph(one_line(clean(heading), box.width, CAPTION), CAPTION, theme.muted)
        add_text(native, box.strip(height), [axis], palette, "Axis")
        box = box.below(height + 2)
    events = [f"● {clean(event)}" for event in event_texts(slide)]
    below = len(events[:MOST_EVENTS]) + (len(events) > MOST_EVENTS) + 1
    room = box.strip(box.height - below * height)
    left_out = add_native_chart(Canvas(native, room, palette), chart)
    captions = [Paragraph(one_line(text, box.width, CAPTION), CAPTION, palette.readable(theme.event))
                for text in events[:MOST_EVENTS]]  # fmt: skip
    if len(events) > MOST_EVENTS:
        more = f"{words.plural(len(events) - MOST_EVENTS, 'more event')} in the notes."
        captions.append(Paragraph(more, CAPTION, theme.muted))
    if left_out:
        captions.append(Paragraph(left_out, CAPTION, theme.muted))
    if captions:
        add_text(native, box.below(room.height + 2), captions, palette, "Events")


def _add_table(native: Any, slide: Slide, box: Box, palette: DeckColors) -> None:
    table = slide.table
    assert table is not None
    height = CAPTION * LINE_HEIGHT + 4
    columns = [column for column in table.columns if not column.hidden]
    head = [SlideCell(clean(column.label), _side(column.unit), bold=True) for column in columns]
    body = [
        [SlideCell(text, _side(column.unit)) for text, column in zip(row, columns, strict=True)]
        for row in table_texts(table, slide.currency)
    ]
    subject = without_marks(slide.title)
    description = f"{subject}. Table of {', '.join(column.label for column in columns)}."
    rows, shown_columns = add_table(native, box.strip(box.height - height), head, body, palette, description)
    left_out = [words.plural(table.total - rows, "more row")] if rows < table.total else []
    left_out += [words.plural(len(columns) - shown_columns, "more column")] if shown_columns < len(columns) else []
    if left_out:
        more = f"{' and '.join(left_out)} in the workbook."
        caption = Paragraph(more, CAPTION, palette.theme.muted)
        add_text(native, Box(box.left, box.bottom - height + 4, box.width, height), [caption], palette, "More rows")


def table_texts(table: SlideTable, currency: str) -> list[list[str]]:
    """Return the cells of the first rows of a table in words, without the hidden columns."""
    columns = [column for column in table.columns if not column.hidden]
    texts = []
    for row in table.rows.slice(0, MOST_ROWS).to_pylist():
        values = [row.get(column.name) for column in columns]
        texts.append(
            [
                words.NOT_APPLICABLE
                if value is None and column.absent
                else clean(words.cell(column.displayed(value), column.unit, currency))
                for value, column in zip(values, columns, strict=True)
            ]
        )
    return texts


def _side(unit: str) -> str:
    return "l" if unit in ("text", "date", "month", "flag", "link", "trend") else "r"
