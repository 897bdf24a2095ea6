"""The choices about a sheet that its sentences speak of: a control on the page, an option on the command line.

A sentence names such a choice by its title in quotation marks, “Date order”. So the same sentence holds on the page,
which shows the control of that title beside it, and on the command line, which adds the option that sets it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

READ_AS = "Read as"


@dataclass(frozen=True)
class SheetOption:
    """A choice about how a sheet is read.

    Attributes:
        name: the option's name on the command line and in a stored layout.
        title: what sentences and the page call it.
        values: the values it takes, each with its meaning in words; empty for a day or a year.
        entry: what it takes where no values are listed.
        example: its value in the legend of the command line, where no values are listed.
    """

    name: str
    title: str
    values: tuple[tuple[str, str], ...] = ()
    entry: Literal["", "day", "year"] = ""
    example: str = ""

    @property
    def quoted(self) -> str:
        """The title as sentences write it."""
        return f"“{self.title}”"


_PERIODS = (("month", "A month"), ("quarter", "A quarter"), ("half-year", "Half a year"), ("year", "A year"))
SHEET_OPTIONS = {
    option.name: option
    for option in (
        SheetOption("dates", "Date order", (("dmy", "Day first"), ("mdy", "Month first"))),
        SheetOption("decimal", "Decimal sign", (("comma", "Comma"), ("point", "Point"))),
        SheetOption("end_date", "End dates", (("inclusive", "Last paid day"), ("exclusive", "First unpaid day"))),
        SheetOption("snapshot", "As-of date", entry="day", example="2026-09-30"),
        SheetOption("year", "Year", entry="year", example="2026"),
        SheetOption("quarters", "Quarters hold", (("mrr", "MRR at the end"), ("revenue", "Revenue of the quarter"))),
        SheetOption("far_dates", "Distant dates", (("keep", "Keep"),)),
        SheetOption("survey", "Survey", (("NPS", "NPS"), ("CSAT", "CSAT"), ("CES", "CES"))),
        SheetOption(
            "period",
            "Amounts are for",
            _PERIODS,
        ),
    )
}
"""By name, in the order of the page."""


def named_options(sentences: Iterable[str]) -> tuple[SheetOption, ...]:
    """Return the choices that sentences name, in the order of the page."""
    text = "\n".join(sentences)
    return tuple(option for option in SHEET_OPTIONS.values() if option.quoted in text)


def command_line_legend(sentences: Iterable[str]) -> list[str]:
    """Return a line per choice that sentences name, with the option of the command line that sets it."""
    sentences = list(sentences)
    lines = []
    for option in named_options(sentences):
        values = " or ".join(f"{option.name}={value}" for value, _ in option.values)
        lines.append(f"{option.quoted}: --option {values or f'{option.name}={option.example}'}")
    if any(f"“{READ_AS}”" in sentence for sentence in sentences):
        lines.append(f"“{READ_AS}”: --as subscriptions, --as usage, --as plain or another table")
    return lines
