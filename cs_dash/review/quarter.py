"""A calendar quarter: what a review is about."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from cs_dash.errors import BadInput, NoData
from cs_dash.look import words
from cs_dash.scope import EARLIEST, LATEST, ONE_DAY, Scope, months_before

_WRITTEN = re.compile(r"(\d{4})[ -]?[Qq]([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter.

    Attributes:
        year: its year.
        number: 1 to 4.
    """

    year: int
    number: int

    @classmethod
    def of(cls, text: str) -> Quarter:
        """Return the quarter written as "2026Q3". Raises BadInput for anything else."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None or not EARLIEST.year < int(match[1]) < LATEST.year:
            raise BadInput("Not a quarter", f"Could not review {text} because it is not a quarter.", "Write 2026Q3.")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: dt.date) -> Quarter:
        """Return the quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def start(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> dt.date:
        """The first day after it."""
        return self.next().start

    @property
    def title(self) -> str:
        """The quarter in words: "Q3 2026"."""
        return f"Q{self.number} {self.year}"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    def previous(self) -> Quarter:
        """Return the quarter before it."""
        return Quarter.containing(self.start - ONE_DAY)

    def next(self) -> Quarter:
        """Return the quarter after it."""
        return Quarter.containing(months_before(self.start, -3))

    def scope(self, newest: dt.date | None, filters: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Scope:
        """Return the resolved scope of the quarter, or of its days up to `newest`, the newest day of the data.

        Raises NoData where the data end before the quarter begins.
        """
        last = self.end - ONE_DAY
        if newest is not None and newest < self.start:
            raise NoData(
                f"No data for {self.title}",
                f"Could not review {self.title} because the newest data are of {words.date(newest)}.",
                f"Review {Quarter.containing(newest)}, or load newer files.",
            )
        as_of = min(newest or last, last)
        return Scope("custom", self.start, as_of + ONE_DAY, as_of, filters=filters)
