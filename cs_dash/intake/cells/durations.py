"""How long something took, as people and systems write it."""

from __future__ import annotations

import re

from cs_dash.intake.cells import money
from cs_dash.schema import names

_SHORT_CLOCK = re.compile(r"^\d+:\d\d$")
_PARTS = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?[\s,;&+]*")
_ISO = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$")
_OWN_UNITS = {"d": 1440.0, "m": 1.0, "j": 1440.0, "t": 1440.0}
"""Letters that are units behind a number only: "1d 4h", "45m", French "2j", German "3T"."""
_AND = re.compile(r"\b(?:and|und|et|y|e|и)\b|和")


def is_short_clock(text: str) -> bool:
    """Return whether a clock has two parts, which are hours and minutes, or minutes and seconds."""
    return bool(_SHORT_CLOCK.match(text.strip()))


def duration_minutes(text: str) -> float | None:
    """Return the minutes in a duration that has its own unit: a clock, words, ISO 8601; None where it is none.

    >>> duration_minutes("2:30"), duration_minutes("1 day, 2h 30 min"), duration_minutes("PT45M"), duration_minutes("4")
    (150.0, 1590.0, 45.0, None)
    """
    cut = text.strip()
    if not (cut[:1].isdigit() or cut[:1] == "P") or cut.replace(".", "", 1).isdigit():
        return None
    clock = money.clock_minutes(cut)
    if clock is not None:
        return clock
    if (match := _ISO.match(cut)) and any(match.groups()):
        days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return days * 1440 + hours * 60 + minutes + seconds / 60
    cut = _AND.sub(" ", cut).strip()
    parts = _PARTS.findall(cut)
    if not parts or _PARTS.sub("", cut).strip():
        return None
    total = 0.0
    for amount, unit in parts:
        word = names.folded(unit)
        minutes_each = names.UNITS.get(word, _OWN_UNITS.get(word))
        if minutes_each is None:
            return None
        total += float(amount.replace(",", ".")) * minutes_each
    return total
