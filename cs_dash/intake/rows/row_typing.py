"""Rows of one sheet become rows of one table: typed, checked, with keys, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, mapped_memory, missing, readers, typing
from cs_dash.intake.cells.habits import ColumnReader, Typed, Unread
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.matches import ColumnMatch, TableGuess
from cs_dash.intake.results.problems import ColumnMapping, LoadContext, LoadedTable
from cs_dash.intake.results.sheets import Block, Sheet, column_list
from cs_dash.intake.rows import cut_ids, ends, keys
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.intake.rows.unused_columns import unused_columns
from cs_dash.schema import names
from cs_dash.schema.tables import OPEN_ENDED, Table
from cs_dash.store.tables import EXTRA, TableRows

_NAMED_BY = {"articles": ("address",)}
"""Fields that identify a row without an id where the others may change: an edited article is the same one."""
UNITS = tuple((unit, unit) for unit in ("minutes", "hours", "days", "seconds"))
"""What the option for the unit of a column of times takes, each with its meaning."""


def column_readers(
    block: Block, matches: Sequence[ColumnMatch], sheet: Sheet, context: LoadContext
) -> list[ColumnReader]:
    """Return how each of the columns that fill a field writes its dates and numbers."""
    held = [
        readers.TextColumn(block.names[match.column], match.field, arrays.whole(block.rows.column(match.column)))
        for match in matches
    ]
    return readers.column_readers(held, context.options, sheet.since_1904)


def type_rows(
    table: Table, matches: Sequence[ColumnMatch], block: Block, sheet: Sheet, context: LoadContext
) -> TypedRows:
    """Return a draft whose mapped columns are typed; values that cannot be read are left out and noted."""
    draft = TypedRows(table, block, sheet, context, matches=tuple(matches))
    _note_row_faults(draft)
    assumptions: dict[str, None] = {}
    plain: list[tuple[ColumnMatch, pa.Array, ColumnReader]] = []
    for match, reader in zip(matches, column_readers(block, matches, sheet, context), strict=True):
        match, reader = _timed(match, reader, block, context)
        draft.readers[match.column] = reader
        cells = arrays.whole(block.rows.column(match.column))
        if match.field.name in OPEN_ENDED:
            cells, unknown, notes = ends.without_words(cells, block.names[match.column], match.field.name)
            assumptions |= dict.fromkeys(notes)
            if unknown is not None:
                _note_unread(draft, match, unknown)
        plain.append((match, cells, reader))
    typed = arrays.map_columns(_typed_on_disk, plain, block.rows.num_rows)
    for (match, _, reader), column in zip(plain, typed, strict=True):
        draft.columns[match.field.name] = column.values
        assumptions |= dict.fromkeys((*column.assumptions, *([reader.assumption] if reader.assumption else [])))
        for unread in column.unread:
            _note_unread(draft, match, unread)
        if match.factor not in (1.0, None):
            is_money = match.field.type == "money"
            how = f"multiplied by {match.factor:,.0f}" if is_money else f"converted to {match.field.unit}"
            assumptions[f"{block.names[match.column]} was {how}."] = None
    draft.assumptions += assumptions
    cut_ids.distrust_cut_ids(draft)
    return draft


def _typed_on_disk(column: tuple[ColumnMatch, pa.Array, ColumnReader]) -> Typed:
    match, cells, reader = column
    typed = typing.typed(cells, match.field, reader.habits, match.factor)
    return replace(typed, values=mapped_memory.on_disk(typed.values))


def _timed(
    match: ColumnMatch, reader: ColumnReader, block: Block, context: LoadContext
) -> tuple[ColumnMatch, ColumnReader]:
    """Return a column of times with its unit as the reader of the file named it, else with the question for it."""
    if match.factor is not None:
        return match, reader
    name = block.names[match.column]
    chosen = readers.option_for_column(context.options, "unit", name)
    if chosen:
        return replace(match, factor=names.UNITS[chosen]), reader
    count = len(missing.without_missing(arrays.whole(block.rows.column(match.column)), missing.NO_VALUE).drop_null())
    unused = (
        f"{name} holds durations without a unit in {count:,} of {len(block.row_numbers):,} rows: they are not used "
        "until you choose the unit."
    )
    return match, replace(
        reader, question=f"Is {name} in minutes, hours or days?", answers=UNITS, option="unit", assumption=unused
    )


def _note_unread(draft: TypedRows, match: ColumnMatch, unread: Unread) -> None:
    """Note cells of a column that could not be read: an unreadable end is an end, a required value rejects its row."""
    fatal = match.field.required
    advice = unread.advice if fatal else f"{unread.advice} The value was ignored; the row was loaded."
    if match.field.name in ends.LEAVING:
        rows = draft.unreadable.setdefault(match.field.name, np.zeros(len(draft), dtype=bool))
        rows[unread.rows] = True
        fatal, advice = False, f"{unread.advice} {ends.UNTIL_THEN}"
    draft.faults.add(unread.rows, draft.block.names[match.column], unread.values, unread.what, advice, fatal)


def _note_row_faults(draft: TypedRows) -> None:
    faulty = {row + draft.sheet.first_row: fault for row, fault in draft.sheet.faults.items()}
    if faulty:
        for at in np.flatnonzero(np.isin(draft.block.row_numbers, list(faulty))):
            fault = faulty[int(draft.block.row_numbers[at])]
            draft.faults.add(np.array([at]), "", [""], fault.what, fault.advice, fault.fatal)


def require(draft: TypedRows) -> None:
    """Reject the rows without a required value that are not rejected yet."""
    for field in draft.table.mapped:
        if field.required and field.name in draft.columns:
            empty = draft.columns[field.name].is_null().to_numpy(zero_copy_only=False) & ~draft.faults.rejected
            rows = np.flatnonzero(empty)
            draft.reject(rows, field.name, f"No {field.label}.", "Fill it in; it is required.")


def _unused(draft: TypedRows) -> pa.Table:
    """The cells of the columns that fill no field."""
    used = {match.column for match in draft.matches}
    return draft.block.rows.select([at for at in range(len(draft.block.names)) if at not in used])


def _extra(draft: TypedRows) -> pa.Array | None:
    """The columns that fill no field, as a map per row without empty cells."""
    used = {match.column for match in draft.matches}
    free = [at for at in range(len(draft.block.names)) if at not in used]
    if not free or not len(draft):
        return None
    cells = [missing.without_missing(arrays.whole(draft.block.rows.column(at)), missing.NOTHING) for at in free]
    held = np.stack([cell.is_valid().to_numpy(zero_copy_only=False) for cell in cells], axis=1)
    rows, places = np.nonzero(held)
    every = pa.concat_arrays(cells)
    items = every.take(pa.array(places * len(draft) + rows))
    offsets = np.r_[0, np.cumsum(held.sum(axis=1))]
    column_names = pa.array([draft.block.names[at] for at in free], pa.string()).take(pa.array(places))
    return pa.MapArray.from_arrays(pa.array(offsets, pa.int32()), column_names, items)


def finish(draft: TypedRows, guess: TableGuess, profiles: Sequence[Profile], evidence: str) -> LoadedTable:
    """Return the valid rows of a draft, with keys, and a report of the rejected ones."""
    require(draft)
    table, count = draft.table, len(draft)
    if own_keys := table.key not in draft.columns:
        draft.columns[table.key] = keys.from_content(_content(draft), table.name)
    else:
        _fill_keys(draft)
    data = {name: draft.columns[name] for name in [f.name for f in table.fields] if name in draft.columns}
    data["_row"] = pa.array(draft.block.row_numbers, pa.int64())
    if table.name == "accounts" and (extra := _extra(draft)) is not None:
        data[EXTRA] = extra
    rows = pa.table(data)
    # Keys that are made of all that a row holds never come twice.
    again = np.zeros(count, bool) if own_keys else keys.duplicates(rows, table.key, draft.faults, _unused(draft))
    stands = ~draft.faults.rejected & ~again
    valid_rows = rows if stands.all() else mapped_memory.filtered(rows, stands)
    _note_unusable(draft)
    used = {match.column for match in draft.matches}
    unmapped = tuple(name for at, name in enumerate(draft.block.names) if at not in used)
    if EXTRA in data:
        draft.assumptions.append(f"Stored as custom fields of the account: {column_list(unmapped)}.")
    return LoadedTable(
        draft.sheet.file,
        draft.sheet.name,
        table.name,
        TableRows(table.name, valid_rows, draft.sheet.upload, frozenset(draft.assumed)),
        count,
        int(draft.faults.rejected.sum()),
        int(again.sum()),
        tuple(sorted(draft.faults.problems, key=lambda problem: (problem.row is None, problem.row or 0))),
        (*draft.block.notes, *draft.sheet.all_notes, *draft.assumptions),
        mapped_by(draft, (*draft.matches, *draft.extra_matches), profiles),
        unmapped,
        round(min(1.0, guess.score / 4), 2),
        evidence,
        unusable=tuple(rows[table.key].filter(pa.array(draft.faults.rejected)).drop_null().to_pylist()),
        unused=unused_columns(
            draft.block,
            profiles,
            used,
            table,
            {match.field.name for match in (*draft.matches, *draft.extra_matches)} - draft.assumed,
            [column for column, field in draft.context.mapping.items() if not field],
        ),
    )


def mapped(matches: Sequence[ColumnMatch], block: Block, profiles: Sequence[Profile]) -> tuple[ColumnMapping, ...]:
    """Return which column fills which field, in words for a reader."""
    return tuple(
        ColumnMapping(block.names[m.column], m.field.name, m.confidence, m.because, profiles[m.column].examples)
        for m in matches
    )


def _mapped(draft: TypedRows, match: ColumnMatch, examples: tuple[str, ...]) -> ColumnMapping:
    """A column that fills a field, with the open question about its values."""
    name, reader = draft.block.names[match.column], draft.readers.get(match.column)
    mapping = ColumnMapping(name, match.field.name, match.confidence, match.because, examples)
    if match.field.name in draft.questions:
        question, answers = draft.questions[match.field.name]
        return replace(mapping, question=question, answers=answers, option=match.field.name)
    if reader is None or not reader.question:
        return mapping
    option = reader.option or ("dates" if match.field.type in ("date", "timestamp") else "decimal")
    return replace(
        mapping, question=reader.question, answers=reader.answers, option=f"{option}:{name}", assumed=not reader.option
    )


def mapped_by(
    draft: TypedRows, matches: Sequence[ColumnMatch], profiles: Sequence[Profile]
) -> tuple[ColumnMapping, ...]:
    """Return which column of a draft's sheet fills which field, as the report lists it."""
    return tuple(_mapped(draft, match, profiles[match.column].examples) for match in matches)


