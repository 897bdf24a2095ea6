"""The kind of a ticket from what the export says: its type first, then its tags.

Nothing is guessed from the text. What people decided of a value goes before what its words name; a value that is not
understood has no kind, and is listed so that it can be asked (`support.types`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.tickets.classifier.type_terms import NOT_A_TICKET, OTHER, SAYS_NOTHING, WORDS

COLUMN = "column"
"""The source of every kind found here: the export's own column."""

_SIGNS = re.compile(r"[^\w]+|_", re.UNICODE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LISTED = re.compile(r"[,;|\n]")
_MAIN = re.compile(r"^(?:kind|type|category|issue ?type|ticket ?type|label|тип)\s*[:/=]+\s*", re.I)


def folded(text: str) -> str:
    """Return `text` in small letters with every sign as one space: "Feature_Request" gives "feature request"."""
    return _SIGNS.sub(" ", text.casefold()).strip()


def key_of(value: str) -> str:
    """Return by what values are told apart: "Feature_Request" and "feature request" are one, "???" and "!" are two."""
    return folded(value) or value.strip().casefold()


_KIND_OF_WORD = {folded(word): kind for kind, words in WORDS.items() for word in words}
_LONGEST_FIRST = sorted(_KIND_OF_WORD, key=lambda word: (-len(word), word))


def kind_of_value(value: str) -> str | None:
    """Return the kind that one raw value names, or None; see `word_in`."""
    word = word_in(value)
    return None if word is None else _KIND_OF_WORD[word]


@lru_cache(maxsize=65_536)
def word_in(value: str) -> str | None:
    """Return the known word by which a raw value names a kind, folded, or None.

    The whole value decides when it is known. Otherwise the longest known words in it do ("Bug (mobile app)"), unless
    words of equal length name different kinds.
    """
    text = folded(_MAIN.sub("", value.strip()))
    if text in _KIND_OF_WORD:
        return text
    padded = f" {text} "
    inside = [
        word for word in _LONGEST_FIRST
        if (word in text if _CHINESE.search(word) else len(word) > 2 and f" {word} " in padded)
    ]  # fmt: skip
    found = {_KIND_OF_WORD[word] for word in inside if len(word) == len(inside[0])}
    return inside[0] if len(found) == 1 else None


def is_whole(value: str, word: str) -> bool:
    """Return whether a word that `word_in` found is all that the value says."""
    return folded(_MAIN.sub("", value.strip())) == word


def tags_in(tags: str | None) -> tuple[str, ...]:
    """Return the single tags of a cell: "how_to, export" and "how_to export" both give ("how_to", "export")."""
    text = (tags or "").strip().strip("[]{}").replace('"', "").replace("'", "")
    parts = _LISTED.split(text) if _LISTED.search(text) else text.split()
    return tuple(part.strip() for part in parts if part.strip())


def kind_of_tag(tag: str) -> str | None:
    """Return the kind that a tag names as a whole, or None: a tag that only contains a known word says too little."""
    return _KIND_OF_WORD.get(folded(_MAIN.sub("", tag)))


def kind_of(
    type: str | None, tags: str | None = None, status: str | None = None, mapping: Mapping[str, str] | None = None
) -> tuple[str | None, str | None]:
    """Return (kind, source) of a ticket; (None, None) where its export does not say.

    Args:
        type: the help desk's own type.
        tags: tags, separated by commas or spaces. They decide where the type is empty or not understood, or says no
            more than "other"; tags that name different kinds decide nothing.
        status: only "spam", "merged" and the like count: such a row is NOT_A_TICKET.
        mapping: what people decided of raw values, {raw value: kind, NOT_A_TICKET or SAYS_NOTHING}; it goes before the
            built-in words. A value that says nothing is taken as if it were not there.
    """
    kind = _decide(type, tags, status, by_key(mapping))
    return kind, COLUMN if kind else None


def by_key(mapping: Mapping[str, str] | None) -> dict[str, str]:
    """Return what people decided of raw values, by `key_of` these."""
    return {key_of(raw): kind for raw, kind in (mapping or {}).items()}


def _decide(type: str | None, tags: str | None, status: str | None, decided: Mapping[str, str]) -> str | None:
    each = [(tag, key_of(tag)) for tag in tags_in(tags)]
    by_people = {decided[key] for _, key in each if key in decided} - {SAYS_NOTHING}
    named = by_people | ({kind_of_tag(tag) for tag, key in each if key not in decided} - {None})
    if _KIND_OF_WORD.get(folded(status or "")) == NOT_A_TICKET or NOT_A_TICKET in named:
        return NOT_A_TICKET
    value = (type or "").strip()
    said = decided.get(key_of(value)) if value else None
    if said and said != SAYS_NOTHING:
        return said
    own = kind_of_value(value) if value and not said else None
    if own and own != OTHER:
        return own
    for kinds_of_tags in (by_people - {OTHER}, named - {OTHER}):
        if len(kinds_of_tags) == 1:
            return kinds_of_tags.pop()
    return own or (OTHER if named == {OTHER} else None)


def says_nothing(types: pa.Array, mapping: Mapping[str, str] | None = None) -> pa.Array:
    """Return of each type whether it says nothing of the ticket's kind: it is empty, or people said so of it."""
    decided = by_key(mapping)
    coded = types.dictionary_encode()
    values = coded.dictionary.to_pylist()
    silent = [not value.strip() or decided.get(key_of(value)) == SAYS_NOTHING for value in values]
    return pc.fill_null(pa.array(silent, pa.bool_()).take(coded.indices), True)


def kinds(tickets: pa.Table, mapping: Mapping[str, str] | None = None) -> pa.Table:
    """Return ticket_id, kind and kind_source for every ticket, in the same order.

    Args:
        tickets: columns ticket_id, type, tags and optionally status (strings, nulls allowed). Each combination that
            occurs is decided once, so a million tickets take about a second.
        mapping: see `kind_of`.
    """
    decided = by_key(mapping)
    columns = [_column(tickets, name) for name in ("type", "tags", "status")]
    coded = [column.dictionary_encode() for column in columns]
    values = [[*column.dictionary.to_pylist(), None] for column in coded]
    code = pa.repeat(pa.scalar(0, pa.int64()), len(tickets))
    for column, known in zip(coded, values, strict=True):
        index = pc.fill_null(column.indices.cast(pa.int64()), len(known) - 1)
        code = pc.add(pc.multiply(code, len(known)), index)
    distinct = code.dictionary_encode()
    found: list[str | None] = []
    for each in distinct.dictionary.to_pylist():
        type, tags, status = _values_at(each, values)
        found.append(_decide(type, tags, status, decided))
    kind = pa.array(found, pa.string()).take(distinct.indices)
    source = pc.if_else(pc.is_valid(kind), pa.scalar(COLUMN), pa.scalar(None, pa.string()))
    return pa.table({"ticket_id": tickets["ticket_id"], "kind": kind, "kind_source": source})


def _column(tickets: pa.Table, name: str) -> pa.Array:
    if name not in tickets.column_names:
        return pa.nulls(len(tickets), pa.string())
    column = tickets[name].cast(pa.string()).combine_chunks()
    return column if isinstance(column, pa.Array) else pa.concat_arrays(column.chunks)


def _values_at(code: int, values: list[list[str | None]]) -> list[str | None]:
    """Return the [type, tags, status] that a combination's code stands for."""
    found: list[str | None] = []
    for known in reversed(values):
        code, index = divmod(code, len(known))
        found.append(known[index])
    return found[::-1]
