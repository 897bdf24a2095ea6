"""A company's tables as plain values, and the ways in which programs and countries write such tables into files."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

Value = str | date | datetime | float | int | bool | None
TEXT = ("id", "text")


@dataclass(frozen=True)
class Column:
    """A column: what it is called in which language, and what it holds.

    Attributes:
        names: language -> name; "en" always.
        kind: id, text, date, moment, money, number or flag.
    """

    names: dict[str, str]
    kind: str

    def called(self, language: str) -> str:
        """Return its name in a language, the English one where it has none."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True)
class Table:
    """A table of plain values, one tuple a row."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = field(repr=False)


@dataclass(frozen=True)
class Dialect:
    """One way of writing tables into files. Every attribute is a key of the choices below or a plain switch."""

    form: str = "csv"
    delimiter: str = ","
    quote: str = '"'
    quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL
    line_end: str = "\n"
    encoding: str = "utf-8"
    days: str = "iso"
    flags: str = "True/False"
    numbers: str = "plain"
    money: str = "{}"
    missing: str = ""
    language: str = "en"
    case: str = "as it is"
    order: int = 0
    extra: int = 0
    above: tuple[str, ...] = ()
    below: str = ""
    gaps: bool = False
    native: bool = False


MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
           "декабря"),
}  # fmt: skip


def _clock(moment: date, shape: str = " %H:%M:%S") -> str:
    return moment.strftime(shape) if isinstance(moment, datetime) else ""


def _halves(moment: date) -> str:
    return f" {moment.hour % 12 or 12}:{moment:%M:%S %p}" if isinstance(moment, datetime) else ""


def _serial(day: date) -> str:
    if isinstance(day, datetime):
        return repr((day - datetime(1899, 12, 30)) / timedelta(days=1))
    return str((day - date(1899, 12, 30)).days)


DAYS: dict[str, Callable[[date], str]] = {
    "iso": lambda d: f"{d:%Y-%m-%d}{_clock(d)}",
    "iso T": lambda d: f"{d:%Y-%m-%d}{_clock(d, 'T%H:%M:%S')}",
    "iso Z": lambda d: f"{d:%Y-%m-%d}{_clock(d, 'T%H:%M:%SZ')}",
    "iso midnight": lambda d: f"{d:%Y-%m-%d}{_clock(d) or ' 00:00:00'}",
    "iso milliseconds": lambda d: f"{d:%Y-%m-%d}{_clock(d, 'T%H:%M:%S.000Z') or 'T00:00:00.000Z'}",
    "D/M/YYYY": lambda d: f"{d.day}/{d.month}/{d.year}{_clock(d)}",
    "DD/MM/YYYY": lambda d: f"{d:%d/%m/%Y}{_clock(d)}",
    "DD-MM-YYYY": lambda d: f"{d:%d-%m-%Y}{_clock(d)}",
    "DD/MM/YY": lambda d: f"{d:%d/%m/%y}{_clock(d)}",
    "M/D/YYYY": lambda d: f"{d.month}/{d.day}/{d.year}{_clock(d)}",
    "M/D/YYYY PM": lambda d: f"{d.month}/{d.day}/{d.year}{_halves(d)}",
    "MM/DD/YYYY": lambda d: f"{d:%m/%d/%Y}{_clock(d)}",
    "DD.MM.YYYY": lambda d: f"{d:%d.%m.%Y}{_clock(d)}",
    "DD.MM.YYYY, clock": lambda d: f"{d:%d.%m.%Y}{_clock(d, ', %H:%M:%S')}",
    "YYYY/MM/DD": lambda d: f"{d:%Y/%m/%d}{_clock(d)}",
    "YYYY.M.D": lambda d: f"{d.year}.{d.month}.{d.day}{_clock(d)}",
    "D MMM YYYY": lambda d: f"{d.day} {MONTHS['en'][d.month - 1]} {d.year}{_clock(d)}",
    "DD-MMM-YY": lambda d: f"{d.day:02}-{MONTHS['en'][d.month - 1]}-{d:%y}{_clock(d)}",
    "MMM D, YYYY": lambda d: f"{MONTHS['en'][d.month - 1]} {d.day}, {d.year}{_clock(d)}",
    "D. Monat YYYY": lambda d: f"{d.day}. {MONTHS['de'][d.month - 1]} {d.year}{_clock(d)}",
    "D месяца YYYY": lambda d: f"{d.day} {MONTHS['ru'][d.month - 1]} {d.year}{_clock(d)}",
    "serial": _serial,
}
FLAGS = {
    spellings: tuple(spellings.split("/"))
    for spellings in ("True/False", "TRUE/FALSE", "true/false", "1/0", "yes/no", "Y/N", "t/f", "да/нет", "ja/nein",
                 "oui/non", "sí/no", "WAHR/FALSCH", "ИСТИНА/ЛОЖЬ", "是/否")
}  # fmt: skip
NUMBERS: dict[str, tuple[str, str]] = {
    "plain": ("", "."), "1,234.5": (",", "."), "1.234,5": (".", ","), "1 234,5": (" ", ","), "1234,5": ("", ","),
    "1\u00a0234,5": ("\u00a0", ","), "1\u202f234,5": ("\u202f", ","), "1'234.5": ("'", "."), "1 234.5": (" ", "."),
}  # fmt: skip
"""Sign between thousands, decimal sign."""
MONEY = ("{}", "${}", "€ {}", "{} €", "£{}", "{} USD", "EUR {}", "¥{}", "{} ₽", "CHF {}")
MISSING = ("", "n/a", "-", "NULL", "None", "N/A", "null", "—", "нет данных")


def number(value: float, dialect: Dialect, places: int | None) -> str:
    """Return a number as the dialect writes it, with all its digits and at least so many decimals."""
    thousands, sign = NUMBERS[dialect.numbers]
    whole, _, part = repr(float(value)).partition(".")
    part = "" if part == "0" else part
    part = part if places is None else part.ljust(places, "0")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return f"{grouped}{sign}{part}" if part else grouped


def written(value: Value, kind: str, dialect: Dialect) -> str:
    """Return a value as the dialect writes it. Words for nothing stand where a value is due, not for text."""
    if value is None:
        return "" if kind in TEXT else dialect.missing
    if isinstance(value, bool):
        return FLAGS[dialect.flags][not value]
    if isinstance(value, date):
        return DAYS[dialect.days](value)
    if isinstance(value, int | float):
        if kind == "money":
            return dialect.money.format(number(value, dialect, 2))
        return number(value, dialect, None)
    return value


def headed(name: str, case: str) -> str:
    """Return a column's name in another case; words are run together in Latin letters only."""
    if case == "CamelCase" and not name.isascii():
        return name
    return {
        "as it is": name, "UPPER": name.upper(), "Title": name.title(), "snake_case": name.replace(" ", "_"),
        "kebab-case": name.replace(" ", "-"), "CamelCase": "".join(word.capitalize() for word in name.split()),
        " spaced ": f" {name} ",
    }[case]  # fmt: skip


