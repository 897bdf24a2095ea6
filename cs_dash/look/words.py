"""The one formatter of shares, money, counts, dates and changes.

Numbers and dates follow the reader's language (`locale`: separators, month names, position of the currency); units are
English words, like the pages. There is a true minus sign, and a narrow no-break space between a number and its sign. A
number has no more digits than the data support; a missing value is "n/a", never zero; and nothing is rounded up to all
or down to nothing ("> 99.9 %", "< 0.1 %").
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

from cs_dash.answer import Figure
from cs_dash.look.digits import (
    decimals_of,
    grouped,
    has_nonzero_digit,
    index_decimals,
    is_number,
    is_whole,
    short_form,
    signed,
    with_currency,
)
from cs_dash.look.locales import MINUS, THIN, convention, currency_sign
from cs_dash.units import INDEX, Unit

MISSING = "n/a"
NOT_APPLICABLE = "–"
FEW = 100  # with a smaller base the first decimal of a share is noise: one account more moves it by over a point
HOUR, DAY = 60, 1440
FIELD_WORDS = {"csm": "CSM", "icp_fit": "ICP fit", "mrr": "MRR", "arr": "ARR", "nps": "NPS", "csat": "CSAT"}


def field_words(name: str) -> str:
    """Return a field's name in words: "csm" gives "CSM", "product_area" gives "product area"."""
    return FIELD_WORDS.get(name, name.replace("_", " "))


def field_title(name: str) -> str:
    """Return a field's name in words with a capital: "product_area" gives "Product area"."""
    text = field_words(name).strip()
    return text[:1].upper() + text[1:]


def share(value: float | None, n: int | None = None, locale: str | None = None) -> str:
    """Return a share (0 to 1) as percent: 0.924 gives "92.4 %".

    A whole percentage has no decimals, nor has a share of a base (`n`) below 100, where they would be noise.
    """
    if not is_number(value):
        return MISSING
    percent = value * 100
    digits = 0 if is_whole(percent) or abs(percent) >= 1000 or (n is not None and n < FEW) else 1
    step = 10**-digits
    if 0 < percent < 100 and not is_whole(percent):
        if percent < step / 2:
            return f"<{THIN}{grouped(step, digits, locale)}{THIN}%"
        if percent > 100 - step / 2:
            return f">{THIN}{grouped(100 - step, digits, locale)}{THIN}%"
    return f"{grouped(percent, digits, locale)}{THIN}%"


def points(value: float | None, locale: str | None = None) -> str:
    """Return a difference of two shares (0 to 1) in percentage points, with its sign: -0.011 gives "−1.1 points"."""
    if not is_number(value):
        return MISSING
    percent = value * 100
    text = signed(percent, 0 if is_whole(percent) else 1, locale)
    return f"{text} point" if text[1:] == "1" else f"{text} points"


def count(value: float | None, locale: str | None = None) -> str:
    """Return a whole number of things: 12345 gives "12,345"."""
    return grouped(value, 0, locale) if is_number(value) else MISSING


def number(value: float | None, digits: int | None = None, locale: str | None = None) -> str:
    """Return a number with `digits` decimals; by default with three significant figures, a whole one without."""
    if not is_number(value):
        return MISSING
    return grouped(value, decimals_of(value) if digits is None else digits, locale)


def money(value: float | None, currency: str = "", full: bool = False, locale: str | None = None) -> str:
    """Return an amount: 412345 in EUR gives "€412k", with `full` "€412,345"; without a currency "412k".

    An amount below ten thousand is never shortened; one below a hundred has its cents. Where amounts are hidden
    (`INDEX` for a currency) they are points of an index: 12.42 gives "12.4 pts", 0.0581 "0.058 pts".
    """
    if not is_number(value):
        return MISSING
    if currency == INDEX:
        return f"{grouped(value, index_decimals(value), locale)}{THIN}{INDEX}"
    size = abs(value)
    if full or size < 9999.5:
        text = grouped(size, 2 if size < 100 and not is_whole(size) else 0, locale)
    else:
        text = short_form(size, locale)
    sign = MINUS if value < 0 and has_nonzero_digit(text) else ""
    return sign + with_currency(text, currency, locale)


