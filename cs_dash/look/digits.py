"""How a bare number is written: its digits, its sign, its short form, and the place of a currency's sign."""

from __future__ import annotations

import math
from typing import TypeGuard

from cs_dash.look.locales import MINUS, THIN, convention, currency_sign


def is_number(value: float | None) -> TypeGuard[float]:
    """Whether there is a value that can be written."""
    return value is not None and math.isfinite(value)


def has_nonzero_digit(text: str) -> bool:
    """Whether a written number is anything but zero: a sign in front of a zero would lie."""
    return any(character in "123456789" for character in text)


def is_whole(value: float) -> bool:
    """Whether `value` is a whole number, up to rounding errors."""
    return abs(value - round(value)) < 1e-6


def decimals_of(value: float) -> int:
    """Return how many decimals `value` has when it is written with three figures; none where it is whole."""
    size = abs(value)
    if is_whole(value) or size >= 100:
        return 0
    return 1 if size >= 10 else 2


def index_decimals(value: float) -> int:
    """Return how many decimals points of an index have: three figures, and two where they are below one."""
    size = abs(value)
    if size == 0 or size >= 1:
        return decimals_of(value)
    return min(1 - math.floor(math.log10(size)), 12)


def grouped(value: float, digits: int, locale: str | None) -> str:
    """Return `value` with `digits` decimals and the separators of the language: "12,345.6"."""
    rule = convention(locale)
    text = f"{abs(value):,.{digits}f}"
    sign = MINUS if value < 0 and has_nonzero_digit(text) else ""
    return sign + text.translate({ord(","): rule.group, ord("."): rule.decimal})


def signed(value: float, digits: int, locale: str | None) -> str:
    """Return `value` with a plus or a minus in front; zero has neither."""
    text = grouped(value, digits, locale)
    return "+" + text if value > 0 and has_nonzero_digit(text) else text


def short_form(size: float, locale: str | None) -> str:
    """Return a large amount in the language's short form: whole thousands, three figures above."""
    for step, sign, spaced in convention(locale).short:
        if size >= step * 0.9995:  # what would be written 1,000k is written 1M
            scaled = float(f"{size / step:.3g}") if step > 1000 else float(round(size / step))
            return grouped(scaled, decimals_of(scaled), locale).rstrip() + (THIN if spaced else "") + sign
    return grouped(size, 0, locale)


def with_currency(text: str, currency: str, locale: str | None) -> str:
    """Return an amount with its currency's sign where the language puts it."""
    sign, rule = currency_sign(currency, locale), convention(locale)
    if not sign:
        return text
    if rule.currency_first:
        return f"{sign}{THIN if rule.space_before_currency or sign[-1].isalpha() else ''}{text}"
    return f"{text}{THIN}{sign}"