def _fill_keys(draft: TypedRows) -> None:
    """Rows without an id get a key from their content; no row is dropped because it has none."""
    key = draft.table.key
    values = draft.columns[key]
    if draft.table.field(key).required or not values.null_count:
        return
    content_keys = keys.from_content(_content(draft), draft.table.name)
    draft.columns[key] = pc.if_else(values.is_valid(), values, content_keys)


def _content(draft: TypedRows) -> pa.Table:
    """Return the fields that identify the rows of a draft: what is derived of them may change with the program."""
    derived = {field.name for field in draft.table.fields if field.derived}
    fields = _NAMED_BY.get(draft.table.name, tuple(sorted(draft.columns.keys() - derived)))
    return pa.table({name: draft.columns[name] for name in fields if name not in draft.assumed | draft.unkeyed})


def _note_unusable(draft: TypedRows) -> None:
    """Note the cells of this table's columns and rows that hold an error."""
    if not draft.sheet.cells:
        return
    by_position = {position: at for at, position in enumerate(draft.block.positions)}
    used = {match.column for match in draft.matches}
    places = {int(number): at for at, number in enumerate(draft.block.row_numbers)}
    for row, column, text in draft.sheet.cells:
        at = by_position.get(column)
        if at in used and row in places:
            what = f"The cell holds the error {text}." if text else "The cell holds a formula without a stored result."
            advice = "Correct it in the workbook and save it. It counts as empty."
            draft.faults.add(np.array([places[row]]), draft.block.names[at], [text], what, advice, False)
