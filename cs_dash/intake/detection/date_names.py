"""Which day a column holds, by the words that its name is composed of; see `schema.languages.date_words`."""

from __future__ import annotations

from functools import cache, lru_cache

from cs_dash.schema import names
from cs_dash.schema.languages.date_words import BIRTHS, DAY_WORDS, FIELDS, HAPPENED, OTHER_WORDS

_SHORTEST = 4


@cache
def _events_by_word() -> dict[str, frozenset[str]]:
    events: dict[str, set[str]] = {}
    for event, words in HAPPENED.items():
        for word in words:
            events.setdefault(word, set()).add(event)
    return {word: frozenset(held) for word, held in events.items()}


@cache
def _chinese_words() -> tuple[str, ...]:
    words = {*DAY_WORDS, *OTHER_WORDS, *_events_by_word()}
    return tuple(sorted((word for word in words if _is_chinese(word)), key=len, reverse=True))


def _is_chinese(word: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in word)


def _split(word: str) -> list[str] | None:
    """The known words of which a Chinese name is made; None where a part of it is not known."""
    parts = []
    while word:
        known_word = next((start for start in _chinese_words() if word.startswith(start)), None)
        if known_word is None:
            return None
        parts.append(known_word)
        word = word[len(known_word) :]
    return parts


def _events_of(word: str) -> frozenset[str]:
    """What a word, or the part at its beginning or end that is known, says to have happened."""
    table = _events_by_word()
    if word in table:
        return table[word]
    parts = (part for size in range(len(word), _SHORTEST - 1, -1) for part in (word[:size], word[-size:]))
    return next((table[part] for part in parts if part in table), frozenset())


@lru_cache(maxsize=50_000)
def events(name: str) -> frozenset[str]:
    """Return what a column's name says to have happened on its days; nothing where a word of it is not known.

    >>> sorted(events("Dt Último Churn")), sorted(events("Data_Received")), sorted(events("Date of birth"))
    (['churn'], ['answered', 'created'], [])
    """
    words: list[str] = []
    for word in names.folded(name).split():
        parts = _split(word) if _is_chinese(word) else [word]
        if parts is None:
            return frozenset()
        words += parts
    happened: frozenset[str] | None = None
    for word in words:
        if word in DAY_WORDS or word in OTHER_WORDS:
            continue
        word_events = _events_of(word)
        if not word_events:
            return frozenset()
        happened = word_events if happened is None else happened & word_events
    return happened or frozenset()


def names_a_day(name: str) -> bool:
    """Return whether one of the words of a name is one for a day."""
    return any(word in DAY_WORDS for word in names.folded(name).split())


def fields(table: str, name: str) -> list[str]:
    """Return the fields of a table that may hold the days of a column with this name."""
    return [FIELDS[event][table] for event in sorted(events(name)) if table in FIELDS[event]]


def is_of_a_copy(name: str) -> bool:
    """Return whether a column's name says when its rows were exported, loaded or synchronised.

    >>> is_of_a_copy("_fivetran_synced"), is_of_a_copy("Exported at"), is_of_a_copy("Created at")
    (True, True, False)
    """
    return events(name) == {"copied"}


def denies(table: str, name: str, field: str) -> bool:
    """Return whether a word of a column's name says of its days that they are those of another field.

    >>> denies("subscriptions", "period end", "start_date"), denies("subscriptions", "period end", "end_date")
    (True, False)
    """
    if any(word in names.folded(name) for word in BIRTHS):
        return True
    happened = {event for word in names.folded(name).split() for event in _events_of(word)}
    its_fields = {FIELDS[event][table] for event in happened if table in FIELDS[event]}
    return bool(its_fields) and field in {of.get(table) for of in FIELDS.values()} - its_fields


def is_told(name: str) -> bool:
    """Return whether a name says which day its column holds: one that fits no table's field is another day then."""
    return bool(events(name)) or any(key in names.field_name_keys() for key in names.keys(name))
