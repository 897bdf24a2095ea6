"""A sheet that joins several lists, split by their keys: what one key decides is said once, however often it comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, identity, missing
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import field_names, join_names, table_terms, tables
from cs_dash.intake.results.matches import TableGuess
from cs_dash.intake.results.sheets import Block
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES, Table, title_of

_ANY_KEY = frozenset({"id", "key", "number", "name", "customer", "account", "client", "company", "user"})
"""Names that do not say which list it is whose rows they identify."""
_SHARED = ("id", "account", "category")
_BEGINNING = 50_000
"""Rows by which it is judged whether a long sheet may be a join."""
_REPEATED = 1.2
"""Rows per key of a list, from which the list was repeated by a join."""
_FEWEST = {"accounts": 4}
"""Fields that a part has to fill: nearly every list names the account of a row, and some of its plan."""
_JOINABLE = tuple(table for table in TABLES.values() if table.name not in ("articles", "fx_rates", "milestones"))


@dataclass(frozen=True)
class JoinedList:
    """One of the lists that a sheet joins: its rows, each once, and the table that it feeds."""

    block: Block
    profiles: tuple[Profile, ...]
    guess: TableGuess


@dataclass(frozen=True)
class _Key:
    """A column that identifies the rows of a list: its place, its values as numbers (-1: none), their first rows."""

    table: Table
    column: int
    codes: np.ndarray
    first: np.ndarray

    @property
    def held(self) -> np.ndarray:
        """Where the key has a value."""
        return self.codes >= 0

    def decides(self, codes: np.ndarray) -> bool:
        """Return whether every value of the key comes with one value of another column."""
        held = self.held
        return bool(np.array_equal(codes[self.first][self.codes[held]], codes[held]))


def _numbered(cells: pa.Array) -> np.ndarray:
    encoded = pc.dictionary_encode(cells, null_encoding="encode")
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False))


def _fields(table: Table, aliases: Sequence[str]) -> dict[int, set[str]]:
    """The fields of a table that the columns' own names mean, by the columns' places."""
    index, fields = field_names.fields_by_name(table.name), {}
    own = {field.name for field in table.mapped if field.name in ("account_id", "account_ref")}
    for at, name in enumerate(aliases):
        if key := next((key for key in names.keys(name) if key in index), None):
            fields[at] = {entry[0].name for entry in index[key]}
        elif own and identity.role(name) == "id":
            fields[at] = own
    return fields


def _is_list(table: Table, fields: Mapping[int, set[str]]) -> bool:
    """Whether columns with these fields could be a list of their own."""
    filled = {field for names_of in fields.values() for field in names_of}
    return bool(filled & table_terms.TELLING[table.name]) and len(filled) >= _FEWEST.get(table.name, 2)


def _key_columns(aliases: Sequence[str], named: Mapping[str, dict[int, set[str]]]) -> dict[int, Table]:
    """The columns whose names say that they identify the rows of a list, with the table."""
    found_keys: dict[int, Table] = {}
    for table in _JOINABLE:
        for at, fields in named[table.name].items():
            if table.key in fields and names.key(aliases[at]) not in _ANY_KEY:
                found_keys.setdefault(at, table)
    return found_keys


def _keys(block: Block, key_columns: Mapping[int, Table]) -> list[_Key]:
    """The keys, those with the fewest values first."""
    keys = []
    for at, table in key_columns.items():
        cells = missing.without_missing(arrays.whole(block.rows.column(at)), missing.NO_VALUE)
        codes = pc.dictionary_encode(cells).indices.fill_null(-1).to_numpy(zero_copy_only=False)
        values, places = np.unique(codes, return_index=True)
        keys.append(_Key(table, at, codes, places[values >= 0]))
    return sorted(keys, key=lambda key: len(key.first))


def parts(block: Block, mapping: Mapping[str, str], as_table: str | None) -> list[JoinedList]:
    """Return the lists that a sheet joins, each of its rows once; none where the sheet is one list.

    Args:
        block: the sheet.
        mapping: what the reader decided about its columns.
        as_table: the only one of the lists that the reader wants; None for all.

    A sheet is a join where a key comes in many rows, all its columns come with it each time, and they fill a table of
    their own beside the one that the other columns fill.
    """
    aliases = join_names.plain(block.names)
    named = {table.name: _fields(table, aliases) for table in _JOINABLE}
    key_columns = _key_columns(aliases, named) if block.has_header else {}
    # Names first, then a beginning: most sheets are no joins, and to compare all their rows would take long.
    able = {table.name for table in _JOINABLE if _is_list(table, named[table.name])}
    if len(able) < 2 or not any(table.name in able for table in key_columns.values()):
        return []
    with_aliases = replace(block, aliases=aliases)
    begin = replace(with_aliases, rows=block.rows.slice(0, _BEGINNING), row_numbers=block.row_numbers[:_BEGINNING])
    lists = _split(begin, key_columns, named, mapping)
    if len(lists) > 1 and block.rows.num_rows > _BEGINNING:
        lists = _split(with_aliases, key_columns, named, mapping)
    if len(lists) < 2:
        return []
    titles = [f"{title_of(part.guess.table.name).lower()} ({part.block.rows.num_rows:,})" for part in lists]
    note = f"The sheet combines {len(titles)} lists, which were read separately: {', '.join(titles)}."
    wanted_lists = [part for part in lists if as_table in (None, part.guess.table.name)]
    return [
        replace(part, block=replace(part.block, notes=(*part.block.notes, note) if at == 0 else ()))
        for at, part in enumerate(wanted_lists)
    ]


def _split(
    block: Block, key_columns: Mapping[int, Table], named: Mapping[str, dict[int, set[str]]], mapping: Mapping[str, str]
) -> list[JoinedList]:
    keys = _keys(block, key_columns)
    if not len(keys[0].first) or len(keys[0].first) * _REPEATED > block.rows.num_rows:
        return []
    codes = [_numbered(missing.trimmed(arrays.whole(column))) for column in block.rows.columns]
    decided = {key.column: {at for at in range(len(codes)) if key.decides(codes[at])} for key in keys}
    references = [key.column for key in keys if key.table.name in ("accounts", "subscriptions")]
    while keys:
        lists = _Lists(block, keys, decided, named, codes, mapping)
        if len(keys) == 1 and not lists.undecided(references):
            return []
        held: list[JoinedList] = []
        for key in reversed(keys):
            part = lists.of(key)
            if part is None:
                # What the finest of them cannot hold alone belongs to the others.
                keys = [other for other in keys if other is not key]
                break
            held.append(part)
        else:
            rest = lists.rest(references)
            return [*reversed(held), *([rest] if rest else [])]
    return []


@dataclass(frozen=True)
class _Lists:
    """How the columns of a sheet belong to the lists of its keys.

    Attributes:
        block: the sheet.
        keys: the keys, those with the fewest values first.
        decided: by the column of a key: the columns that it decides.
        named: by table: the fields that the columns' own names mean.
        codes: the columns' values as numbers.
        mapping: what the reader decided.
    """

    block: Block
    keys: Sequence[_Key]
    decided: Mapping[int, set[int]]
    named: Mapping[str, dict[int, set[str]]]
    codes: Sequence[np.ndarray]
    mapping: Mapping[str, str]

    def of(self, key: _Key) -> JoinedList | None:
        """Return the list of a key; None where its columns are none."""
        own = [at for at in range(len(self.codes)) if self._home(at) is key]
        filled = {field for at in own for field in self.named[key.table.name].get(at, ())}
        others = [at for at in self.decided[key.column] - set(own) if self._adds(at, key.table) - filled]
        held = np.zeros(self.block.rows.num_rows, dtype=bool)
        held[key.first] = True
        if content := [at for at in own if at != key.column]:
            held &= _any_filled(self.block, content)
        return self._part(key.table, {*own, *others, key.column}, own, held)

    def undecided(self, references: Sequence[int]) -> list[int]:
        """Return the columns that no key decides, without those that refer to a list."""
        return [at for at in range(len(self.codes)) if self._home(at) is None and at not in references]

    def rest(self, references: Sequence[int]) -> JoinedList | None:
        """Return the list of the columns that no key decides, as of events without an id; None where there is none."""
        own = self.undecided(references)
        if not own:
            return None
        filled, taken = _any_filled(self.block, own), {key.table.name for key in self.keys}
        content = _combined([self.codes[at] for at in own])
        lists = []
        for table in _JOINABLE:
            named = [at for at in references if self.named[table.name].get(at)]
            # Of two references the finer one is the event's own only where not every event comes with all its values.
            if len(named) > 1 and _is_product(self.codes[named[0]], self.codes[named[1]], content):
                named = named[:1]
            if table.name not in taken:
                held = filled & _firsts(_combined([*(self.codes[at] for at in named), content]))
                lists.append(self._part(table, {*named, *own}, own, held))
        return max((part for part in lists if part), key=lambda part: part.guess.score, default=None)

    def _home(self, at: int) -> _Key | None:
        """The key whose list a column belongs to: the one with the fewest values that decides it.

        Where the column's name is a field of a finer list only, and no column of that list fills the field, that one:
        the billing period of each contract may be the same for all contracts of a customer.
        """
        own = next((key for key in self.keys if key.column == at), None)
        deciding = [key for key in self.keys if at in self.decided[key.column]]
        if own is not None or not deciding:
            return own
        coarsest = deciding[0]
        for key in deciding:
            if fields := self.named[key.table.name].get(at):
                rivals = (
                    fields & names_of
                    for other, names_of in self.named[key.table.name].items()
                    if other not in self.decided[coarsest.column]
                )
                return key if key is coarsest or not any(rivals) else coarsest
        return coarsest

    def _adds(self, at: int, table: Table) -> set[str]:
        """The fields of a table that a column of a coarser list can fill as well: whose a row is, and words."""
        fields = self.named[table.name].get(at, set())
        return {name for name in fields if name == "account_name" or table.field(name).type in _SHARED}

    def _part(self, table: Table, places: set[int], own: Sequence[int], held: np.ndarray) -> JoinedList | None:
        """The columns and rows of one list; None where they could not be loaded alone."""
        if len(own) < _FEWEST.get(table.name, 2):
            return None
        chosen = sorted(places)
        part = replace(
            self.block,
            names=tuple(self.block.names[at] for at in chosen),
            rows=self.block.rows.select(chosen).filter(pa.array(held)),
            row_numbers=self.block.row_numbers[held],
            positions=tuple(self.block.positions[at] for at in chosen),
            aliases=tuple(self.block.aliases[at] for at in chosen),
        )
        if not part.rows.num_rows:
            return None
        profiles = tuple(tables.profiles_of(part))
        guess = tables.forced(part, profiles, table.name, self.mapping)
        filled = {n: {match.field.name} for n, match in enumerate(guess.matches) if chosen[match.column] in own}
        if tables.missing_fields(guess) or not _is_list(table, filled):
            return None
        return JoinedList(part, profiles, guess)


def _any_filled(block: Block, places: Sequence[int]) -> np.ndarray:
    some = np.zeros(block.rows.num_rows, dtype=bool)
    for at in places:
        some |= missing.filled(arrays.whole(block.rows.column(at))).to_numpy(zero_copy_only=False)
    return some


def _combined(codes: Sequence[np.ndarray]) -> np.ndarray:
    """One number per row for the values of several columns, equal where all are."""
    combined = np.zeros(len(codes[0]), dtype=np.int64)
    for column in codes:
        pairs = combined * (int(column.max()) + 1) + column
        combined = np.unique(pairs, return_inverse=True)[1]
    return combined


def _firsts(codes: np.ndarray) -> np.ndarray:
    """Where a value comes for the first time."""
    firsts = np.zeros(len(codes), dtype=bool)
    firsts[np.unique(codes, return_index=True)[1]] = True
    return firsts


def _is_product(coarse: np.ndarray, fine: np.ndarray, content: np.ndarray) -> bool:
    """Whether within each value of a key every value of a finer one comes with every content, as in a join of both."""

    def different(*codes: np.ndarray) -> np.ndarray:
        return np.bincount(coarse[_firsts(_combined([coarse, *codes]))])

    return bool((different(fine) * different(content)).sum() == different(fine, content).sum())
