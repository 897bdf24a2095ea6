"""Numbers and amounts of money as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal

Decimal = Literal["point", "comma"]

# Japanese files have a backslash where Japanese screens show the sign of the yen.
_CODES = re.compile(
    r"(?:\b(?:USD|EUR|GBP|CHF|JPY|CNY|RMB|RUB|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ARS|CLP|COP|ZAR|SGD|HKD|NZD|"
    r"TRY|KRW|ILS|UAH|AED|THB|TWD)\b|US\$|A\$|C\$|R\$|[$€£¥₽₹₩₴₺₪元円]|\bруб\.?|\bkr\.?|\bRs\.?|\bzł|\bKč|"
    r"^\\(?=\s?[\d-]))",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_PLAIN = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$")
_POINTED = re.compile(r"^\d{1,3}(?:,\d{2,3})*(?:\.\d+)?$|^\d+(?:\.\d+)?$|^\.\d+$")
_COMMAED = re.compile(r"^\d{1,3}(?:\.\d{3})*(?:,\d+)?$|^\d+(?:,\d+)?$|^,\d+$")
_EITHER = re.compile(r"^[1-9]\d{0,2}[.,]\d{3}$")
_SHORT_WORDS: dict[float, str] = {
    1e3: "k tsd tausend thousand тыс mil mille mila 千",
    1e4: "万 萬",
    1e5: "lakh lac",
    1e6: "mn mio mln mill million millions millionen millones milhoes mi млн 百万",
    1e7: "crore",
    1e8: "亿 億",
    1e9: "bn mrd billion billions milliarden млрд",
}
_FACTORS = {word: factor for factor, words in _SHORT_WORDS.items() for word in words.split()}
_LONE = {"m": 1e6, "t": 1e3, "b": 1e9}
"""Letters that shorten amounts with a currency or a decimal only: "12m" may be months."""
_SHORT = re.compile(r"^(\d[\d.,]*)([^\W\d_]+)\.?$")
_LEADING = re.compile(r"^\d[\d.,]*\d(?=[^\W\d])|^\d(?=[^\W\d])")
_CLOCK = re.compile(r"^(?:(\d+)\s?d(?:ays?)?,?\s*)?(\d+):(\d{2})(?::(\d{2}(?:\.\d+)?))?$")
_SHEET_CLOCK = re.compile(r"^(1899-12-31|1900-01-\d\d) (\d\d):(\d\d):(\d\d(?:\.\d+)?)$")
_SYMBOLS = {"€": "EUR", "£": "GBP", "₽": "RUB", "₹": "INR", "₩": "KRW", "₴": "UAH", "₺": "TRY", "₪": "ILS",
            "us$": "USD", "a$": "AUD", "c$": "CAD", "r$": "BRL", "$": "USD", "¥": "JPY", "\\": "JPY",
           "元": "CNY", "円": "JPY", "rmb": "CNY", "rs": "INR", "zł": "PLN", "kč": "CZK"}  # fmt: skip


@lru_cache(maxsize=10_000)
def bare(text: str) -> tuple[str, bool, bool]:
    """Return the digits and separators of a number, whether it is below zero, and whether it is a percentage."""
    cut = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("–", "-").strip()
    negative = False
    if cut.startswith("(") and cut.endswith(")"):
        negative, cut = True, cut[1:-1]
    cut = _SPACES.sub("", _CODES.sub("", cut))
    percent = cut.endswith("%")
    cut = cut.rstrip("%")
    if cut.endswith("-"):
        negative, cut = not negative, cut[:-1]
    if cut[:1] in "+-" and cut:
        negative, cut = negative != (cut[0] == "-"), cut[1:]
    return cut, negative, percent


def decimal(values: Iterable[str]) -> Decimal:
    """Return the decimal sign of a column: the one that most unambiguous values use, the point where none decides."""
    return certain_decimal(values) or "point"


def is_doubtful(value: str) -> bool:
    """Return whether a number can be read with either decimal sign: one sign with three digits after it.

    >>> is_doubtful("1.234"), is_doubtful("0.125"), is_doubtful("12,50")
    (True, False, False)
    """
    return bool(_EITHER.match(bare(value)[0]))


def certain_decimal(values: Iterable[str]) -> Decimal | None:
    """Return the decimal sign that most of a column's unambiguous values use, or None where none decides.

    In "1.234,5" the last sign is the decimal one; "1,5" cannot be thousands; "1,234" can be either and decides nothing.
    """
    values = list(values)
    votes = Counter(own_decimal(value) for value in values)
    if not votes["comma"] and not votes["point"]:
        return _by_grouping(values)
    return "comma" if votes["comma"] > votes["point"] else "point"


def own_decimal(value: str) -> Decimal | None:
    """Return the decimal sign that a number itself shows; None where it has none, or its sign can be either.

    >>> own_decimal("1.234,5"), own_decimal("1,5"), own_decimal("1,234,567"), own_decimal("1,234"), own_decimal("12")
    ('comma', 'comma', 'point', None, None)
    """
    digits = _number_part(value)
    last = max(",.", key=digits.rfind)
    if last not in digits:
        return None
    other: Decimal = "comma" if last == "." else "point"
    own: Decimal = "comma" if last == "," else "point"
    if "," in digits and "." in digits:
        return own
    if digits.count(last) > 1:
        return other
    return None if _EITHER.match(digits) else own


def _by_grouping(values: Iterable[str]) -> Decimal | None:
    """The decimal sign that follows from how numbers such as "1.234" stand among whole ones, or None.

    Who writes 1500 without a sign between thousands, means a decimal one in 1.234. Who writes 369 without decimals and
    1.200 with a last zero, means thousands: decimals are written all or without needless zeros.
    """
    digits = [_number_part(value) for value in values]
    either = [number_text for number_text in digits if _EITHER.match(number_text)]
    whole = [number_text for number_text in digits if number_text.isdecimal()]
    marks = {"," if "," in number_text else "." for number_text in either}
    if len(marks) != 1 or not whole:
        return None
    own: Decimal = "comma" if "," in marks else "point"
    if any(len(number_text) > 3 for number_text in whole):
        return own
    if any(number_text.endswith("0") for number_text in either):
        return "point" if own == "comma" else "comma"
    return None


def number(text: str, sign: Decimal = "point") -> float | None:
    """Return the number that `text` writes, a percentage as a share; None where it is no number.

    >>> number("$1,234.50"), number("(1.234,50 €)", "comma"), number("45 %"), number("1.2k")
    (1234.5, -1234.5, 0.45, None)
    """
    if sign == "point" and _PLAIN.match(text):
        return float(text)
    digits, negative, percent = bare(text)
    if sign == "comma":
        if not _COMMAED.match(digits):
            return None
        digits = digits.replace(".", "").replace(",", ".")
    elif _POINTED.match(digits):
        digits = digits.replace(",", "")
    elif not _PLAIN.match(digits):
        return None
    value = float(digits)
    value = -value if negative else value
    return value / 100 if percent else value


def _number_part(text: str) -> str:
    """The digits and separators of a number, without the words behind it."""
    digits = bare(text)[0]
    match = _LEADING.match(digits)
    return match[0] if match else digits


def _long(text: str) -> tuple[str, float]:
    """The digits of a number, and what the word behind them multiplies them by: "1.2k", "12,5 тыс.", "1.2万"."""
    digits = bare(text)[0]
    match = _SHORT.match(digits)
    if match is None:
        return digits, 1.0
    word = unicodedata.normalize("NFKD", match[2].casefold()).encode("ascii", "ignore").decode() or match[2].casefold()
    factor = _FACTORS.get(match[2].casefold()) or _FACTORS.get(word)
    if factor is None and (_CODES.search(text) or re.search(r"[.,]\d{1,2}$", match[1])):
        factor = _LONE.get(word)
    return (match[1], factor) if factor else (digits, 1.0)


def shortened(text: str, sign: Decimal = "point") -> float | None:
    """Return the number that a shortened one such as "1.2k" stands for; None where it is none.

    >>> shortened("1.2k"), shortened("12,5 тыс.", "comma"), shortened("1.2万"), shortened("€1.2 Mio"), shortened("12m")
    (1200.0, 12500.0, 12000.0, 1200000.0, None)
    """
    digits, factor = _long(text)
    if factor == 1.0:
        return None
    value = number(digits, sign)
    if value is None:
        value = number(digits, "comma" if sign == "point" else "point")
    return None if value is None else round(value * factor, 6) * (-1 if bare(text)[1] else 1)


def clock_minutes(text: str) -> float | None:
    """Return the minutes in "2:30", "02:30:00" or "1d 02:30" (hours first); None where it is no duration.

    A workbook's cell that holds a time comes as that time on its day zero.
    """
    if match := _SHEET_CLOCK.match(text):
        days = (date.fromisoformat(match[1]) - date(1899, 12, 31)).days
        return days * 1440 + int(match[2]) * 60 + int(match[3]) + float(match[4]) / 60
    match = _CLOCK.match(text.strip())
    if not match:
        return None
    whole, hours, minutes, seconds = match.groups()
    return int(whole or 0) * 1440 + int(hours) * 60 + int(minutes) + float(seconds or 0) / 60


def currency(text: str) -> str | None:
    """Return the currency code that a cell or a header names, or None."""
    match = _CODES.search(unicodedata.normalize("NFKC", text))
    if not match:
        return None
    sign = match.group(0).casefold().rstrip(".")
    return _SYMBOLS.get(sign, {"руб": "RUB", "kr": None}.get(sign, sign.upper()))
