"""What a column holds, judged by a sample of its different values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
from cs_dash.intake.cells.survey_words import SurveyKind
from cs_dash.schema.tables import Field, FieldType

_SAMPLE, _FEW = 150, 40
_SCANNED = 20_000
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_FIRST_DAY, _LAST_DAY = 25569, 73416  # 1970-01-01 and 2101-01-01 in days since the end of 1899
_CODE = re.compile(r"^(?=.*\d)(?=.*[^\W\d_]|(?:\D*\d){5})(?!\d+[.,]\d+$)[\w.#-]+$")
_INTEGER_DATE = re.compile(r"^\d+(\.\d+)?$")


@dataclass(frozen=True)
class Profile:
    """What a column holds. Shares are 0-1 of its different values.

    Attributes:
        rows: cells looked at.
        filled: share of the cells that hold anything.
        distinct: different values among them.
        dates, numbers, flags, clocks, emails: share that can be read as such; bare numbers are not dates here, clocks
            are durations with a unit of their own.
        serials: share of numbers that are days of 1970 to 2100 as spreadsheets count them.
        years: share of numbers that may be years or months, such as 2025 and 202503.
        ends: share of days and of words such as “still active”, where there are days among them.
        accounts: share that names an account which is known already.
        answers: share that is an answer to a survey in words: "9/10", "Promoter".
        labels: the survey whose answers in words they are; None where they are none.
        length: mean number of characters.
        codes: share that looks like ids: one word with digits, with letters or at least five digits.
        tax_number: what most of them are by their check digits: "CNPJ"; "" where they do not look like any.
        tax_shaped, tax_valid: share that is written like tax numbers, share whose check digits are right.
        examples: up to three values.
    """

    rows: int
    filled: float
    distinct: int
    dates: float
    numbers: float
    flags: float
    clocks: float
    emails: float
    accounts: float
    length: float
    examples: tuple[str, ...]
    serials: float = 0.0
    answers: float = 0.0
    labels: SurveyKind | None = None
    codes: float = 0.0
    tax_number: str = ""
    tax_shaped: float = 0.0
    tax_valid: float = 0.0
    years: float = 0.0
    ends: float = 0.0

    @property
    def names_accounts(self) -> bool:
        """Whether its values are accounts that are known; small numbers may be anything else."""
        return self.accounts > 0.8 and self.distinct > 1 and (self.codes > 0.5 or self.numbers < 0.5)

    @property
    def is_key(self) -> bool:
        """Whether every row has a value, and each another one."""
        return self.distinct > 1 and self.unique > 0.999 and self.filled > 0.999

    @property
    def unique(self) -> float:
        """Different values per filled cell, 0-1."""
        return self.distinct / max(self.rows * self.filled, 1.0)

    def suits(self, field: Field) -> float:
        """Return how well the values suit a field, 0-1: by its type, and answers in words where it holds answers."""
        fit = self.fits(field.type)
        if field.name in open_ends.FIELDS:
            return max(fit, self.ends)
        return max(fit, self.answers) if field.name in survey_words.FIELDS else fit

    def fits(self, kind: FieldType) -> float:
        """Return how well the values suit a field of that type, 0-1; an empty column suits any."""
        if not self.distinct:
            return 1.0
        if kind in ("date", "timestamp"):
            return max(self.dates, self.serials, self.years)
        if kind in ("money", "number", "integer"):
            return max(self.numbers, self.clocks)
        if kind == "flag":
            return self.flags
        if kind in ("id", "account"):
            return 1.0 if self.length <= 60 and self.dates < 0.8 else 0.2
        if kind == "category":
            return 1.0 if self.length <= 80 and self.dates < 0.8 else 0.3
        return 1.0


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


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
    values: list[str] = different.slice(0, _SAMPLE).to_pylist()
    sign = money.decimal(values)
    length = sum(map(len, values)) / len(values) if values else 0.0
    may_answer = len(values) <= survey_words.MOST_LABELS and length <= survey_words.LONGEST_LABEL
    labels = survey_words.labels_kind(values) if may_answer else None
    first_values = values[:_FEW]
    tax_shaped = _share(first_values, tax_numbers.shaped)
    tax_number, tax_valid = tax_numbers.kind_of(values) if tax_shaped > 0.8 else ("", 0.0)
    return Profile(
        len(looked),
        1 - values_due.null_count / max(len(values_due), 1),
        len(different),
        _share(values, _is_date),
        _share(values, lambda v: len(v) < 40 and _is_number(v, sign)),
        _share(values, lambda v: len(v) < 20 and status.flag(v) is not None),
        _share(values, lambda v: len(v) < 32 and durations.duration_minutes(v) is not None),
        _share(values, lambda v: bool(_EMAIL.match(v))),
        _share(values, lambda v: identity.plain_id(v) in accounts) if accounts else 0.0,
        length,
        tuple(values[:3]),
        _share(values, lambda v: bool(_SERIAL.match(v)) and _FIRST_DAY <= float(v) < _LAST_DAY),
        _share(values, lambda v: survey_words.worded_score(v, labels) is not None) if may_answer else 0.0,
        labels,
        _share(first_values, lambda v: bool(_CODE.match(v))),
        tax_number,
        tax_shaped,
        tax_valid,
        _share(values, _is_year_or_month),
        _ends(values),
    )
