"""The names that the fields of the tables go by, as the names of columns are compared with them."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from cs_dash.schema import names
from cs_dash.schema.tables import TABLES, Field

NEAR = 87.0
"""How alike two names have to be where one is a misspelling of the other, of 100."""


@cache
def fields_by_name(table: str) -> dict[str, tuple[tuple[Field, bool, str], ...]]:
    """Return the fields of a table by the keys of their names: each with whether the name is its own, and the name."""
    entries_by_key: dict[str, list[tuple[Field, bool, str]]] = {}
    for field in TABLES[table].mapped:
        own = names.key(field.name)
        for name in dict.fromkeys((field.name.replace("_", " "), *field.synonyms())):
            entry = (field, names.key(name) == own, name)
            spellings = (names.key(name), names.without_links(name), names.key(names.without_umlauts(name)))
            for key in dict.fromkeys(spellings):
                entries_by_key.setdefault(key, []).append(entry)
    return {key: tuple({e[0].name: e for e in reversed(entries)}.values()) for key, entries in entries_by_key.items()}


@cache
def written(table: str) -> tuple[str, ...]:
    """Return the keys of a table's names as they are written: only those are compared with names that are misspelt."""
    index = fields_by_name(table)
    return tuple(key for key, entries in index.items() if any(names.key(word) == key for _, _, word in entries))


@cache
def _every_key() -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for table in TABLES for key in written(table)))


@lru_cache(maxsize=50_000)
def is_near_any(key: str) -> bool:
    """Return whether a name is close to one of any table: of thousands of columns, most are close to none."""
    return process.extractOne(key, _keys_as_long(len(key)), scorer=fuzz.ratio, score_cutoff=NEAR) is not None


@cache
def _keys_as_long(length: int) -> tuple[str, ...]:
    """The keys that a name of a length can be close to: what one of two names has more counts against them."""
    return tuple(k for k in _every_key() if abs(len(k) - length) <= (1 - NEAR / 100) * (len(k) + length))


@cache
def tables_with(key: str) -> int:
    """Return how many tables have a field of that name."""
    # Articles are detected by their content: their words occur in lists of all kinds and take nothing from the others.
    return sum(key in fields_by_name(table) for table in TABLES if table != "articles")
