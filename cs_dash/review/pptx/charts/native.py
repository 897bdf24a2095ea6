"""A chart on a slide, in the form that PowerPoint has for it."""

from __future__ import annotations

from typing import assert_never

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
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.charts.shape import values_of
from cs_dash.review.pptx.charts.canvas import Canvas
from cs_dash.review.pptx.charts.grids import cells
from cs_dash.review.pptx.charts.horizontal import intervals, ranked
from cs_dash.review.pptx.charts.lines import lines
from cs_dash.review.pptx.charts.strips import multiples
from cs_dash.review.pptx.charts.vertical import bars, waterfall


def has_values(chart: Chart) -> bool:
    """Whether there is anything to draw."""
    return any(value is not None for value in values_of(chart, encoding_of(chart).measure))


def add_native_chart(canvas: Canvas, chart: Chart) -> str:
    """Draw a chart that has values. Return a sentence on what the drawing leaves out, else ""."""
    match chart:
        case BarChart():
            bars(canvas, chart)
        case LineChart():
            lines(canvas, chart)
        case WaterfallChart():
            waterfall(canvas, chart)
        case RankedChart():
            ranked(canvas, chart)
        case IntervalChart():
            intervals(canvas, chart)
        case SmallMultiples():
            return multiples(canvas, chart)
        case CohortTriangle() | HeatMap():
            return cells(canvas, chart)
        case _:
            assert_never(chart)
    return ""
