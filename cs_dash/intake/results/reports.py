"""What a load did: per sheet and table, with counts that tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cs_dash.intake.results.layouts import Layout, TextFormat
from cs_dash.intake.results.problems import ColumnMapping, Columns, IgnoredSheet, Problem, UnusedColumn
from cs_dash.look.words import count, plural
from cs_dash.schema.tables import TABLES


@dataclass(frozen=True)
class SheetReport:
    """What one sheet gave to one table. read = loaded + updated + unchanged + rejected + duplicates."""

    file: str
    sheet: str
    table: str
    read: int
    loaded: int
    updated: int
    unchanged: int
    rejected: int
    duplicates: int
    problems: tuple[Problem, ...] = ()
    assumptions: tuple[str, ...] = ()
    mapped: tuple[ColumnMapping, ...] = ()
    unmapped: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: str = ""
    columns: Columns = ()
    decided: Layout | None = None
    text: TextFormat | None = None
    unused: tuple[UnusedColumn, ...] = ()
    sheet_rows: int = 0


@dataclass(frozen=True)
class MissingRows:
    """Rows of an earlier edition of a sheet that are missing from this one.

    Attributes:
        table: the table.
        columns: the sheet's columns.
        rows: how many they are.
        again: rows of the earlier edition that are there again.
        examples: up to three of their names.
        gone: they were removed (in a dry run: would be).
        open: nobody has decided about them yet.
    """

    table: str
    columns: tuple[str, ...]
    rows: int
    again: int
    examples: tuple[str, ...]
    gone: bool
    open: bool


@dataclass(frozen=True)
class UnmetCustomers:
    """Two halves of a company that do not meet: the customers that a table names are not those that are known.

    Attributes:
        table: the table.
        customers: how many it names.
        meeting: how many of them are known.
        known: how many customers are known.
        known_by: from what, in words: "contracts".
        examples: up to three of those that are not.
    """

    table: str
    customers: int
    meeting: int
    known: int
    known_by: str
    examples: tuple[str, ...]

    @property
    def short_text(self) -> str:
        """The conflict in one sentence."""
        meeting = f"only {count(self.meeting)} of them are" if self.meeting else "none of them is"
        customers = f"{TABLES[self.table].title} name {plural(self.customers, 'customer')}"
        return f"{customers}, and {meeting} among the {count(self.known)} of {self.known_by}"

    @property
    def text(self) -> str:
        """The conflict, what it means and what to do."""
        return (
            f"Data conflict: {self.short_text} (for example {', '.join(self.examples)}). The files seem to name the "
            "same customers differently, so revenue and activity are on different accounts: map the column that "
            "column names the customer, or match the names on the Data quality page."
        )

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, Any]]) -> tuple[UnmetCustomers, ...]:
        """Return the conflicts in rows of `unmet_customers`, one per table."""
        tables: dict[str, list[Mapping[str, Any]]] = {}
        for row in rows:
            tables.setdefault(row["table_name"], []).append(row)
        return tuple(
            cls(
                table, held[0]["customers"], held[0]["meeting"], held[0]["known"], held[0]["known_by"],
                tuple(row["customer"] for row in held[:3]),
            )
            for table, held in tables.items()
        )  # fmt: skip


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    Attributes:
        version: the version it published; None when nothing changed (or in a dry run).
        files: one entry per sheet and table.
        ignored: sheets and files that were set aside, with the reason.
        lacking: what earlier editions of the sheets had and these lack, per table.
        conflicts: tables whose customers are not those that are known.
        seconds: how long it took.
    """

    version: int | None
    files: tuple[SheetReport, ...]
    ignored: tuple[IgnoredSheet, ...]
    lacking: tuple[MissingRows, ...] = ()
    conflicts: tuple[UnmetCustomers, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def changed(self) -> int:
        """Rows that are new, different or gone."""
        removed = sum(missing.rows for missing in self.lacking if missing.gone)
        return sum(sheet.loaded + sheet.updated for sheet in self.files) + removed

    @property
    def sheet_rows(self) -> int:
        """Rows of the sheets, each counted once although a row may feed several tables."""
        rows = {(sheet.file, sheet.sheet): sheet.sheet_rows for sheet in self.files}
        return sum(rows.values())

    @property
    def usable(self) -> int:
        """Rows that are in the workspace now, new or not."""
        return sum(sheet.loaded + sheet.updated + sheet.unchanged for sheet in self.files)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the command line prints it with `--json`."""
        return {
            "version": self.version,
            "files": [asdict(sheet) for sheet in self.files],
            "ignored": [{"file": sheet.file, "sheet": sheet.sheet, "why": sheet.why} for sheet in self.ignored],
            "conflicts": [conflict.text for conflict in self.conflicts],
        }


MATCHED = {
    "same": ("name matched", "names matched"),
    "other": ("name separated", "names separated"),
    "new": ("new account", "new accounts"),
    "forget": ("decision undone", "decisions undone"),
}


def matching_summary(summary: Mapping[str, Any], locale: str | None = None) -> str:
    """Return what people decided for a version: "3 names matched, 1 new account"; "" for the version of a load."""
    counts = summary.get("matched", {})
    return ", ".join(
        plural(counts[verdict], *forms, locale=locale) for verdict, forms in MATCHED.items() if counts.get(verdict)
    )
