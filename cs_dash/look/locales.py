"""How a language writes numbers and days: separators, month names, the place of a currency, short forms.

The conventions are those of Unicode (CLDR), read through Babel once per language, with two exceptions: English dates
have the day first and the month in letters, because 09/10/2026 is two different days on two sides of the Atlantic; and
the short form of a thousand is a lower-case k in English.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names
from babel.numbers import get_currency_symbol

THIN = "\u202f"  # narrow no-break space: between a number and its sign
MINUS = "\u2212"
ENGLISH_SHORT = {1_000: "k", 1_000_000: "M", 1_000_000_000: "bn"}


@dataclass(frozen=True)
class Convention:
    """The conventions of one language.

    Attributes:
        code: the language's code ("de"); "en" for an unknown language.
        decimal: the decimal separator.
        group: the thousands separator; a no-break space where the language uses one.
        months: short month names as used in a date, January first.
        day: pattern of a day, with {d}, {month}, {year}.
        month: pattern of a month, with {month}, {year}.
        currency_first: True where the currency comes before the number.
        space_before_currency: True where there is a space between the two.
        short: (size, sign, spaced) of the short forms, largest first, without those that have no sign.
    """

    code: str
    decimal: str
    group: str
    months: tuple[str, ...]
    day: str
    month: str
    currency_first: bool
    space_before_currency: bool
    short: tuple[tuple[int, str, bool], ...]


READER: ContextVar[str] = ContextVar("reader", default="en")
"""The language of the current reader, so that sentence, figure, chart and table agree."""


def convention(locale: str | None) -> Convention:
    """Return the conventions of `locale` ("de", "pt-BR", "zh_CN"; None: the reader's); English for an unknown one."""
    return _convention(locale or READER.get())


@lru_cache(maxsize=64)
def _convention(locale: str) -> Convention:
    language = _parsed(locale)
    symbols = language.number_symbols.get("latn") or language.number_symbols
    english = language.language == "en"
    names = get_month_names(
        "abbreviated", "format", Locale("en") if english else language
    )  # Sep everywhere, never Sept
    return Convention(
        code=language.language,
        decimal=str(symbols["decimal"]),
        group=str(symbols["group"]),
        months=tuple(names[month] for month in range(1, 13)),
        day="{d} {month} {year}" if english else _pattern(language, "yMMMd"),
        month="{month} {year}" if english else _pattern(language, "yMMM"),
        currency_first=language.currency_formats["standard"].pattern.startswith("¤"),
        space_before_currency="¤\u00a0" in language.currency_formats["standard"].pattern,
        short=_short(language),
    )


def currency_sign(currency: str, locale: str | None) -> str:
    """Return the symbol of a currency ("€"), or its code where the language has no symbol; "" for no currency."""
    return _currency_sign(currency, locale or READER.get()) if currency else ""


@lru_cache(maxsize=256)
def _currency_sign(currency: str, locale: str) -> str:
    return str(get_currency_symbol(currency.upper(), locale=_parsed(locale)))


def _parsed(locale: str) -> Locale:
    parts = locale.replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:length]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def _pattern(language: Locale, skeleton: str) -> str:
    """Return a CLDR date pattern ("d MMM y 'г'.") as one for `str.format` ("{d} {month} {year} г.")."""
    fields = {"M": "{m}", "d": "{d}", "dd": "{d}", "y": "{year}", "MMM": "{month}", "LLL": "{month}"}
    tokens = re.findall(r"'[^']*'|[A-Za-z]+|[^A-Za-z']+", language.datetime_skeletons[skeleton].pattern)
    return "".join(fields.get(token, token.strip("'")) for token in tokens)


def _short(language: Locale) -> tuple[tuple[int, str, bool], ...]:
    """Return (size, sign, spaced) of the short forms of large numbers, largest first."""
    if language.language == "en":
        return tuple((size, sign, False) for size, sign in sorted(ENGLISH_SHORT.items(), reverse=True))
    forms: dict[int, tuple[str, bool]] = {}
    for magnitude, form in language.compact_decimal_formats["short"]["other"].items():
        digits, sign = form.pattern.count("0"), form.pattern.replace("0", "").replace("'", "")
        if sign.strip():  # German has no short thousand: its pattern is a lone zero
            spaced = sign != sign.lstrip()
            forms.setdefault(int(magnitude) // 10 ** (digits - 1), (" ".join(sign.split()), spaced))
    return tuple((size, *forms[size]) for size in sorted(forms, reverse=True))


@lru_cache(maxsize=256)
def language_name(code: str) -> str:
    """Return the English name of a language for its code ("ru": "Russian"); an unknown code is returned unchanged."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_language_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return name or code
