"""Days and moments as people and systems write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

Order = Literal["dmy", "mdy"]

FIRST_YEAR, LAST_YEAR = 1970, 2100
_EPOCH = datetime(1899, 12, 30)
_MONTHS: dict[str, int] = {}
for _number, _spellings in enumerate((
    "january jan januar jänner jän janvier janv enero ene janeiro января январь янв",
    "february feb februar février févr fév febrero fevereiro fev февраля февраль февр фев",
    "march mar märz mär mrz mars marzo março марта март мар",
    "april apr avril avr abril abr апреля апрель апр",
    "may mai mayo maio мая май",
    "june jun juni juin junio junho июня июнь июн",
    "july jul juli juillet juill juil julio julho июля июль июл",
    "august aug août agosto ago августа август авг",
    "september sep sept septembre septiembre setiembre setembro set сентября сентябрь сент сен",
    "october oct oktober okt octobre octubre outubro out октября октябрь окт",
    "november nov novembre noviembre novembro ноября ноябрь нояб ноя",
    "december dec dezember dez décembre déc diciembre dic dezembro декабря декабрь дек",
), 1):  # fmt: skip
    _MONTHS |= dict.fromkeys(_spellings.split(), _number)
    _MONTHS |= dict.fromkeys(
        unicodedata.normalize("NFKD", _spellings).encode("ascii", "ignore").decode().split(), _number
    )
MONTHS = _MONTHS
"""The number of a month by its name, folded."""

_CLOCK = (
    r"(?:[T,\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$"
)
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _CLOCK, re.IGNORECASE)
_YEAR_LAST = re.compile(r"^(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})\.?" + _CLOCK, re.IGNORECASE)
_WORDS = re.compile(
    r"^(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]*(?:de\s+)?([^\W\d]{3,}|[^\W\d_]+)\.?[\s.,\-/]*(?:de\s+)?(\d{4}|\d{2})(?:\s*г\.?)?"
    + _CLOCK,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"^(?:[^\W\d]+,\s+)?([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})" + _CLOCK, re.IGNORECASE
)
_MONTH_ONLY = re.compile(r"^([^\W\d]{3,})\.?[\s\-/]+(\d{4})$")
_YEAR_MONTH = re.compile(r"^(\d{4})[-/.](\d{1,2})$")
_CHINESE = re.compile(r"^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?" + _CLOCK)
_DIGITS = re.compile(r"^(\d{8}|\d{10}|\d{13})(?:\.0+)?$")
_SERIAL = re.compile(r"^(\d{5})(?:[.,](\d+))?$")
_NAMED_ZONES = {
    "PST": "-08:00", "PDT": "-07:00", "MST": "-07:00", "MDT": "-06:00", "CST": "-06:00", "CDT": "-05:00",
    "EST": "-05:00", "EDT": "-04:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "MSK": "+03:00",
}  # fmt: skip
"""Time zones that exports name by their letters."""
_NAMED_ZONE = re.compile(rf"(?<=\d)\s+({'|'.join(_NAMED_ZONES)})$")
_ZONE = re.compile(
    r"(?<=[\d\s])\s*(?:Z|UTC|GMT|(?<=:\d\d)[+-]\d{2}:?\d{2}|(?<=:\d\d)[+-]\d{2}|(?<=\s)[+-]\d{4})$", re.IGNORECASE
)
_NUMERIC = re.compile(r"^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})\b")


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> datetime | None:
    hour, minute, second, half, zone = clock
    at = int(hour or 0)
    if half:
        if not 1 <= at <= 12:
            return None
        at = at % 12 + (12 if half.casefold().startswith("p") else 0)
    try:
        moment = datetime(year, month, day, at, int(minute or 0), int(second or 0))
    except ValueError:
        return None
    if zone and zone.upper() not in ("Z", "UTC", "GMT"):
        digits = zone[1:].replace(":", "").ljust(4, "0")
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        try:
            return moment - shift if zone[0] == "+" else moment + shift
        except OverflowError:
            return None
    return moment


def is_numeric(value: str) -> bool:
    """Return whether the order of day and month matters to `value`."""
    return bool(_NUMERIC.match(value))


def _numbers(text: str, base: datetime) -> datetime | None:
    if match := _DIGITS.match(text):
        digits = match[1]
        if len(digits) == 8:
            return _moment(int(digits[:4]), int(digits[4:6]), int(digits[6:]), (None,) * 5)
        seconds = int(digits) / (1000 if len(digits) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    if match := _SERIAL.match(text):
        share = float(f"0.{match[2]}") if match[2] else 0.0
        return base + timedelta(days=int(match[1]), seconds=round(share * 86400))
    return None


def _words(text: str) -> datetime | None:
    if match := _WORDS.match(text):
        month = _MONTHS.get(match[2].casefold())
        return _moment(_year(match[3]), month, int(match[1]), match.groups()[3:]) if month else None
    if match := _MONTH_FIRST.match(text):
        month = _MONTHS.get(match[1].casefold())
        return _moment(int(match[3]), month, int(match[2]), match.groups()[3:]) if month else None
    if match := _MONTH_ONLY.match(text):
        month = _MONTHS.get(match[1].casefold())
        return _moment(int(match[2]), month, 1, (None,) * 5) if month else None
    return None


def moment(text: str, first: Order = "dmy", since_1904: bool = False) -> datetime | None:
    """Return the moment that `text` names, in UTC where it names a zone, without a zone; None where it names none.

    A day without a time is its midnight, a month its first day.

    Args:
        text: one value, without blanks around it.
        first: what comes first in "3/4/2025".
        since_1904: whether the file counts days from 1904.
    """
    if text[-1:] == "T" or text[-1:] == "K":
        text = _NAMED_ZONE.sub(lambda zone: _NAMED_ZONES[zone[1]], text)
    if len(text) >= 10 and text[4:5] == "-":
        try:
            iso_moment = datetime.fromisoformat(text)
            return iso_moment.astimezone(UTC).replace(tzinfo=None) if iso_moment.tzinfo else iso_moment
        except (ValueError, OverflowError):
            pass
    if match := _YEAR_FIRST.match(text) or _CHINESE.match(text):
        return _moment(int(match[1]), int(match[2]), int(match[3]), match.groups()[3:])
    if match := _YEAR_LAST.match(text):
        a, b = int(match[1]), int(match[3])
        day, month = (a, b) if first == "dmy" else (b, a)
        return _moment(_year(match[4]), month, day, match.groups()[4:])
    if match := _YEAR_MONTH.match(text):
        return _moment(int(match[1]), int(match[2]), 1, (None,) * 5)
    return _numbers(text, _EPOCH + timedelta(days=1462 if since_1904 else 0)) or _words(text)


def in_range(value: datetime | date) -> bool:
    """Return whether a moment lies in the years that a customer's history can."""
    return FIRST_YEAR <= value.year <= LAST_YEAR


