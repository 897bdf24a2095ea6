"""A setting, and the conversion between its value and what people write."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Literal

from cs_dash.errors import UnknownOption

Kind = Literal["share", "spread", "points", "minutes", "money", "year", "flag", "currency", "month", "text"]
Value = str | float
LONGEST = 200
_NUMBER = re.compile(r"^\d+(?:[.,]\d+)?$")
_SPREAD = re.compile(r"^\s*([\d.,]+)\s*(%?)\s*(?:-|–|to)\s*([\d.,]+)\s*(%?)\s*$", re.IGNORECASE)
MONTHS = tuple(calendar.month_name)[1:]
_FLAGS = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        name: its name on the command line and in the definitions.
        title: its name in words.
        group: its heading.
        kind: share (0.8, written "80 %"), spread (two shares, stored as "0.9-1.1"), points (a number), minutes, money
            (in the reporting currency), year, flag ("yes" or "no"), currency (a code of three letters), month (its
            English name) or text.
        default: its value where nobody chose one; None: the data decide, or nothing does.
        description: what it does, in one or two sentences.
        affects: the figures and pages that depend on it, in words.
        definitions: names of the definitions that read it.
        low: the smallest value.
        high: the largest value.
        fallback_text: what applies where there is neither a choice nor a default, in words.
        qualifies: the setting that this one describes further: once that is chosen, the default here no longer applies.
    """

    name: str
    title: str
    group: str
    kind: Kind
    default: Value | None
    description: str
    affects: str
    definitions: tuple[str, ...]
    low: float = 0.0
    high: float = 1.0
    fallback_text: str = "none"
    qualifies: str = ""

    @property
    def unit(self) -> str:
        """The unit of its value, in words; "" where it has none."""
        units = {
            "share": "share", "spread": "two shares", "points": "points", "minutes": "minutes", "year": "year",
            "money": "reporting currency",
        }  # fmt: skip
        return units.get(self.kind, "")

    def parse(self, text: str) -> Value | None:
        """Return the value that `text` writes, None where it is empty. Raises UnknownOption, in one sentence."""
        entry = " ".join(text.split())
        if not entry:
            return None
        if self.kind == "spread":
            return self._spread(entry)
        if self.kind == "flag":
            if entry.casefold() not in _FLAGS:
                raise self._refused(entry, "it is neither yes nor no", "Write yes or no.")
            return _FLAGS[entry.casefold()]
        if self.kind == "currency":
            if not re.fullmatch(r"[A-Za-z]{3}", entry):
                raise self._refused(entry, "it is not a three-letter code", "Write a code such as EUR or USD.")
            return entry.upper()
        if self.kind == "month":
            numbered = MONTHS[int(entry) - 1] if entry.isdecimal() and 1 <= int(entry) <= 12 else entry
            known = next((month for month in MONTHS if month.casefold().startswith(numbered.casefold())), None)
            if known is None or len(numbered) < 3:
                raise self._refused(entry, "it is not a month", "Write a month such as July.")
            return known
        if self.kind == "text":
            if len(entry) > LONGEST:
                raise self._refused(entry[:20] + "…", f"it is longer than {LONGEST} letters", "Shorten it.")
            return entry
        return self._number(entry)

    def format(self, value: Value | None) -> str:
        """Return a value as people write it, so that `parse` reads it back: "80 %", "90 % to 93 %"; "" for None."""
        if value is None:
            return ""
        try:
            if self.kind == "spread":
                low, _, high = str(value).partition("-")
                return f"{percent(float(low))} to {percent(float(high))}"
            if self.kind == "share":
                return percent(float(value))
            return f"{float(value):g}" if self.kind in ("points", "minutes", "money", "year") else str(value)
        except ValueError:  # kept by other means than `parsed`: shown as it stands, so that it can be mended
            return str(value)

    def display_text(self, value: Value | None) -> str:
        """Return the value in effect, in words, where `value` was chosen; None: the default or the fallback."""
        return self.format(self.default if value is None else value) or self.fallback_text

    def _number(self, entry: str) -> float:
        share = self.kind == "share"
        digits = entry.rstrip("%").strip()
        if not _NUMBER.match(digits) or (entry.endswith("%") and not share):
            raise self._refused(entry, "it is not a number" if not share else "it is no share", self._example())
        value = float(digits.replace(",", "."))
        value = value / 100 if entry.endswith("%") else value
        if self.kind == "year" and value != int(value):
            raise self._refused(entry, "it is no year", self._example())
        self._check(value, entry)
        return round(value, 6)

    def _spread(self, entry: str) -> str:
        match = _SPREAD.match(entry)
        if not match or not all(_NUMBER.match(match[at]) for at in (1, 3)):
            raise self._refused(entry, "it is not a range of two shares", self._example())
        scale = 100 if match[2] or match[4] else 1
        low, high = (round(float(match[at].replace(",", ".")) / scale, 6) for at in (1, 3))
        for value in (low, high):
            self._check(value, entry)
        if low > high:
            raise self._refused(entry, "its end is below its start", self._example())
        return f"{low:g}-{high:g}"

    def _check(self, value: float, entry: str) -> None:
        if not self.low <= value <= self.high:
            ends = [percent(end) if self.kind in ("share", "spread") else f"{end:g}" for end in (self.low, self.high)]
            raise self._refused(entry, f"it must be between {ends[0]} and {ends[1]}", self._example())

    def _example(self) -> str:
        return {
            "share": "Write a share such as 80 % or 0.8.", "spread": "Write a range such as 90 % to 95 %.",
            "points": "Write a number such as 40.", "minutes": "Write minutes such as 240.",
            "money": "Write an amount such as 55.",
            "year": "Write a year such as 2026.",
        }.get(self.kind, "")  # fmt: skip

    def _refused(self, entry: str, why: str, hint: str) -> UnknownOption:
        return UnknownOption(
            f"{self.title} was not changed", f"Could not set {self.name} to {entry} because {why}.", hint
        )


def percent(value: float) -> str:
    """Return a share as a percentage, without superfluous digits: "80 %", "92.5 %"."""
    return f"{round(value * 100, 4):g} %"
