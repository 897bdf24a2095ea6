"""Numbers that are written with more than digits: durations, terms, amounts with their period, answers in words."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import durations, intervals, money, survey_words
from cs_dash.intake.cells.money import Decimal
from cs_dash.schema.tables import Field


def worded_reader(
    field: Field, factor: float | None, cells: pa.Array, sign: Decimal
) -> Callable[[str], float | None] | None:
    """Return how values of a field are read that are more than a number; None where such values are nothing.

    Args:
        field: the field.
        factor: what plain numbers of the column are multiplied by.
        cells: the column.
        sign: the decimal sign of its numbers.
    """
    if field.unit == "minutes":

        def minutes(text: str) -> float | None:
            duration = durations.duration_minutes(text)
            # A column of clocks such as 12:30 may be minutes and seconds.
            in_seconds = duration is not None and factor == 1 / 60 and durations.is_short_clock(text)
            return duration / 60 if duration is not None and in_seconds else duration

        return minutes
    if field.unit == "months":
        return lambda text: months if (months := intervals.months(text)) else None
    if field.type == "money":

        def amount(text: str) -> float | None:
            pair = intervals.in_cell(text)
            plain = pair[0] if pair else text
            number = money.number(plain, sign)
            return money.shortened(plain, sign) if number is None else number * (factor or 1.0)

        return amount
    if field.name in survey_words.FIELDS:
        labels = pc.unique(cells.slice(0, survey_words.JUDGED)).drop_null().slice(0, survey_words.MOST_LABELS)
        kind = survey_words.labels_kind(labels.to_pylist())
        return lambda text: survey_words.worded_score(text, kind)
    return None
