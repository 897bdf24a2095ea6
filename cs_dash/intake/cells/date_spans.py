"""Months, quarters, halves, weeks, years as people write them: "Aug-20", "T3 2025", "H1 2025", "2025-W14", "FY25"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from cs_dash.intake.cells.dates import MONTHS, end_of_month

_SEP = r"[\s.\-/_,'’]*"
_OF = r"(?:\s*(?:de|del|do|da|of)\s+)?"
_YEAR = r"(?P<year>(?:19|20)\d\d|(?<!\d)\d\d)"
_YEAR_4 = r"(?P<year>(?:19|20)\d\d)"
_END = r"\s*(?:г\.?|год|года|年|年度)?\.?$"
_FISCAL = (
    r"(?:FY|F\.Y\.|GJ|FJ|EF|AF|ФГ|Geschäftsjahr|Wirtschaftsjahr|fiscal year|fiscal|exercice|ejercicio|exercício|"
    r"財年|财年)"
)
_NUMBERS = {
    word: number
    for number, words in enumerate((
        "i 一 上 first erstes premier primer primeiro первый первое",
        "ii 二 下 second zweites deuxième segundo второй второе",
        "iii 三 third drittes troisième tercer terceiro третий",
        "iv 四 fourth viertes quatrième cuarto quarto четвертый четвёртый",
    ), 1)
    for word in words.split()
}  # fmt: skip
_NUMBER_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_ORDINAL = rf"(?P<number>[1-4]|{_NUMBER_WORDS})(?:st|nd|rd|th|er|e|ème|º|°|ª|o|-?й|-?е|-?ое)?\.?"
_QUARTER_WORD = r"(?:quarter|qtr\.?|quartal|trimestre|trim\.?|квартал[а-я]*|кв\.?|季度?)"
_HALF_WORD = r"(?:half(?:[\s-]*year)?|halbjahr|hj|semestre|sem\.?|полугоди[а-я]*|п/г)"
_WEEK_WORD = r"(?:week|wk|cw|kw|woche|kalenderwoche|semaine|semana|sem\.?(?=\s*\d\d\D)|недел[а-я]*|нед\.?|周)"
_MONTH_WORD = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"^{text}{_END}", re.IGNORECASE)


_MONTH = (
    _pattern(rf"(?P<word>{_MONTH_WORD})\.?{_SEP}{_OF}{_YEAR}"),
    _pattern(rf"{_YEAR_4}{_SEP}(?P<word>{_MONTH_WORD})"),
    _pattern(rf"{_YEAR_4}[-/.\s]?M?(?P<number>0[1-9]|1[0-2])"),
    _pattern(rf"{_YEAR_4}[-/.](?P<number>[1-9])"),
    _pattern(rf"M?(?P<number>0?[1-9]|1[0-2])[-/.\s]{_YEAR_4}"),
    _pattern(rf"{_YEAR}\s*年\s*(?P<number>0?[1-9]|1[0-2])\s*月份?"),
    _pattern(rf"{_YEAR_4}\s*年\s*(?P<chinese>十[一二]?|[一二三四五六七八九])\s*月份?"),
)
_QUARTER = (
    _pattern(rf"(?P<fiscal>{_FISCAL}\s*)?{_YEAR}{_SEP}年?\s*[QT](?P<number>[1-4])"),
    _pattern(rf"[QT]\.?\s?(?P<number>[1-4])(?:[\s.\-/_,'’]+|(?=(?:19|20)\d\d)){_OF}(?P<fiscal>{_FISCAL}\s*)?{_YEAR}"),
    _pattern(rf"(?P<number>[1-4])\s?[QT]{_SEP}(?P<fiscal>{_FISCAL}\s*)?{_YEAR}"),
    _pattern(rf"{_ORDINAL}\s*{_QUARTER_WORD}{_SEP}{_OF}(?P<fiscal>{_FISCAL}\s*)?{_YEAR}"),
    _pattern(rf"{_QUARTER_WORD}\s*(?P<number>[1-4]|IV|I{{1,3}}){_SEP}{_OF}(?P<fiscal>{_FISCAL}\s*)?{_YEAR}"),
    _pattern(rf"{_YEAR_4}\s*年?\s*第?(?P<number>[1-4一二三四])\s*季度?"),
)
_HALF = (
    _pattern(rf"(?P<fiscal>{_FISCAL}\s*)?{_YEAR_4}{_SEP}(?:HY|H|S|HJ)(?P<number>[12])"),
    _pattern(
        rf"(?:HY|HJ|H|S)\s?(?P<number>[12])(?:[\s.\-/_,'’]+|(?=(?:19|20)\d\d)){_OF}(?P<fiscal>{_FISCAL}\s*)?{_YEAR}"
    ),
    _pattern(rf"(?P<number>[12])\s?(?:HY|HJ|H|S){_SEP}{_YEAR}"),
    _pattern(rf"{_ORDINAL}\s*{_HALF_WORD}{_SEP}{_OF}(?P<fiscal>{_FISCAL}\s*)?{_YEAR}"),
    _pattern(rf"{_HALF_WORD}\s*(?P<number>[12]|I{{1,2}}){_SEP}{_OF}(?P<fiscal>{_FISCAL}\s*)?{_YEAR}"),
    _pattern(rf"{_YEAR_4}\s*年?\s*(?P<number>[上下])半年"),
)
_WEEK = (
    _pattern(rf"{_YEAR_4}{_SEP}(?:(?:W|CW|KW)\s?|S(?=\d\d))(?P<number>\d\d?)"),
    _pattern(rf"(?:W|S)(?P<number>\d\d){_SEP}{_YEAR_4}"),
    _pattern(rf"{_WEEK_WORD}\s*(?P<number>\d\d?)(?:[\s.\-/_,'’]+|(?=(?:19|20)\d\d)){_OF}{_YEAR}"),
    _pattern(rf"(?P<number>\d\d?)\.?\s*{_WEEK_WORD}{_SEP}{_OF}{_YEAR_4}"),
    _pattern(rf"{_YEAR_4}\s*年?\s*第?(?P<number>\d\d?)\s*周"),
)
_FISCAL_YEAR = (
    _pattern(rf"(?P<fiscal>{_FISCAL})[\s.\-/_'’]*{_YEAR}"),
    _pattern(rf"{_YEAR_4}\s*(?P<fiscal>财年|財年)"),
)
_TWO_YEARS = re.compile(
    rf"^(?P<fiscal>{_FISCAL})?[\s.\-/_'’]*(?P<year>(?:19|20)\d\d|\d\d)\s*[/\-–]\s*(?P<next>(?:19|20)\d\d|\d\d)$",
    re.IGNORECASE,
)
_CALENDAR_YEAR = re.compile(r"^(?P<year>(?:19[7-9]|20[0-9])\d)(?:\.0)?\s*(?:г\.?|год|年)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """The days that a text such as "Q3 2025" stands for.

    Attributes:
        first: the first day.
        last: the last day.
        unit: "month", "quarter", "half", "week" or "year".
        fiscal: it is a part of a fiscal year, which may begin in another month than January.
    """

    first: date
    last: date
    unit: str
    fiscal: bool = False


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else (2000 if int(text) < 70 else 1900) + int(text)


def _number(text: str) -> int:
    return _NUMBERS.get(text.casefold()) or int(text)


def _months(year: int, month: int, count: int, unit: str, fiscal: bool = False) -> Span:
    """The span of `count` months from a month, which may lie before or after the year."""
    begin, end = year * 12 + month - 1, year * 12 + month - 2 + count
    last = end_of_month(date(end // 12, end % 12 + 1, 1))
    return Span(date(begin // 12, begin % 12 + 1, 1), last, unit, fiscal)


def _part(match: re.Match[str], months: int, unit: str, fiscal_start: int) -> Span:
    """A quarter or a half; one of a fiscal year counts from the year's first month, in the year before its name."""
    year, number = _full_year(match["year"]), _number(match["number"])
    fiscal = bool(match.groupdict().get("fiscal"))
    if fiscal and fiscal_start != 1:
        return _months(year - 1, fiscal_start + (number - 1) * months, months, unit, True)
    return _months(year, 1 + (number - 1) * months, months, unit, fiscal)


