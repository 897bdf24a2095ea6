"""Rows that leave out whose they are because the row above says it: pivot layouts, and cells merged over rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, missing
from cs_dash.intake.cells.column_periods import column_period
from cs_dash.intake.cells.samples import profile
from cs_dash.intake.detection import columns
from cs_dash.intake.results.sheets import Block, column_list
from cs_dash.look.words import plural
from cs_dash.schema.tables import TABLES

_FEWEST, _SHARE = 2, 0.1
"""So many rows, and such a share of them, leave it out at least: in fewer a name is missing rather than repeated."""
_SURELY = 0.5
"""Share of the values of a column that are days, or numbers, from which on it is one of those."""
_AMOUNTS = frozenset({"mrr", "arr", "amount"})
_CUSTOMERS = frozenset({"account_ref", "account_name"})


def carried_down(block: Block) -> Block:
    """Return the block with whose a row is written into each row, where rows leave out what the row above them says.

    That is so in a list of amounts whose first columns are empty together in some rows, or each in some of the rows in
    which the one before it is (regions, their customers, their contracts), and whose names never stand in two rows one
    below the other: in a list of other rows, empty cells are customers who are not known.
    """
    if block.rows.num_rows < 2 * _FEWEST or not block.has_header:
        return block
    left_out = ~_held(block, 0)
    if left_out[0] or left_out.sum() < max(_FEWEST, _SHARE * len(left_out)) or not _is_once(block, 0):
        return block
    if not _is_label(block, 0):
        return block
    held = np.stack([_held(block, at) for at in range(len(block.names))], axis=1)
    carried = [at for at in range(len(block.names)) if (~held[:, at] == left_out).all()]
    for at in range(1, len(block.names)):
        inner = ~held[:, at]
        # The columns after the first, up to one that is full: within a row's group some leave out less.
        if at not in carried and (
            not inner.any() or (inner & left_out != inner).any() or not _is_once(block, at) or not _is_label(block, at)
        ):
            break
        carried.append(at)
    carried = sorted(set(carried))
    others = [at for at in range(len(block.names)) if at not in carried]
    full = {at for at in others if held[:, at].all()}
    if (
        not others
        or not (held[left_out][:, others].sum(axis=1) > 1).all()
        or not _is_of_customers(block, carried, full)
    ):
        return block
    filled = list(block.rows.columns)
    for at in carried:
        sources = np.maximum.accumulate(np.where(held[:, at], np.arange(len(left_out)), 0))
        filled[at] = filled[at].take(pa.array(sources))
    rows = pa.table(filled, names=block.rows.column_names)
    named = column_list([block.names[at] for at in carried])
    note = (
        f"{plural(int(left_out.sum()), 'row has', 'rows have')} no value in {named}: the row above gives it, "
        "as in merged cells."
    )
    return replace(block, rows=rows, notes=(*block.notes, note))


def _held(block: Block, at: int) -> np.ndarray:
    cells = missing.without_missing(arrays.whole(block.rows.column(at)), missing.NOTHING)
    return np.asarray(cells.is_valid().to_numpy(zero_copy_only=False))


def _is_once(block: Block, at: int) -> bool:
    """Whether no two neighbours in a column are the same."""
    cells = missing.without_missing(arrays.whole(block.rows.column(at)), missing.NOTHING).drop_null()
    return len(cells) < 2 or not pc.any(pc.equal(cells[1:], cells[:-1])).as_py()


def _is_label(block: Block, at: int) -> bool:
    """Whether a column may say whose the rows below are: a day, an empty one among them, belongs to its row alone."""
    return profile(arrays.whole(block.rows.column(at))).dates < _SURELY


def _is_of_customers(block: Block, carried: list[int], full: set[int]) -> bool:
    """Whether all that names the customer is left out, or is in every row, and the other columns hold amounts."""
    profiles = [profile(arrays.whole(column)) for column in block.rows.columns]
    matches = columns.assign(TABLES["subscriptions"], block.names, profiles, {})
    customers = {match.column for match in matches if match.field.name in _CUSTOMERS}
    if profiles[0].numbers >= _SURELY and 0 not in customers:  # an amount belongs to its row alone
        return False
    amounts = {match.field.name for match in matches} & _AMOUNTS
    months = sum(column_period(name) is not None for name in block.names)
    return bool(customers) and (customers <= set(carried) or customers <= full) and bool(amounts or months > 2)
