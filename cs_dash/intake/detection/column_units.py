"""In which unit the numbers of a column are, by its name."""

from __future__ import annotations

from cs_dash.intake.cells import durations, intervals, money_names
from cs_dash.intake.cells.profiles import Profile
from cs_dash.schema import names
from cs_dash.schema.languages.measure_words import REVENUE
from cs_dash.schema.tables import Field


def minutes_per_unit(name: str, profile: Profile, default: float | None = None) -> float | None:
    """Return the minutes in one of a column's numbers, `default` where its name has no unit.

    A clock such as 00:30:00 has its own unit whatever the name, but for 12:30 under the name of minutes or "mm:ss".
    """
    unit = names.timeless(name)[1]
    if profile.clocks > 0.8:
        short = all(map(durations.is_short_clock, profile.examples))
        return 1 / 60 if short and (unit == 1.0 or names.folded(name).endswith("mm ss")) else 1.0
    return default if unit is None else unit


def of_choice(name: str, field: Field, profile: Profile) -> float | None:
    """Return what the numbers of a column are multiplied by that surely fills a field; minutes where no unit is named.

    Args:
        name: the column's name.
        field: the field that it fills.
        profile: what it holds.
    """
    if field.type == "money":
        return money_names.scale([name])
    return minutes_per_unit(name, profile, 1.0) if field.unit == "minutes" else factor(name, field, profile, False)


def is_monthly_revenue(name: str) -> bool:
    """Return whether a name is made of a word for revenue and one for a month: "Monatlicher Umsatz"."""
    return intervals.named(name) == 1 and bool(REVENUE.fullmatch(intervals.without(name)))


def spans_time(field: Field) -> bool:
    """Return whether a field's name may also give a period: that of an amount, or the unit of a number of months."""
    return field.name == "amount" or field.unit == "months"


def factor(name: str, field: Field, profile: Profile, own: bool) -> float | None:
    """Return what a column's numbers are multiplied by to get the field's unit; None where its name has no unit.

    Args:
        name: the column's name.
        field: the field that it fills.
        profile: what it holds.
        own: the name is the field's own, which is in its unit.
    """
    if field.unit == "months":
        return intervals.unit(name) or 1.0
    return minutes_per_unit(name, profile) if field.unit == "minutes" and not own else 1.0
