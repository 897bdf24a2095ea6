"""Months as headers and names of files write them: "Jan 2026", "2026-01-31", "янв 26", "accounts_2026-01.csv"."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import PurePath

from cs_dash.intake.cells import dates
from cs_dash.intake.cells.dates import Period, end_of_month

FIRST, LAST = 2000, 2100
_MONTH = "|".join(sorted(map(re.escape, dates.MONTHS), key=len, reverse=True))
_BETWEEN = r"[\s._/\-'’,]*"
_DAY = re.compile(r"(?<!\d)(20\d\d)([-_./ ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d)?)?(?!\d)")
_DAY_LAST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])[.\-_](0?[1-9]|1[0-2])[.\-_](20\d\d)(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_./ ]?(?:M)?(0[1-9]|1[0-2])(?!\d)")
_MONTH_YEAR = re.compile(r"(?<![\d.])(0?[1-9]|1[0-2])[-_./](20\d\d)(?!\d)")
_CHINESE = re.compile(r"(?<!\d)(20\d\d|\d\d)\s*[年년]\s*(1[0-2]|0?[1-9])\s*[月월]")
_CHINESE_YEAR_LAST = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*[月월]\s*(20\d\d)(?!\d)")
_WORD_YEAR = re.compile(rf"(?<![^\W\d_])({_MONTH})\.?{_BETWEEN}(20\d\d|\d\d)(?!\d)(?:\s*г\.?)?", re.IGNORECASE)
_YEAR_WORD = re.compile(rf"(?<!\d)(20\d\d){_BETWEEN}({_MONTH})(?![^\W\d_])", re.IGNORECASE)
_WORD = re.compile(rf"(?<![^\W\d_])({_MONTH})(?![^\W\d_])|(?<!\d)(1[0-2]|0?[1-9])\s*[月월]", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_COPY = re.compile(r"\s*(?:\(\d+\)|- ?copy|_copy)\s*$", re.IGNORECASE)


def _date(year: str | int, month: str | int, day: str | int = 1) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _written_period(text: str) -> tuple[date, bool, tuple[int, int]] | None:
    """The day or month written in a text, whether it is a day, and where it stands."""
    for pattern, places in ((_DAY, (1, 3, 4)), (_DAY_LAST, (3, 2, 1))):
        if (m := pattern.search(text)) and (day := _date(*(m[place] for place in places))):
            return day, True, m.span()
    orders = ((_CHINESE, (1, 2)), (_CHINESE_YEAR_LAST, (2, 1)), (_YEAR_MONTH, (1, 2)), (_MONTH_YEAR, (2, 1)))
    for pattern, (year, month) in orders:
        if (m := pattern.search(text)) and (day := _date(_full_year(m[year]), m[month])):
            return day, False, m.span()
    if m := _WORD_YEAR.search(text):
        return date(_full_year(m[2]), dates.MONTHS[m[1].casefold()], 1), False, m.span()
    if m := _YEAR_WORD.search(text):
        return date(int(m[1]), dates.MONTHS[m[2].casefold()], 1), False, m.span()
    return None


def _number(word: re.Match[str]) -> int:
    """The number of the month that `_WORD` matched."""
    return dates.MONTHS[word[1].casefold()] if word[1] else int(word[2])


def _without(text: str, span: tuple[int, int]) -> str:
    return re.sub(r"[\s_\-.,/()]+", " ", f"{text[: span[0]]} {text[span[1] :]}").strip()


def month_column(name: str, year: int | None = None) -> tuple[date, str] | None:
    """Return the month in a column's name and the rest of the name; None where it names no month.

    A date stands for its month only where it is the first or the last day of it; others are days.

    Args:
        name: the column's name.
        year: the year of months that are written without one.

    >>> month_column("MRR Jan-26"), month_column("2026-01-31 00:00:00"), month_column("Mär", 2026)
    ((datetime.date(2026, 1, 1), 'MRR'), (datetime.date(2026, 1, 1), ''), (datetime.date(2026, 3, 1), ''))
    """
    text = unicodedata.normalize("NFKC", name).strip()
    if len(text) > 40:
        return None
    written = _written_period(text)
    if written is None and year is not None and (m := _WORD.search(text)):
        written = date(year, _number(m), 1), False, m.span()
    if written is None:
        return None
    day, is_day, span = written
    if not FIRST <= day.year <= LAST or (is_day and day.day != 1 and day != end_of_month(day)):
        return None
    return day.replace(day=1), _without(text, span)


def bare_month(name: str, order: dates.Order) -> date | None:
    """Return the month whose first or last day a date stands for, such as 1/31/2026 or a workbook's number of a day."""
    text = name.strip().removesuffix(".0")
    if not re.fullmatch(r"[345]\d{4}|\d{1,2}/\d{1,2}/(?:20)?\d\d", text):
        return None
    day = dates.day(text, order)
    return day.replace(day=1) if day and (day.day == 1 or day == end_of_month(day)) else None


def year_named(file: str, sheet: str) -> int | None:
    """Return the year in the sheet's name, else the one in the file's."""
    for text in (sheet, PurePath(file).stem):
        if m := _YEAR.search(text):
            return int(m[1])
    return None


def named_period(file: str, sheet: str, latest: date) -> Period | None:
    """Return the day or month in the names of a sheet and its file; None where they name none.

    Args:
        file: the file's name.
        sheet: the sheet's name.
        latest: the day of the load; a sheet cannot describe a period that begins after it.
    """
    stem = _COPY.sub("", PurePath(file).stem)
    year = year_named(file, "")
    for text, says in ((sheet, "the sheet's name"), (stem, "the file's name")):
        written = _written_period(text)
        if written is None and text == sheet and (m := _WORD.fullmatch(text.strip())):
            at = _number(m)
            # Without a year anywhere it is the newest such month.
            guessed = year or (latest.year if at <= latest.month else latest.year - 1)
            written = date(guessed, at, 1), False, (0, len(text))
        if written is None:
            continue
        day, is_day, _ = written
        if day.year < FIRST or day > latest:
            continue
        return Period(day if is_day else min(end_of_month(day), latest), f"{says}, “{text.strip()}”")
    return None


def source(file: str, sheet: str) -> str:
    """Return what names the same list from month to month: the names of file and sheet without days and years."""
    parts = []
    for text in (_COPY.sub("", PurePath(file).stem), sheet):
        written = _written_period(text)
        plain = _without(text, written[2]) if written else "" if _WORD.fullmatch(text.strip()) else text
        parts.append(" ".join(re.sub(r"[\s_\-.]+", " ", _YEAR.sub("", plain)).split()))
    return " ".join(part for part in parts if part).casefold()
