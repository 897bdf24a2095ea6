"""How a column writes its values, how it is read, and what its reading gave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from cs_dash.intake.cells.dates import Order
from cs_dash.intake.cells.money import Decimal


@dataclass(frozen=True)
class Unread:
    """Cells that could not be read, for one reason."""

    rows: np.ndarray
    values: tuple[str, ...]
    what: str
    advice: str


@dataclass(frozen=True)
class Typed:
    """One column, typed: its values, the cells that could not be read, and what was assumed."""

    values: pa.Array
    unread: tuple[Unread, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Habits:
    """How a column writes its values, where single values do not decide.

    Attributes:
        order: whether day or month comes first.
        order_from: why, in words; "" where the reader of the file decided.
        decimal: the decimal sign, or None where the values of the column decide.
        since_1904: whether bare numbers that stand for days count from 1904.
        fiscal_start: the month in which fiscal years begin.
    """

    order: Order
    order_from: str
    decimal: Decimal | None = None
    since_1904: bool = False
    fiscal_start: int = 1


@dataclass(frozen=True)
class ColumnReader:
    """How one column is read.

    Attributes:
        habits: what its typing is to go by.
        question: the question to the user where nothing decides, in plain words; "" otherwise.
        answers: the values that answer it, as an option takes them, each with its meaning; the first is assumed.
        assumption: what was assumed, as a sentence; "" where the typing reports it.
        option: the option that takes the answer; "" where the type of the field tells it.
    """

    habits: Habits
    question: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    assumption: str = ""
    option: str = ""