def compact(value: float | None, locale: str | None = None) -> str:
    """Return a large count in short form: 412345 gives "412k"; below ten thousand in full."""
    return money(value, "", locale=locale)


def days(value: float | None, locale: str | None = None) -> str:
    """Return a length in days: "41 days", "1 day", "2.5 days"."""
    return _with_unit(value, "day", locale)


def months(value: float | None, locale: str | None = None) -> str:
    """Return a length in months: "14 months", "1 month", "3.5 months"."""
    return _with_unit(value, "month", locale)


def minutes(value: float | None, locale: str | None = None) -> str:
    """Return a length given in minutes in readable units: 190 gives "3 h 10 min"; from two days on in days."""
    if not is_number(value):
        return MISSING
    if 0 < value < 0.5:
        return f"<{THIN}1{THIN}min"
    whole = round(abs(value))
    sign = MINUS if value < 0 and whole else ""
    if whole < HOUR:
        return f"{sign}{whole}{THIN}min"
    if whole < 2 * DAY:
        hours, minutes_past = divmod(whole, HOUR)
        return f"{sign}{hours}{THIN}h" + (f" {minutes_past}{THIN}min" if minutes_past else "")
    return sign + days(round(whole / DAY, 1), locale)


def date(value: dt.date | None, locale: str | None = None) -> str:
    """Return a day: "30 Sep 2026"."""
    return MISSING if value is None else _dated(convention(locale).day, value, locale)


def month(value: dt.date | None, locale: str | None = None) -> str:
    """Return the month that a day lies in: "Sep 2026"."""
    return MISSING if value is None else _dated(convention(locale).month, value, locale)


def plural(n: float | None, singular: str, many: str = "", locale: str | None = None) -> str:
    """Return a count with its noun: (1, "account") gives "1 account", (23, "account") "23 accounts".

    `many` is an irregular plural; regular ones ("replies") need none.
    """
    if not is_number(n):
        return MISSING
    text = count(n, locale)
    return f"{text} {singular}" if text in ("1", MINUS + "1") else f"{text} {many or _plural_of(singular)}"


def interval(
    low: float | None, high: float | None, unit: Unit = "share", currency: str = "", locale: str | None = None
) -> str:
    """Return an interval: 0.35 and 0.41 give "35–41 %". Shares are whole percents unless they are within two points."""
    if not (is_number(low) and is_number(high)):
        return MISSING
    if unit == "share":
        digits = 0 if (high - low) >= 0.02 else 1
        ends = [grouped(end * 100, digits, locale) for end in (low, high)]
        tail = f"{THIN}%"
    else:
        ends = [cell(end, unit, currency, locale) for end in (low, high)]
        tail = ""
    if ends[0] == ends[1]:
        return ends[0] + tail
    dash = " to " if MINUS in ends[0] + ends[1] or " " in ends[0] else "–"
    return dash.join(ends) + tail


def change(
    value: float | None, previous: float | None, unit: Unit = "number", currency: str = "", locale: str | None = None
) -> str:
    """Return the change from `previous` to `value` with its sign: shares in points, money in short form, else a number.

    "n/a" where either is missing; no sign where they are equal.
    """
    if not (is_number(value) and is_number(previous)):
        return MISSING
    difference = value - previous
    if unit in ("share", "points"):
        return points(difference, locale)
    if unit in ("money", "minutes", "days", "months"):
        text = _by_unit(abs(difference), unit, currency, False, locale)
        return (MINUS if difference < 0 else "+") + text if has_nonzero_digit(text) else text
    return signed(difference, 0 if unit in ("count", "score") else decimals_of(difference), locale)


def comparison(
    value: float | None,
    previous: float | None,
    baseline: str,
    unit: Unit = "number",
    currency: str = "",
    locale: str | None = None,
) -> str:
    """Return the change in words: (0.131, 0.113, "in the previous period", "share") gives
    "1.8 points higher than in the previous period".

    "the same as ..." where nothing that is shown differs; "" where either value is missing.
    """
    if not (is_number(value) and is_number(previous)):
        return ""
    text = change(value, previous, unit, currency, locale)
    if not has_nonzero_digit(text):
        return f"the same as {baseline}"
    return f"{text.lstrip('+' + MINUS)} {'higher' if value > previous else 'lower'} than {baseline}"


