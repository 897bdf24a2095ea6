"""Where in a sheet the table is: its header row, its rows, and what surrounds it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, column_periods, identity, missing
from cs_dash.intake.cells.mapped_memory import numbers_on_disk
from cs_dash.intake.detection import header_levels, totals
from cs_dash.intake.results.sheets import Block
from cs_dash.look.words import plural
from cs_dash.schema import names
from cs_dash.schema.names import field_name_keys

_LOOKED_AT = 40
_NOTES = 12
_UNIT_WORDS = frozenset(names.UNITS) | {
    "usd", "eur", "gbp", "chf", "$", "€", "£", "%", "percent", "month", "months", "week", "weeks", "number", "text",
    "date", "count", "yyyy-mm-dd", "dd.mm.yyyy", "mm/dd/yyyy", "dd/mm/yyyy", "k€", "t€", "#", "n", "pcs", "users", "id",
}  # fmt: skip
_RESERVED = ("_row",)
"""Names that the warehouse gives to columns of its own."""
_VALUE = re.compile(r"^[-+(]?[$€£¥]?\s?\d[\d\s.,:/'-]*(?:[%)€$£T]|\s?[ap]m)?[\dZ:.+-]*$", re.IGNORECASE)


def first_rows(grid: pa.Table) -> list[list[str]]:
    """Return the cells of the first rows, trimmed, row by row."""
    columns = [missing.trimmed(arrays.whole(column)).to_pylist() for column in grid.slice(0, _LOOKED_AT).columns]
    return [[cell or "" for cell in row] for row in zip(*columns, strict=True)]


def _is_field_name(cell: str) -> bool:
    keys = names.keys(cell)
    return any(key in field_name_keys() or names.timeless(key)[0] in field_name_keys() for key in keys) or (
        identity.role(cell) in ("id", "name")
    )


def _score(row: list[str], below: list[list[str]]) -> float:
    """How much a row looks like a header: names that we know, words over values, no gaps, no repeats."""
    cells = [cell for cell in row if cell]
    if not cells or not below:
        return -1.0
    usual = median(len(row_below) - row_below.count("") for row_below in below[:10])
    if len(cells) < max(1.0, 0.5 * usual) or (len(cells) == 1 and usual > 1):
        return -1.0
    words = cells if _are_periods(cells) else [cell for cell in cells if not _VALUE.match(cell)]
    values = (len(cells) - len(words)) / len(cells)
    known_names = sum(1 for cell in {cell.casefold() for cell in words} if len(cell) < 60 and _is_field_name(cell))
    long = sum(1 for cell in cells if len(cell) > 80) / len(cells)
    unique = len({cell.casefold() for cell in cells}) / len(cells)
    return known_names + 2.0 * (len(cells) / max(len(row), 1)) + unique - 4.0 * values - 3.0 * long


def _are_periods(cells: list[str]) -> bool:
    """Whether nearly all cells of a row are periods that follow one another, as "2026-01" to "2026-12"."""
    named = [named[0].first for cell in cells if (named := column_periods.column_period(cell))]
    return len(named) >= max(3, len(cells) - 3) and all(a < b for a, b in pairwise(named))


def names_columns(row: list[str]) -> bool:
    """Return whether a row surely names columns: several cells, half of them names that are known, none a value."""
    cells = [cell for cell in row if cell]
    known_names = sum(1 for cell in cells if len(cell) < 60 and _is_field_name(cell))
    return len(cells) > 1 and known_names >= max(2, len(cells) / 2) and not any(_VALUE.match(cell) for cell in cells)


def header_row(head: list[list[str]]) -> int | None:
    """Return the likeliest header among the first rows; None where the first row is data already."""
    scores = [_score(row, [row_below for row_below in head[at + 1 :] if any(row_below)]) for at, row in enumerate(head)]
    if not scores or max(scores) < 0:
        return None
    best = int(np.argmax(np.array(scores)))
    row = [cell for cell in head[best] if cell]
    if not any(_is_field_name(cell) for cell in row) and not column_periods.period_columns(row, 2000):
        if any(_VALUE.match(cell) or "@" in cell or len(cell) > 80 for cell in row):
            return None
        # Words over words, none of them known: words that recur below are data, not names.
        below = {cell for row_below in head[best + 1 :] for cell in row_below if cell}
        if len(row) > 1 and sum(cell in below for cell in row) >= len(row) / 2:
            return None
    return best


def _is_units(row: list[str]) -> bool:
    cells = [cell.strip("()[]").casefold() for cell in row if cell]
    return len(cells) > 0 and all(cell in _UNIT_WORDS for cell in cells) and any(not c.isdigit() for c in cells)


def _unique(raw: list[str]) -> tuple[str, ...]:
    """Return a name of its own for every column; two that differ in their case alone are one to a database."""
    uses: Counter[str] = Counter()
    taken = set(_RESERVED)
    unique = []
    for at, name in enumerate(raw):
        plain = own = " ".join(name.split()) or f"Column {at + 1}"
        while own.casefold() in taken:
            uses[plain.casefold()] += 1
            own = f"{plain} ({uses[plain.casefold()] + 1})"
        taken.add(own.casefold())
        unique.append(own)
    return tuple(unique)


def filled_rows(grid: pa.Table) -> np.ndarray:
    """Return for every row whether any of its cells holds something."""
    some = np.zeros(grid.num_rows, dtype=bool)
    for column in grid.columns:
        some |= missing.filled(arrays.whole(column)).to_numpy(zero_copy_only=False)
        if some.all():
            break
    return some


def _repeats(rows: pa.Table, raw: list[str]) -> np.ndarray:
    """Where the header row comes again, as in exports put together from pages."""
    repeats = np.ones(rows.num_rows, dtype=bool)
    for column, name in zip(rows.columns, raw, strict=True):
        repeats &= pc.fill_null(pc.equal(missing.trimmed(arrays.whole(column)), name), not name).to_numpy(
            zero_copy_only=False
        )
        if not repeats.any():
            break
    return repeats


def _below(rows: pa.Table, numbers: np.ndarray) -> int:
    """How many of the last rows are notes below the table: after an empty row, with hardly a cell filled."""
    if rows.num_columns < 3 or rows.num_rows < 3:
        return 0
    tail = rows.slice(max(rows.num_rows - _NOTES, 0)).to_pylist()
    filled = [sum(1 for cell in row.values() if (cell or "").strip()) for row in tail]
    first = rows.num_rows - len(tail)
    for at in range(len(tail) - 1, 0, -1):
        if filled[at] > max(1, rows.num_columns // 4):
            return 0
        if numbers[first + at] - numbers[first + at - 1] > 1:
            return len(tail) - at
    return 0


def _without_foot(rows: pa.Table, numbers: np.ndarray, raw: list[str], notes: list[str]) -> tuple[pa.Table, np.ndarray]:
    """The rows without the notes below the table and the rows that add up others."""
    if below := _below(rows, numbers):
        first_note = " ".join(cell for cell in rows.slice(rows.num_rows - below, 1).to_pylist()[0].values() if cell)
        many = "1 row below the table was" if below == 1 else f"{below} rows below the table were"
        notes.append(f"{many} skipped: “{first_note[:60]}”.")
        rows, numbers = rows.slice(0, rows.num_rows - below), numbers[:-below]
    sums = totals.sum_rows(rows, raw, numbers)
    if not sums:
        return rows, numbers
    notes.append(totals.note(sums, numbers))
    stays = np.ones(rows.num_rows, dtype=bool)
    stays[[row.place for row in sums]] = False
    return rows.filter(pa.array(stays)), numbers[stays]


def _names(head: list[list[str]], at: int | None, width: int, notes: list[str]) -> tuple[list[str], int, int]:
    """The columns' names as they stand, with the units under them, the first row of names and the first of data."""
    if at is None:
        return [""] * width, 0, 0
    (raw, top), first = header_levels.combined_names(head, at, _VALUE), at + 1
    if top < at:
        notes.append(f"The column names are in rows {at} and {at + 1}.")
    if first < len(head) and _is_units(head[first]):
        units = [unit.strip("()[]") for unit in head[first]]
        raw = [f"{name} ({unit})" if name and unit else name for name, unit in zip(raw, units, strict=True)]
        notes.append(f"Row {first + 1} holds units, which were added to the column names.")
        first += 1
    return raw, top, first