def _month(match: re.Match[str]) -> Span | None:
    parts = match.groupdict()
    if parts.get("word"):
        number = MONTHS[parts["word"].casefold()]
    elif parts.get("chinese"):
        number = _CHINESE_MONTHS.index(parts["chinese"]) + 1
    else:
        number = int(parts["number"])
    return _months(_full_year(match["year"]), number, 1, "month")


def _week(match: re.Match[str]) -> Span | None:
    try:
        monday = date.fromisocalendar(_full_year(match["year"]), int(match["number"]), 1)
    except ValueError:
        return None
    return Span(monday, monday + timedelta(days=6), "week")


@lru_cache(maxsize=50_000)
def span(text: str, fiscal_start: int = 1) -> Span | None:
    """Return the month, quarter, half, week or fiscal year that `text` names; None for days and for all else.

    A fiscal year is named after the calendar year in which it ends, as "FY25" usually is. Weeks are those of ISO 8601.

    Args:
        text: one value, without blanks around it.
        fiscal_start: the month in which fiscal years begin, 1 to 12.

    >>> span("Aug-20").first, span("T3 2025").last, span("2025-W14").first
    (datetime.date(2020, 8, 1), datetime.date(2025, 9, 30), datetime.date(2025, 3, 31))
    """
    if len(text) > 40 or not any(char.isdigit() for char in text):
        return None
    plain = unicodedata.normalize("NFC", text)
    for pattern in _MONTH:
        if match := pattern.match(plain):
            return _month(match)
    for pattern in _WEEK:
        if match := pattern.match(plain):
            return _week(match)
    for patterns, months, unit in ((_QUARTER, 3, "quarter"), (_HALF, 6, "half")):
        for pattern in patterns:
            if match := pattern.match(plain):
                return _part(match, months, unit, fiscal_start)
    for pattern in _FISCAL_YEAR:
        if match := pattern.match(plain):
            year = _full_year(match["year"]) - (fiscal_start != 1)
            return _months(year, fiscal_start, 12, "year", True)
    return _two_years(plain, fiscal_start)


