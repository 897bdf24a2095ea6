"""Sheets of one file that hold the same rows: a list and a copy of it, of which each row counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from cs_dash.intake.cells import arrays, missing
from cs_dash.intake.results.sheets import column_list
from cs_dash.intake.rows.typed_rows import TypedRows

_LOOKED_AT = 50_000
"""So many rows of a sheet are compared."""
_FEWEST_COLUMNS, _FEWEST_ROWS, _MOST = 3, 5, 0.9


def note(drafts: Sequence[TypedRows]) -> None:
    """Note on the later of two sheets of a file that its rows are those of the earlier one in what both hold.

    Snapshots, which repeat a list on purpose, and accounts, whose ids tell them apart, are left alone.

    Args:
        drafts: what all lists of the load give, typed.
    """
    for earlier, later in combinations(drafts, 2):
        if (
            earlier.table is not later.table
            or earlier.table.name == "accounts"
            or earlier.sheet.file != later.sheet.file
        ):
            continue
        columns = _same_columns(earlier, later)
        if earlier.sheet.period or later.sheet.period or len(columns) < _FEWEST_COLUMNS:
            continue
        mine, others = _rows(later, columns), _rows(earlier, columns)
        if (same := (mine & others).total()) >= max(_FEWEST_ROWS, _MOST * mine.total()):
            later.assumptions.append(
                f"{same:,} of its {mine.total():,} rows are also in {earlier.sheet.name}, with the same "
                f"{column_list(columns)}, and count twice. If the sheets are the same list, load only one of them."
            )


def _same_columns(earlier: TypedRows, later: TypedRows) -> list[str]:
    """The columns of both sheets that hold the same values: a column of codes beside one of words is no other list."""
    shared = [name for name in later.block.names if name in earlier.block.names]
    return [name for name in shared if _values(earlier, name) == _values(later, name) != {""}]


def _values(draft: TypedRows, name: str) -> set[str]:
    return {text or "" for text in _texts(draft, name)}


def _texts(draft: TypedRows, name: str) -> list[str | None]:
    texts: list[str | None] = missing.trimmed(
        arrays.whole(draft.block.rows.column(name).slice(0, _LOOKED_AT))
    ).to_pylist()
    return texts


def _rows(draft: TypedRows, columns: Sequence[str]) -> Counter[tuple[str | None, ...]]:
    return Counter(zip(*(_texts(draft, name) for name in columns), strict=True))
