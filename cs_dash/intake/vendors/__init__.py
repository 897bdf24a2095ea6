"""What the exports of other products look like: one TOML file per vendor, in this folder.

An `[[export]]` is one kind of file: the column names that identify it (all have to be present), the table it feeds
and which column is which field, in order of preference; without a table it is of no use here, and `why` says so. A
`[[guide]]` says where to click to get a file, what matters in it, what it answers and its limits. Every file names
the documentation that its names come from. A new vendor is one more file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cs_dash.schema import names

FOLDER = Path(__file__).parent
CONTAINING = "~"
"""A column written with it in front is any column whose name contains the rest."""


@dataclass(frozen=True)
class Export:
    """One kind of file that a vendor's product gives.

    Attributes:
        vendor: whose.
        kind: of what, such as "subscription export".
        telling: column names that identify it; all have to be present.
        table: the table it feeds, or "" where it is of no use here.
        columns: field -> the columns that may fill it, the preferred first.
        unused: columns that mean something else than their name suggests, or nothing here.
        why: why it is of no use here and what to load instead.
        note: what its reader should know about it, one sentence; may be empty.
        smallest_unit: money fields in the smallest unit of their currency, as cents.
        per_seat: money fields that are the price of one seat.
        shape: "movements" where its rows change what customers pay, as `shapes.movements` reads them; else "".
        most_columns: so many columns it may have, a connector's own (_...) not counted; 0 for any number.
    """

    vendor: str
    kind: str
    telling: tuple[str, ...]
    table: str = ""
    columns: Mapping[str, tuple[str, ...]] | None = None
    unused: tuple[str, ...] = ()
    why: str = ""
    note: str = ""
    smallest_unit: tuple[str, ...] = ()
    per_seat: tuple[str, ...] = ()
    shape: str = ""
    most_columns: int = 0

    @property
    def title(self) -> str:
        """What it is, with its article: "a Stripe subscription export"."""
        return f"{'an' if self.vendor[0] in 'AEIOU' else 'a'} {self.vendor} {self.kind}"

    def tells(self, columns: Iterable[str]) -> bool:
        """Return whether a sheet with these columns is such a file."""
        every = list(columns)
        if self.most_columns and sum(not name.startswith("_") for name in every) > self.most_columns:
            return False
        return {names.key(name) for name in self.telling} <= {names.key(name) for name in every}

    def places(self, field: str, columns: Iterable[str]) -> list[int]:
        """Return the places of the columns that may fill a field, the preferred first."""
        keys = [names.key(name) for name in columns]
        places: list[int] = []
        for preferred in (self.columns or {}).get(field, ()):
            key = names.key(preferred)
            part = preferred.startswith(CONTAINING)
            places += [
                at
                for at, column_key in enumerate(keys)
                if at not in places and (key in column_key if part else key == column_key)
            ]
        return places


@dataclass(frozen=True)
class Guide:
    """How to get one kind of file out of a vendor's product.

    Attributes:
        what: of what: "Tickets".
        table: the table it feeds.
        where: the path of menus.
        matters: the columns that matter.
        answers: what it answers here.
        limits: what it lacks.
    """

    what: str
    table: str
    where: str
    matters: tuple[str, ...]
    answers: str
    limits: str


@dataclass(frozen=True)
class Vendor:
    """A product whose files are known."""

    name: str
    exports: tuple[Export, ...]
    guides: tuple[Guide, ...]


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    """TOML's lists as tuples, so that what is read can be a frozen value."""
    return {
        name: tuple(value) if isinstance(value, list) else _tuples(value) if isinstance(value, dict) else value
        for name, value in values.items()
    }


def _read(file: Path) -> Vendor:
    held = tomllib.loads(file.read_text(encoding="utf-8"))
    name = held["name"]
    exports = tuple(Export(vendor=name, **_tuples(export)) for export in held.get("export", ()))
    return Vendor(name, exports, tuple(Guide(**_tuples(export)) for export in held.get("guide", ())))


@cache
def vendors() -> tuple[Vendor, ...]:
    """Return every vendor, by name."""
    vendor_list = [_read(file) for file in FOLDER.glob("*.toml")]
    return tuple(sorted(vendor_list, key=lambda vendor: vendor.name.casefold()))


@cache
def export_of(columns: tuple[str, ...]) -> Export | None:
    """Return which vendor's export a sheet with these columns is: the one with the most identifying names, or None."""

    def strength(export: Export) -> tuple[int, int]:
        return len(export.telling), sum(bool(export.places(field, columns)) for field in export.columns or ())

    exports = [export for vendor in vendors() for export in vendor.exports if export.tells(columns)]
    return max(exports, key=strength, default=None)
