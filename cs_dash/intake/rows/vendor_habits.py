"""How a vendor writes amounts and states: cents, prices per seat, terms of several intervals, trials by status."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake import vendors
from cs_dash.intake.cells import arrays, missing, money, names
from cs_dash.intake.rows import amounts
from cs_dash.intake.rows.typed_rows import TypedRows

_WHOLE = frozenset({
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
})  # fmt: skip
"""Currencies without a smaller unit: their smallest unit is one of them. Source: docs.stripe.com/currencies."""
_THOUSANDTHS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
_TRIALS = frozenset({
    "trialing", "trial", "in trial", "on trial", "free trial", "testphase", "en prueba", "essai", "em teste", "试用",
    "пробный период",
})  # fmt: skip


def apply(draft: TypedRows) -> None:
    """Convert a vendor's values into what the fields mean, and note it in the draft's assumptions.

    Contract lines whose status is a word for a trial count as trials where no column says so.
    """
    export = vendors.export_of(tuple(draft.block.names))
    if export is not None and export.table == draft.table.name:
        if export.note:
            draft.assumptions.append(export.note)
        _whole_units(draft, export)
        _every_seat(draft, export)
        _several_intervals(draft, export)
    if draft.table.name == "subscriptions":
        _trials(draft)


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
        "divided accordingly."
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
    draft.assumptions.append(f"{export.vendor} gives {columns} for one unit: multiplied by {draft.source('seats')}.")


def _several_intervals(draft: TypedRows, export: vendors.Export) -> None:
    """Fill the months in a term where it has several intervals: every 3 months, every 2 years."""
    places = [at for at, name in enumerate(draft.block.names) if names.key(name) == names.key(export.interval_count)]
    if not export.interval_count or not places or "billing" not in draft.columns:
        return
    cells = missing.without_missing(arrays.whole(draft.block.rows.column(places[0])), missing.NO_VALUE)
    counts = [money.number(text, "point") if text else None for text in cells.to_pylist()]
    terms = [amounts.term(word) if word else None for word in draft.columns["billing"].to_pylist()]
    months = [count * term if count and term else None for count, term in zip(counts, terms, strict=True)]
    draft.columns["term_months"] = pa.array(months, pa.float64())


def _trials(draft: TypedRows) -> None:
    status = draft.columns.get("status")
    if status is None or "is_trial" in draft.columns:
        return
    words = pc.dictionary_encode(status)
    trial_words = {names.folded(word) for word in _TRIALS}
    trials = pa.array([names.folded(word) in trial_words for word in words.dictionary.to_pylist()], pa.bool_())
    if pc.any(trials).as_py():
        draft.columns["is_trial"] = trials.take(words.indices)
        draft.assumptions.append(f"Lines whose {draft.source('status')} says so are trials: no revenue.")
