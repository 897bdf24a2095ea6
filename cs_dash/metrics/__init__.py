"""Every number's definition in SQL, one view or table macro per file, by subject; and a version opened with them.

A definition uses those of its own subject or of an earlier one in `SUBJECTS`, never of a later one. `rollups` are no
definitions: their tables are built into a version when it is loaded.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cs_dash.decisions import NOTHING_DECIDED, CurrentDecisions
from cs_dash.store.artifacts import NO_ARTIFACTS, DerivedArtifacts
from cs_dash.store.definitions import read_definition
from cs_dash.store.warehouse import Warehouse

__all__ = [
    "NEWEST_DAY", "NO_ARTIFACTS", "ROLLUPS", "SUBJECTS", "UNMET_CUSTOMERS", "DerivedArtifacts", "Warehouse",
    "definition_files", "open_warehouse", "read_definition", "subject_of",
]  # fmt: skip
FOLDER = Path(__file__).parent
SUBJECTS = (
    "base",
    "retention",
    "health",
    "churn",
    "support",
    "roadmap",
    "alignment",
    "overview",
    "account",
    "data_quality",
)
ROLLUPS = tuple(sorted((FOLDER / "rollups").glob("*.sql")))
NEWEST_DAY = FOLDER / "base" / "newest_day.sql"
UNMET_CUSTOMERS = FOLDER / "data_quality" / "unmet_customers.sql"


@cache
def definition_files() -> tuple[Path, ...]:
    """Return the `.sql` file of every definition, subject after subject."""
    return tuple(file for subject in SUBJECTS for file in sorted((FOLDER / subject).rglob("*.sql")))


def subject_of(file: Path) -> str:
    """Return the subject that a definition's file belongs to. Raises ValueError for a file from elsewhere."""
    return file.relative_to(FOLDER).parts[0]


def open_warehouse(
    file: Path, decisions: CurrentDecisions = NOTHING_DECIDED, artifacts: DerivedArtifacts = NO_ARTIFACTS
) -> Warehouse:
    """Return a version opened with every definition, with what people decided and with what was derived from it.

    Raises WorkspaceBroken when the file cannot be read.
    """
    return Warehouse(file, definition_files(), decisions.settings, decisions.decisions, artifacts, ROLLUPS)
