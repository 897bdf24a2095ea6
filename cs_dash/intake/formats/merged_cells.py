"""Cells of workbooks that are merged over several rows or columns: what they hold belongs to all of these."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from cs_dash.intake.cells import money, names
from cs_dash.intake.cells.column_periods import column_period
from cs_dash.intake.formats import workbook_xml

_AREA = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)[0-9]+"')
_LARGEST = 64 << 20
"""Larger sheets are made by programs, which merge nothing."""
_AMOUNTS = re.compile(
    r"\b(mrr|arr|acv|tcv|amount|price|revenue|total|sum|fee|value|umsatz|betrag|preis|summe|importe|precio|ingresos|"
    r"cuota|valor|receita|mensalidade|montant|prix|revenu|сумма|выручка|стоимость|цена)\b|金额|收入|价格"
)


@dataclass(frozen=True)
class MergedArea:
    """The rows and columns of a merged cell in the grid, from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


def areas(path: Path, part: str) -> list[MergedArea]:
    """Return the merged cells of a sheet, by the part of the workbook that holds it; none where that cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(part).file_size > _LARGEST:
                return []
            content = archive.read(part)
    except (KeyError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError):
        return []
    if b"mergeCell " not in content:
        return []
    # The grid begins with the first column that holds anything.
    first = min(map(workbook_xml.column_number, {letters.decode() for letters in _CELL.findall(content)}), default=1)
    spans = [
        MergedArea(
            int(top) - 1, workbook_xml.column_number(left.decode()) - first,
            int(bottom) - 1, workbook_xml.column_number(right.decode()) - first,
        )
        for left, top, right, bottom in _AREA.findall(content)
    ]  # fmt: skip
    return [span for span in spans if span.left >= 0]


def spanned(grid: pa.Table, merged: Sequence[MergedArea]) -> tuple[pa.Table, list[str]]:
    """Return the cells of a sheet with what merged ones hold in every row of theirs, and notes on it.

    An amount over several rows is what they come to together: it stays with the first. Over several columns it is
    repeated where these are months or other periods.
    """
    columns = [column.to_pylist() for column in grid.columns]
    rows = below = across = 0
    for area in merged:
        if area.right >= len(columns) or area.bottom >= grid.num_rows:
            continue
        value = (columns[area.left][area.top] or "").strip()
        if not value:
            continue
        is_number = money.number(value) is not None
        if area.bottom > area.top and area.left == area.right:
            if is_number and _is_amount(_header(columns[area.left], area.top)):
                below += 1
                continue
            if _header(columns[area.left], area.top):  # the names of the columns themselves span rows, too
                columns[area.left][area.top : area.bottom + 1] = [value] * (area.bottom - area.top + 1)
                rows += 1
        elif area.bottom == area.top and is_number:
            places = range(area.left, area.right + 1)
            if all(_is_period(_header(columns[at], area.top)) for at in places):
                for at in places:
                    columns[at][area.top] = value
                across += 1
    notes = []
    if rows:
        notes.append(f"{_cells(rows)} merged over several rows: each of the rows has what it holds.")
    if below:
        notes.append(f"{_cells(below)} with an amount merged over several rows: the amount counts once, in the first.")
    if across:
        notes.append(f"{_cells(across)} merged over several periods: each of the periods has its amount.")
    if not rows and not across:
        return grid, notes
    return pa.table([pa.array(column, pa.string()) for column in columns], grid.column_names), notes


def _cells(count: int) -> str:
    return "1 cell is" if count == 1 else f"{count:,} cells are"


def _header(column: Sequence[str | None], row: int) -> str:
    """The nearest name above a cell: text that is no number and no date."""
    for text in reversed(column[:row]):
        if text and text.strip() and money.number(text.strip()) is None and not text[:1].isdigit():
            return text.strip()
    return ""


def _is_amount(name: str) -> bool:
    return bool(_AMOUNTS.search(names.folded(name))) or _is_period(name)


def _is_period(name: str) -> bool:
    return column_period(name, 2000) is not None
