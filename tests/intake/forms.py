"""A sheet written as a file: CSV, workbook, OpenDocument, JSON lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.intake.dialects import Dialect, Sheet, Table, Value, lines, sheet


def _cells(source: Sheet, dialect: Dialect) -> list[list[Value]]:
    """The lines with values as they are where the dialect keeps them, else as text."""
    rows: list[list[Value]] = []
    for line in lines(source, dialect):
        rows.append([value if dialect.native else text or None for text, value in line])
    return rows


def as_csv(source: Sheet, dialect: Dialect) -> bytes:
    out = io.StringIO()
    write = csv.writer(out, delimiter=dialect.delimiter, quotechar=dialect.quote, quoting=dialect.quoting,
                       lineterminator=dialect.line_end)  # fmt: skip
    for line in lines(source, dialect):
        cells = [text for text, _ in line]
        write.writerow(cells + [""] * (len(source.names) - len(cells)))
    return out.getvalue().encode(dialect.encoding)


def as_xlsx(source: Sheet, dialect: Dialect) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for line in _cells(source, dialect):
        page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods_cell(value: Value) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value!r}"'
    else:
        kind = 'office:value-type="string"'
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f"<table:table-cell {kind}>{text}</table:table-cell>"


def as_ods(source: Sheet, dialect: Dialect) -> bytes:
    rows = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, line)) or '<table:table-cell/>'}</table:table-row>"
        for line in _cells(source, dialect)
    )
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{name}office:1.0" xmlns:table="{name}table:1.0" '
        f'xmlns:text="{name}text:1.0"><office:body><office:spreadsheet><table:table table:name="Sheet1">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{name}manifest:1.0"/>')
    return out.getvalue()


def as_json_lines(source: Sheet, dialect: Dialect) -> bytes:
    def plain(text: str, value: Value) -> object:
        if not dialect.native or isinstance(value, date):
            return text if not dialect.native else value.isoformat() if isinstance(value, date) else text
        return value

    records = [dict(zip(source.names, (plain(*cell) for cell in row), strict=True)) for row in source.rows]
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def as_parquet(source: Sheet, dialect: Dialect) -> bytes:
    columns = {}
    for at, name in enumerate(source.names):
        cells = [value if dialect.native else text for text, value in (row[at] for row in source.rows)]
        columns[name] = pa.array(cells)
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


FORMS: dict[str, Callable[[Sheet, Dialect], bytes]] = {
    "csv": as_csv, "xlsx": as_xlsx, "ods": as_ods, "jsonl": as_json_lines, "parquet": as_parquet,
}  # fmt: skip


def files(tables: Sequence[Table], dialect: Dialect) -> dict[str, bytes]:
    """Return a company's tables as files in a dialect, by their names."""
    return {f"{table.name}.{dialect.form}": FORMS[dialect.form](sheet(table, dialect), dialect) for table in tables}
