"""A sheet of the workbook, written cell by cell: every value with its type, every text as text."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cs_dash.look import words
from cs_dash.look.download import FIRST_YEAR
from cs_dash.look.spreadsheet_text import workbook_text
from cs_dash.review.xlsx.styles import Styles
from cs_dash.units import Unit

NARROWEST, WIDEST = 9, 48  # letters
LONGEST_FOOTER = 200
TEXT_UNITS = ("text", "flag", "trend", "link")


@dataclass(frozen=True)
class SheetColumn:
    """A column of a table on a sheet: its heading, its unit and currency, and its values, one for each row."""

    head: str
    values: Sequence[Any]
    unit: Unit = "text"
    currency: str = ""


@dataclass(frozen=True)
class TablePlace:
    """Where a table stands on its sheet: rows and columns from 0, the last ones included."""

    head_row: int
    first_row: int
    last_row: int
    first_column: int
    last_column: int


class SheetWriter:
    """Writes one sheet from top to bottom.

    Attributes:
        book: the workbook.
        sheet: the sheet.
        name: the sheet's name.
        styles: the formats of the workbook.
        row: the next free row, from 0.
    """

    def __init__(self, book: Any, sheet: Any, name: str, styles: Styles, scope: str, contents: str) -> None:
        self.book, self.sheet, self.name, self.styles = book, sheet, name, styles
        self.row = 0
        self._scope, self._contents = scope, contents
        self._widths: dict[int, float] = {}
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        footer = workbook_text(scope)[:LONGEST_FOOTER].replace("&", "&&")
        sheet.set_footer(f"&L&8{footer}&R&8&P / &N")

    def opening(self, title: str, subtitle: str = "") -> None:
        """Write title, subtitle, the scope with the as-of date, and the link to the contents."""
        self.text(title, "title")
        for line in (subtitle, self._scope):
            if line:
                self.text(line, "muted")
        if self.name != self._contents:
            self.link(self.row, 0, self._contents, self._contents)
            self.row += 1
        self.row += 1

    def text(self, text: str, style: str = "text", column: int = 0) -> None:
        """Write a text into the next row."""
        self.write_text(self.row, column, text, self.styles.of(style))
        self.row += 1

    def link(self, row: int, column: int, target: str, text: str) -> None:
        """Write a link to another sheet."""
        place = "internal:'" + target.replace("'", "''") + "'!A1"
        self.sheet.write_url(row, column, place, self.styles.of("link"), workbook_text(text))

    def write_text(self, row: int, column: int, text: str, style: Any) -> None:
        """Write a text as text, without what no cell can hold."""
        self.sheet.write_string(row, column, workbook_text(text), style)

    def table(self, columns: Sequence[SheetColumn], *, column: int = 0, freeze: bool = False) -> TablePlace:
        """Write a table with its heads and return where it stands; `freeze`: what is above its rows stays in sight."""
        head_row = self.row
        for place, entry in enumerate(columns, column):
            alignment = _apart(place) if entry.unit in TEXT_UNITS else {"align": "right"}
            self.write_text(head_row, place, entry.head, self.styles.of("head", **alignment))
            self.widen(place, len(entry.head) / 2)
            for down, value in enumerate(entry.values, 1):
                self.write(head_row + down, place, value, entry.unit, entry.currency)
        last_row = head_row + max((len(entry.values) for entry in columns), default=0)
        block = TablePlace(head_row, head_row + 1, last_row, column, column + len(columns) - 1)
        if last_row > head_row + 1:
            self.sheet.autofilter(head_row, column, last_row, block.last_column) if freeze else None
        if freeze:
            self.sheet.freeze_panes(head_row + 1, 1)
            self.sheet.repeat_rows(head_row)
        self.row = last_row + 2
        return block

    def write(self, row: int, column: int, value: Any, unit: Unit = "text", currency: str = "", **style: Any) -> None:
        """Write a value with its type: numbers, unrounded, and days as such, all else in words; None is empty."""
        if isinstance(value, dt.datetime):
            value = (value.astimezone(dt.UTC) if value.tzinfo else value).replace(tzinfo=None).date()
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            self.sheet.write_blank(row, column, None, self.styles.of(**style))
        elif isinstance(value, dt.date) and value.year >= FIRST_YEAR:
            shape: Unit = "month" if unit == "month" else "date"
            self.sheet.write_datetime(row, column, value, self.styles.number(shape, "", 0, **style))
            self.widen(column, 12)
        elif isinstance(value, int | float) and not isinstance(value, bool) and unit != "flag":
            self.sheet.write_number(row, column, value, self.styles.number(unit, currency, value, **style))
            self.widen(column, len(words.cell(value, unit, currency)) + 4)
        else:
            text = words.cell(value, unit, currency) if not isinstance(value, dt.date) else value.isoformat()
            long = len(text) > WIDEST
            self.write_text(row, column, text, self.styles.of("wrapped" if long else "text", **_apart(column) | style))
            self.widen(column, len(text))

    def widen(self, column: int, letters: float) -> None:
        """Make a column at least so wide, within bounds."""
        self._widths[column] = max(self._widths.get(column, NARROWEST), min(letters * 1.05 + 2, WIDEST))
        self.sheet.set_column(column, column, self._widths[column])


def _apart(column: int) -> dict[str, Any]:
    """Return what keeps a text apart from a number to its left."""
    return {"align": "left", "indent": 1} if column else {}
