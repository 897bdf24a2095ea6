"""Single values that cannot be: each is left out with its row, and the rest of its column counts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.rows.typed_rows import TypedRows

_HAPPENED = frozenset({"used_on", "created_at", "answered_on", "noted_on", "requested_on"})
"""Days of things that happen all the time: a year without any before or after one of them is too long."""
_MANY, _FEW = 20, 4
"""So many days tell what is usual for things that happen all the time, and for all others."""
_YEAR, _GENERATION = 365, 20 * 365
_SINGLE = 0.01
"""Share of the values that may be far outside the others: more of them are no slips."""
_SCALES = (5.0, 7.0, 10.0, 100.0)
_OUTSIDE = 0.05
"""Share of the answers that may lie outside a scale: with more of them the scale is another one."""
_COUNTED = ("seats", "months", "minutes", "times", "votes", "views")
FAR = "far_dates"
"""The option that says whether days far outside the others count."""


def leave_out(draft: TypedRows) -> None:
    """Leave out values of a draft that cannot be, each as a problem with its row and value.

    These are days far outside all others of their column, counts and durations below zero, recurring amounts below
    zero in the customers' own rows, and ratings outside the scale of the others. Where the value is required, its row
    is rejected.
    """
    for field in draft.table.mapped:
        if field.name not in draft.columns:
            continue
        if field.type in ("date", "timestamp"):
            _far_days(draft, field.name, field.required)
        elif field.unit in _COUNTED or (draft.table.name == "accounts" and field.name in ("mrr", "arr")):
            numbers = draft.numbers(field.name)
            assert numbers is not None
            below = np.flatnonzero(numbers < 0)
            _drop(draft, field.name, below, "It is negative, which is impossible.", "Correct it.", field.required)
        elif field.name == "satisfaction":
            numbers = draft.numbers(field.name)
            assert numbers is not None
            outside = beyond_scale(numbers)
            _drop(draft, field.name, outside, OFF_SCALE, "Correct the rating; the others count.", field.required)


OFF_SCALE = "It is outside the scale of the other answers."


def beyond_scale(scores: np.ndarray) -> np.ndarray:
    """Return the rows whose score the scale of nearly all others does not have: 1-5, 1-7, 0-10 or 0-100."""
    held = scores[~np.isnan(scores)]
    nothing = np.array([], dtype=int)
    if len(held) < _MANY // 2:
        return nothing
    for top in _SCALES:
        outside = (scores > top) | (scores < 0)
        if outside.sum() <= _OUTSIDE * len(held):
            return np.flatnonzero(outside)
    return nothing


def _drop(draft: TypedRows, name: str, rows: np.ndarray, what: str, advice: str, fatal: bool) -> None:
    if not len(rows):
        return
    values = draft.columns[name]
    mask = np.zeros(len(values), dtype=bool)
    mask[rows] = True
    kept = advice if fatal else f"{advice} The value was ignored; the row was loaded."
    draft.reject(rows, name, what, kept, fatal)
    draft.columns[name] = pc.if_else(pa.array(mask), pa.scalar(None, values.type), values)


def _far_days(draft: TypedRows, name: str, fatal: bool) -> None:
    if draft.context.options.get(FAR) == "keep":
        return
    days, counts = draft.different_days(name)
    if not len(days):
        return
    low, high = _usual(days, counts, name)
    if low == days[0] and high == days[-1]:
        return
    moments = draft.columns[name].cast(pa.date32())
    outside = pc.or_(pc.less(moments, pa.scalar(low)), pc.greater(moments, pa.scalar(high)))
    rows = np.flatnonzero(pc.fill_null(outside, False).to_numpy(zero_copy_only=False))
    what = f"It is far from all other dates in the column, which range from {low} to {high}."
    advice = "Correct the date, or choose “Keep” under “Distant dates”."
    _drop(draft, name, rows, what, advice, fatal)


def _usual(days: np.ndarray, counts: np.ndarray, name: str) -> tuple[date, date]:
    """The first and the last of days, in order and with their counts, without single ones far from all others."""
    ranks = np.cumsum(counts)
    count = int(ranks[-1])
    first, last = 0, len(days) - 1
    if count >= _FEW:
        few = max(1, int(count * _SINGLE))
        inner = np.searchsorted(ranks, [few, count - few - 1], side="right")
        usual = _YEAR if name in _HAPPENED and count >= _MANY else _GENERATION
        limit = max(usual, int((days[inner[1]] - days[inner[0]]).astype(int)))
        gaps = np.flatnonzero(np.diff(days).astype(int) > limit)
        first = int(max(gaps[ranks[gaps] <= few] + 1, default=first))
        last = int(min(gaps[count - ranks[gaps] <= few], default=last))
    return days[first].astype(date), days[last].astype(date)
