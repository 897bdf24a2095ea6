"""Ids whose digits a spreadsheet has cut: reported, and not trusted to join rows whose names differ."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import periods
from cs_dash.intake.rows import keys
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.look.words import plural
from cs_dash.schema import names

_CUT_SHORT = r"^\p{Nd}(?:[.,]\p{Nd}+)?[eE]\+?\p{Nd}{2,3}$"
_LONG, _ROUNDED = r"^\p{Nd}{16,}$", r"^\p{Nd}{15}0+$"


def _cut_short(texts: pa.Array) -> np.ndarray:
    """Which ids a spreadsheet has cut: 1.23457E+15, or sixteen digits and more of which only fifteen are not zero."""
    scientific, rounded, long = (
        pc.match_substring_regex(texts, form).to_numpy(zero_copy_only=False) for form in (_CUT_SHORT, _ROUNDED, _LONG)
    )
    return np.asarray(scientific | (rounded if rounded.sum() > 1 and rounded.sum() == long.sum() else False))


def row_ids(draft: TypedRows) -> pa.Array:
    """Return an id per row: the list's name, without its day, and the number of the row in the spreadsheet."""
    source = periods.source(draft.sheet.file, draft.sheet.name)
    return pa.array([f"{source} row {number}" for number in draft.block.row_numbers.tolist()], pa.string())


def distrust_cut_ids(draft: TypedRows) -> None:
    """Report ids in scientific notation, and join no rows by them whose names differ.

    Such rows are known by their names; rows of other tables, by all that they hold.
    """
    own, called = ("account_id", "account") if draft.table.name == "accounts" else ("account_ref", "account_name")
    for field in dict.fromkeys((own, draft.table.key)):
        if field not in draft.columns or not pa.types.is_string(draft.columns[field].type):
            continue
        encoded = pc.dictionary_encode(draft.columns[field])
        short = _cut_short(encoded.dictionary)
        if not short.any():
            continue
        codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        cut = np.append(short, False)[codes]
        title = draft.table.field(field).label
        what = (
            f"{plural(int(cut.sum()), 'value')} of {title} lost digits in a spreadsheet: different ids may look alike."
        )
        example = encoded.dictionary.filter(pa.array(short))[0].as_py()
        draft.faults.note(draft.source(field), example, what, "Export again with this column as text.")
        if field == own and called in draft.columns:
            _known_by_name(draft, own, called, codes, cut)
        elif field == draft.table.key:
            shared = cut & (keys.occurrence(draft.columns[field]) > 0)
            fresh = row_ids(draft) if field == own else keys.from_content(draft.block.rows, draft.table.name)
            draft.columns[field] = pc.if_else(pa.array(shared), fresh, draft.columns[field])


def _known_by_name(draft: TypedRows, own: str, called: str, codes: np.ndarray, cut: np.ndarray) -> None:
    """Leave out the ids that rows with different names share."""
    folded = [names.account_key(name) if name else None for name in draft.columns[called].to_pylist()]
    names_by_code: dict[int, set[str]] = {}
    for code, name in zip(codes[cut].tolist(), np.array(folded, dtype=object)[cut].tolist(), strict=True):
        names_by_code.setdefault(code, set()).update({name} - {None})
    shared = {code for code, called_by in names_by_code.items() if len(called_by) > 1}
    apart = pa.array(cut & np.isin(codes, list(shared)))
    by_name = pa.array(folded if own == "account_id" else [None] * len(draft), pa.string())
    if own == "account_id":
        by_name = pc.coalesce(by_name, row_ids(draft))
    draft.columns[own] = pc.if_else(apart, by_name, draft.columns[own])
    if count := int(pc.sum(apart).as_py() or 0):
        draft.assumptions.append(
            f"{plural(count, 'row')} with different names share ids that lost digits: the customers are identified by "
            "name."
        )
