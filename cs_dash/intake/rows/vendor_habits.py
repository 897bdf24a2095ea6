"""How a vendor writes amounts: cents, prices per seat."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from cs_dash.intake import vendors
from cs_dash.intake.rows import amounts
from cs_dash.intake.rows.typed_rows import TypedRows

_WHOLE = frozenset({
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
})  # fmt: skip
"""Currencies without a smaller unit: their smallest unit is one of them. Source: docs.stripe.com/currencies."""
_THOUSANDTHS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})


def apply(draft: TypedRows) -> None:
    """Convert a vendor's values into what the fields mean, and note it in the draft's assumptions."""
    export = vendors.export_of(tuple(draft.block.names))
    if export is not None and export.table == draft.table.name:
        if export.note:
            draft.assumptions.append(export.note)
        _whole_units(draft, export)
        _every_seat(draft, export)


def _multiply(draft: TypedRows, name: str, factors: np.ndarray) -> None:
    values = draft.numbers(name)
    if values is not None:
        draft.columns[name] = pa.array(values * factors, pa.float64(), from_pandas=True)


def _whole_units(draft: TypedRows, export: vendors.Export) -> None:
    """Divide amounts in the smallest unit of their currency by the number of those in one of it."""
    held = [name for name in export.smallest_unit if name in draft.columns]
    if not held:
        return
    codes = amounts.currencies(draft)
    texts = [None] * len(draft) if codes is None else codes.to_pylist()
    units = {code: 1 if code in _WHOLE else 1000 if code in _THOUSANDTHS else 100 for code in set(texts)}
    factors = np.array([1 / units[code] for code in texts])
    for name in held:
        _multiply(draft, name, factors)
    columns = " and ".join(draft.source(name) for name in held)
    in_whole = sorted(code for code, unit in units.items() if code and unit == 1)
    but = f", except in {', '.join(in_whole)}, which has none" if in_whole else ""
    draft.assumptions.append(
        f"{export.vendor} gives {columns} in the smallest unit of the currency, such as cents{but}: "
        "converted to whole units."
    )


def _every_seat(draft: TypedRows, export: vendors.Export) -> None:
    """Multiply prices per seat by the seats; a line without a number of seats has one."""
    held = [name for name in export.per_seat if name in draft.columns]
    seats = draft.numbers("seats")
    if not held or seats is None:
        return
    for name in held:
        _multiply(draft, name, np.where(np.isnan(seats), 1.0, seats))
    columns = " and ".join(draft.source(name) for name in held)
    draft.assumptions.append(f"{export.vendor} gives {columns} per unit: multiplied by {draft.source('seats')}.")
