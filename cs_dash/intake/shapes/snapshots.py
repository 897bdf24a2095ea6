"""Snapshots of one list of customers: a file or a sheet per month, or a column with the date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import periods
from cs_dash.intake.cells.dates import Period
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import table_terms, tables
from cs_dash.intake.results.problems import LoadContext, LoadedTable
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.rows.typed_rows import TypedRows, block_part, constant
from cs_dash.intake.shapes.history import Piece
from cs_dash.intake.shapes.ledger import Ledger
from cs_dash.intake.shapes.reporting_days import as_of, days_of
from cs_dash.look.words import plural
from cs_dash.schema.tables import TABLES
from cs_dash.store.tables import PLAIN

_MOST = 240
_MAX_ASSUMPTIONS = 4
"""So many assumptions about the snapshots of one sheet are reported."""


def dated(sheet: Sheet, context: LoadContext) -> Sheet:
    """Return the sheet with the day in its name or its file's name, where no option gives one."""
    if "snapshot" in context.options or sheet.period is not None:
        return sheet
    return replace(sheet, period=periods.named_period(sheet.file, sheet.name, context.loaded_on))


def parts(sheet: Sheet, block: Block, profiles: Sequence[Profile], context: LoadContext) -> list[tuple[Sheet, Block]]:
    """Return the snapshots in a sheet whose rows are dated, oldest first; none where it is not such a sheet.

    It is one where every account comes once per day, and the sheet describes accounts.
    """
    at = as_of(block, profiles)
    if at is None or context.as_table not in (None, "accounts") or "snapshot" in context.options:
        return []
    other_places = [place for place in range(len(block.names)) if place != at]
    other_columns = _columns(block, other_places)
    guess = tables.forced(other_columns, [profiles[place] for place in other_places], "accounts", context.mapping)
    key = guess.column("account_id") if guess.column("account_id") is not None else guess.column("account")
    fields = {match.field.name for match in guess.matches}
    if key is None or not fields & table_terms.TELLING["accounts"]:
        return []
    days = days_of(block, at, context)
    pairs = pa.table({"day": pa.array(days, pa.date32()), "key": other_columns.rows.column(key)})
    different = pairs.group_by(["day", "key"]).aggregate([])
    by_day = sorted({day for day in days if day is not None})
    if not by_day or len(by_day) > _MOST or different.num_rows < 0.98 * pairs.num_rows:
        return []
    name = block.names[at]
    snapshots = []
    note = (
        f"The column {name} gives the as-of date of each row: {by_day[0].isoformat()} to {by_day[-1].isoformat()}, "
        f"{len(by_day)} snapshots."
    )
    numbered = np.array(days, dtype="datetime64[D]")
    undated = np.isnat(numbered)
    for number, day in enumerate(by_day):
        chosen = numbered == np.datetime64(day)
        # Rows without a day go with the newest ones, so that none is lost.
        keep = chosen | undated if number == len(by_day) - 1 else chosen
        part = replace(block_part(other_columns, keep), notes=(*block.notes, note) if number == 0 else ())
        snapshots.append((replace(sheet, period=Period(day, f"the column {name}")), part))
    return snapshots


def _columns(block: Block, places: Sequence[int]) -> Block:
    return replace(
        block,
        names=tuple(block.names[at] for at in places),
        rows=block.rows.select(list(places)),
        positions=tuple(block.positions[at] for at in places),
    )


def is_old(draft: TypedRows, ledger: Ledger) -> bool:
    """Return whether a newer snapshot of the same list was loaded already, whose accounts then stay unchanged."""
    if draft.table.name != "accounts" or draft.sheet.period is None:
        return False
    source = periods.source(draft.sheet.file, draft.sheet.name)
    newest = [month for month in (ledger.newest(source), draft.context.newest.get(source)) if month]
    return bool(newest) and draft.sheet.period.month < max(newest)


def dated_accounts(table: LoadedTable, draft: TypedRows, ledger: Ledger) -> LoadedTable:
    """Return the accounts of a list with the day it describes; an older list changes no known account."""
    period = draft.sheet.period
    if draft.table.name != "accounts" or period is None:
        return table
    if not is_old(draft, ledger):
        return replace(table, period=period.day)
    note = "A newer version of this list is loaded: its accounts are unchanged, others are added."
    rows = replace(table.rows, older=True)
    return replace(table, rows=rows, missing="keep", period=period.day, assumptions=(*table.assumptions, note))


