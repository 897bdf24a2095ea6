"""Formats of numbers, as spreadsheets write them, that read like `look.words`."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.look.digits import is_whole
from cs_dash.look.locales import MINUS, THIN, convention, currency_sign
from cs_dash.units import INDEX, Unit

MONTH, DAY = "mmm\\ \u2019yy", "d\\ mmm\\ yyyy"
SHORT_FROM = 9_999.5
"""From this size on an amount is written in its short form."""
_GROUPS = {1_000: ",", 1_000_000: ",,", 1_000_000_000: ",,,"}


def number_format(unit: Unit, currency: str, values: Iterable[float | None], on_axis: bool = False) -> str:
    """Return the format of the values of a chart, or of the round numbers of its axis.

    A large amount is written in its short form, a small one beside it in full, as in the drawings of the pages.
    """
    present = [value for value in values if value is not None]
    most = max(map(abs, present), default=0.0)
    if unit == "money" and currency == INDEX:
        return _signed(f"0.0{_quoted(THIN + INDEX)}")
    if unit == "money" or (unit in ("count", "number") and most >= SHORT_FROM):
        return _short(currency if unit == "money" else "", present, on_axis)
    if unit == "points":
        return f"+0.0%;{_quoted(MINUS)}0.0%;0%"
    return _signed(_plain(unit, present, most))


def _plain(unit: Unit, values: list[float], most: float) -> str:
    if unit == "share":
        digits = 0 if all(is_whole(value * 100) for value in values) else 1
        return f"{_decimals(digits)}{_quoted(THIN)}%"
    if unit in ("days", "months", "minutes"):
        return f"#,##0{_quoted(THIN + {'minutes': 'min'}.get(unit, unit))}"
    if unit in ("count", "score") or all(map(is_whole, values)):
        return "#,##0"
    if all(is_whole(value * 10) for value in values) or unit == "per_100":
        return "0.0"
    return "#,##0" if most >= 100 else "0.0" if most >= 10 and unit != "ratio" else "0.00"


def _short(currency: str, values: list[float], on_axis: bool) -> str:
    """Return the format of amounts: up to two short forms of the reader's language, each from its size on.

    A format has room for two conditions, and none for those of negative amounts, which take the form of the largest.
    """
    most = max(map(abs, values), default=0.0)
    forms = [(size, _form(size, sign, spaced, on_axis, most)) for size, sign, spaced in convention(None).short
             if size in _GROUPS and most >= max(size * 0.9995, SHORT_FROM)]  # fmt: skip
    plain = "#,##0" if most >= 100 or all(map(is_whole, values)) else "#,##0.00"
    if not forms:
        return _signed(_with_currency(plain, currency))
    if min(values) < 0:
        return _signed(_with_currency(forms[0][1], currency))
    sections = [f"[>={max(size * 0.9995, 1 if on_axis else SHORT_FROM):g}]{_with_currency(form, currency)}"
                for size, form in forms[:2]]  # fmt: skip
    return ";".join([*sections, _with_currency(plain, currency)])


def _form(size: int, sign: str, spaced: bool, on_axis: bool, most: float) -> str:
    """Return a short form with about three figures of the largest amount; thousands are whole."""
    digits = 0 if size == 1_000 or most >= 100 * size else 1 if on_axis or most >= 10 * size else 2
    return f"{_decimals(digits, '#,##0')}{_GROUPS[size]}{_quoted((THIN if spaced else '') + sign)}"


def _signed(body: str) -> str:
    return f"{body};{_quoted(MINUS)}{body}"


def _with_currency(number: str, currency: str) -> str:
    sign, rule = currency_sign(currency, None), convention(None)
    if not sign:
        return number
    if rule.currency_first:
        return _quoted(sign + (THIN if rule.space_before_currency or sign[-1].isalpha() else "")) + number
    return number + _quoted(THIN + sign)


def _decimals(digits: int, whole: str = "0") -> str:
    return f"{whole}.{'0' * digits}" if digits else whole


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"' if text else ""
