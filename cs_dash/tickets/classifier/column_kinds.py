"""The kind of a ticket from its export: its type first, then its tags.

Nothing is guessed from the text. What people decided about a value overrides what its words name. A value that is not
understood has no kind and is listed for a decision (`support.types`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.tickets.classifier.type_terms import NOT_A_TICKET, OTHER, SAYS_NOTHING, WORDS

COLUMN = "column"
"""The source of every kind in this module: the export's own column."""

_SIGNS = re.compile(r"[^\w]+|_", re.UNICODE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LISTED = re.compile(r"[,;|\n]")
_MAIN = re.compile(r"^(?:kind|type|category|issue ?type|ticket ?type|label|тип)\s*[:/=]+\s*", re.I)


def folded(text: str) -> str:
    """Return `text` in lower case with punctuation as single spaces: "Feature_Request" gives "feature request"."""
    return _SIGNS.sub(" ", text.casefold()).strip()


def value_key(value: str) -> str:
    """Return the key by which values are equal: "Feature_Request" and "feature request" are one, "???" and "!" two."""
    return folded(value) or value.strip().casefold()


_KIND_OF_WORD = {folded(word): kind for kind, words in WORDS.items() for word in words}
_LONGEST_FIRST = sorted(_KIND_OF_WORD, key=lambda word: (-len(word), word))


def kind_of_value(value: str) -> str | None:
    """Return the kind that one raw value names, or None; see `type_term`."""
    word = type_term(value)
    return None if word is None else _KIND_OF_WORD[word]


@lru_cache(maxsize=65_536)
def type_term(value: str) -> str | None:
    """Return the known term, folded, by which a raw value names a kind, or None.

    A value that is a known term as a whole decides. Otherwise the longest known terms in it do ("Bug (mobile app)"),
    unless terms of equal length name different kinds.
    """
    text = folded(_MAIN.sub("", value.strip()))
    if text in _KIND_OF_WORD:
        return text
    padded = f" {text} "
    contained_words = [
        word for word in _LONGEST_FIRST
        if (word in text if _CHINESE.search(word) else len(word) > 2 and f" {word} " in padded)
    ]  # fmt: skip
    kinds_of_longest = {_KIND_OF_WORD[word] for word in contained_words if len(word) == len(contained_words[0])}
    return contained_words[0] if len(kinds_of_longest) == 1 else None


def is_whole_value(value: str, word: str) -> bool:
    """Return whether a term that `type_term` returned is all that the value says."""
    return folded(_MAIN.sub("", value.strip())) == word


def tags_in(tags: str | None) -> tuple[str, ...]:
    """Return the single tags of a cell: "how_to, export" and "how_to export" both give ("how_to", "export")."""
    text = (tags or "").strip().strip("[]{}").replace('"', "").replace("'", "")
    parts = _LISTED.split(text) if _LISTED.search(text) else text.split()
    return tuple(part.strip() for part in parts if part.strip())


def kind_of_tag(tag: str) -> str | None:
    """Return the kind that a tag names as a whole, or None: containing a known term is too weak for a tag."""
    return _KIND_OF_WORD.get(folded(_MAIN.sub("", tag)))


def kind_of(
    type: str | None, tags: str | None = None, status: str | None = None, decided_kinds: Mapping[str, str] | None = None
) -> tuple[str | None, str | None]:
    """Return (kind, source) of a ticket; (None, None) where its export does not tell.

    Args:
        type: the help desk's own type.
        tags: tags, separated by commas or spaces. They decide where the type is empty, not understood or only "other";
            tags that name different kinds decide nothing.
        status: only "spam", "merged" and the like matter: such a row is NOT_A_TICKET.
        decided_kinds: what people decided about raw values, {raw value: kind, NOT_A_TICKET or SAYS_NOTHING}; it
            overrides the built-in terms. A value that says nothing is treated as absent.
    """
    kind = _decide(type, tags, status, by_key(decided_kinds))
    return kind, COLUMN if kind else None


def by_key(decided_kinds: Mapping[str, str] | None) -> dict[str, str]:
    """Return the decisions about raw values by the `value_key` of each value."""
    return {value_key(raw): kind for raw, kind in (decided_kinds or {}).items()}


def _decide(type: str | None, tags: str | None, status: str | None, decided: Mapping[str, str]) -> str | None:
    keyed_tags = [(tag, value_key(tag)) for tag in tags_in(tags)]
    by_people = {decided[key] for _, key in keyed_tags if key in decided} - {SAYS_NOTHING}
    kinds_of_all_tags = by_people | ({kind_of_tag(tag) for tag, key in keyed_tags if key not in decided} - {None})
    if _KIND_OF_WORD.get(folded(status or "")) == NOT_A_TICKET or NOT_A_TICKET in kinds_of_all_tags:
        return NOT_A_TICKET
    value = (type or "").strip()
    decision = decided.get(value_key(value)) if value else None
    if decision and decision != SAYS_NOTHING:
        return decision
    named_kind = kind_of_value(value) if value and not decision else None
    if named_kind and named_kind != OTHER:
        return named_kind
    for kinds_of_tags in (by_people - {OTHER}, kinds_of_all_tags - {OTHER}):
        if len(kinds_of_tags) == 1:
            return kinds_of_tags.pop()
    return named_kind or (OTHER if kinds_of_all_tags == {OTHER} else None)


def uninformative_types(types: pa.Array, decided_kinds: Mapping[str, str] | None = None) -> pa.Array:
    """Return for each type whether it tells nothing about the ticket's kind: it is empty, or people decided so."""
    decided = by_key(decided_kinds)
    coded = types.dictionary_encode()
    values = coded.dictionary.to_pylist()
    is_uninformative = [not value.strip() or decided.get(value_key(value)) == SAYS_NOTHING for value in values]
    return pc.fill_null(pa.array(is_uninformative, pa.bool_()).take(coded.indices), True)


def kinds_from_columns(tickets: pa.Table, decided_kinds: Mapping[str, str] | None = None) -> pa.Table:
    """Return ticket_id, kind and kind_source of every ticket, in the same order.

    Args:
        tickets: columns ticket_id, type, tags and optionally status (strings, nulls allowed). Each combination that
            occurs is decided once, so a million tickets take about a second.
        decided_kinds: see `kind_of`.
    """
    decided = by_key(decided_kinds)
    columns = [_column(tickets, name) for name in ("type", "tags", "status")]
    coded = [column.dictionary_encode() for column in columns]
    values = [[*column.dictionary.to_pylist(), None] for column in coded]
    codes = pa.repeat(pa.scalar(0, pa.int64()), len(tickets))
    for column, column_values in zip(coded, values, strict=True):
        positions = pc.fill_null(column.indices.cast(pa.int64()), len(column_values) - 1)
        codes = pc.add(pc.multiply(codes, len(column_values)), positions)
    distinct = codes.dictionary_encode()
    kinds_of_combinations: list[str | None] = []
    for combination_code in distinct.dictionary.to_pylist():
        type, tags, status = _values_at(combination_code, values)
        kinds_of_combinations.append(_decide(type, tags, status, decided))
    kind = pa.array(kinds_of_combinations, pa.string()).take(distinct.indices)
    source = pc.if_else(pc.is_valid(kind), pa.scalar(COLUMN), pa.scalar(None, pa.string()))
    return pa.table({"ticket_id": tickets["ticket_id"], "kind": kind, "kind_source": source})


def _column(tickets: pa.Table, name: str) -> pa.Array:
    if name not in tickets.column_names:
        return pa.nulls(len(tickets), pa.string())
    column = tickets[name].cast(pa.string()).combine_chunks()
    return column if isinstance(column, pa.Array) else pa.concat_arrays(column.chunks)


def _values_at(code: int, values: list[list[str | None]]) -> list[str | None]:
    """Return the [type, tags, status] that a combination's code stands for."""
    combination: list[str | None] = []
    for column_values in reversed(values):
        code, index = divmod(code, len(column_values))
        combination.append(column_values[index])
    return combination[::-1]
