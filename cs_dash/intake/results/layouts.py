"""What people decided about sheets with the same columns, so that no question comes twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cs_dash.schema import names

ALIKE = 0.6
"""Share of all columns of two sheets that both have, from which one is a later edition of the other."""
RECOGNISED = "recognised"
SET_ASIDE = ""


def signature(columns: Iterable[str]) -> str:
    """Return what sheets with these columns are known by: 16 hexadecimal digits, whatever the order and the case."""
    return hashlib.blake2b("\x1f".join(sorted(_keys(columns))).encode(), digest_size=8).hexdigest()


def _keys(columns: Iterable[str]) -> set[str]:
    return {names.key(column) or column for column in columns}


@dataclass(frozen=True)
class TextFormat:
    """How a text file became cells.

    Attributes:
        encoding: what it was read as.
        delimiter: the character between its cells.
        columns: its columns when it is read without options; decisions about it are stored under these. Empty where
            no decision is possible: no table was found, or the file is part of an archive.
    """

    encoding: str
    delimiter: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """What was decided about sheets with certain columns.

    Attributes:
        columns: the columns' names as the sheet had them.
        table: the table that such a sheet feeds, SET_ASIDE to leave it out, None to have it recognised,
            RECOGNISED to take back what was decided before.
        mapping: column -> field, or "" to leave the column out; columns that are not named are recognised.
        options: how to read such a sheet, see `reading.OPTIONS`; "" takes back what was decided before.
        removed_columns: columns that only the earlier edition had.
        added_columns: columns that the earlier edition did not have.
    """

    columns: tuple[str, ...]
    table: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    removed_columns: tuple[str, ...] = field(default=(), compare=False)
    added_columns: tuple[str, ...] = field(default=(), compare=False)

    @property
    def signature(self) -> str:
        """What the layout is known by."""
        return signature(self.columns)

    @property
    def has_decisions(self) -> bool:
        """Whether anything was decided."""
        return self.table not in (None, RECOGNISED) or bool(self.mapping or self.options)

    @property
    def options_in_force(self) -> dict[str, str]:
        """The options without those that were taken back."""
        return {name: value for name, value in self.options.items() if value}

    @property
    def in_force(self) -> Layout:
        """The layout without a table where the decision about it was taken back."""
        return replace(self, table=None) if self.table == RECOGNISED else self

    def has(self, column: str) -> bool:
        """Whether a column of that name, however it is written, is one of the layout's."""
        return (names.key(column) or column) in _keys(self.columns)

    def with_(self, later: Layout) -> Layout:
        """Return what holds when more was decided later about the same columns."""
        table = self.table if later.table is None else later.table
        # Decisions about fields of one table mean nothing in another.
        mapping = self.mapping if later.table in (None, self.table) else {}
        return Layout(self.columns, table, {**mapping, **later.mapping}, {**self.options, **later.options})

    def as_dict(self) -> dict[str, Any]:
        """Return the layout as it is remembered."""
        return {
            "columns": list(self.columns), "table": self.table, "mapping": dict(self.mapping),
            "options": dict(self.options),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Layout:
        """Return a layout that was remembered."""
        return cls(tuple(stored["columns"]), stored["table"], dict(stored["mapping"]), dict(stored["options"]))


def merged_layouts(layouts: Iterable[Layout]) -> tuple[Layout, ...]:
    """Return one layout per set of columns; what was decided later counts."""
    by_signature: dict[str, Layout] = {}
    for layout in layouts:
        before = by_signature.get(layout.signature)
        by_signature[layout.signature] = before.with_(layout) if before else layout
    return tuple(by_signature.values())


def layout_for(columns: Sequence[str], layouts: Iterable[Layout]) -> Layout | None:
    """Return what was decided about a sheet with these columns; None where nothing was.

    Where no sheet had just these columns, the nearest earlier edition decides for the columns that both have, if at
    least the share `ALIKE` of all their columns is in both.
    """
    keys = _keys(columns)
    nearest: tuple[float, Layout] | None = None
    for layout in layouts:
        if not layout.has_decisions:
            continue
        had = _keys(layout.columns)
        if had == keys:
            return layout.in_force
        alike = len(had & keys) / len(had | keys)
        if alike >= ALIKE and (nearest is None or alike > nearest[0]):
            nearest = (alike, layout)
    return _for_edition(columns, nearest[1].in_force) if nearest else None


class LayoutMemory:
    """What was decided before, and what of it counted.

    Attributes:
        used: the decisions that counted, each for the columns of the sheet at hand.
    """

    def __init__(self, layouts: Iterable[Layout]) -> None:
        self._known = tuple(layouts)
        self.used: dict[str, Layout] = {}

    def of(self, columns: Sequence[str]) -> Layout | None:
        """Return what was decided about a sheet with these columns, see `of`."""
        layout = layout_for(columns, self._known)
        if layout is not None:
            self.used[layout.signature] = layout
        return layout


def _for_edition(columns: Sequence[str], earlier: Layout) -> Layout:
    """Return what an earlier edition decides about a sheet."""
    present, before = _keys(columns), _keys(earlier.columns)
    return Layout(
        tuple(columns),
        earlier.table,
        {column: chosen for column, chosen in earlier.mapping.items() if names.key(column) in present},
        earlier.options,
        removed_columns=tuple(column for column in earlier.columns if (names.key(column) or column) not in present),
        added_columns=tuple(column for column in columns if (names.key(column) or column) not in before),
    )
