"""Definitions live in `.sql` files, one macro, view or table each; the comment above it is what the user reads.

    -- Net revenue retention
    -- words: Of the revenue of a year ago, how much is there today, growth included.
    -- formula: sum(e) / sum(s) over accounts that paid on the first day
    -- edge cases: no paying account on the first day: empty, never 0
    -- source: SaaS Capital; Gold, Fighting Churn with Data, chapter 2
    -- tables: subscriptions
    -- column nrr: share of the first day's MRR
    create macro net_revenue_retention(start_day, end_day, wanted := '{}') as table
    ...

A line that begins with `--   ` goes on with the line above. What many definitions rest on and has few rows is a table:
computed once for each opened version, because a view is planned anew wherever it is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from cs_dash.answer import Definition

_CREATE = re.compile(
    r"create\s+(?:or\s+replace\s+)?(macro|view|table)\s+(\w+)\s*(?:\(([^)]*(?:\([^)]*\)[^)]*)*)\))?", re.I
)
_FIELDS = ("words", "formula", "edge cases", "source", "tables")


@lru_cache(maxsize=512)
def read_definition(file: Path) -> Definition:
    """Return the definition in `file`. Raises ValueError when it has no title or creates nothing."""
    text = file.read_text(encoding="utf-8")
    statement = _CREATE.search(text)
    lines: list[str] = []
    for raw in text.splitlines():
        if not raw.startswith("--"):
            break
        if raw.startswith("--   ") and lines:
            lines[-1] += " " + raw[2:].strip()
        else:
            lines.append(raw[2:].strip())
    if not statement or not lines:
        raise ValueError(
            f"{file.name}: a definition needs a comment with its title, and one create macro, view or table."
        )
    fields: dict[str, str] = {}
    meanings: list[tuple[str, str]] = []
    for line in lines[1:]:
        head, _, rest = line.partition(":")
        if head.startswith("column "):
            meanings.append((head.removeprefix("column ").strip(), rest.strip()))
        elif head in _FIELDS:
            fields[head] = rest.strip()
    return Definition(
        name=statement[2],
        title=lines[0],
        explanation=fields.get("words", ""),
        formula=fields.get("formula", ""),
        edge_cases=fields.get("edge cases", ""),
        source=fields.get("source", ""),
        sql=text[statement.start() :].strip(),
        parameters=tuple(part.split(":=")[0].strip() for part in (statement[3] or "").split(",") if part.strip()),
        columns=tuple(meanings),
        tables=tuple(part.strip() for part in fields.get("tables", "").split(",") if part.strip()),
    )


def needed(definitions: Mapping[str, Definition]) -> dict[str, frozenset[str]]:
    """Return for each definition the others that it names."""
    return {
        name: frozenset(names_in(definition.sql)) & definitions.keys() - {name}
        for name, definition in definitions.items()
    }


def foundations(ordered: Mapping[str, Definition]) -> dict[str, frozenset[str]]:
    """Return for each definition, each after those that it names, itself and all that it rests on."""
    names: dict[str, frozenset[str]] = {}
    for name, direct in needed(ordered).items():
        names[name] = frozenset({name}).union(*(names[other] for other in direct))
    return names


@lru_cache(maxsize=1024)
def names_in(sql: str) -> frozenset[str]:
    """Return every word of a statement: among them are the names of the definitions it rests on."""
    return frozenset(re.findall(r"\w+", sql))


def in_order(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Return the definitions so that each comes after those it names. Raises ValueError on a circle."""
    waiting = {definition.name: definition for definition in definitions}
    needs = needed(waiting)
    ordered: list[Definition] = []
    while waiting:
        ready = sorted(name for name in waiting if not needs[name] & waiting.keys())
        if not ready:
            raise ValueError(f"These definitions need each other: {', '.join(sorted(waiting))}.")
        ordered += [waiting.pop(name) for name in ready]
    return tuple(ordered)
