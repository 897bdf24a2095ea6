"""What a load did: per sheet and table, with counts that tie."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from cs_dash.intake.problems import Ignored, Mapped, Problem


@dataclass(frozen=True)
class SheetReport:
    """What became of one sheet in one table. read = loaded + updated + unchanged + rejected + duplicates."""

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
    mapped: tuple[Mapped, ...] = ()
    unmapped: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: str = ""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    Attributes:
        version: the version it published; None when nothing changed (or in a dry run).
        files: one entry per sheet and table.
        ignored: sheets and files that were set aside, with the reason.
        seconds: how long it took.
    """

    version: int | None
    files: tuple[SheetReport, ...]
    ignored: tuple[Ignored, ...]
    seconds: float = field(default=0.0, compare=False)

    @property
    def changed(self) -> int:
        """Rows that are new or different."""
        return sum(sheet.loaded + sheet.updated for sheet in self.files)

    @property
    def usable(self) -> int:
        """Rows that are in the workspace now, new or not."""
        return sum(sheet.loaded + sheet.updated + sheet.unchanged for sheet in self.files)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the command line prints it with `--json`."""
        return {
            "version": self.version,
            "files": [asdict(sheet) for sheet in self.files],
            "ignored": [{"file": each.file, "sheet": each.sheet, "why": each.why} for each in self.ignored],
        }
