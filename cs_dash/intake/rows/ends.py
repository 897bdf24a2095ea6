"""Ends of contracts and customers: words instead of days, days that cannot be read, and whether the last day is paid.

An end that cannot be read is never “still running”: something ended, on a day that is not known.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, date_spans, missing, open_ends
from cs_dash.intake.cells.habits import Unread
from cs_dash.intake.rows.typed_rows import TypedRows

LEAVING = frozenset({"end_date", "churn_date", "churned_on"})
"""Fields whose unreadable cells mean that somebody left, on a day that is not known."""
UNTIL_THEN = "Until then it counts as ended on an unknown date."
_FAR_OFF = ("9999", "2999", "2199", "2100", "2099")
_NEVER = rf"^(?:{'|'.join(_FAR_OFF)})-(?:12-31|01-01)"
_CLEAR, _OFTEN = 4, 0.2
"""How many times as frequent one reading must be, and the least share of all pairs that must have it."""
_FEWEST = 3
"""So many contracts of whole months tell, where no customer has two."""


def without_words(cells: pa.Array, column: str, field: str) -> tuple[pa.Array, Unread | None, list[str]]:
    """Return the cells of an open-ended field with only days in them, which ends are unknown, and what was assumed.

    Args:
        cells: strings.
        column: the column's name in the file.
        field: the field that it fills.
    """
    assumptions = []
    cut = missing.trimmed(cells)
    # Plain beginnings first: the pattern takes ten times as long.
    if any(pc.any(pc.starts_with(cut, year)).as_py() for year in _FAR_OFF):
        never = pc.fill_null(pc.match_substring_regex(cut, _NEVER), False)
        if pc.any(never).as_py():
            cells = _emptied(cells, never)
            assumptions.append(f"Distant dates in {column} were read as “no end date”.")
    running, unknown = open_ends.running(cut), open_ends.unknown(cut)
    if pc.any(running).as_py():
        words = pc.unique(cut.filter(running)).to_pylist()
        named = ", ".join(f"“{word}”" for word in words[:3]) + (" ..." if len(words) > 3 else "")
        rows = int(pc.sum(running).as_py())
        assumptions.append(f"{named} in {column} was read as “active” in {rows:,} {'rows' if rows > 1 else 'row'}.")
        cells = _emptied(cells, running)
    rows_unknown = np.flatnonzero(unknown.to_numpy(zero_copy_only=False))
    if field not in LEAVING or not len(rows_unknown):
        return cells, None, assumptions
    texts = tuple(cut.take(pa.array(rows_unknown[:2_000])).to_pylist())
    cells = _emptied(cells, unknown)
    return cells, Unread(rows_unknown, texts, "Unknown date.", "Write dates as year-month-day."), assumptions


def _emptied(cells: pa.Array, where: pa.Array) -> pa.Array:
    return pc.if_else(where, pa.scalar(None, pa.string()), cells)


def fill_unknown(draft: TypedRows, field: str, day: date) -> None:
    """Date the ends of a draft that cannot be read: the newest day known, or the row's own start where that is later.

    Args:
        draft: contract lines or churn events.
        field: the field with the ends.
        day: the day that data without dates describe.
    """
    unreadable = draft.unreadable.get(field)
    if unreadable is None or not unreadable.any():
        return
    ends, starts = draft.days(field), draft.days("start_date")
    assert ends is not None
    latest = np.full(len(draft), np.datetime64(day, "D"))
    if starts is not None:
        latest = np.where(np.isnat(starts), latest, np.maximum(latest, starts))
    draft.columns[field] = pa.array(np.where(unreadable & np.isnat(ends), latest, ends), pa.date32())
    draft.columns["assumed"] = pa.array(unreadable)
    draft.assumed.add("assumed")
    rows = int((unreadable & ~draft.faults.rejected).sum())
    draft.assumptions.append(
        f"{rows:,} {'rows have' if rows > 1 else 'row has'} an unreadable end date in {draft.source(field)}: "
        f"{'they count' if rows > 1 else 'it counts'} as ended by {day.isoformat()}. Correct the cells, or write "
        "“active” if it is."
    )


def store_day_after(draft: TypedRows) -> None:
    """Store the day after the ends of contract lines where they are last paid days.

    The option `end_date` says so, else the file's own pairs of contracts: whether a customer's next one begins on the
    day on which the last one ends, or on the day after. Where no pair tells, the contracts do that run for whole months
    either up to their ends or up to the day after.
    """
    ends, chosen = draft.days("end_date"), draft.context.options.get("end_date")
    if ends is None:
        return
    same_day, day_after, pairs = _pairs(draft, ends)
    is_after = day_after > 0 and day_after >= _CLEAR * same_day and day_after >= _OFTEN * pairs
    is_same = same_day > 0 and same_day >= _CLEAR * day_after and same_day >= _OFTEN * pairs
    next_begins = "the customer's next contract starts"
    after_text = f"in {day_after:,} of {pairs:,} pairs, {next_begins} the day after the previous one ends"
    same_text = f"in {same_day:,} of {pairs:,} pairs, {next_begins} on the day the previous one ends"
    if not chosen and not same_day and not day_after and (whole_text := _whole_months(draft, ends)):
        is_after, after_text = True, whole_text
    inclusive = chosen == "inclusive" if chosen else is_after
    if inclusive:
        draft.columns["end_date"] = pa.array(ends + np.timedelta64(1, "D"), pa.date32())
        why = f", because {after_text}; change “End dates” if that is wrong" if not chosen else ""
        draft.assumptions.append(f"End dates are the last paid day, so the day after was stored{why}.")
    if chosen and (is_same if inclusive else is_after):
        contrary = same_text if inclusive else after_text
        draft.assumptions.append(f"The choice for “End dates” contradicts the file: {contrary}.")
    decided = chosen or is_after or is_same
    if not decided and same_day and day_after and same_day + day_after >= _OFTEN * pairs:
        draft.questions["end_date"] = (
            f"Is the end date of a contract its last paid day? The file is inconsistent: {after_text}; {same_text}.",
            (("exclusive", "No, the first unpaid day"), ("inclusive", "Yes, the last paid day")),
        )
        draft.assumptions.append(
            f"End dates are assumed to be the first unpaid day. The file is inconsistent: {after_text}; {same_text}."
        )


def _pairs(draft: TypedRows, ends: np.ndarray) -> tuple[int, int, int]:
    """How many contracts have a later one of the same customer, which begins on the day of the end or on the next.

    Returns the counts of those that begin on the day, on the next, and at any later time.
    """
    starts = draft.days("start_date")
    names = [draft.columns[name] for name in ("account_ref", "account_name") if name in draft.columns]
    if starts is None or not names:
        return 0, 0, 0
    customers = pc.dictionary_encode(pc.coalesce(*names)).indices.fill_null(-1).to_numpy(zero_copy_only=False)
    usable = (customers >= 0) & ~np.isnat(starts) & ~draft.faults.rejected & ~(ends <= starts)
    place = customers.astype(np.int64) * 1_000_000
    begun = np.sort((place + starts.astype(np.int64))[usable])
    ended = (place + ends.astype(np.int64))[usable & ~np.isnat(ends)]
    if not len(begun) or not len(ended):
        return 0, 0, 0
    at = np.searchsorted(begun, ended)
    gaps = np.where(at < len(begun), begun[np.minimum(at, len(begun) - 1)] - ended, 1_000_000)
    return int((gaps == 0).sum()), int((gaps == 1).sum()), int((gaps < 500_000).sum())


def _whole_months(draft: TypedRows, ends: np.ndarray) -> str:
    """That most contracts run for whole months if their last days are paid; "" where they do not.

    Ends that are months rather than days tell nothing.
    """
    starts = draft.days("start_date")
    column = next((match.column for match in draft.matches if match.field.name == "end_date"), None)
    if starts is None or column is None:
        return ""
    texts = pc.dictionary_encode(missing.trimmed(arrays.whole(draft.block.rows.column(column))))
    spans = pa.array(
        [bool(text) and date_spans.span(text) is not None for text in texts.dictionary.to_pylist()], pa.bool_()
    )
    is_span = pc.fill_null(spans.take(texts.indices), False).to_numpy(zero_copy_only=False)
    usable = ~np.isnat(starts) & ~np.isnat(ends) & (ends > starts + 26) & ~is_span & ~draft.faults.rejected
    first, last = starts[usable], ends[usable]
    to_the_day, with_it = (_day_of_month(day) == _day_of_month(first) for day in (last, last + 1))
    whole = int(with_it.sum())
    if whole < max(_FEWEST, 0.5 * len(last), _CLEAR * int(to_the_day.sum())):
        return ""
    return f"with that day {whole:,} of {len(last):,} contracts run for whole months"


def _day_of_month(days: np.ndarray) -> np.ndarray:
    return np.asarray(days - days.astype("datetime64[M]").astype("datetime64[D]"))
