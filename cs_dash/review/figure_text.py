"""A figure of a slide in words: its value, its change, and what is needed to trust it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cs_dash.answer import Figure
from cs_dash.look import words
from cs_dash.look.locales import MINUS

_PLURAL_S = re.compile(r"(?<=[a-z])s\b")
"""What the first noun of a base in the plural loses for a single one: "1 account compared", "1 how-to ticket"."""
News = Literal["good", "bad", "even"]


@dataclass(frozen=True)
class FigureChange:
    """The change of a figure since its previous value.

    Attributes:
        text: the change with an arrow and what it is against: "↑ 1.2 points vs 12 months to Sep 2025".
        news: whether it is good or bad news; "even" where it is neither.
    """

    text: str
    news: News


def figure_change(figure: Figure, currency: str = "", locale: str | None = None) -> FigureChange | None:
    """Return the change of a figure, or None where it or its previous value is missing."""
    if figure.value is None or figure.previous is None:
        return None
    against = figure.previous_label.removeprefix("from ") or "the previous period"
    difference = words.figure_change(figure, currency, locale)
    if difference[:1] not in ("+", MINUS):
        return FigureChange(f"unchanged vs {against}", "even")
    up = difference.startswith("+")
    news: News = "even" if figure.better == "neither" else "good" if up == (figure.better == "up") else "bad"
    return FigureChange(f"{'↑' if up else '↓'} {difference[1:]} vs {against}", news)


def figure_facts(figure: Figure, currency: str = "", locale: str | None = None) -> tuple[str, ...]:
    """Return what stands below a figure, where it has them: its 95 % interval, base, caveat and benchmark."""
    facts = []
    if figure.low is not None and figure.high is not None:
        facts.append(f"95 % CI {words.interval(figure.low, figure.high, figure.unit, currency, locale)}")
    counted = figure.n or figure.value is not None  # "0 accounts" says nothing of a figure that is not known
    if figure.n is not None and counted and f"n = {figure.n}" not in figure.caveat:
        label = figure.n_label or "accounts"
        facts.append(f"{words.count(figure.n, locale)} {_PLURAL_S.sub('', label, count=1) if figure.n == 1 else label}")
    return tuple(part for part in (*facts, figure.caveat, figure.benchmark) if part)
