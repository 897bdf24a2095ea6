"""Cells of text become typed values; what cannot be read is left out and reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells import arrays, dates, missing, money, status
from cs_dash.intake.cells.day_parser import DayParser, Parsed
from cs_dash.intake.cells.habits import Habits, Typed, Unread
from cs_dash.intake.cells.money import Decimal
from cs_dash.intake.cells.worded_numbers import worded_reader
from cs_dash.schema.tables import Field, FieldType

_JUDGED = 5_000
ARROW: dict[FieldType, pa.DataType] = {
    "id": pa.string(),
    "account": pa.string(),
    "text": pa.string(),
    "category": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "money": pa.float64(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "flag": pa.bool_(),
}


def _by_value(cells: pa.Array, kind: pa.DataType, parse: Callable[[str], Parsed]) -> Typed:
    """Type every different value once and put the results back in place."""
    encoded = pc.dictionary_encode(cells)
    parsed = [parse(value) for value in encoded.dictionary.to_pylist()]
    values = pa.array([value for value, _ in parsed], kind).take(encoded.indices)
    wrong: dict[tuple[str, str], list[int]] = {}
    for code, (_, fault) in enumerate(parsed):
        if fault is not None:
            wrong.setdefault(fault, []).append(code)
    if not wrong:
        return Typed(values)
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    unread = []
    for (what, advice), bad in wrong.items():
        rows = np.flatnonzero(np.isin(codes, bad))
        examples = cells.take(pa.array(rows[:2_000])).to_pylist()
        unread.append(Unread(rows, tuple(examples), what, advice))
    return Typed(values, tuple(unread))


_DAY = r"(?:19[7-9]\d|20\d\d|2100)-\d\d-\d\d"
_ISO = rf"^{_DAY}(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?)?$"
_FEW = 0.5


def _plain_moments(cells: pa.Array) -> pa.Array | None:
    """Type a column of ISO moments at once; None where a cell is written otherwise or out of range."""
    try:
        moments = cells.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    years = pc.min_max(pc.year(moments)).as_py()
    if years["min"] is not None and not dates.FIRST_YEAR <= years["min"] <= years["max"] <= dates.LAST_YEAR:
        return None
    return moments


def _moments(cells: pa.Array, kind: pa.DataType, parse: Callable[[str], Parsed]) -> tuple[Typed, bool]:
    """Type a column of moments, and return whether any cell was not plain ISO; such cells are parsed one by one."""

    def of_kind(moments: pa.Array) -> pa.Array:
        return moments if kind == moments.type else pc.floor_temporal(moments, unit="day").cast(kind)

    plain_moments = _plain_moments(cells)
    if plain_moments is not None:
        return Typed(of_kind(plain_moments)), False
    plain = pc.fill_null(pc.match_substring_regex(cells, _ISO), False)
    odd_rows = np.flatnonzero(pc.and_(pc.invert(plain), cells.is_valid()).to_numpy(zero_copy_only=False))
    if len(odd_rows) < _FEW * len(cells):
        plain_moments = _plain_moments(pc.if_else(plain, cells, pa.scalar(None, pa.string())))
        if plain_moments is not None:
            return _put_together(
                of_kind(plain_moments), odd_rows, _by_value(cells.take(pa.array(odd_rows)), kind, parse)
            ), True
    return _by_value(cells, kind, parse), True


def _put_together(plain: pa.Array, places: np.ndarray, odd_values: Typed) -> Typed:
    """The cells typed at once combined with those parsed one by one, which belong at `places`."""
    order = np.arange(len(plain))
    order[places] = len(plain) + np.arange(len(places))
    values = pa.concat_arrays([plain, odd_values.values]).take(pa.array(order))
    return Typed(values, tuple(replace(unread, rows=places[unread.rows]) for unread in odd_values.unread))


def _plain_numbers(cells: pa.Array) -> pa.Array | None:
    """Type a column of plain numbers at once; None where a cell is written otherwise."""
    try:
        numbers = cells.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    return numbers if pc.all(pc.is_finite(numbers)).as_py() in (True, None) else None


def _numbers(
    cells: pa.Array, sign: Decimal, factor: float | None, worded: Callable[[str], float | None] | None
) -> Typed:
    """Type a column of numbers, times the factor; without one only what `worded` reads counts."""

    def parse(text: str) -> Parsed:
        return _number(text, sign, factor, worded)

    def scaled(plain_numbers: pa.Array) -> pa.Array:
        if factor is None:
            return pa.nulls(len(plain_numbers), pa.float64())
        return plain_numbers if factor == 1.0 else pc.multiply(plain_numbers, factor)

    if sign != "point":
        return _by_value(cells, pa.float64(), parse)
    if (numbers := _plain_numbers(cells)) is not None:
        return Typed(scaled(numbers))
    plain = pc.fill_null(pc.match_substring_regex(cells, r"^-?\d{1,15}(?:\.\d{1,15})?$"), False)
    odd_rows = np.flatnonzero(pc.and_(pc.invert(plain), cells.is_valid()).to_numpy(zero_copy_only=False))
    if len(odd_rows) < _FEW * len(cells):
        numbers = _plain_numbers(pc.if_else(plain, cells, pa.scalar(None, pa.string())))
        if numbers is not None:
            return _put_together(
                scaled(numbers), odd_rows, _by_value(cells.take(pa.array(odd_rows)), pa.float64(), parse)
            )
    return _by_value(cells, pa.float64(), parse)


def _text(cells: pa.Array, field: Field) -> Typed:
    missing_words = missing.NO_VALUE if field.type in ("id", "account") else missing.NOTHING
    texts = missing.without_missing(cells, missing_words)
    if field.type in ("id", "account"):
        some = texts.drop_null()
        wholes = len(some) > 0 and pc.all(pc.ends_with(some, ".0")).as_py()
        if wholes and pc.all(pc.match_substring_regex(some, r"^\d+\.0$")).as_py():
            texts = pc.replace_substring_regex(texts, r"\.0$", "")
    return Typed(texts)


def _number(text: str, sign: Decimal, factor: float | None, worded: Callable[[str], float | None] | None) -> Parsed:
    number = money.number(text, sign)
    number = money.shortened(text, sign) if number is None and worded is None else number
    if number is not None:
        return None if factor is None else number * factor, None
    if worded is not None and (number := worded(text)) is not None:
        return number, None
    return None, ("Not a number.", "Write a number, for example 1234.50.")


def _flag(text: str) -> Parsed:
    answer = status.flag(text)
    return (answer, None) if answer is not None else (None, ("Neither yes nor no.", "Write yes or no."))


def typed(cells: pa.Array, field: Field, habits: Habits, factor: float | None = 1.0) -> Typed:
    """Return a column of cells as values of the field's type.

    Args:
        cells: strings.
        field: the field they fill.
        habits: how the sheet writes its values.
        factor: what numbers are multiplied by; None: their unit is not known, so they are left out.
    """
    kind = ARROW[field.type]
    if field.type in ("id", "account", "text", "category"):
        return _text(cells, field)
    values_due = missing.without_missing(cells, missing.NO_ANSWER if field.type == "flag" else missing.NO_VALUE)
    if field.type in ("date", "timestamp"):
        parser = DayParser(field, habits.order, habits.since_1904, habits.fiscal_start)
        moments, odd = _moments(values_due, kind, parser)
        order_notes = _order_assumption(values_due, habits, field) if odd else ()
        return Typed(moments.values, moments.unread, (*order_notes, *parser.assumptions))
    if field.type == "flag":
        return _by_value(missing.without_missing(cells, missing.NO_ANSWER), kind, _flag)
    sign = habits.decimal or money.decimal(arrays.first_different(values_due, _JUDGED))
    numbers = _numbers(values_due, sign, factor, worded_reader(field, factor, values_due, sign))
    values = numbers.values
    if field.type == "integer":
        values = pc.round(values).cast(kind)
    assumptions = ["Commas were read as decimal signs."] if sign == "comma" and habits.decimal is None else []
    if short := _shortened(values_due, field, sign):
        assumptions.append(short)
    return Typed(values, numbers.unread, tuple(assumptions))


def _shortened(cells: pa.Array, field: Field, sign: Decimal) -> str:
    """What shortened numbers were read as, as a sentence; "" where there are none."""
    if field.unit in ("minutes", "months") or _plain_numbers(cells) is not None:
        return ""
    values = ((text, money.shortened(text, sign)) for text in arrays.first_different(cells, _JUDGED))
    text, value = next(((text, value) for text, value in values if value is not None), ("", 0.0))
    return f"Abbreviated numbers such as {text} (read as {value:,.0f}) are less exact than others." if text else ""


def _order_assumption(cells: pa.Array, habits: Habits, field: Field) -> tuple[str, ...]:
    if not habits.order_from:
        return ()
    sample = arrays.first_different(cells, 1000)
    numeric = [value for value in sample if dates.is_numeric(value)]
    if not numeric:
        return ()
    first = "day" if habits.order == "dmy" else "month"
    return (f"Dates such as {numeric[0]} were read {first} first, because {habits.order_from}.",)
