"""Files as grids of text, in the child process: workbooks of every kind, Parquet, JSON."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

Grid = dict[str, Any]
"""One sheet: "name", "hidden", "rows" (a table of text whose first row is the file's row 1), "unusable", "cells",
"since_1904", "faults" (grid row -> what is wrong, advice), "notes", and "broken" where it could not be read."""


class NeedsPassword(Exception):
    """The file is encrypted, and no password, or a wrong one, was given."""


class UnknownCipher(Exception):
    """The file is encrypted in a way that is not known."""


class NoSpreadsheet(Exception):
    """An office document of another kind; its word says which."""


class NoRecords(Exception):
    """JSON that holds no list of records."""


def grid(rows: pa.Table | pa.RecordBatch, name: str = "", **more: Any) -> Grid:
    """Return one sheet with what is said of it."""
    usual = {
        "hidden": False,
        "unusable": 0,
        "cells": [],
        "since_1904": False,
        "faults": {},
        "notes": [],
        "broken": False,
    }
    return {"name": name, "rows": rows, **usual, **more}


def workbook(path: Path, password: str | None) -> list[Grid]:
    """Return the sheets of an Excel workbook (.xlsx, .xlsm, .xlsb, .xls) or an OpenDocument one.

    Raises NeedsPassword, and whatever the reader of broken files raises.
    """
    import fastexcel

    from cs_dash.intake.formats import workbook_xml

    content = decrypted(path, password)
    parts = {} if content else workbook_xml.parts(path)
    since_1904 = not content and workbook_xml.counts_from_1904(path)
    if since_1904:
        content = workbook_xml.without_extensions(path)
    try:
        reader = fastexcel.read_excel(content or str(path))
    except fastexcel.FastExcelError as fault:
        return read_again(path, content, fault)
    found = []
    for at, name in enumerate(reader.sheet_names):
        unusable, cells = workbook_xml.unusable_cells(path, parts.get(name, "")) or (None, [])
        try:
            sheet = reader.load_sheet(at, header_row=None, skip_rows=0, dtypes="string")
        except fastexcel.FastExcelError as fault:
            found += read_again(path, content, fault, name)
            continue
        read = sheet.to_arrow()
        if parts:
            read = pa.table([workbook_xml.unescaped(column) for column in read.columns], read.schema.names)
        hidden = sheet.visible != "visible"
        found.append(grid(read, name, hidden=hidden, unusable=unusable, cells=cells, since_1904=since_1904))
    if all(each["broken"] for each in found):
        raise ValueError(f"none of its {len(found)} sheets can be read")
    return found


def read_again(path: Path, content: bytes | None, fault: Exception, only: str | None = None) -> list[Grid]:
    """Return the sheets of a workbook, or one of them, by the second reader.

    A single sheet that it cannot read either, as a chart is none, comes as broken; for a whole workbook `fault` is
    raised again.
    """
    from cs_dash.intake.formats.second_reader import Book

    try:
        book = Book(io.BytesIO(content) if content else path)
        names = book.names if only is None else [only]
        return [grid(book.cells(name), name, hidden=book.is_hidden(name), unusable=None) for name in names]
    except Exception as also:  # a reader of broken files may raise anything
        if only is not None:
            return [grid(pa.table({}), only, broken=True)]
        raise fault from also


def decrypted(path: Path, password: str | None) -> bytes | None:
    """Return the content of an encrypted workbook; None where it is not encrypted.

    Raises NeedsPassword, UnknownCipher and NoSpreadsheet.
    """
    with path.open("rb") as stream:
        if stream.read(4) != b"\xd0\xcf\x11\xe0":
            return None
        _refuse_other_documents(path)
        import msoffcrypto
        from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

        stream.seek(0)
        try:
            file = msoffcrypto.OfficeFile(stream)
            if not file.is_encrypted():
                return None
        except (FileFormatError, ParseError, OSError, AttributeError, ValueError):
            return None  # the reader of workbooks says what it is
        if password is None:
            raise NeedsPassword
        out = io.BytesIO()
        try:
            file.load_key(password=password)
            file.decrypt(out)
        except (InvalidKeyError, DecryptionError) as fault:
            raise NeedsPassword from fault
        except (struct.error, ValueError, AttributeError) as fault:
            raise UnknownCipher from fault
        return out.getvalue()


def _refuse_other_documents(path: Path) -> None:
    """Raise NoSpreadsheet where the directory of an old office file names another program's document."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as file:
            streams = {entry[0] for entry in file.listdir() if len(entry) == 1}
    except (OSError, ValueError):  # damaged, or sizes that cannot be; the reader of workbooks says so
        return
    for stream, what in (("WordDocument", "a Word document"), ("PowerPoint Document", "a PowerPoint file")):
        if stream in streams:
            raise NoSpreadsheet(what)


def parquet(path: Path, _: str | None) -> list[Grid]:
    """Return a Parquet file as one sheet. Raises what pyarrow says of broken files."""
    import pyarrow.parquet as pq

    return [grid(named(pq.ParquetFile(path).read()))]


def named(table: pa.Table) -> pa.Table:
    """Return a table of any types as a grid of text, the columns' names as its first row."""
    columns = {}
    for at, (name, column) in enumerate(zip(table.column_names, table.columns, strict=True)):
        chunks = [pa.array([name], pa.string()), *(text(chunk) for chunk in column.chunks)]
        columns[f"f{at}"] = pa.chunked_array(chunks, pa.string())
    return pa.table(columns)


def text(values: pa.Array) -> pa.Array:
    """Return values as text that says the same: numbers with all their digits, days and times as ISO, lists as JSON."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return text(values.dictionary_decode())
    if pa.types.is_nested(kind):
        said = [
            None if each is None else json.dumps(each, ensure_ascii=False, default=str) for each in values.to_pylist()
        ]
        return pa.array(said, pa.string())
    if pa.types.is_floating(kind):
        # a number that is none, is missing
        return pa.array(
            [None if each is None or each != each else repr(each) for each in values.to_pylist()], pa.string()
        )
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        said = [None if each is None else each.decode("utf-8", "replace") for each in values.to_pylist()]
        return pa.array(said, pa.string())
    return values.cast(pa.string())


def records(path: Path, _: str | None) -> list[Grid]:
    """Return JSON as one sheet: a list of records, or one record a line. Raises NoRecords where there are none."""
    from cs_dash.intake.formats import encodings

    found = encodings.text(path.read_bytes())
    if found is None:
        raise NoRecords
    whole = found[0].strip()
    try:
        read, broken = listed(_loaded(whole)), dict[int, str]()
    except ValueError:
        read, broken = _lines(whole)
    flat = [dict(leaves(each)) for each in read]
    names = list(dict.fromkeys(name for each in flat for name in each))
    if not names:
        raise NoRecords
    for at, line in broken.items():  # shown as it stands
        flat[at] = {names[0]: line}
    columns = {
        f"f{at}": pa.array([name, *(each.get(name) for each in flat)], pa.string()) for at, name in enumerate(names)
    }
    fault = ["The line is not a JSON record.", "Export the file again."]
    return [grid(pa.table(columns), faults={at + 1: fault for at in broken})]


def _lines(whole: str) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """Read one record a line: the records, and the lines that are none by their place. Raises NoRecords."""
    read: list[dict[str, Any]] = []
    broken = {}
    for line in whole.splitlines():
        if not line.strip():
            continue
        try:
            each = _loaded(line)
        except ValueError:
            each = None
        if not isinstance(each, dict):
            broken[len(read)] = line
        read.append(each if isinstance(each, dict) else {})
    if len(broken) > len(read) / 2:
        raise NoRecords
    return read, broken


def _loaded(given: str) -> Any:
    """Read JSON with its numbers as they are written."""
    return json.loads(given, parse_int=str, parse_float=str, parse_constant=lambda _: None)


def listed(given: Any) -> list[dict[str, Any]]:
    """Return the records of JSON: the list itself, or the longest list of records in an object. Raises NoRecords."""
    if isinstance(given, dict):
        lists = [
            value for value in given.values() if isinstance(value, list) and any(isinstance(v, dict) for v in value)
        ]
        given = max(lists, key=len) if lists else [given]
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise NoRecords
    return given


def leaves(record: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str | None]]:
    """Yield (name, text) of everything in a record; inside others names are joined by dots, lists stay JSON."""
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict) and value:
            yield from leaves(value, f"{name}.")
        elif isinstance(value, bool):
            yield name, "true" if value else "false"
        elif value is None or isinstance(value, str):
            yield name, value
        else:
            yield name, json.dumps(value, ensure_ascii=False) if value else None


READERS = {"workbook": workbook, "parquet": parquet, "records": records}
