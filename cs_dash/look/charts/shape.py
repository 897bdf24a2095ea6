"""The shape of a chart: everything that its specification depends on, which is not the rows themselves.

Two charts of one shape share one specification, so a page with another scope (another segment, another month) sends new
rows to a drawing that exists. The drawing names its fields by their part in it (x, y, color, low, high), never by the
names of the columns, which may contain dots, brackets or anything else.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from cs_dash.charts import (
    BarChart,
    Chart,
    ChartBase,
    CohortTriangle,
    HeatMap,
    IntervalChart,
    LineChart,
    RankedChart,
    WaterfallChart,
    are_months,
)
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.words import field_title
from cs_dash.units import Unit

Kind = Literal["month", "day", "number", "text"]
ISO_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
QUARTER = re.compile(r"\d{4}[- ]?Q[1-4]")
MOST_DIRECT = 6  # lines that can be named at their ends without a legend
REFERENCE = (
    -1.797e308,
    "\ue000",
)  # placeholders for the value and the words of the reference line; no data contain them
VALUE = json.dumps(REFERENCE[0])  # the value in an expression
MOST_POINTS = 16  # values of a line that are drawn as points


@dataclass(frozen=True)
class Shape:
    """The shape of a drawing; hashable, so that its specification can be cached.

    Attributes:
        form: the class of the chart.
        x: kind of the values on the horizontal axis.
        y: kind of the values on the vertical axis.
        colors: the categories of colour, in order; empty without categories or with a measured colour.
        unit: unit of the measured axis.
        axis: title of the measured axis.
        highlight: the category in the accent.
        semantic: colours mean health, gain or loss.
        reference: value and words of the reference line.
        stack: see `BarChart`.
        interval: the chart has both ends of an interval.
        in_progress: some period is in progress.
        small_base: some marks have a small base.
        tooltip_text: the tooltip has an additional line.
        x_title: title of x in the tooltip.
        y_title: title of y in the tooltip.
        color_title: title of the colour in the tooltip.
        row_count: number of categories one under the other, which sets the height.
        longest_name: letters of the longest name at the end of a line.
        dense: lines have more values than are drawn as points.
        stepped: see `LineChart`.
        has_negative: some ranked value is negative.
        has_events: events are marked on the time axis.
    """

    form: type[ChartBase]
    x: Kind
    y: Kind
    colors: tuple[str, ...]
    unit: Unit
    axis: str
    highlight: str | None
    semantic: bool
    reference: tuple[float, str] | None
    stack: Literal["zero", "normalize"] | None
    interval: bool
    in_progress: bool
    small_base: bool
    tooltip_text: bool
    x_title: str
    y_title: str
    color_title: str
    row_count: int
    longest_name: int
    dense: bool
    stepped: bool
    has_negative: bool
    has_events: bool = False

    def shared_shape(self) -> Shape:
        """Return the shape without what changes with every scope and is filled in afterwards."""
        return replace(self, row_count=1, reference=self.reference and REFERENCE)

    @property
    def named_at_ends(self) -> bool:
        """Whether the lines have their names at their ends instead of in a legend."""
        return self.form is LineChart and 1 < len(self.colors) <= MOST_DIRECT

    @property
    def measure(self) -> str:
        """The title of the measured axis without its unit."""
        return self.axis.split(",")[0] or self.y_title


def values_of(chart: Chart, column: str | None) -> list[Any]:
    """Return the values of one column of the chart's rows; [] without such a column."""
    if column is None or column not in chart.rows.column_names:
        return []
    values: list[Any] = chart.rows.column(column).to_pylist()
    return values


def kind_of(values: list[Any]) -> Kind:
    """Return the kind of the values of an axis. Days that are all the first or all the last of a month are months."""
    present_values = [value for value in values if value is not None]
    if not present_values:
        return "text"
    if all(isinstance(value, dt.date) for value in present_values):
        return "month" if are_months(present_values) else "day"
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in present_values):
        return "number"
    return "month" if all(ISO_MONTH.fullmatch(str(value)) for value in present_values) else "text"


def key_of(value: Any) -> str:
    """Return the key of a category in the drawing; months and days sort by it."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and ISO_MONTH.fullmatch(value):
        return f"{value}-01"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def distinct(values: list[Any], order: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the distinct categories: first those in `order`, then the others in the order of the values."""
    categories = list(dict.fromkeys(key_of(value) for value in values if value is not None))
    return tuple(name for name in order if name in categories) + tuple(name for name in categories if name not in order)


def shape_of(chart: Chart) -> Shape:
    """Return the shape of the drawing of `chart`."""
    encoding = encoding_of(chart)
    xs, ys, colors = values_of(chart, chart.x), values_of(chart, chart.y), values_of(chart, encoding.color)
    no_categories = encoding.measured_on == "color" or isinstance(chart, WaterfallChart)
    categories = () if no_categories else distinct(colors, encoding.order)
    categories_down = distinct(ys) if encoding.rows_down else ()
    return Shape(
        form=type(chart),
        x=kind_of(xs),
        y=kind_of(ys),
        colors=categories,
        unit=chart.unit,
        axis=chart.axis,
        highlight=chart.highlight if isinstance(chart, BarChart | LineChart | RankedChart | IntervalChart) else None,
        semantic=isinstance(chart, BarChart | RankedChart | HeatMap) and chart.semantic,
        reference=chart.reference if isinstance(chart, BarChart | LineChart | IntervalChart) else None,
        stack=chart.stack if isinstance(chart, BarChart) else None,
        interval=bool(encoding.low and encoding.high),
        in_progress=any(bool(value) for value in values_of(chart, encoding.in_progress)),
        small_base=any(bool(value) for value in values_of(chart, encoding.small_base)),
        tooltip_text=encoding.tooltip_text is not None,
        x_title=_age_unit(ys) if isinstance(chart, CohortTriangle) and chart.x == "age" else words_of(chart.x),
        y_title=words_of(chart.y),
        color_title=words_of(encoding.color or ""),
        row_count=len(categories_down),
        longest_name=max((len(name) for name in categories), default=0),
        stepped=isinstance(chart, LineChart) and chart.stepped,
        has_negative=isinstance(chart, RankedChart) and any((value or 0) < 0 for value in xs),
        dense=isinstance(chart, LineChart) and len(distinct(xs)) > MOST_POINTS,
        has_events=isinstance(chart, BarChart | LineChart) and bool(chart.events),
    )


def _age_unit(cohorts: list[Any]) -> str:
    """Return the unit in which the age of these cohorts is counted."""
    if kind_of(cohorts) == "month":
        return "months since start"
    quarters = bool(cohorts) and all(QUARTER.fullmatch(str(cohort)) for cohort in cohorts if cohort is not None)
    return "quarters since start" if quarters else "periods since start"


def words_of(column: str) -> str:
    """Return a column's name as words: "health_band" gives "Health band"."""
    # The capital also keeps a column called "image" from being a picture in Vega's tooltips.
    return field_title(column)
