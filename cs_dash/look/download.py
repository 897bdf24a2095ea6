"""The rows of an answer as files, exactly as on the page: CSV and an Excel workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from cs_dash.answer import Answer, json_value
from cs_dash.units import Unit

FORMATS: dict[Unit, str] = {
    "share": "0.0%",
    "money": "#,##0.00",
    "count": "#,##0",
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "score": "0",
}
BYTE_ORDER_MARK = "\ufeff"


def csv_text(answer: Answer) -> str:
    """Return the rows as CSV with column names, ISO dates, shares from 0 to 1, lists as JSON, missing values empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.rows.column_names)
    for row in answer.rows.to_pylist():
        writer.writerow([_text(value) for value in row.values()])
    return out.getvalue()


def csv_bytes(answer: Answer) -> bytes:
    """Return `csv_text` as a file whose encoding spreadsheet programs detect."""
    return (BYTE_ORDER_MARK + csv_text(answer)).encode("utf-8")


def xlsx_bytes(answer: Answer) -> bytes:
    """Return a workbook with the rows on one sheet and the figures, notes and definition on another."""
    book = Workbook(write_only=True)
    labels = {column.name: column.label for column in answer.columns}
    units = {column.name: column.unit for column in answer.columns}
    rows = book.create_sheet("Rows")
    rows.freeze_panes = "A2"
    rows.append([_bold(rows, labels.get(name, name)) for name in answer.rows.column_names])
    for row in answer.rows.to_pylist():
        rows.append([_cell(rows, value, units.get(name, "text")) for name, value in row.items()])
    about = book.create_sheet("About")
    about.append([answer.title])
    about.append([answer.headline.replace("**", "")])
    about.append(["As of", answer.as_of])
    for figure in answer.figures:
        about.append([figure.label, figure.value, figure.unit, "n", figure.n, figure.caveat])
    for note in answer.notes:
        about.append([note.kind, note.text])
    if answer.definition:
        about.append(["Definition", answer.definition.explanation])
        about.append(["Formula", answer.definition.formula])
        about.append(["Source", answer.definition.source])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(value: Any) -> Any:
    value = json_value(value)
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _bold(sheet: WriteOnlyWorksheet, words: str) -> Cell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Any, unit: Unit) -> Cell:
    """Return a typed cell; text is never a formula, whatever it begins with."""
    content: Any = value if isinstance(value, (dt.date, dt.datetime)) else _text(value)
    if isinstance(content, dt.datetime) and content.tzinfo is not None:
        content = content.astimezone(dt.UTC).replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value=None if content == "" else content)
    if isinstance(content, str) and content:
        cell.data_type = "s"
    if unit in FORMATS and content != "":
        cell.number_format = FORMATS[unit]
    return cell
