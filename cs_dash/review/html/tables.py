"""Tables on slides: as many columns and rows as fit in type that is read from afar, each as wide as its texts need.

The columns that decide stay; those that do not fit are under “Data”, as are the other rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cs_dash.answer import Column
from cs_dash.look import words
from cs_dash.review.deck import SlideTable
from cs_dash.review.html import layout

NUMBERS = frozenset(
    {"share", "money", "count", "number", "ratio", "score", "points", "months", "days", "minutes", "per_100"}
)
MOST_ROWS = 200
"""Rows of a table that stand under “Data” of its slide."""
ROW, TALL, HEAD, TWO_LINES, MORE_LINE = 35, 62, 34, 52, 30
"""Heights in pixels: of a row of one line and of two, of a head of one line and of two, of the last line."""
LETTER, DIGIT, HEAD_LETTER, GAP = 10.2, 11.8, 9.2, 18
"""Widths in pixels, in the type of a table."""
SHORT = 165
"""A column no wider than this in pixels is not made narrower."""
LEAST, LEAST_FIRST, MOST = 120, 190, 520
"""Pixels of a column with longer texts, at least, the first one at least, and at most."""


@dataclass(frozen=True)
class _Cells:
    """A column with its cells in words.

    Attributes:
        column: the column.
        texts: its cells.
        full: width in pixels in which every cell is on one line, with the gap beside it.
        least: width in pixels that it needs.
    """

    column: Column
    texts: tuple[str, ...]
    full: float
    least: float


def fitting_table(table: SlideTable, width: float, height: float, currency: str, locale: str) -> dict[str, Any]:
    """Return the part of a table that fits: heads with their widths in percent, rows in words, what is left out."""
    cells = [
        _cells(column, table, int(height // ROW) + 1, currency, locale, at == 0)
        for at, column in enumerate(table.columns)
    ]
    while len(cells) > 1 and sum(column.least for column in cells) > width:
        last = min(range(1, len(cells)), key=lambda at: (cells[at].column.priority > 0, -at))
        del cells[last]
    widths = _widths(cells, width)
    two_lines = any(
        layout.letters(column.column.label) * HEAD_LETTER + GAP > wide
        for column, wide in zip(cells, widths, strict=True)
    )
    room = height - (TWO_LINES if two_lines else HEAD)
    rows = max(int(room // ROW), 1)
    if rows < table.total:
        rows = max(int((room - MORE_LINE) // ROW), 1)
    shown = min(rows, table.rows.num_rows)
    return {
        "heads": [
            _head(column.column) | {"width": f"{wide / width:.1%}"} for column, wide in zip(cells, widths, strict=True)
        ],
        "rows": [tuple(column.texts[at] for column in cells) for at in range(shown)],
        "more": table.total - shown,
        "more_columns": len(table.columns) - len(cells),
        "tall": table.total * TALL <= room,  # long texts may take two lines
    }


def whole_table(table: SlideTable, currency: str, locale: str) -> dict[str, Any]:
    """Return a table in words with all columns and its first `MOST_ROWS` rows, shaped as `fitting_table` returns it."""
    columns = [_texts(column, table, MOST_ROWS, currency, locale) for column in table.columns]
    rows = list(zip(*columns, strict=True))
    heads = [_head(column) for column in table.columns]
    return {"heads": heads, "rows": rows, "more": table.total - len(rows), "more_columns": 0, "tall": False}


def _head(column: Column) -> dict[str, Any]:
    return {"label": column.label, "number": column.unit in NUMBERS, "width": ""}


def _cells(column: Column, table: SlideTable, rows: int, currency: str, locale: str, first: bool) -> _Cells:
    texts = _texts(column, table, rows, currency, locale)
    head = max((layout.letters(word) for word in _head_lines(column.label)), default=0) * HEAD_LETTER
    full = max(max(map(_width_of, texts), default=0), head) + GAP
    least = full if full <= SHORT or column.unit in NUMBERS else max(LEAST_FIRST if first else LEAST, head + GAP)
    return _Cells(column, texts, min(full, MOST), least)


def _width_of(text: str) -> float:
    digits = sum(letter.isdigit() for letter in text)
    return layout.letters(text) * LETTER + digits * (DIGIT - LETTER)


def _head_lines(label: str) -> tuple[str, str]:
    """Return a head in two lines, as evenly as its words allow."""
    parts = label.split()
    halves = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(len(parts) + 1)]
    return min(halves, key=lambda lines: max(map(layout.letters, lines)))


def _widths(cells: list[_Cells], width: float) -> list[float]:
    """Return the width of each column: what it needs, and of the rest as much as its texts could use."""
    spare = width - sum(column.least for column in cells)
    wanted = [max(column.full - column.least, 0) for column in cells]
    used = min(spare, sum(wanted))
    widths = [
        column.least + (used * want / sum(wanted) if sum(wanted) else 0)
        for column, want in zip(cells, wanted, strict=True)
    ]
    return [wide * width / sum(widths) for wide in widths]


def _texts(column: Column, table: SlideTable, rows: int, currency: str, locale: str) -> tuple[str, ...]:
    values = table.rows.column(column.name).slice(0, rows).to_pylist()
    return tuple(_text(column, value, currency, locale) for value in values)


def _text(column: Column, value: Any, currency: str, locale: str) -> str:
    if value is None:
        return words.NOT_APPLICABLE if column.absent else words.MISSING
    return words.cell(column.displayed(value), column.unit, currency, locale)