def _without_empty(body: pa.Table, raw: list[str]) -> list[int]:
    """The places of the columns that have a name or hold anything."""
    return [at for at, name in enumerate(raw) if name or pc.any(missing.filled(arrays.whole(body.column(at)))).as_py()]


def find(grid: pa.Table, first_row: int = 1) -> Block | None:
    """Return the table inside the cells of a sheet; None where there is nothing but blanks or a title.

    Args:
        grid: the cells.
        first_row: the spreadsheet's number of the first row.
    """
    filled = filled_rows(grid)
    head = first_rows(grid)
    if filled.sum() < 2 or not head:
        return None
    notes: list[str] = []
    at = header_row(head)
    raw, top, first = _names(head, at, grid.num_columns, notes)
    if top and (above := int(filled[:top].sum())):
        many = above > 1
        notes.append(f"{above} row{'s' * many} above the column names {'were' if many else 'was'} skipped.")
    body, keep = grid.slice(first), filled[first:]
    used = _without_empty(body, raw)
    body, raw = body.select(used), [raw[place] for place in used]
    if at is not None and (again := _repeats(body, raw) & keep).any():
        rows_skipped = plural(int(again.sum()), "row that repeats", "rows that repeat")
        notes.append(f"Skipped {rows_skipped} the column names.")
        keep = keep & ~again
    places = np.flatnonzero(keep)
    together = len(places) and places[-1] - places[0] + 1 == len(places)  # then nothing has to be copied
    rows = (body.slice(places[0], len(places)) if together else body.filter(pa.array(keep))).combine_chunks()
    rows, numbers = _without_foot(rows, numbers_on_disk(places + first + first_row), raw, notes)
    unique = _unique(raw)
    title = tuple(cell for row in head[:top] for cell in row if cell)
    return Block(unique, rows.rename_columns(list(unique)), numbers, tuple(used), at is not None, tuple(notes), title)


def is_blank(grid: pa.Table) -> bool:
    """Return whether a sheet holds nothing at all."""
    return not filled_rows(grid).any()
