"""Cells of workbooks that are merged over several rows or columns: what they hold belongs to all of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa

from cs_dash.intake.cells import money
from cs_dash.intake.cells.column_periods import column_period
from cs_dash.intake.results.problems import IgnoredSheet
from cs_dash.intake.results.sheets import Sheet
from cs_dash.schema import names

_AMOUNTS = re.compile(
    r"\b(mrr|arr|acv|tcv|amount|price|revenue|total|sum|fee|value|umsatz|betrag|preis|summe|importe|precio|ingresos|"
    r"cuota|valor|receita|mensalidade|montant|prix|revenu|сумма|выручка|стоимость|цена)\b|金额|收入|价格"
)


def spanned_sheets(sheets: Iterable[Sheet | IgnoredSheet]) -> Iterator[Sheet | IgnoredSheet]:
    """Yield sheets with what merged cells hold in each of their rows; what was ignored stays as it is."""
    for sheet in sheets:
        yield sheet if isinstance(sheet, IgnoredSheet) else spanned(sheet)


def spanned(sheet: Sheet) -> Sheet:
    """Return a sheet with what its merged cells hold in every row of theirs, and notes on it.

    An amount over several rows is what they come to together: it stays with the first. Over several columns it is
    repeated where these are months or other periods.
    """
    if not sheet.merged:
        return sheet
    grid = sheet.grid
    columns = [column.to_pylist() for column in grid.columns]
    rows = below = across = 0
    for top, left, bottom, right in sheet.merged:
        if right >= len(columns) or bottom >= grid.num_rows:
            continue
        value = (columns[left][top] or "").strip()
        if not value:
            continue
        is_number = money.number(value) is not None
        if bottom > top and left == right:
            if is_number and _is_amount(_header(columns[left], top)):
                below += 1
                continue
            if _header(columns[left], top):  # the names of the columns themselves span rows, too
                columns[left][top : bottom + 1] = [value] * (bottom - top + 1)
                rows += 1
        elif bottom == top and is_number:
            places = range(left, right + 1)
            if all(_is_period(_header(columns[at], top)) for at in places):
                for at in places:
                    columns[at][top] = value
                across += 1
    notes = []
    if rows:
        notes.append(f"{_cells(rows)} merged across several rows: the value counts for each row.")
    if below:
        notes.append(f"{_cells(below)} merged across several rows with an amount, which counts once, in the first row.")
    if across:
        notes.append(f"{_cells(across)} merged across several periods: the amount counts for each period.")
    filled = pa.table([pa.array(column, pa.string()) for column in columns], grid.column_names)
    return replace(sheet, grid=filled if rows or across else grid, notes=(*sheet.notes, *notes))


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
