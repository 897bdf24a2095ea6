"""Sheets with a column per month, quarter or year: a cell is what a customer paid, or how often it used the product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import money, status, typing
from cs_dash.intake.cells.habits import Habits
from cs_dash.intake.cells.money_names import currency_of, scale
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.rows import row_typing
from cs_dash.intake.rows.typed_rows import TypedRows, block_part, constant
from cs_dash.intake.shapes.history import Piece
from cs_dash.intake.shapes.period_groups import Monthly, cells_of, without, year_of
from cs_dash.look.words import plural
from cs_dash.schema import names
from cs_dash.schema.languages.measure_words import USAGE
from cs_dash.schema.tables import TABLES


def identity(draft: TypedRows) -> tuple[pa.Array, pa.Array]:
    """Return the id and the name of the account of every row, null where the sheet has no such column."""
    no_texts = constant(None, pa.string(), len(draft))
    return draft.columns.get("account_ref", no_texts), draft.columns.get("account_name", no_texts)


def rows(
    group: Monthly, whole: Block, sheet: Sheet, context: LoadContext, profiles: Sequence[Profile]
) -> TypedRows | None:
    """Return a draft with one row per cell that holds anything; None where no column names the customer.

    Its columns are those of the table: account, plan or feature, the month's first day, and MRR or events.
    """
    table = TABLES[group.table]
    base = without(whole, [group], year_of(sheet, whole, context)[0])
    places_kept = [whole.names.index(name) for name in base.names]
    profiles_kept = [profiles[at] for at in places_kept]
    stream_fields = {"account_ref", "account_name", "subscription_id", "plan", "currency", "feature", "user_id"}
    matches = [
        match
        for match in columns.assign(table, base.names, profiles_kept, context.mapping)
        if match.field.name in stream_fields
    ]
    if not {"account_ref", "account_name"} & {match.field.name for match in matches}:
        corner = _corner(base, profiles_kept)
        if corner is None:
            return None
        matches.append(ColumnMatch(corner, table.field("account_name"), 0.7, "its name, above the accounts", 1.0))
    places = list(group.periods)
    cells = [cells_of(whole, at) for at in places]
    held = np.stack([column.is_valid().to_numpy(zero_copy_only=False) for column in cells], axis=1)
    at_row, at_month = np.nonzero(held)
    block = replace(base, rows=base.rows.take(pa.array(at_row)), row_numbers=base.row_numbers[at_row], notes=())
    draft = row_typing.type_rows(table, matches, block, sheet, context)
    starts = np.array([group.periods[place].first for place in places], dtype="datetime64[D]")
    draft.columns["start_date" if group.table == "subscriptions" else "used_on"] = pa.array(
        starts[at_month], pa.date32()
    )
    values = pa.concat_arrays(cells).take(pa.array(at_month * whole.rows.num_rows + at_row))
    _numbers(draft, group, values, [whole.names[place] for place in places], at_month)
    return draft


def _corner(block: Block, profiles: Sequence[Profile]) -> int | None:
    """The column of the customers' names by its place: the first one, without a name or called "MRR by customer"."""
    if not block.names or profiles[0].numbers > 0.5 or profiles[0].filled < 0.5:
        return None
    words = {word.rstrip("s") for word in names.folded(block.names[0]).split()}
    is_nameless = block.names[0] == f"Column {block.positions[0] + 1}" or block.names[0] == "Column 1"
    return 0 if is_nameless or words & _customer_nouns() else None


@cache
def _customer_nouns() -> frozenset[str]:
    fields = [TABLES["accounts"].field("account"), TABLES["subscriptions"].field("account_ref")]
    folded = {names.folded(word) for field in fields for word in field.synonyms()}
    return frozenset(word.rstrip("s") for word in folded if " " not in word) - {"name", "nome", "nombre", "nom"}


def _numbers(
    draft: TypedRows, group: Monthly, cells: pa.Array, month_names: Sequence[str], at_month: np.ndarray
) -> None:
    """Type the cells: MRR or events; cells that are not numbers are noted with the name of their column."""
    name = "mrr" if group.table == "subscriptions" else "events"
    different = pc.unique(cells).to_pylist()
    gone_words = pa.array([text for text in different if status.standing(text) == "gone"], pa.string())
    plain = pc.if_else(pc.is_in(cells, value_set=gone_words), pa.scalar("0"), cells)
    sign = draft.context.options.get("decimal") or money.decimal(different)
    habits = Habits("dmy", "", "comma" if sign == "comma" else "point")
    thousands = scale((*month_names, *draft.block.title, draft.sheet.name)) if name == "mrr" else 1.0
    if thousands != 1.0:
        draft.assumptions.append(f"The amounts were multiplied by {thousands:,.0f}, the unit in their names.")
    factor = group.factor * thousands if name == "mrr" else 1.0
    typed_cells = typing.typed(plain, draft.table.field(name), habits, factor)
    values = np.array(typed_cells.values.fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float)
    faults = [(unread.rows, unread.what, unread.advice) for unread in typed_cells.unread]
    if (below := np.flatnonzero(_unpayable(draft, values, name))).size:
        faults.append((below, "The amount is negative.", "Remove credits; they do not recur."))
        values[below] = np.nan
    for rows_of, what, advice in faults:
        for place in np.unique(at_month[rows_of]).tolist():
            chosen = rows_of[at_month[rows_of] == place]
            examples = cells.take(pa.array(chosen)).to_pylist()
            if name == "mrr":
                advice = f"{advice.rstrip('.')}. Until then the previous month's amount applies."
            draft.faults.add(chosen, month_names[place], examples, what, advice, name == "events")
    draft.columns[name] = pa.array(values, pa.float64(), from_pandas=True)
    if name == "mrr" and "currency" not in draft.columns:
        signs = {text: money.currency(text) for text in different}
        head = next(
            (
                code
                for text in (*month_names, *draft.block.title, draft.sheet.name, draft.sheet.file)
                if (code := currency_of(text))
            ),
            None,
        )
        if set(signs.values()) - {None, "USD"} or any(code and "$" not in text for text, code in signs.items()):
            draft.columns["currency"] = pa.array([signs[text] for text in cells.to_pylist()], pa.string())
        elif head:
            draft.columns["currency"] = constant(head, pa.string(), len(draft))


