"""A setting, and how the words that people write become its value and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cs_dash.errors import UnknownOption

Kind = Literal["share", "spread", "points", "minutes", "money", "year", "flag", "currency", "text"]
Value = str | float
LONGEST = 200
_NUMBER = re.compile(r"^\d+(?:[.,]\d+)?$")
_SPREAD = re.compile(r"^\s*([\d.,]+)\s*(%?)\s*(?:-|–|to)\s*([\d.,]+)\s*(%?)\s*$", re.IGNORECASE)
_FLAGS = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}


@dataclass(frozen=True)
class Setting:
    """One thing that can be set.

    Attributes:
        name: what the command line and the definitions call it.
        title: its name in words.
        group: the heading it stands under.
        kind: share (0.8, written "80 %"), spread (two shares, kept as "0.9-1.1"), points (a number), minutes, money (in
            the reporting currency), year, flag ("yes" or "no"), currency (a code of three letters) or text.
        default: its value where nobody chose one; None: the data, or nothing, decide.
        words: what it does, in one or two sentences.
        counts: where it counts: figures and pages in words.
        definitions: names of the definitions that read it.
        low: the smallest value.
        high: the largest value.
        undecided: what holds where neither a choice nor a default is, in words.
        beside: the setting that it says more of: with a choice of that, nothing holds here that nobody chose.
    """

    name: str
    title: str
    group: str
    kind: Kind
    default: Value | None
    words: str
    counts: str
    definitions: tuple[str, ...]
    low: float = 0.0
    high: float = 1.0
    undecided: str = "none"
    beside: str = ""

    @property
    def unit(self) -> str:
        """What its value is counted in, in words; "" where it is not counted."""
        counted = {
            "share": "share", "spread": "two shares", "points": "points", "minutes": "minutes", "year": "year",
            "money": "reporting currency",
        }  # fmt: skip
        return counted.get(self.kind, "")

    def parsed(self, text: str) -> Value | None:
        """Return the value that `text` writes, None where it is empty. Raises UnknownOption, in one sentence."""
        given = " ".join(text.split())
        if not given:
            return None
        if self.kind == "spread":
            return self._spread(given)
        if self.kind == "flag":
            if given.casefold() not in _FLAGS:
                raise self._refused(given, "it is neither yes nor no", "Write yes or no.")
            return _FLAGS[given.casefold()]
        if self.kind == "currency":
            if not re.fullmatch(r"[A-Za-z]{3}", given):
                raise self._refused(given, "it is no code of three letters", "Write a code such as EUR or USD.")
            return given.upper()
        if self.kind == "text":
            if len(given) > LONGEST:
                raise self._refused(given[:20] + "…", f"it is longer than {LONGEST} letters", "Write it shorter.")
            return given
        return self._number(given)

    def written(self, value: Value | None) -> str:
        """Return a value as people write it, so that `parsed` reads it back: "80 %", "90 % to 93 %"; "" for none."""
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

    def shown(self, value: Value | None) -> str:
        """Return what holds, in words, where `value` was chosen; None: the default, or what else decides."""
        return self.written(self.default if value is None else value) or self.undecided

    def _number(self, given: str) -> float:
        share = self.kind == "share"
        digits = given.rstrip("%").strip()
        if not _NUMBER.match(digits) or (given.endswith("%") and not share):
            raise self._refused(given, "it is no number" if not share else "it is no share", self._example())
        value = float(digits.replace(",", "."))
        value = value / 100 if given.endswith("%") else value
        if self.kind == "year" and value != int(value):
            raise self._refused(given, "it is no year", self._example())
        self._check(value, given)
        return round(value, 6)

    def _spread(self, given: str) -> str:
        found = _SPREAD.match(given)
        if not found or not all(_NUMBER.match(found[at]) for at in (1, 3)):
            raise self._refused(given, "it is no range of two shares", self._example())
        scale = 100 if found[2] or found[4] else 1
        low, high = (round(float(found[at].replace(",", ".")) / scale, 6) for at in (1, 3))
        for value in (low, high):
            self._check(value, given)
        if low > high:
            raise self._refused(given, "it ends below its beginning", self._example())
        return f"{low:g}-{high:g}"

    def _check(self, value: float, given: str) -> None:
        if not self.low <= value <= self.high:
            ends = [percent(end) if self.kind in ("share", "spread") else f"{end:g}" for end in (self.low, self.high)]
            raise self._refused(given, f"it must lie between {ends[0]} and {ends[1]}", self._example())

    def _example(self) -> str:
        return {
            "share": "Write a share such as 80 % or 0.8.", "spread": "Write a range such as 90 % to 95 %.",
            "points": "Write a number such as 40.", "minutes": "Write minutes such as 240.",
            "money": "Write an amount such as 55.",
            "year": "Write a year such as 2026.",
        }.get(self.kind, "")  # fmt: skip

    def _refused(self, given: str, why: str, hint: str) -> UnknownOption:
        return UnknownOption(
            f"{self.title} was not changed", f"Could not set {self.name} to {given} because {why}.", hint
        )


def percent(value: float) -> str:
    """Return a share as percent, with no more digits than it has: "80 %", "92.5 %"."""
    return f"{round(value * 100, 4):g} %"
