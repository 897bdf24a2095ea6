"""Charts, described: one frozen class for each form, which says which column of its rows plays which part.

    ChartBase
    ├── BarChart         vertical bars over time or groups, stacked or side by side
    ├── LineChart        lines over time or age, with their intervals
    ├── RankedChart      horizontal bars, the longest first
    ├── WaterfallChart   from one total to the next, gain by gain and loss by loss
    ├── CohortTriangle   a row for each cohort, a column for each age
    ├── HeatMap          a cell for each pair of categories
    ├── IntervalChart    a point and its interval for each category
    └── SmallMultiples   a strip over time for each group

`Chart` is any one of them. `look.charts` draws them: a new form needs its class here and its drawing there.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import pyarrow as pa

from cs_dash.units import Unit


@dataclass(frozen=True)
class ChartEvent:
    """Something that happened on a day, drawn on charts over time: its day and what it is called."""

    day: dt.date
    title: str


LONGEST_GAP = dt.timedelta(days=31)
"""A day that lies further from the next place of an axis of days is not on it."""


def are_months(days: Sequence[dt.date]) -> bool:
    """Return whether days stand for months: all are the first, or all the last of one."""
    return all(day.day == 1 for day in days) or all((day + dt.timedelta(days=1)).day == 1 for day in days)


def place_of(day: dt.date, places: Sequence[dt.date]) -> dt.date | None:
    """Return the place of a time axis at which an event of a day stands; None where it is not on the axis.

    `places`: ascending. Of months, or of every third month, it is the one that the day lies in, of days the first one
    from it on.
    """
    if not places:
        return None
    if are_months(places):
        months = [_month_number(place) for place in places]
        step = min((later - earlier for earlier, later in pairwise(months)), default=1)
        month = _month_number(day)
        at = bisect_right(months, month) - 1 if places[0].day == 1 else bisect_left(months, month)
        return places[at] if 0 <= at < len(places) and abs(months[at] - month) < step else None
    at = bisect_left(places, day)
    fits = at < len(places) and places[at] - day <= LONGEST_GAP and (at > 0 or places[at] == day)
    return places[at] if fits else None


def _month_number(day: dt.date) -> int:
    return day.year * 12 + day.month


@dataclass(frozen=True, kw_only=True)
class ChartBase:
    """What every chart has. The title is the finding in words, computed from the rows.

    Attributes:
        name: the chart's name, unique within its answer.
        title: the finding.
        subtitle: what is drawn, in which unit and since when.
        rows: what is drawn, already aggregated.
        x: column on the horizontal axis.
        y: column on the vertical axis.
        unit: unit of what is measured.
        axis: words of what is measured with its unit ("MRR, EUR"); the axis' numbers carry their own k and M.
        currency: code of the money drawn, or "".
        opens: column with what a click on a mark puts into the address, under the column's name, or None.
        events: what happened meanwhile, marked on bars and lines over time.
    """

    name: str
    title: str
    subtitle: str
    rows: pa.Table
    x: str
    y: str
    unit: Unit = "number"
    axis: str = ""
    currency: str = ""
    opens: str | None = None
    events: tuple[ChartEvent, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BarChart(ChartBase):
    """Vertical bars: `x` has a band for each category, `y` is the length.

    Attributes:
        color: column with the category that colours a bar, or None.
        order: categories of `color`, first to last.
        stack: "zero" stacks the colours, "normalize" stacks them to 100 %, None sets them side by side.
        semantic: colours mean health (green, yellow, red) or gain and loss, not categories.
        highlight: the one category that matters, drawn in the accent, the others muted.
        low: column with the lower end of the interval, or None.
        high: column with its upper end, or None.
        in_progress: boolean column, true where the period is not over (drawn pale with a dashed outline), or None.
        reference: (value, words) of a dashed reference line, or None.
    """

    color: str | None = None
    order: tuple[str, ...] = ()
    stack: Literal["zero", "normalize"] | None = None
    semantic: bool = False
    highlight: str | None = None
    low: str | None = None
    high: str | None = None
    in_progress: str | None = None
    reference: tuple[float, str] | None = None


@dataclass(frozen=True, kw_only=True)
class LineChart(ChartBase):
    """Lines of `y` over `x`, each named at its end or in a legend.

    Attributes:
        color: column with the name of the line, or None for a single one.
        order: names of the lines, first to last.
        highlight: the one line that matters, drawn in the accent, the others muted.
        low: column with the lower end of the interval, or None.
        high: column with its upper end, or None.
        in_progress: boolean column, true where the period is not over (drawn dashed), or None.
        reference: (value, words) of a dashed reference line, or None.
        stepped: a value holds until the next one, as in survival, instead of changing evenly between them.
    """

    color: str | None = None
    order: tuple[str, ...] = ()
    highlight: str | None = None
    low: str | None = None
    high: str | None = None
    in_progress: str | None = None
    reference: tuple[float, str] | None = None
    stepped: bool = False


@dataclass(frozen=True, kw_only=True)
class RankedChart(ChartBase):
    """Horizontal bars with their values at their ends: `y` is the category, `x` the length.

    Attributes:
        color: column with the category that colours a bar, or None.
        order: categories of `color` and of `y`, first to last.
        semantic: colours mean health or gain and loss, not categories.
        highlight: the one bar that matters, drawn in the accent, the others grey.
        label: column with the words written at the end of the bar, or None for the value itself.
    """

    color: str | None = None
    order: tuple[str, ...] = ()
    semantic: bool = False
    highlight: str | None = None
    label: str | None = None


@dataclass(frozen=True, kw_only=True)
class WaterfallChart(ChartBase):
    """Steps from one total to the next: `x` is the step, `y` its size.

    Attributes:
        step_type: column with what a step is: total, gain or loss.
    """

    step_type: str


@dataclass(frozen=True, kw_only=True)
class CohortTriangle(ChartBase):
    """A cell for each cohort (`y`) at each age (`x`), as far as time has come.

    Attributes:
        value: column that colours the cell and is written in it.
        low: column with the lower end of the interval, or None.
        high: column with its upper end, or None.
        in_progress: boolean column, true where the age is not over (drawn hatched), or None.
        small_base: boolean column, true where the base is too small to say much (drawn grey), or None.
        tooltip_text: column with what the tooltip adds in words, or None.
    """

    value: str
    low: str | None = None
    high: str | None = None
    in_progress: str | None = None
    small_base: str | None = None
    tooltip_text: str | None = None


@dataclass(frozen=True, kw_only=True)
class HeatMap(ChartBase):
    """A cell for each pair of the categories `x` and `y`; a pair without a row is drawn as "n/a".

    Attributes:
        value: column that colours the cell and is written in it.
        semantic: colours mean health, from red to green.
    """

    value: str
    semantic: bool = False


@dataclass(frozen=True, kw_only=True)
class IntervalChart(ChartBase):
    """A point with its interval for each category: `y` is the category, `x` the value.

    Attributes:
        low: column with the lower end of the interval, or None.
        high: column with its upper end, or None.
        color: column with the category that colours a point, or None.
        order: categories of `color` and of `y`, first to last.
        highlight: the one category that matters, drawn in the accent, the others muted.
        label: column with the words written at the point, or None for the value itself.
        reference: (value, words) of a dashed reference line, or None.
    """

    low: str | None = None
    high: str | None = None
    color: str | None = None
    order: tuple[str, ...] = ()
    highlight: str | None = None
    label: str | None = None
    reference: tuple[float, str] | None = None


@dataclass(frozen=True, kw_only=True)
class SmallMultiples(ChartBase):
    """A strip over time (`x`) for each group (`y`), all on one scale.

    Attributes:
        value: column drawn in the strip of its group.
        overall: column with the value of all groups together, drawn pale in every strip.
        order: groups, first to last.
        tooltip_text: column with what the tooltip adds in words, or None.
    """

    value: str
    overall: str
    order: tuple[str, ...] = ()
    tooltip_text: str | None = None


Chart = BarChart | LineChart | RankedChart | WaterfallChart | CohortTriangle | HeatMap | IntervalChart | SmallMultiples