def figure_value(figure: Figure, currency: str = "", locale: str | None = None) -> str:
    """Return the value of a headline figure: money in short form, a share with the digits that its base supports."""
    if figure.unit == "share":
        return share(figure.value, figure.n, locale)
    return _by_unit(figure.value, figure.unit, currency, False, locale)


def figure_change(figure: Figure, currency: str = "", locale: str | None = None) -> str:
    """Return the change of a headline figure from its previous value, "n/a" without one."""
    return change(figure.value, figure.previous, figure.unit, currency, locale)


def cell(value: Any, unit: Unit = "text", currency: str = "", locale: str | None = None) -> str:
    """Return a value of a table as text: money and a list of texts in full, a trend as its first and last value."""
    if isinstance(value, (list, tuple)):
        if value and isinstance(value[0], str):
            return ", ".join(value)
        trend = [point for point in value if is_number(point)]
        return f"{number(trend[0], locale=locale)} → {number(trend[-1], locale=locale)}" if trend else MISSING
    return _by_unit(value, unit, currency, True, locale)


def column_format(unit: Unit, currency: str = "", negative: bool = False) -> dict[str, Any]:
    """Return the format of a grid column of numbers: `format` (sprintf, or a name that browsers know) and `step`.

    The values stay numbers, which the grid sorts by. {} for text.
    With `negative` values a currency that browsers do not know comes after the number, as no sign can precede it.
    """
    sign = currency_sign(currency, "en").replace("%", "%%")
    before = f"{sign}{THIN}%,d" if sign[-1:].isalpha() else f"{sign}%,d"
    amount = KNOWN_TO_BROWSERS.get(currency.upper(), f"%,d{THIN}{sign}") if negative and sign else before
    formats: dict[str, dict[str, Any]] = {
        "share": {"format": "percent", "step": 0.001},
        "money": {"format": f"%.3g{THIN}{INDEX}"} if currency == INDEX else {"format": amount, "step": 1},
        "count": {"format": "%,d", "step": 1},
        "score": {"format": "%d", "step": 1},
        "days": {"format": "%,d", "step": 1},
        "months": {"format": "%,.1f", "step": 0.1},
        "number": {"format": "localized"},
        "ratio": {"format": "%.2f"},
        "per_100": {"format": "%.1f"},
        "minutes": {"format": f"%,d{THIN}min", "step": 1},
    }
    return formats.get(unit, {})


KNOWN_TO_BROWSERS = {"EUR": "euro", "USD": "dollar", "JPY": "yen"}  # written as in the reader's language
WRITERS: dict[Unit, Callable[..., str]] = {"share": share, "points": points, "days": days, "months": months}
WRITERS |= {"minutes": minutes, "count": count, "score": count}


def _by_unit(value: Any, unit: Unit, currency: str, full: bool, locale: str | None) -> str:
    """Return one value as text, by its unit."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return MISSING
    if isinstance(value, dt.date):
        return month(value, locale) if unit == "month" else date(value, locale)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or unit == "flag":
        return "yes" if value else "no"
    if unit == "money":
        return money(value, currency, full, locale)
    if unit in WRITERS:
        return WRITERS[unit](value, locale=locale)
    return number(value, locale=locale)


def _with_unit(value: float | None, singular: str, locale: str | None) -> str:
    if not is_number(value):
        return MISSING
    text = grouped(value, 0 if is_whole(value) or abs(value) >= 100 else 1, locale)
    return f"{text} {singular}" if text in ("1", MINUS + "1") else f"{text} {singular}s"


def _plural_of(singular: str) -> str:
    if singular.endswith("y") and singular[-2:-1] not in "aeiou":
        return singular[:-1] + "ies"
    return singular + ("es" if singular.endswith(("s", "x", "ch", "sh")) else "s")


def _dated(pattern: str, day: dt.date, locale: str | None) -> str:
    name = convention(locale).months[day.month - 1]
    return pattern.format(d=day.day, m=day.month, month=name, year=day.year)
