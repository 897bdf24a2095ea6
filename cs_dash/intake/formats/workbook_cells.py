"""The cells of a workbook as text: numbers with all their digits, errors by their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from fastexcel import ExcelReader, ExcelSheet

ErrorCell = tuple[int, int, str]
"""The row as the spreadsheet numbers it, the column from 0 at the first one that holds anything, and the error."""
_LISTED = 1_000
_ERROR = re.compile(r"Error\((\w+)\)")
_TITLES = {"Div0": "#DIV/0!", "NA": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!",
           "Value": "#VALUE!", "GettingData": "#GETTING_DATA"}  # fmt: skip
_NOISE = r"^-?\d{8,}\.\d{9}$"
"""Numbers with more digits than a double holds: the last ones are not the workbook's."""
_NUMBER = r"^-?\d+(?:\.\d+)?$"


def texts(sheet: ExcelSheet) -> tuple[pa.RecordBatch, list[ErrorCell]]:
    """Return the cells of a sheet as text, and those that hold an error, which are empty."""
    rows, faults = sheet.to_arrow_with_errors()
    errors = []
    for fault in faults.errors if faults else ():
        if match := _ERROR.search(fault.detail):
            row, column = fault.position
            errors.append((row + 1, column, _TITLES.get(match[1], f"#{match[1].upper()}!")))
    return rows, errors


def unusable(cells: Sequence[ErrorCell], more_formulas: int = 0) -> dict[str, Any]:
    """Return cells without a usable value as a raw sheet lists them, "" being a formula that was never computed.

    Args:
        cells: the cells.
        more_formulas: formulas that were never computed and are not among them.
    """
    counts = Counter(text for _, _, text in cells)
    if more_formulas:
        counts[""] += more_formulas
    return {"unusable": dict(counts), "cells": sorted(cells)[:_LISTED]}


def with_all_digits(
    reader: ExcelReader, at: int, sheet: ExcelSheet, rows: pa.RecordBatch, long_columns: frozenset[int] | None
) -> pa.RecordBatch:
    """Return the cells of the sheet at a place with numbers as they are: as text the reader cuts them to nine decimals.

    `long_columns`: the columns in which it may do so, from 0 at the spreadsheet's first; None for all. A number is
    written out, without an exponent. What is text in the workbook stays as it is.
    """
    numeric = [pc.fill_null(pc.match_substring_regex(column, _NUMBER), False) for column in rows.columns]
    places = [place for place, matches in enumerate(numeric) if pc.any(matches).as_py()]
    columns_there = sheet.available_columns()
    if long_columns is not None:
        places = [place for place in places if columns_there[place].absolute_index in long_columns]
    if not places:
        return rows
    there = [columns_there[place].absolute_index for place in places]
    types: dict[str | int, Any] = dict.fromkeys(there, "float")
    numbers = reader.load_sheet(at, header_row=None, skip_rows=0, use_columns=there, dtypes=types).to_arrow()
    columns = list(rows.columns)
    for place, doubles in zip(places, numbers.columns, strict=True):
        text = columns[place]
        as_read = pc.if_else(numeric[place], text, pa.scalar(None, pa.string())).cast(pa.float64())
        other = pc.or_(pc.not_equal(as_read, doubles), pc.match_substring_regex(text, _NOISE))
        cut = np.flatnonzero(pc.fill_null(other, False).to_numpy(zero_copy_only=False))
        if len(cut):
            cells = text.to_pylist()
            for row, number in zip(cut.tolist(), doubles.take(pa.array(cut)).to_pylist(), strict=True):
                cells[row] = np.format_float_positional(number, trim="-")
            columns[place] = pa.array(cells, pa.string())
    return pa.record_batch(columns, rows.schema.names)
