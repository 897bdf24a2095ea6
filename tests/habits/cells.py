"""Dates and amounts as people write them, in their language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.habits.choices import Habits
from tests.habits.words import FULL_MONTHS, MONTHS


@dataclass(frozen=True)
class Day:
    """A date in a cell; `text` replaces it where the habit is to write something else."""

    day: date


@dataclass(frozen=True)
class Money:
    """An amount in a cell."""

    amount: float


Cell = str | int | Day | Money | None


def _word(day: date, language: str, *, full: bool = False) -> str:
    return (FULL_MONTHS if full else MONTHS)[language].split()[day.month - 1]


def _month_and_year(day: date, language: str, *, full: bool) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月"
    return f"{_word(day, language, full=full)} {day.year}"


def _short_month(day: date, language: str) -> str:
    return f"{day:%y}年{day.month}月" if language == "zh" else f"{_word(day, language)}-{day:%y}"


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


_DAYS: dict[str, Callable[[date, str], str]] = {
    "iso": lambda d, _: d.isoformat(),
    "M/D/YYYY": lambda d, _: f"{d.month}/{d.day}/{d.year}",
    "DD/MM/YYYY": lambda d, _: f"{d:%d/%m/%Y}",
    "DD-MM-YYYY": lambda d, _: f"{d:%d-%m-%Y}",
    "DD/MM/YY": lambda d, _: f"{d:%d/%m/%y}",
    "DD.MM.YYYY": lambda d, _: f"{d:%d.%m.%Y}",
    "DD.MM.YY": lambda d, _: f"{d:%d.%m.%y}",
    "D.M.YY": lambda d, _: f"{d.day}.{d.month}.{d:%y}",
    "D Mon YYYY": lambda d, language: f"{d.day} {_word(d, language)} {d.year}",
    "Mon D, YYYY": lambda d, language: f"{_word(d, language)} {d.day}, {d.year}",
    "D month YYYY": lambda d, language: f"{d.day} {_word(d, language, full=True)} {d.year}",
    "YYYY/M/D": lambda d, _: f"{d.year}/{d.month}/{d.day}",
    "YYYY年M月D日": lambda d, _: f"{d.year}年{d.month}月{d.day}日",
    "Mon-YY": _short_month,
    "Mon YYYY": lambda d, language: _month_and_year(d, language, full=False),
    "Month YYYY": lambda d, language: _month_and_year(d, language, full=True),
    "MM/YYYY": lambda d, _: f"{d:%m/%Y}",
    "YYYY-MM": lambda d, _: f"{d:%Y-%m}",
    "Q1 2025": lambda d, _: f"Q{_quarter(d)} {d.year}",
    "2025-Q1": lambda d, _: f"{d.year}-Q{_quarter(d)}",
    "Q1/25": lambda d, _: f"Q{_quarter(d)}/{d:%y}",
}


def day_text(day: date, style: str, language: str) -> str:
    """Return a date in a style; a month or a quarter where the style knows no days."""
    return _DAYS[style](day, language)


def money_text(amount: float, style: str) -> str:
    """Return an amount as the example "1.234,50 €" of its style is written."""
    point = "," if ",50" in style else "."
    digits = style.partition("234")[0]
    between = digits[digits.index("1") + 1 :]
    text = f"{amount:,.2f}".replace(",", "\0").replace(".", point).replace("\0", between)
    before, after = style[: style.index("1")], style.partition("50")[2]
    return f"{before}{text}{after}"


def written(cell: Cell, habits: Habits, day_style: str) -> object:
    """Return a cell as its file has it: text, or the value itself in a workbook of values."""
    if isinstance(cell, Day):
        months_only = "D" not in day_style.upper() and day_style != "iso"
        return cell.day if habits.native and not months_only else day_text(cell.day, day_style, habits.language)
    if isinstance(cell, Money):
        if not habits.native:
            return money_text(cell.amount, habits.numbers)
        return int(cell.amount) if float(cell.amount).is_integer() else cell.amount
    return cell if habits.native or cell is None else str(cell)