def pieces(draft: TypedRows, source: str) -> list[Piece]:
    """Return the payments in a snapshot of customers: one piece per customer who has an amount or has left."""
    period = draft.sheet.period
    assert period is not None
    count = len(draft)
    mrr, arr = draft.numbers("mrr"), draft.numbers("arr")
    mrr_or_arr = np.full(count, np.nan) if mrr is None else mrr
    mrr_or_arr = mrr_or_arr if arr is None else np.where(np.isnan(mrr_or_arr), arr / 12, mrr_or_arr)
    no_values: list[Any] = [None] * count
    columns = {name: values.to_pylist() for name, values in draft.columns.items()}
    churned, trial = columns.get("churned", no_values), columns.get("is_trial", no_values)
    standing = columns.get("standing", no_values)
    left, since = columns.get("churn_date", no_values), columns.get("signup_date", no_values)
    plans = columns.get("plan") or columns.get("contract") or no_values
    names_of = columns.get("account", no_values)
    pieces_by_key: dict[str, Piece] = {}
    month = period.month
    for at in np.flatnonzero(~draft.faults.rejected).tolist():
        account = columns["account_id"][at]
        key = f"{account}|{month:%Y-%m}"
        ended = left[at]
        over = churned[at] is True or trial[at] is True or standing[at] == "paused"
        over |= isinstance(ended, date) and ended <= period.day
        if key in pieces_by_key or (np.isnan(mrr_or_arr[at]) and not over):
            continue
        amount = 0.0 if over else float(mrr_or_arr[at])
        pieces_by_key[key] = Piece(
            key, account, source, "snapshot", account, names_of[at], plans[at], month, ended, amount, None, since[at],
        )  # fmt: skip
    return list(pieces_by_key.values())


def months_covered(draft: TypedRows) -> set[date]:
    """Return the month that a snapshot covers."""
    return {draft.sheet.period.month} if draft.sheet.period else set()


def pulses(draft: TypedRows) -> TypedRows | None:
    """Return the CSM's judgements of a snapshot as notes of its day; None where it holds none.

    The account's own row keeps the newest; as notes the earlier ones stay.
    """
    period = draft.sheet.period
    if "pulse" not in draft.columns or period is None:
        return None
    keep = draft.columns["pulse"].is_valid().to_numpy(zero_copy_only=False) & ~draft.faults.rejected
    if not keep.any():
        return None
    notes = TypedRows(TABLES["notes"], block_part(draft.block, keep), draft.sheet, draft.context)
    mask = pa.array(keep)
    days = draft.columns.get("pulse_date", constant(None, pa.date32(), len(draft)))
    values = {
        "account_ref": draft.columns["account_id"],
        "pulse": draft.columns["pulse"],
        "noted_on": pc.coalesce(days, pa.scalar(period.day, pa.date32())),
    }
    if "csm" in draft.columns:
        values["author"] = draft.columns["csm"]
    for name, array in values.items():
        notes.columns[name] = array.filter(mask)
    days_of = pc.strftime(notes.columns["noted_on"], format="%Y-%m-%d")
    notes.columns["note_id"] = pc.binary_join_element_wise(notes.columns["account_ref"], "pulse", days_of, "-")
    notes.assumptions.append(
        f"The CSM sentiment of {plural(int(keep.sum()), 'customer')} was stored as notes of"
        f" {period.day.isoformat()}, so that it can be tracked over time."
    )
    return notes


def joined(tables: Sequence[LoadedTable]) -> list[LoadedTable]:
    """Return the loaded tables with the snapshots of one sheet combined: the newest row of every account."""
    groups: dict[tuple[str, str, str], list[LoadedTable]] = {}
    for table in tables:
        groups.setdefault((table.file, table.sheet, table.table), []).append(table)
    return [table if len(held) == 1 else _newest_rows(held) for held in groups.values() for table in held[-1:]]


def _newest_rows(held: Sequence[LoadedTable]) -> LoadedTable:
    newest = held[-1]
    if newest.table == PLAIN:
        return newest
    key = TABLES[newest.table].key
    rows = pa.concat_tables([table.rows.rows for table in held], promote_options="default")
    last: dict[str, int] = {}
    guessed = rows["assumed"].to_pylist() if newest.table == "churn_events" else [False] * len(rows)
    for at, value in enumerate(rows[key].to_pylist()):
        # A customer that several snapshots report as gone left at the first one.
        if value not in last or not guessed[at]:
            last[value] = at
    newest_rows = rows.take(pa.array(sorted(last.values())))
    rejected, repeated = sum(table.rejected for table in held), sum(table.duplicates for table in held)
    assumptions = list(dict.fromkeys(text for table in held for text in table.assumptions))
    if len(assumptions) > _MAX_ASSUMPTIONS:
        assumptions = [
            *assumptions[: _MAX_ASSUMPTIONS // 2],
            f"And {len(assumptions) - _MAX_ASSUMPTIONS:,} more like these.",
            *assumptions[-_MAX_ASSUMPTIONS // 2 :],
        ]
    if newest.table == "accounts" and len(newest_rows) < len(rows):
        assumptions.append(
            f"{plural(len(rows), 'row')} for {plural(len(newest_rows), 'account')}: the newest row of each is used."
        )
    return replace(
        newest,
        rows=replace(newest.rows, rows=newest_rows),
        read=newest_rows.num_rows + rejected + repeated,
        rejected=rejected,
        duplicates=repeated,
        problems=tuple(problem for table in held for problem in table.problems),
        mapped=tuple({column.column: column for table in held for column in table.mapped}.values()),
        unmapped=tuple(name for name in newest.unmapped if all(name in table.unmapped for table in held)),
        assumptions=tuple(assumptions),
    )
