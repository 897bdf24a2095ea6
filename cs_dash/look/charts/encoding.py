"""The columns of a chart by their part in the drawing, in one shape for all forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, assert_never

from cs_dash.charts import (
    BarChart,
    Chart,
    CohortTriangle,
    HeatMap,
    IntervalChart,
    LineChart,
    RankedChart,
    SmallMultiples,
    WaterfallChart,
)


@dataclass(frozen=True)
class Encoding:
    """The columns of a chart by their part; None where its form, or this chart, has no such part.

    Attributes:
        measured_on: what shows the measured value: the vertical axis (y), the horizontal one (x), or the colour.
            Unless it is y, the categories of y stand one under the other.
        measure: column that is measured.
        color: column that colours: a category, or the measure itself.
        low: column with the lower end of the interval; of small multiples, the value of all groups together.
        high: column with the upper end of the interval.
        in_progress: boolean column, true where the period is not over.
        label: column with the words written on the mark.
        small_base: boolean column, true where the base is small.
        tooltip_text: column with what the tooltip adds.
        order: categories of colour and of y, first to last.
    """

    measured_on: Literal["x", "y", "color"]
    measure: str
    color: str | None = None
    low: str | None = None
    high: str | None = None
    in_progress: str | None = None
    label: str | None = None
    small_base: str | None = None
    tooltip_text: str | None = None
    order: tuple[str, ...] = ()

    @property
    def rows_down(self) -> bool:
        """Whether the categories of y stand one under the other."""
        return self.measured_on != "y"


def encoding_of(chart: Chart) -> Encoding:
    """Return the columns of `chart` by their part."""
    match chart:
        case BarChart() | LineChart():
            return Encoding(
                measured_on="y", measure=chart.y, color=chart.color, order=chart.order,
                low=chart.low, high=chart.high, in_progress=chart.in_progress,
            )  # fmt: skip
        case WaterfallChart():
            return Encoding(measured_on="y", measure=chart.y, color=chart.step_type)
        case RankedChart():
            return Encoding(
                measured_on="x", measure=chart.x, color=chart.color, order=chart.order, label=chart.label
            )  # fmt: skip
        case IntervalChart():
            return Encoding(
                measured_on="x", measure=chart.x, color=chart.color, order=chart.order, label=chart.label,
                low=chart.low, high=chart.high,
            )  # fmt: skip
        case CohortTriangle():
            return Encoding(
                measured_on="color", measure=chart.value, color=chart.value, low=chart.low, high=chart.high,
                in_progress=chart.in_progress, small_base=chart.small_base, tooltip_text=chart.tooltip_text,
            )  # fmt: skip
        case HeatMap():
            return Encoding(measured_on="color", measure=chart.value, color=chart.value)
        case SmallMultiples():
            return Encoding(
                measured_on="color", measure=chart.value, color=chart.value, low=chart.overall, order=chart.order,
                tooltip_text=chart.tooltip_text,
            )  # fmt: skip
        case _:
            assert_never(chart)
