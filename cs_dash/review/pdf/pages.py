"""What the pages of the PDF say: every number as text, every chart as a drawing, as plain data for the template."""

from __future__ import annotations

import re
from typing import Any, Literal

from cs_dash.answer import Column, Definition
from cs_dash.charts import Chart
from cs_dash.look import words
from cs_dash.look.captioned_picture import event_list
from cs_dash.look.chart_images import chart_svg
from cs_dash.look.charts import description
from cs_dash.look.locales import READER
from cs_dash.look.scope_text import scope_text
from cs_dash.look.theme import LIGHT
from cs_dash.review.deck import Deck, Slide, SlideTable
from cs_dash.review.figure_text import figure_change, figure_facts

Paper = Literal["a4", "letter"]
PIXELS = 3.9  # of a drawing, for each millimetre
PAPERS: dict[Paper, tuple[float, float]] = {"a4": (297, 210), "letter": (279.4, 215.9)}
"""Width and height of a page in millimetres."""
MARGINS = 30  # millimetres, left and right together
CHART_HEIGHT = 148  # millimetres
BESIDE = 0.64
"""Share of the width that a chart has beside figures and facts."""
TEXT_SCALE = 1.12
DEFINITIONS = "definitions"
"""The slide that lists definitions: a page says more of each, so it takes the slide's place."""
NUMBERS = ("share", "money", "count", "number", "ratio", "score", "points", "months", "days", "minutes", "per_100")
FEW_ROWS, SHORT_TEXT = 14, 40
LONGEST_WORD = 22
"""Letters of a word without a place to break; a longer one may break anywhere in a narrow column."""
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def deck_pages(deck: Deck, paper: Paper = "a4") -> dict[str, Any]:
    """Return the contents of the document, in the words and figures of the current reader's language."""
    day = f"Data as of {words.date(deck.as_of)}" if deck.as_of else ""
    contents = {
        "title": deck.title,
        "millimetres": PAPERS[paper],
        "company": deck.company,
        "subject": ", ".join(part for part in (deck.company, deck.scope_text) if part),
        "footer": " · ".join(part for part in (deck.title, deck.company, deck.scope_text) if part),
        "data": ", ".join(part for part in (day, deck.data_text) if part),
        "address": deck.address,
        "colors": {
            name: getattr(LIGHT, name) for name in ("text", "muted", "accent", "good", "bad", "border", "second")
        }
        | {"watch": LIGHT.watch_edge},
        "slides": [
            _slide(slide, paper) | {"number": number} for number, slide in deck.numbered() if slide.name != DEFINITIONS
        ],
        "definitions_title": next((slide.title for slide in deck.shown if slide.name == DEFINITIONS), "Definitions"),
        "definitions": [_definition(definition) for definition in definitions_of(deck)],
        "sources": [line for number, slide in deck.numbered() for line in _sources(number, slide)],
    }
    plain: dict[str, Any] = _without_controls(contents)
    return plain


def definitions_of(deck: Deck) -> tuple[Definition, ...]:
    """Return the definitions of the slides that are shown, each once, in the order of the slides."""
    return tuple({slide.definition.name: slide.definition for slide in deck.shown if slide.definition}.values())


def _slide(slide: Slide, paper: Paper) -> dict[str, Any]:
    beside = bool(slide.figures or slide.lines or slide.form == "decision")
    return {
        "name": slide.name,
        "form": slide.form,
        "section": slide.section,
        "title": slide.title,
        "title_note": slide.title_outdated,
        "subtitle": slide.subtitle,
        "figures": [
            {
                "label": figure.label,
                "value": words.figure_value(figure, slide.currency),
                "change": vars(change) if (change := figure_change(figure, slide.currency)) else None,
                "facts": figure_facts(figure, slide.currency),
            }
            for figure in slide.figures
        ],
        "chart": _chart(slide.chart, (PAPERS[paper][0] - MARGINS) * (BESIDE if beside else 1)) if slide.chart else None,
        "table": _table(slide.table, slide.currency) if slide.table else None,
        "lines": [runs(line) for line in slide.lines],
        "doubts": list(slide.doubts),
        "remarks": [
            {"text": remark.text, "by": f"{remark.person}, {words.date(remark.day)}", "outdated": remark.outdated}
            for remark in slide.remarks
        ],
    }


def _chart(chart: Chart, width: float) -> dict[str, Any] | None:
    """Return a chart as a drawing for a width in millimetres; None without rows."""
    if not chart.rows.num_rows:
        return None
    locale = READER.get()
    pixels = round(width * PIXELS)
    drawing = chart_svg(chart, width=pixels, height=round(CHART_HEIGHT * PIXELS), locale=locale, text_scale=TEXT_SCALE)
    height = float(drawing.split(' height="', 1)[1].split('"', 1)[0])
    return {
        "svg": drawing,
        "ratio": height / pixels,
        "alt": description(chart, locale),
        "events": event_list(chart, locale),
    }


def _table(table: SlideTable, currency: str) -> dict[str, Any]:
    shown = table.rows.num_rows
    rows = [
        [_cell(row[column.name], column, currency) for column in table.columns]
        for row in table.rows.select([column.name for column in table.columns]).to_pylist()
    ]
    return {
        "heads": [column.label for column in table.columns],
        "numeric": [column.unit in NUMBERS for column in table.columns],
        "rows": rows,
        "size": _type_size(rows, len(table.columns)),
        "note": f"The first {words.count(shown)} of {words.plural(table.total, 'row')}." if shown < table.total else "",
    }


def _type_size(rows: list[list[str]], columns: int) -> float:
    """Return the size of a table's type in points: large for a few short rows, small for many columns."""
    longest = max((len(text) for row in rows for text in row), default=0)
    if len(rows) <= FEW_ROWS and columns <= 7 and longest <= SHORT_TEXT:
        return 11
    return 9.5 if columns <= 6 else 8.5 if columns <= 9 else 7.5


def _cell(value: Any, column: Column, currency: str) -> str:
    if value is None and column.absent:
        return words.NOT_APPLICABLE
    text = words.cell(column.displayed(value), column.unit, currency)
    return text if column.unit in NUMBERS else _LONG_WORD.sub("\\g<0>\u200b", text)


def runs(line: str) -> list[dict[str, Any]]:
    """Return a line in pieces, those between `**` in bold: [{"text": "NRR is ", "bold": False}, ...]."""
    return [{"text": text, "bold": place % 2 == 1} for place, text in enumerate(_BOLD.split(line)) if text]


def _definition(definition: Definition) -> dict[str, Any]:
    facts = (("Formula", definition.formula), ("Edge cases", definition.edge_cases), ("Source", definition.source))
    return {
        "title": definition.title,
        "explanation": definition.explanation,
        "facts": [(name, text) for name, text in facts if text],
    }


def _sources(number: int, slide: Slide) -> list[list[str]]:
    """Return the questions that a slide was answered from: number, title, question with its options, scope."""
    return [
        [
            str(number),
            slide.title,
            " ".join([source.question, *(f"{name}={value}" for name, value in source.options)]),
            scope_text(source.scope),
        ]
        for source in slide.sources
    ]


def _without_controls(value: Any) -> Any:
    """Return plain data whose texts have no control characters, for which no typeface has a letter."""
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, dict):
        return {name: _without_controls(item) for name, item in value.items()}
    return [_without_controls(item) for item in value] if isinstance(value, list | tuple) else value
