"""The order of subjects: a definition uses its own or an earlier subject, so that later ones can change freely."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.metrics import ROLLUPS, SUBJECTS, definition_files, subject_of
from cs_dash.store.definitions import needed, read_definition

FILES = {file: read_definition(file) for file in definition_files()}
DEFINITIONS = {definition.name: (file, definition) for file, definition in FILES.items()}
NEEDED = needed({name: definition for name, (_, definition) in DEFINITIONS.items()})


def later(name: str) -> list[str]:
    """Return the definitions of later subjects that a definition uses."""
    rank = SUBJECTS.index(subject_of(DEFINITIONS[name][0]))
    return [other for other in sorted(NEEDED[name]) if SUBJECTS.index(subject_of(DEFINITIONS[other][0])) > rank]


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_a_definition_uses_its_own_or_an_earlier_subject(name: str) -> None:
    assert later(name) == []


def test_the_order_is_one_that_is_needed() -> None:
    """Every subject but the first uses another one; a subject that uses none would not need its place."""
    dependent = {
        subject_of(DEFINITIONS[name][0])
        for name, needed_names in NEEDED.items()
        if any(subject_of(DEFINITIONS[other][0]) != subject_of(DEFINITIONS[name][0]) for other in needed_names)
    }
    assert dependent == set(SUBJECTS) - {"base"}


def test_every_file_belongs_to_a_subject_and_is_named_like_its_definition() -> None:
    folder = Path(ROLLUPS[0]).parents[1]
    assert set(folder.rglob("*.sql")) == {*definition_files(), *ROLLUPS}
    assert {file.stem for file in definition_files()} == set(DEFINITIONS)


def test_rollups_rest_on_tables_only() -> None:
    """Rollups are built before any definition exists."""
    words = {word for script in ROLLUPS for word in script.read_text(encoding="utf-8").replace("(", " ").split()}
    assert not words & set(DEFINITIONS)