def _unpayable(draft: TypedRows, values: np.ndarray, name: str) -> np.ndarray:
    """Which cells are below zero without being discounts: those that the account's other rows do not outweigh."""
    below = values < 0
    if name != "mrr" or not below.any():
        return np.asarray(below)
    keys = [ref or called or "" for ref, called in zip(*(t.to_pylist() for t in identity(draft)), strict=True)]
    months = draft.columns["start_date"].to_pylist()
    sums: dict[tuple[str, date], float] = {}
    for key, month, value in zip(keys, months, np.nan_to_num(values).tolist(), strict=True):
        sums[key, month] = sums.get((key, month), 0.0) + value
    alone = np.array([sums[pair] < -0.005 for pair in zip(keys, months, strict=True)])
    if rows := int((below & ~alone).sum()):
        lower = plural(rows, "negative cell lowers", "negative cells lower")
        draft.assumptions.append(f"{lower} the MRR of the account's other rows.")
    return np.asarray(below & alone)


def usage(draft: TypedRows, group: Monthly) -> TypedRows:
    """Return the rows of use that are above zero, each with a key of account, feature and month."""
    if "feature" not in draft.columns and (feature := _feature(group, draft.sheet)):
        draft.columns["feature"] = constant(feature, pa.string(), len(draft))
    used = (draft.numbers("events") != 0) | draft.faults.rejected
    used_rows = TypedRows(
        draft.table, block_part(draft.block, used), draft.sheet, draft.context, matches=draft.matches,
        assumptions=draft.assumptions,
    )  # fmt: skip
    used_rows.columns = {name: values.filter(pa.array(used)) for name, values in draft.columns.items()}
    used_rows.faults.rejected = draft.faults.rejected[used]
    used_rows.faults.problems = draft.faults.problems
    months = pc.strftime(used_rows.columns["used_on"], format="%Y-%m")
    parts = [*identity(used_rows), *(used_rows.columns[name] for name in ("subscription_id", "user_id", "feature")
                                if name in used_rows.columns)]  # fmt: skip
    used_rows.columns["usage_id"] = pc.binary_join_element_wise(*parts, months, "-", null_handling="skip")
    if none := int((~used).sum()):
        no_usage = plural(none, "cell with 0 (no usage) gives", "cells with 0 (no usage) give")
        used_rows.assumptions.append(f"{no_usage} no row.")
    used_rows.assumptions.append(f"Usage is dated the first day of its {group.noun}: the sheet has no exact dates.")
    return used_rows


def _feature(group: Monthly, sheet: Sheet) -> str:
    """What was used, by the names of the columns or of the sheet: “Logins”."""
    for text in (group.measure, sheet.name):
        if text and USAGE.search(names.folded(text)):
            return text[:1].upper() + text[1:]
    return ""


def pieces(draft: TypedRows, source: str, months: int) -> list[Piece]:
    """Return the payments in the cells of a sheet of revenue, one piece each.

    Rows of one account differ in their plan, or in their order where they have none.
    """
    refs, called = (texts.to_pylist() for texts in identity(draft))
    plans = draft.columns["plan"].to_pylist() if "plan" in draft.columns else [None] * len(refs)
    ids = draft.columns["subscription_id"].to_pylist() if "subscription_id" in draft.columns else [None] * len(refs)
    starts = draft.columns["start_date"].to_pylist()
    amounts = draft.columns["mrr"].to_pylist()
    numbers = draft.block.row_numbers.tolist()
    accounts = [ref or (names.account_key(name) if name else None) for ref, name in zip(refs, called, strict=True)]
    streams: dict[str | None, dict[int, str]] = {}
    for account, number, own, plan in zip(accounts, numbers, ids, plans, strict=True):
        streams.setdefault(account, {}).setdefault(number, own or plan or "")
    month_pieces = []
    for at, account in enumerate(accounts):
        if account is None or draft.faults.rejected[at]:
            continue
        series = _series(account, streams[account], numbers[at])
        month_pieces.append(
            Piece(
                f"{series}|{starts[at]:%Y-%m}", series, source, "month", refs[at], called[at], plans[at], starts[at],
                amount=amounts[at], months=float(months) if months > 1 else None,
            )
        )  # fmt: skip
    return month_pieces


def _series(account: str, streams: Mapping[int, str], number: int) -> str:
    """What identifies a row's stream of payments: the account; with its plan where the account has several rows."""
    if len(streams) == 1:
        return account
    own = streams[number]
    nth = [at for at, stream in streams.items() if stream == own].index(number) + 1
    parts = [account, own, str(nth) if nth > 1 else ""]
    return "-".join(part for part in parts if part)


def matches(draft: TypedRows, whole: Block, group: Monthly) -> tuple[ColumnMatch, ...]:
    """Return the mapping of the sheet's own columns, its months among them, to show where rows came from."""
    table = draft.table
    value = table.field("mrr" if table.name == "subscriptions" else "events")
    own = [replace(match, column=whole.names.index(draft.block.names[match.column])) for match in draft.matches]
    months = [
        ColumnMatch(at, value, 0.95, f"a {group.noun}, from {month:%Y-%m}", 1.0) for at, month in group.months.items()
    ]
    return tuple(sorted((*own, *months), key=lambda match: match.column))
