"""How each column writes days and numbers: by its own evidence, else by that of the other columns, else it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from cs_dash.intake.cells import arrays, missing, money, names, typing
from cs_dash.intake.cells.date_order import DateForms, date_forms, date_parts
from cs_dash.intake.cells.dates import Order
from cs_dash.intake.cells.money import Decimal
from cs_dash.intake.cells.typing import ColumnReader, Habits
from cs_dash.schema.tables import Field, FieldType

_JUDGED = 5_000
_WHOLE = ("seats", "times")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_ORDERS: dict[str, Order] = {"dmy": "dmy", "mdy": "mdy"}
_SIGNS: dict[str, Decimal] = {"comma": "comma", "point": "point"}


@dataclass(frozen=True)
class Column:
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
    wanted = f"{option}:{names.key(column)}"
    own = (value for name, value in options.items() if name.startswith(f"{option}:") and _key(name) == wanted)
    return next(own, options.get(option))


def _key(name: str) -> str:
    option, _, column = name.partition(":")
    return f"{option}:{names.key(column)}"


def column_readers(columns: Sequence[Column], options: Mapping[str, str], since_1904: bool) -> list[ColumnReader]:
    """Return how each column is read.

    Args:
        columns: the columns of one sheet.
        options: the reader's choices.
        since_1904: whether bare numbers that stand for days count from 1904.
    """
    days = arrays.map_columns(
        lambda column: date_forms(column.cells) if column.type in ("date", "timestamp") else DateForms(), columns
    )
    signs = [_decimal_sign(each) if each.type in ("money", "number", "integer") else None for each in columns]
    ways = []
    for at, column in enumerate(columns):
        if column.type in ("date", "timestamp"):
            others = [(each.name, days[n].unambiguous_rows) for n, each in enumerate(columns) if n != at]
            way = _date_reader(column, days[at], others, options)
        elif column.type in ("money", "number", "integer"):
            others_signs = [(each.name, signs[n]) for n, each in enumerate(columns) if n != at]
            way = _number_reader(column, signs[at], others_signs, options)
        else:
            way = ColumnReader(Habits("dmy", ""))
        ways.append(ColumnReader(_with_epoch(way.habits, since_1904), way.question, way.answers, way.assumption))
    return ways


def order_of(name: str, cells: pa.Array, options: Mapping[str, str]) -> Order:
    """Return whether the day or the month comes first in a column of days, by its own evidence."""
    return column_readers([Column(name, Field(name, "date", ""), cells)], options, False)[0].habits.order


def _with_epoch(habits: Habits, since_1904: bool) -> Habits:
    return Habits(habits.order, habits.order_from, habits.decimal, since_1904)


def _rows(count: int) -> str:
    return f"{count:,} other rows" if count > 1 else "1 other row"


def _date_reader(
    column: Column, days: DateForms, others: Sequence[tuple[str, Mapping[Order, int]]], options: Mapping[str, str]
) -> ColumnReader:
    told = _ORDERS.get(option_for_column(options, "dates", column.name) or "")
    if told:
        return ColumnReader(Habits(told, ""))
    telling = days.unambiguous_rows
    if telling["dmy"] != telling["mdy"]:
        order: Order = "dmy" if telling["dmy"] > telling["mdy"] else "mdy"
        return ColumnReader(Habits(order, f"{_rows(telling[order])} of the column cannot be read the other way"))
    if days.dotted:
        return ColumnReader(Habits("dmy", "they are written with dots"))
    if elsewhere := _order_elsewhere(others):
        return ColumnReader(elsewhere)
    if by_firsts := days.order_by_firsts:
        return ColumnReader(Habits(by_firsts, "its months then all begin on the first"))
    usual = days.usual_order
    why = "they are written with AM and PM" if days.half_days else "nothing in the sheet tells"
    other = "dmy" if days.half_days else "mdy"
    question, answers = _day_question(days.ambiguous) if days.ambiguous else ("", ())
    assumed_first = tuple(sorted(answers, key=lambda each: each[0] != usual))
    return ColumnReader(Habits(usual, f"{why}; say dates={other} if that is wrong"), question, assumed_first)


def _order_elsewhere(others: Sequence[tuple[str, Mapping[Order, int]]]) -> Habits | None:
    """The order that most of the other columns' telling rows have."""
    rows: Counter[Order] = Counter()
    for _, each in others:
        rows.update(each)
    if rows["dmy"] == rows["mdy"]:
        return None
    order: Order = "dmy" if rows["dmy"] > rows["mdy"] else "mdy"
    named = max(others, key=lambda each: each[1][order])[0]
    return Habits(order, f"{_rows(rows[order])} of the sheet, as in {named}, cannot be read the other way")


def _day_question(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What is to be asked about a day that can be read both ways, and the answers."""
    first, second = date_parts(text)
    shown = text.split()[0].split("T")[0].rstrip(",")
    by_day, by_month = (first, _MONTHS[second - 1]), (second, _MONTHS[first - 1])
    question = f"Is {shown} the {_nth(by_day[0])} of {by_day[1]} or the {_nth(by_month[0])} of {by_month[1]}?"
    return question, (("dmy", f"{by_day[0]} {by_day[1]}"), ("mdy", f"{by_month[0]} {by_month[1]}"))


def _nth(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


def _decimal_sign(column: Column) -> tuple[Decimal | None, str]:
    """The decimal sign that a column's own values tell, and a value that could be read with either."""
    values = typing.first_different(missing.without_missing(column.cells, missing.NO_VALUE), _JUDGED)
    told = money.certain_decimal(values)
    doubtful = "" if told else next((value for value in values if money.is_doubtful(value)), "")
    return told, doubtful


def _number_reader(
    column: Column,
    own: tuple[Decimal | None, str] | None,
    others: Sequence[tuple[str, tuple[Decimal | None, str] | None]],
    options: Mapping[str, str],
) -> ColumnReader:
    if told := _SIGNS.get(option_for_column(options, "decimal", column.name) or ""):
        return ColumnReader(Habits("dmy", "", told))
    sign, doubtful = own or (None, "")
    if sign or not doubtful:
        return ColumnReader(Habits("dmy", ""))
    mark = "," if "," in doubtful else "."
    thousands: Decimal = "point" if mark == "," else "comma"
    said = (
        f"The {'comma' if mark == ',' else 'point'} in values such as {doubtful} was read as a sign between thousands"
    )
    if column.whole:
        return ColumnReader(
            Habits("dmy", "", thousands), assumption=f"{said}, because {column.name} counts whole things."
        )
    elsewhere = Counter(each[0] for _, each in others if each and each[0])
    if elsewhere["point"] != elsewhere["comma"]:
        used: Decimal = "point" if elsewhere["point"] > elsewhere["comma"] else "comma"
        named = next(name for name, each in others if each and each[0] == used)
        because = f"because {named} uses the {used} as decimal sign."
        if used == thousands:
            return ColumnReader(Habits("dmy", "", used), assumption=f"{said}, {because}")
        return ColumnReader(
            Habits("dmy", "", used), assumption=f"Values such as {doubtful} were read as they stand, {because}"
        )
    whole, part = (
        money.number(doubtful, thousands),
        money.number(doubtful, "comma" if thousands == "point" else "point"),
    )
    question = f"Is {doubtful} the whole number {whole:.0f}, or a little more than {int(part or 0)}?"
    answers = (thousands, f"{whole:.0f}"), ("comma" if thousands == "point" else "point", f"{part:g}")
    assumed: Decimal = "point"
    return ColumnReader(
        Habits("dmy", "", assumed), question, tuple(sorted(answers, key=lambda each: each[0] != assumed))
    )
