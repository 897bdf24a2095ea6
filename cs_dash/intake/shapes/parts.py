"""Rows for another table, made from the rows of a sheet of accounts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.rows import typed_rows
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.schema.tables import TABLES


def _reference(draft: TypedRows) -> dict[str, pa.Array]:
    found = {"account_ref": draft.columns["account_id"]}
    if "account" in draft.columns:
        found["account_name"] = draft.columns["account"]
    return found


def of_accounts(draft: TypedRows, table: str, keep: np.ndarray, values: dict[str, pa.Array], suffix: str) -> TypedRows:
    """Return a draft for another table from some rows of the accounts' sheet, its key made from the account's id.

    Args:
        draft: the accounts.
        table: the other table.
        keep: which rows.
        values: field -> values, as long as the sheet.
        suffix: what stands behind the account's id in the key.
    """
    taken = TypedRows(TABLES[table], typed_rows.block_part(draft.block, keep), draft.sheet, draft.context)
    mask = pa.array(keep)
    for name, array in (_reference(draft) | values).items():
        taken.columns[name] = array.filter(mask)
    taken.columns[taken.table.key] = pc.binary_join_element_wise(taken.columns["account_ref"], suffix, "-")
    return taken
