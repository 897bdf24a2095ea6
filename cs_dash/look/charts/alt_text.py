"""A chart in words, for those who do not see it."""

from __future__ import annotations

from cs_dash.answer import number_or_none
from cs_dash.charts import (
    BarChart,
    Chart,
    ChartBase,
    CohortTriangle,
    HeatMap,
    IntervalChart,
    LineChart,
    RankedChart,
    SmallMultiples,
    WaterfallChart,
)
from cs_dash.look import words
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.charts.frames import in_words
from cs_dash.look.charts.shape import distinct, kind_of, values_of

NAMES: dict[type[ChartBase], str] = {
    BarChart: "Bar chart",
    LineChart: "Line chart",
    RankedChart: "Ranked bars",
    WaterfallChart: "Waterfall chart",
    CohortTriangle: "Cohort triangle",
    HeatMap: "Heat map",
    IntervalChart: "Values with their intervals",
    SmallMultiples: "Small multiples",
}


def called(chart: Chart) -> str:
    """Return what kind of drawing it is and of what: the same for all rows, so that other rows are the same drawing."""
    return ": ".join(part for part in (NAMES[type(chart)], chart.axis) if part)


def alt(chart: Chart, locale: str = "en") -> str:
    """Return the chart as one or two sentences: what it finds, what is drawn, its ends, its extremes."""
    said = [". ".join(part for part in (chart.title, chart.subtitle) if part)]
    encoding = encoding_of(chart)
    places = values_of(chart, chart.y if encoding.rows_down else chart.x)
    values = [number_or_none(value) for value in values_of(chart, encoding.measure)]
    pairs = [(value, where) for value, where in zip(values, places, strict=True) if value is not None]
    if not pairs:
        return ". ".join(part for part in (*said, f"{NAMES[type(chart)]} without data.") if part)
    kind = kind_of(places)
    ends = (places[0], places[-1]) if kind == "text" else (min(places), max(places))
    categories = () if encoding.measured_on == "color" else distinct(values_of(chart, encoding.color), encoding.order)
    of = f" of {', '.join(categories)}" if len(categories) > 1 and not isinstance(chart, WaterfallChart) else ""
    span = f"from {in_words(ends[0], kind, locale)} to {in_words(ends[1], kind, locale)}"
    low, high = min(pairs, key=lambda pair: pair[0]), max(pairs, key=lambda pair: pair[0])
    wrote = [
        f"{words.cell(value, chart.unit, chart.currency, locale)} ({in_words(where, kind, locale)})"
        for value, where in (low, high)
    ]
    said.append(f"{NAMES[type(chart)]}{of} {span}; lowest {wrote[0]}, highest {wrote[1]}.")
    return ". ".join(part for part in said if part)