def day(text: str, first: Order = "dmy", since_1904: bool = False) -> date | None:
    """Return the calendar day that `text` names, as its own time zone has it; None where it names none."""
    without_zone = _ZONE.sub("", _NAMED_ZONE.sub("", text))
    local_moment = moment(without_zone, first, since_1904)
    return local_moment.date() if local_moment else None


@dataclass(frozen=True)
class Period:
    """The day or the month that a sheet describes.

    Attributes:
        day: the day; the last one of a month.
        source: where it was found, in words: "the file's name" ...
    """

    day: date
    source: str

    @property
    def month(self) -> date:
        """The first day of the month."""
        return self.day.replace(day=1)


_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip


def month_name(number: int) -> str:
    """Return the English name of a month, 1 to 12."""
    return _MONTH_NAMES[number - 1]


def month_number(text: str) -> int | None:
    """Return the number of a month by its name in any of the languages, or by its number; None for other words.

    >>> month_number("Juli"), month_number("10"), month_number("13")
    (7, 10, None)
    """
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    return MONTHS.get(text.strip().rstrip(".").casefold())


def end_of_month(first: date) -> date:
    """Return the last day of the month of `first`."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def next_month(first: date) -> date:
    """Return the first day of the month after that of `first`."""
    return end_of_month(first) + timedelta(days=1)