CASES = ("as it is", "UPPER", "Title", "snake_case", "kebab-case", "CamelCase", " spaced ")
EXTRA = (
    ("Region code", ("EMEA", "APAC", "AMER")),
    ("Internal remark", ("see the wiki", "—", "")),
    ("Row colour", ("red", "")),
)


@dataclass
class Sheet:
    """Rows as they are written: names, then cells, each as text and as the value that it is."""

    names: list[str]
    kinds: list[str]
    rows: list[list[tuple[str, Value]]] = field(default_factory=list)


def sheet(table: Table, dialect: Dialect) -> Sheet:
    """Return a table's rows in a dialect: columns renamed and in another order, with others between."""
    rng = random.Random(dialect.order)
    places = list(range(len(table.columns)))
    if dialect.order:
        rng.shuffle(places)
    dirty_sheet = Sheet(
        [headed(table.columns[at].called(dialect.language), dialect.case) for at in places],
        [table.columns[at].kind for at in places],
    )
    for row in table.rows:
        dirty_sheet.rows.append([(written(row[at], table.columns[at].kind, dialect), row[at]) for at in places])
    for name, values in EXTRA[: dialect.extra]:
        at = rng.randrange(len(dirty_sheet.names) + 1)
        dirty_sheet.names.insert(at, name)
        dirty_sheet.kinds.insert(at, "text")
        for number_, cells in enumerate(dirty_sheet.rows):
            cells.insert(at, (values[number_ % len(values)], values[number_ % len(values)]))
    return dirty_sheet


def lines(sheet_to_write: Sheet, dialect: Dialect) -> list[list[tuple[str, Value]]]:
    """Return all the lines of a sheet: notes, names, rows with gaps between them, totals."""
    sheet_lines: list[list[tuple[str, Value]]] = [[(note, note)] for note in dialect.above]
    if dialect.above:
        sheet_lines.append([])
    sheet_lines.append([(name, name) for name in sheet_to_write.names])
    for at, row in enumerate(sheet_to_write.rows):
        if dialect.gaps and at and at % 7 == 0:
            sheet_lines.append([])
        sheet_lines.append(row)
    if dialect.below:
        last: list[tuple[str, Value]] = [("", None) for _ in sheet_to_write.names]
        last[0] = (dialect.below, dialect.below)
        for at, kind in enumerate(sheet_to_write.kinds):
            if kind == "money" and at:
                held = [row[at][1] for row in sheet_to_write.rows]
                whole = sum((cell for cell in held if isinstance(cell, int | float)), 0.0)
                last[at] = (written(whole, "money", dialect), whole)
        sheet_lines.append(last)
    return sheet_lines
