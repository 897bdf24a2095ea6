"""Names in the code: each says what a value is, not that one has it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("cs_dash", "pages", "tests", "benchmarks")
FILES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
SHARE = 0.01
"""The largest share of bound names that may be on the list: in code that is good to read it is 0.0 to 0.3 %."""
BARE = frozenset({
    "found", "told", "said", "kept", "each", "others", "known", "asked", "given", "shown", "drawn", "wanted", "meant",
    "seen", "taken", "placed", "moved", "begun", "counted", "scored", "retained", "offered", "understood", "beside",
    "apart", "aside",
})  # fmt: skip
"""Participles and pronouns that say nothing by themselves."""
TERMS = {"cs_dash/pipeline/settings.py: given": "a key of what `settings --json` prints"}
"""Names of the list that are the field's own term where they stand: "path: name" -> why."""
FOLDER_FILES = 25
"""More siblings of one kind than this, and nobody finds anything in a folder."""


def bound_names(tree: ast.AST) -> Iterator[str]:
    """Yield every name that a module binds: variables, parameters, functions, classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name


def names_of(file: Path) -> Counter[str]:
    return Counter(bound_names(ast.parse(file.read_text(encoding="utf-8"))))


def bare(names: Counter[str]) -> Counter[str]:
    return Counter({name: count for name, count in names.items() if name.strip("_").lower() in BARE})


def test_the_rule_notices() -> None:
    assert bare(Counter(bound_names(ast.parse("_found = [each for each in asked]\ndef told(kept): ...")))) == {
        "_found": 1,
        "each": 1,
        "told": 1,
        "kept": 1,
    }


@pytest.mark.parametrize("room", ROOMS)
def test_names_say_what_a_value_is(room: str) -> None:
    total, where = 0, Counter[str]()
    for file in FILES:
        if file.relative_to(ROOT).parts[0] == room:
            names, path = names_of(file), file.relative_to(ROOT).as_posix()
            total += names.total()
            where.update({f"{path}: {name}": n for name, n in bare(names).items() if f"{path}: {name}" not in TERMS})
    assert where.total() <= SHARE * total, where.most_common(20)


def test_every_exception_is_still_needed() -> None:
    there = {f"{file.relative_to(ROOT).as_posix()}: {name}" for file in FILES for name in bare(names_of(file))}
    assert set(TERMS) <= there


def test_no_folder_has_too_many_siblings() -> None:
    siblings = Counter(
        (file.parent.relative_to(ROOT).as_posix(), file.suffix)
        for file in (ROOT / "cs_dash").rglob("*")
        if file.is_file() and file.suffix in (".py", ".sql", ".toml", ".html", ".txt")
    )
    assert {folder: n for folder, n in siblings.items() if n > FOLDER_FILES} == {}


def test_one_class_name_is_one_thing() -> None:
    where: dict[str, list[str]] = {}
    for file in sorted((ROOT / "cs_dash").rglob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(file.relative_to(ROOT).as_posix())
    assert {name: files for name, files in where.items() if len(files) > 1} == {}
