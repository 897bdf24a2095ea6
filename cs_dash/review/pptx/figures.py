"""The figures of a slide in words: the value, its change, and what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cs_dash.answer import Figure
from cs_dash.look import words
from cs_dash.look.locales import MINUS

News = Literal["good", "bad", "even"]
_PLURAL_S = re.compile(r"(?<=[a-z])s\b")
"""What the first noun of a base in the plural loses for a single one: "1 account compared", "1 how-to ticket"."""
_NEWS: dict[str, tuple[News, News]] = {"up": ("good", "bad"), "down": ("bad", "good"), "neither": ("even", "even")}


@dataclass(frozen=True)
class FigureWords:
    """A figure in words.

    Attributes:
        label: its heading.
        value: the number.
        change: the change against the period before, "" where there is none to compare with.
        news: whether the change is good.
        base: the interval, the size of the base, the caveat, the benchmark; "" without any.
    """

    label: str
    value: str
    change: str
    news: News
    base: str


def figure_words(figure: Figure, currency: str) -> FigureWords:
    """Return a figure in words, in the reader's language."""
    change, news = _change(figure, currency)
    parts = []
    if figure.low is not None and figure.high is not None:
        parts.append(f"**{words.interval(figure.low, figure.high, figure.unit, currency)}** with 95 % confidence")
    if figure.n is not None and (figure.n or figure.value is not None) and f"n = {figure.n}" not in figure.caveat:
        label = figure.n_label or "accounts"
        parts.append(f"{words.count(figure.n)} {_PLURAL_S.sub('', label, count=1) if figure.n == 1 else label}")
    parts += [part for part in (figure.caveat, figure.benchmark) if part]
    return FigureWords(figure.label, words.figure_value(figure, currency), change, news, " · ".join(parts))


def _change(figure: Figure, currency: str) -> tuple[str, News]:
    if figure.value is None or figure.previous is None:
        return "", "even"
    difference = words.figure_change(figure, currency)
    baseline = figure.previous_label.removeprefix("from ") or "the previous period"
    if difference[:1] not in ("+", MINUS):
        return f"unchanged vs {baseline}", "even"
    up = figure.value > figure.previous
    text = f"{'↑' if up else '↓'} {difference.lstrip('+' + MINUS)} vs {baseline}"
    return text, _NEWS[figure.better][0 if up else 1]
