"""How each column writes days and numbers: by its own evidence, then that of other columns, else by asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from cs_dash.intake.cells import arrays, dates, missing, money
from cs_dash.intake.cells.date_order import DateForms, date_forms, date_parts
from cs_dash.intake.cells.dates import Order, month_name, month_number
from cs_dash.intake.cells.habits import ColumnReader, Habits
from cs_dash.intake.cells.money import Decimal
from cs_dash.look.words import plural
from cs_dash.schema import names
from cs_dash.schema.tables import Field, FieldType

_JUDGED = 5_000
_WHOLE = ("seats", "times")
_ORDERS: dict[str, Order] = {"dmy": "dmy", "mdy": "mdy"}
_SIGNS: dict[str, Decimal] = {"comma": "comma", "point": "point"}


@dataclass(frozen=True)
class TextColumn:
    """A column whose cells are to be typed: its name in the file, the field that it fills, its cells."""

    name: str
    field: Field
    cells: pa.Array

    @property
    def type(self) -> FieldType:
        """The type of the field."""
        return self.field.type

    @property
    def whole(self) -> bool:
        """Whether it counts things that have no parts."""
        return self.field.type == "integer" or self.field.unit in _WHOLE


def option_for_column(options: Mapping[str, str], option: str, column: str) -> str | None:
    """Return what the reader chose for a column, by "option:column" or for all by "option"; None where nothing."""
    return _own_option(options, option, column) or options.get(option)


def _own_option(options: Mapping[str, str], option: str, column: str) -> str | None:
    option_key = f"{option}:{names.key(column)}"
    own = (value for name, value in options.items() if name.startswith(f"{option}:") and _key(name) == option_key)
    return next(own, None)


def _key(name: str) -> str:
    option, _, column = name.partition(":")
    return f"{option}:{names.key(column)}"


def column_readers(columns: Sequence[TextColumn], options: Mapping[str, str], since_1904: bool) -> list[ColumnReader]:
    """Return how each column is read.

    Args:
        columns: the columns of one sheet.
        options: the reader's choices.
        since_1904: whether bare numbers that stand for days count from 1904.
    """
    days = arrays.map_columns(
        lambda column: date_forms(column.cells) if column.type in ("date", "timestamp") else DateForms(),
        columns,
        max((len(column.cells) for column in columns), default=0),
    )
    signs = [_decimal_sign(column) if column.type in ("money", "number", "integer") else None for column in columns]
    readers = []
    for at, column in enumerate(columns):
        if column.type in ("date", "timestamp"):
            other_columns = [(column.name, days[n].unambiguous_rows) for n, column in enumerate(columns) if n != at]
            reader = _date_reader(column, days[at], other_columns, options)
        elif column.type in ("money", "number", "integer"):
            other_signs = [(column.name, signs[n]) for n, column in enumerate(columns) if n != at]
            reader = _number_reader(column, signs[at], other_signs, options)
        else:
            reader = ColumnReader(Habits("dmy", ""))
        fiscal_start = month_number(options.get("fiscal_year", "")) or 1
        readers.append(replace(reader, habits=replace(reader.habits, since_1904=since_1904, fiscal_start=fiscal_start)))
    return readers


def order_of(name: str, cells: pa.Array, options: Mapping[str, str]) -> Order:
    """Return whether the day or the month comes first in a column of days, by its own evidence."""
    return column_readers([TextColumn(name, Field(name, "date", ""), cells)], options, False)[0].habits.order


def _rows(count: int) -> str:
    return f"{count:,} other rows" if count > 1 else "1 other row"


def _date_reader(
    column: TextColumn,
    days: DateForms,
    other_columns: Sequence[tuple[str, Mapping[Order, int]]],
    options: Mapping[str, str],
) -> ColumnReader:
    own_choice = _ORDERS.get(_own_option(options, "dates", column.name) or "")
    chosen_order = own_choice or _ORDERS.get(options.get("dates", ""))
    telling = days.unambiguous_rows
    order: Order = "dmy" if telling["dmy"] > telling["mdy"] else "mdy"
    decided = telling["dmy"] != telling["mdy"]
    elsewhere = _order_elsewhere(other_columns)
    if chosen_order and decided and order != chosen_order:
        return ColumnReader(Habits(order, ""), assumption=_contradicted_order(column, chosen_order, telling[order]))
    # A choice for the whole sheet that rows of another column contradict is no better for this one.
    if chosen_order and (own_choice or decided or not elsewhere or elsewhere.order == chosen_order):
        return ColumnReader(Habits(chosen_order, ""))
    if decided:
        return ColumnReader(Habits(order, f"{_rows(telling[order])} of the column can only be read this way"))
    if days.dotted:
        return ColumnReader(Habits("dmy", "they are written with dots"))
    if elsewhere:
        return ColumnReader(elsewhere)
    if by_firsts := days.order_by_firsts:
        return ColumnReader(Habits(by_firsts, "all its dates are then the first of a month"))
    usual = days.usual_order
    why = "they are written with AM and PM" if days.half_days else "nothing in the sheet indicates it"
    question, answers = _day_question(days.ambiguous) if days.ambiguous else ("", ())
    assumed_first = tuple(sorted(answers, key=lambda answer: answer[0] != usual))
    # Where the column asks, its answer is the choice; else it is one for the whole sheet.
    choice = "date order" if question else "“Date order”"
    return ColumnReader(Habits(usual, f"{why}; choose another {choice} if that is wrong"), question, assumed_first)


def _contradicted_order(column: TextColumn, chosen_order: Order, rows: int) -> str:
    """The sentence about a choice that rows of the column contradict: they decide how all of it is read."""
    at = 0 if chosen_order == "mdy" else 1
    texts = arrays.first_different(column.cells, _JUDGED, missing.trimmed)
    example = next((text for text in texts if dates.is_numeric(text) and date_parts(text)[at] > 12), "")
    first, other = ("day", "month") if chosen_order == "mdy" else ("month", "day")
    return (
        f"The chosen “Date order” contradicts {plural(rows, 'row')} of {column.name}, such as {example}, which "
        f"can only be read {first} first: the whole column was read {first} first, not {other} first."
    )


def _order_elsewhere(other_columns: Sequence[tuple[str, Mapping[Order, int]]]) -> Habits | None:
    """The order that most of the other columns' telling rows have."""
    rows: Counter[Order] = Counter()
    for _, counts in other_columns:
        rows.update(counts)
    if rows["dmy"] == rows["mdy"]:
        return None
    order: Order = "dmy" if rows["dmy"] > rows["mdy"] else "mdy"
    clearest = max(other_columns, key=lambda counts: counts[1][order])[0]
    return Habits(order, f"{_rows(rows[order])} of the sheet, as in {clearest}, can only be read this way")


