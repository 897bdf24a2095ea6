"""The kind of a ticket from what the export says: its type first, then its tags.

Nothing is guessed from the text. A value that is not understood has no kind, and is listed so that it can be asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.tickets.kind_words import NOT_A_TICKET, OTHER, WORDS

COLUMN = "column"
"""The source of every kind found here: the export's own column."""

_SIGNS = re.compile(r"[^\w]+|_", re.UNICODE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LISTED = re.compile(r"[,;|\n]")
_MAIN = re.compile(r"^(?:kind|type|category|issue ?type|ticket ?type|label|тип)\s*[:/=]+\s*", re.I)


def folded(text: str) -> str:
    """Return `text` in small letters with every sign as one space: "Feature_Request" gives "feature request"."""
    return _SIGNS.sub(" ", text.casefold()).strip()


_KIND_OF_WORD = {folded(word): kind for kind, words in WORDS.items() for word in words}
_LONGEST_FIRST = sorted(_KIND_OF_WORD, key=lambda word: (-len(word), word))


@lru_cache(maxsize=65_536)
def kind_of_value(value: str) -> str | None:
    """Return the kind that one raw value names, or None.

    The whole value decides when it is known. Otherwise the longest known words in it do ("Bug (mobile app)"), unless
    words of equal length name different kinds.
    """
    text = folded(_MAIN.sub("", value.strip()))
    if text in _KIND_OF_WORD:
        return _KIND_OF_WORD[text]
    padded = f" {text} "
    inside = [
        word for word in _LONGEST_FIRST
        if (word in text if _CHINESE.search(word) else len(word) > 2 and f" {word} " in padded)
    ]  # fmt: skip
    found = {_KIND_OF_WORD[word] for word in inside if len(word) == len(inside[0])}
    return found.pop() if len(found) == 1 else None


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
        mapping: what people decided of raw values, {raw value: kind}; it goes before the built-in words.
    """
    decided = {folded(raw): kind for raw, kind in (mapping or {}).items()}
    kind = _decide(type, tags, status, decided)
    return kind, COLUMN if kind else None


def _decide(type: str | None, tags: str | None, status: str | None, decided: Mapping[str, str]) -> str | None:
    each = tags_in(tags)
    named = {decided.get(folded(tag)) or kind_of_tag(tag) for tag in each} - {None}
    if _KIND_OF_WORD.get(folded(status or "")) == NOT_A_TICKET or NOT_A_TICKET in named:
        return NOT_A_TICKET
    value = type or ""
    own = decided.get(folded(value)) or (kind_of_value(value) if value.strip() else None)
    if own and own != OTHER:
        return own
    telling = named - {OTHER}
    if len(telling) == 1:
        return telling.pop()
    return own or (OTHER if named == {OTHER} else None)


def kinds(tickets: pa.Table, mapping: Mapping[str, str] | None = None) -> pa.Table:
    """Return ticket_id, kind and kind_source for every ticket, in the same order.

    Args:
        tickets: columns ticket_id, type, tags and optionally status (strings, nulls allowed). Each combination that
            occurs is decided once, so a million tickets take about a second.
        mapping: see `kind_of`.
    """
    decided = {folded(raw): kind for raw, kind in (mapping or {}).items()}
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


def not_understood(tickets: pa.Table, mapping: Mapping[str, str] | None = None) -> list[tuple[str, int]]:
    """Return (raw type, tickets) of the types that name no kind, most tickets first: what the page has to ask."""
    decided = {folded(raw) for raw in (mapping or {})}
    counted = Counter(value for value in _column(tickets, "type").to_pylist() if value and value.strip())
    return [
        (value, n)
        for value, n in counted.most_common()
        if folded(value) not in decided and kind_of_value(value) is None
    ]
