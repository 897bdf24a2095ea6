"""Which column says where customers stand, and which give the days on which they left: by name, or by contents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, missing, readers, status, typing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.sheets import Block
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES, Field

_OF_ANYTHING = ("date", "end date", "vertragsende", "datum", "fecha", "data", "дата", "日期", "终止日期")


@dataclass(frozen=True)
class StatusColumn:
    """A column that says where each customer stands.

    Attributes:
        column: its place.
        standings: the standing of every row, null where its word is not known.
        words: its words by standing.
        unknown: the words that are not known.
        is_flag: its words only say yes and no.
    """

    column: int
    standings: pa.Array
    words: dict[str, list[str]]
    unknown: tuple[str, ...]
    is_flag: bool = False


@cache
def names_of(*fields: str) -> frozenset[str]:
    """Return the keys of the names that fields of other tables go by, without those of dates of any kind."""
    found = (TABLES[table].field(name) for table, _, name in (field.partition(".") for field in fields))
    return frozenset(names.key(word) for field in found for word in field.synonyms()) - {
        names.key(word) for word in _OF_ANYTHING
    }


def is_named(name: str, keys: Collection[str]) -> bool:
    """Return whether a column is known by one of the keys."""
    return any(key in keys for key in names.keys(name))


def status_column(
    block: Block, profiles: Sequence[Profile], preferred: int | None = None, used: frozenset[int] = frozenset()
) -> StatusColumn | None:
    """Return the column that says where customers stand: by its name, else by its words; None where there is none.

    Args:
        block: the rows.
        profiles: what the columns hold.
        preferred: the column that fills the field of states.
        used: columns that mean something else.
    """
    ranked: list[tuple[int, int, StatusColumn]] = []
    for at, name in enumerate(block.names):
        held = profiles[at]
        if (at in used and at != preferred) or not held.distinct or held.distinct > status.MOST_WORDS:
            continue
        is_number = held.numbers > 0.8 and held.flags < 0.8
        if held.length > 40 or is_number or not status.is_of_customers(name):
            continue
        is_titled = at == preferred or is_named(name, status.HEADERS)
        read = _read(block, at, is_titled)
        if read is not None:
            ranked.append((0 if at == preferred else 1 if is_titled else 2, at, read))
    return min(ranked, key=lambda entry: entry[:2], default=(0, 0, None))[2]


def _read(block: Block, at: int, is_titled: bool) -> StatusColumn | None:
    cells = missing.without_missing(arrays.whole(block.rows.column(at)), missing.NO_ANSWER)
    encoded = pc.dictionary_encode(cells)
    words: list[str] = encoded.dictionary.to_pylist()
    if not words or len(words) > status.MOST_WORDS:
        return None
    by_word = [status.standing(word) for word in words]
    flags = [status.flag(word) for word in words]
    is_flag = all(flag is not None for flag in flags) and None in by_word
    if is_flag:
        name = block.names[at]
        if is_named(name, status.ACTIVE_FLAGS):
            by_word = ["customer" if flag else "gone" for flag in flags]
        elif is_named(name, names_of("accounts.churned")):
            by_word = ["gone" if flag else "customer" for flag in flags]
        else:
            return None
    elif not is_titled and not status.speaks_for_itself(words):
        return None
    known = pa.array(by_word, pa.string()).take(encoded.indices)
    rows_known, rows_held = len(known) - known.null_count, len(cells) - cells.null_count
    if rows_known < (0.5 if is_titled else 0.8) * rows_held:
        return None
    words_of: dict[str, list[str]] = {}
    for word, own in zip(words, by_word, strict=True):
        words_of.setdefault(own or "", []).append(word)
    return StatusColumn(at, known, words_of, tuple(words_of.pop("", ())), is_flag)


def days_in(draft: TypedRows, at: int) -> np.ndarray:
    """Return the days in a column that fills no field, NaT where it holds none."""
    name, cells = draft.block.names[at], arrays.whole(draft.block.rows.column(at))
    field = Field(name, "date", "")
    columns = [readers.TextColumn(name, field, cells)]
    (reader,) = readers.column_readers(columns, draft.context.options, draft.sheet.since_1904)
    days = typing.typed(cells, field, reader.habits).values
    return np.asarray(days.to_numpy(zero_copy_only=False)).astype("datetime64[D]")


def leaving_days(
    draft: TypedRows, profiles: Sequence[Profile], away: np.ndarray, used: Collection[int]
) -> tuple[int, np.ndarray] | None:
    """Return the column of days that is filled where customers have left, and hardly anywhere else, with its days.

    Args:
        draft: the rows.
        profiles: what the columns hold.
        away: which rows have left.
        used: columns that mean something else.
    """
    for at, held in enumerate(profiles):
        if at in used or held.dates < 0.8 or not held.distinct:
            continue
        days = days_in(draft, at)
        filled = ~np.isnat(days)
        if filled[away].mean() >= 0.5 and (away.all() or filled[~away].mean() <= 0.1):
            name = draft.block.names[at]
            draft.assumptions.append(f"{name} was read as the churn date: it is filled for churned customers only.")
            return at, days
    return None