def _two_years(text: str, fiscal_start: int) -> Span | None:
    """A fiscal year with both its calendar years, such as "FY 2024/25"; None where the setting says it has but one."""
    match = _TWO_YEARS.match(text)
    if not match or not (match["fiscal"] or len(match["year"]) == 4) or fiscal_start == 1:
        return None
    year = _full_year(match["year"])
    return _months(year, fiscal_start, 12, "year", True) if _full_year(match["next"]) == year + 1 else None


def is_two_years(text: str) -> bool:
    """Return whether a text names a fiscal year by both its calendar years, such as "FY 2024/25".

    >>> is_two_years("FY 2024/25"), is_two_years("2024/12"), is_two_years("FY25")
    (True, False, False)
    """
    match = _TWO_YEARS.match(text)
    if match is None or not (match["fiscal"] or len(match["year"]) == 4):
        return False
    return _full_year(match["next"]) == _full_year(match["year"]) + 1 and span(text) is None


def calendar_year(text: str) -> Span | None:
    """Return the calendar year that a bare number names. Only where a date is due: 2025 may be any number.

    >>> calendar_year("2025").last
    datetime.date(2025, 12, 31)
    """
    match = _CALENDAR_YEAR.match(text)
    return _months(int(match["year"]), 1, 12, "year") if match else None