def _day_question(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question about a day that can be read both ways, and its answers."""
    first, second = date_parts(text)
    day_text = text.split()[0].split("T")[0].rstrip(",")
    by_day, by_month = (first, month_name(second)), (second, month_name(first))
    question = f"Is {day_text} the {_nth(by_day[0])} of {by_day[1]} or the {_nth(by_month[0])} of {by_month[1]}?"
    return question, (("dmy", f"{by_day[0]} {by_day[1]}"), ("mdy", f"{by_month[0]} {by_month[1]}"))


def _nth(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


def _values_due(cells: pa.Array) -> pa.Array:
    return missing.without_missing(cells, missing.NO_VALUE)


def _decimal_sign(column: TextColumn) -> tuple[Decimal | None, str]:
    """The decimal sign that a column's own values show, and a value that could be read with either."""
    values = arrays.first_different(column.cells, _JUDGED, _values_due)
    sign = money.certain_decimal(values)
    doubtful = "" if sign else next((value for value in values if money.is_doubtful(value)), "")
    return sign, doubtful


def _number_reader(
    column: TextColumn,
    own: tuple[Decimal | None, str] | None,
    other_signs: Sequence[tuple[str, tuple[Decimal | None, str] | None]],
    options: Mapping[str, str],
) -> ColumnReader:
    sign, doubtful = own or (None, "")
    if chosen_sign := _SIGNS.get(option_for_column(options, "decimal", column.name) or ""):
        values = arrays.first_different(column.cells, _JUDGED, _values_due)
        telling = [value for value in values if money.own_decimal(value) not in (None, chosen_sign)]
        if 2 * len(telling) <= sum(money.own_decimal(value) is not None for value in values):
            return ColumnReader(Habits("dmy", "", chosen_sign))
        decided: Decimal = "point" if chosen_sign == "comma" else "comma"
        return ColumnReader(
            Habits("dmy", "", decided),
            assumption=f"The chosen “Decimal sign” contradicts {plural(len(telling), 'value')} of "
            f"{column.name}, such as {telling[0]}: the column was read with the {decided} as its decimal sign.",
        )
    if sign or not doubtful:
        return ColumnReader(Habits("dmy", ""))
    separator = "," if "," in doubtful else "."
    thousands: Decimal = "point" if separator == "," else "comma"
    sign_name = "comma" if separator == "," else "point"
    assumption = f"The {sign_name} in values such as {doubtful} was read as the thousands separator"
    if column.whole:
        return ColumnReader(
            Habits("dmy", "", thousands), assumption=f"{assumption}, because {column.name} holds whole numbers."
        )
    elsewhere = Counter(other[0] for _, other in other_signs if other and other[0])
    if elsewhere["point"] != elsewhere["comma"]:
        used: Decimal = "point" if elsewhere["point"] > elsewhere["comma"] else "comma"
        example_column = next(name for name, other in other_signs if other and other[0] == used)
        because = f"because {example_column} uses the {used} as its decimal sign."
        if used == thousands:
            return ColumnReader(Habits("dmy", "", used), assumption=f"{assumption}, {because}")
        decimal_text = f"The {sign_name} in values such as {doubtful} was read as the decimal sign"
        return ColumnReader(Habits("dmy", "", used), assumption=f"{decimal_text}, {because}")
    whole, part = (
        money.number(doubtful, thousands),
        money.number(doubtful, "comma" if thousands == "point" else "point"),
    )
    question = f"Does {doubtful} mean {whole:,.0f}, or slightly more than {int(part or 0):,}?"
    answers = (thousands, f"{whole:.0f}"), ("comma" if thousands == "point" else "point", f"{part:g}")
    assumed: Decimal = "point"
    return ColumnReader(
        Habits("dmy", "", assumed), question, tuple(sorted(answers, key=lambda other: other[0] != assumed))
    )
