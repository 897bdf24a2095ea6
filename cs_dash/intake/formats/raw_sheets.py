"""Sheets as the child process returns them: cells of text with their faults, and the faults of whole files."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

RawSheet = dict[str, Any]
"""One sheet: "name", "hidden", "rows" (a table of text whose first row is the file's row 1), "unusable" (error ->
cells; "" is a formula that was never computed), "cells" (the first of those), "formulas_known" (whether formulas were
looked for), "since_1904", "merged" (top, left, bottom, right), "faults" (grid row -> what is wrong, advice), "notes",
and "broken" where it could not be read."""


class NeedsPassword(Exception):
    """The file is encrypted, and the password is missing or wrong."""


class UnknownCipher(Exception):
    """The file is encrypted in an unknown way."""


class NoSpreadsheet(Exception):
    """An office document of another kind; its message says which."""


class NoRecords(Exception):
    """JSON that holds no list of records."""


def raw_sheet(rows: pa.Table | pa.RecordBatch, name: str = "", **properties: Any) -> RawSheet:
    """Return one sheet with its properties; those that are not given have their usual values."""
    usual = {
        "hidden": False,
        "unusable": {},
        "cells": [],
        "formulas_known": True,
        "since_1904": False,
        "faults": {},
        "merged": [],
        "notes": [],
        "broken": False,
    }
    return {"name": name, "rows": rows, **usual, **properties}


def text_grid(table: pa.Table) -> pa.Table:
    """Return a table of any types as a grid of text, the columns' names as its first row."""
    columns = {}
    for at, (name, column) in enumerate(zip(table.column_names, table.columns, strict=True)):
        chunks = [pa.array([name], pa.string()), *(text(chunk) for chunk in column.chunks)]
        columns[f"f{at}"] = pa.chunked_array(chunks, pa.string())
    return pa.table(columns)


def text(values: pa.Array) -> pa.Array:
    """Return values as text without loss: numbers with all their digits, days and times as ISO, lists as JSON."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return text(values.dictionary_decode())
    if pa.types.is_nested(kind):
        lists = [
            None if nested is None else json.dumps(nested, ensure_ascii=False, default=str)
            for nested in values.to_pylist()
        ]
        return pa.array(lists, pa.string())
    if pa.types.is_floating(kind):
        # NaN counts as missing
        numbers = [None if number is None or number != number else repr(number) for number in values.to_pylist()]
        return pa.array(numbers, pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        decoded = [None if raw is None else raw.decode("utf-8", "replace") for raw in values.to_pylist()]
        return pa.array(decoded, pa.string())
    return values.cast(pa.string())
