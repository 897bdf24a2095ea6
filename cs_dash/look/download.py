"""The rows of an answer as files, exactly as on the page: CSV and an Excel workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from cs_dash.answer import Answer, json_value
from cs_dash.look.spreadsheet_text import csv_cell
from cs_dash.look.workbook_cells import text_cell
from cs_dash.units import Unit

if TYPE_CHECKING:  # it takes long to import, and most commands write no workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMATS: dict[Unit, str] = {
    "share": "0.0%",
    "money": "#,##0.00",
    "count": "#,##0",
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "score": "0",
}
TINY = "0.00####"
"""The format of amounts below one, such as points of an index."""
BYTE_ORDER_MARK = "\ufeff"
FIRST_YEAR = 1900
"""The first year whose days a workbook can show as dates."""


class _Lines(list[str]):
    """The lines of a CSV file; written with the line end by which `csv` also puts a lone CR in quotes."""

    def write(self, line: str) -> None:
        self.append(line.removesuffix("\r\n") + "\n")


def csv_text(answer: Answer) -> str:
    """Return the rows as CSV with column names, ISO dates, shares from 0 to 1, lists as JSON, missing values empty.

    Text that a spreadsheet program would compute has an apostrophe before it.
    """
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(map(csv_cell, answer.rows.column_names))
    for row in answer.rows.to_pylist():
        values = map(_text, row.values())
        writer.writerow([csv_cell(value) if isinstance(value, str) else value for value in values])
    return "".join(lines)


def csv_bytes(answer: Answer) -> bytes:
    """Return `csv_text` in the words of the page, as a file whose encoding spreadsheet programs detect."""
    return (BYTE_ORDER_MARK + csv_text(_in_words(answer))).encode("utf-8")


def _in_words(answer: Answer) -> Answer:
    """Return the answer with the words that a page shows where the command line has codes."""
    rows = answer.rows
    for column in answer.columns:
        if column.value_labels and column.name in rows.column_names:
            values = [column.displayed(value) for value in rows[column.name].to_pylist()]
            rows = rows.set_column(rows.column_names.index(column.name), column.name, pa.array(values))
    return replace(answer, rows=rows)


def xlsx_bytes(answer: Answer) -> bytes:
    """Return a workbook with the rows, in the words of the page, on one sheet, and figures, notes and definition."""
    from openpyxl import Workbook

    answer = _in_words(answer)
    book = Workbook(write_only=True)
    labels = {column.name: column.label for column in answer.columns}
    units = {column.name: column.unit for column in answer.columns}
    rows = book.create_sheet("Rows")
    rows.freeze_panes = "A2"
    rows.append([text_cell(rows, labels.get(name, name), bold=True) for name in answer.rows.column_names])
    for row in answer.rows.to_pylist():
        rows.append([_cell(rows, value, units.get(name, "text")) for name, value in row.items()])
    about = book.create_sheet("About")
    lines: list[tuple[Any, ...]] = [(answer.title,), (answer.headline.replace("**", ""),), ("As of", answer.as_of)]
    lines += [(f.label, f.value, f.unit, "n", f.n, f.caveat) for f in answer.figures]
    lines += [(note.kind, note.text) for note in answer.notes]
    if definition := answer.definition:
        lines += [
            ("Definition", definition.explanation),
            ("Formula", definition.formula),
            ("Source", definition.source),
        ]
    for line in lines:
        about.append([_cell(about, value, "text") for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(value: Any) -> Any:
    value = json_value(value)
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _cell(sheet: WriteOnlyWorksheet, value: Any, unit: Unit) -> Cell:
    """Return a typed cell; text is never a formula, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    content: Any = value if isinstance(value, (dt.date, dt.datetime)) else _text(value)
    if isinstance(content, dt.datetime) and content.tzinfo is not None:
        content = content.astimezone(dt.UTC).replace(tzinfo=None)
    if isinstance(content, dt.date) and content.year < FIRST_YEAR:
        content = content.isoformat()
    if isinstance(content, str):
        return text_cell(sheet, content)
    cell = WriteOnlyCell(sheet, value=content)
    if unit in FORMATS:
        is_tiny = unit == "money" and isinstance(content, int | float) and 0 < abs(content) < 1
        cell.number_format = TINY if is_tiny else FORMATS[unit]
    return cell
