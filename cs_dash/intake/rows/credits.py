"""Amounts below zero: standing discounts and credits, which lower what the other lines of their account pay."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa

from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.look.words import plural

_OPEN = np.datetime64("9999-12-31", "D")


def place(draft: TypedRows, source: str) -> None:
    """Keep the lines below zero for as long as the account's other lines pay at least as much; reject the others.

    Args:
        draft: contract lines with their MRR.
        source: the field that the amounts come from, to name it in a problem.
    """
    mrr, starts = draft.numbers("mrr"), draft.days("start_date")
    if mrr is None or starts is None or not (below := (mrr < 0) & ~draft.faults.rejected).any():
        return
    none = np.full(len(draft), np.datetime64("NaT", "D"))
    ends, gone = (days if days is not None else none for days in (draft.days("end_date"), draft.days("gone_by")))
    ends = np.where(np.isnat(ends), np.where(np.isnat(gone), _OPEN, gone), ends)
    accounts = _accounts(draft)
    cut, alone = 0, []
    lowered = np.where(below, 0.0, np.nan_to_num(mrr))
    new_starts, new_ends = starts.copy(), ends.copy()
    for row in np.flatnonzero(below).tolist():
        same = np.flatnonzero((accounts == accounts[row]) & ~draft.faults.rejected)
        span = _span(row, mrr[row], lowered[same], new_starts[same], new_ends[same], starts, ends)
        if span is None:
            alone.append(row)
            continue
        cut += span != (starts[row], ends[row])
        new_starts[row], new_ends[row], lowered[row] = *span, mrr[row]
    advice = "No other line of the account is as large. Correct the sign, or remove credits that do not recur."
    draft.reject(np.array(alone, dtype=int), source, "The recurring amount is negative.", advice)
    count = int(below.sum()) - len(alone)
    if count:
        while_text = f"; {cut:,} of them only while the account's other lines are active" if cut else ""
        draft.assumptions.append(
            f"{plural(count, 'line is', 'lines are')} negative (discounts, credits), which lowers the "
            f"account's MRR{while_text}."
        )
        finite = below & (new_ends < _OPEN)
        draft.columns["start_date"] = pa.array(new_starts, pa.date32())
        given = draft.days("end_date")
        kept_ends = none if given is None else given
        draft.columns["end_date"] = pa.array(np.where(finite, new_ends, kept_ends), pa.date32())


def _accounts(draft: TypedRows) -> np.ndarray:
    texts = [draft.columns[name].to_pylist() for name in ("account_ref", "account_name") if name in draft.columns]
    return np.array([next((text for text in row if text), "") for row in zip(*texts, strict=True)], dtype=object)


def _span(
    row: int, amount: float, paid: np.ndarray, from_days: np.ndarray, to_days: np.ndarray, starts: np.ndarray,
    ends: np.ndarray,
) -> tuple[np.datetime64, np.datetime64] | None:  # fmt: skip
    """The first days in a row, within the line's own, on which the account's lines pay at least what it takes off."""
    edges = np.unique(np.concatenate([from_days, to_days, starts[row : row + 1], ends[row : row + 1]]))
    edges = edges[(edges >= starts[row]) & (edges <= ends[row])]
    first = None
    for day, after in pairwise(edges):
        if paid[(from_days <= day) & (to_days > day)].sum() + amount >= -0.005:
            first, last = (day if first is None else first), after
        elif first is not None:
            break
    return None if first is None else (first, last)
