"""What a column holds, judged by a sample of its different values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import (
    date_spans,
    dates,
    durations,
    identity,
    intervals,
    missing,
    money,
    open_ends,
    status,
    survey_words,
    tax_numbers,
)
from cs_dash.intake.cells.profiles import Profile

_SAMPLE, _FEW = 150, 40
_SCANNED = 20_000
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_FIRST_DAY, _LAST_DAY = 25569, 73416  # 1970-01-01 and 2101-01-01 in days since the end of 1899
_CODE = re.compile(r"^(?=.*\d)(?=.*[^\W\d_]|(?:\D*\d){5})(?!\d+[.,]\d+$)[\w.#-]+$")
_INTEGER_DATE = re.compile(r"^\d+(\.\d+)?$")


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


@lru_cache(maxsize=10_000)
def _is_date(value: str) -> bool:
    if len(value) > 40 or (_INTEGER_DATE.match(value) and not (len(value) == 8 and value[:2] in ("19", "20"))):
        return False
    moment = dates.moment(value) or dates.moment(value, "mdy")
    if moment is None and (span := date_spans.span(value)):
        return dates.in_range(span.first)
    return moment is not None and dates.in_range(moment)


def _is_year_or_month(value: str) -> bool:
    """Whether digits may be a year or a month such as 2025 or 202503: only where a day is due."""
    span = date_spans.calendar_year(value) or (date_spans.span(value) if len(value) == 6 else None)
    return span is not None and dates.in_range(span.first)


def _ends(values: Sequence[str]) -> float:
    days = _share(values, lambda value: _is_date(value) or _is_year_or_month(value))
    return (
        days + _share(values, lambda value: open_ends.is_running(value) or open_ends.is_unknown(value)) if days else 0.0
    )


def _is_number(value: str, sign: money.Decimal) -> bool:
    if money.number(value, sign) is not None or money.shortened(value, sign) is not None:
        return True
    pair = intervals.in_cell(value)
    return pair is not None and money.number(pair[0], sign) is not None


def profile(cells: pa.Array, accounts: frozenset[str] = frozenset()) -> Profile:
    """Return what a column of cells holds; a long one is judged by rows spread over it.

    Args:
        cells: strings.
        accounts: ids and names of the accounts that are known already, as `identity.plain_id` writes them.
    """
    step = max(1, len(cells) // _SCANNED)
    looked = cells.take(pa.array(range(0, len(cells), step))) if step > 1 else cells
    values_due = missing.without_missing(looked, missing.NO_VALUE)
    different = pc.unique(values_due.drop_null())
    values = tuple(different.slice(0, _SAMPLE).to_pylist())
    return replace(
        _judged(values),
        rows=len(looked),
        filled=1 - values_due.null_count / max(len(values_due), 1),
        distinct=len(different),
        accounts=_share(values, lambda v: identity.plain_id(v) in accounts) if accounts else 0.0,
    )


@lru_cache(maxsize=500)
def _judged(values: tuple[str, ...]) -> Profile:
    """What different values are, whichever rows hold them: a sheet is looked at more than once."""
    sign = money.decimal(values)
    length = sum(map(len, values)) / len(values) if values else 0.0
    may_answer = len(values) <= survey_words.MOST_LABELS and length <= survey_words.LONGEST_LABEL
    labels = survey_words.labels_kind(values) if may_answer else None
    first_values = values[:_FEW]
    tax_shaped = _share(first_values, tax_numbers.shaped)
    tax_number, tax_valid = tax_numbers.kind_of(values) if tax_shaped > 0.8 else ("", 0.0)
    return Profile(
        rows=len(values),
        filled=1.0,
        distinct=len(values),
        dates=_share(values, _is_date),
        numbers=_share(values, lambda v: len(v) < 40 and _is_number(v, sign)),
        flags=_share(values, lambda v: len(v) < 20 and status.flag(v) is not None),
        clocks=_share(values, lambda v: len(v) < 32 and durations.duration_minutes(v) is not None),
        emails=_share(values, lambda v: bool(_EMAIL.match(v))),
        accounts=0.0,
        length=length,
        examples=values[:3],
        serials=_share(values, lambda v: bool(_SERIAL.match(v)) and _FIRST_DAY <= float(v) < _LAST_DAY),
        answers=_share(values, lambda v: survey_words.worded_score(v, labels) is not None) if may_answer else 0.0,
        labels=labels,
        codes=_share(first_values, lambda v: bool(_CODE.match(v))),
        tax_number=tax_number,
        tax_shaped=tax_shaped,
        tax_valid=tax_valid,
        years=_share(values, _is_year_or_month),
        ends=_ends(values),
    )
