"""A chart as text, for screen readers."""

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
from cs_dash.look.charts.frames import category_text
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


def drawing_name(chart: Chart) -> str:
    """Return the form of the chart and its axis: the same for all rows, so that new rows go into the same drawing."""
    return ": ".join(part for part in (NAMES[type(chart)], chart.axis) if part)


def description(chart: Chart, locale: str = "en") -> str:
    """Return the chart in one or two sentences: the finding, what is drawn, from where to where, the extremes."""
    sentences = [". ".join(part for part in (chart.title, chart.subtitle) if part)]
    encoding = encoding_of(chart)
    places = values_of(chart, chart.y if encoding.rows_down else chart.x)
    values = [number_or_none(value) for value in values_of(chart, encoding.measure)]
    pairs = [(value, place) for value, place in zip(values, places, strict=True) if value is not None]
    if not pairs:
        return ". ".join(part for part in (*sentences, f"{NAMES[type(chart)]} without data.") if part)
    kind = kind_of(places)
    ends = (places[0], places[-1]) if kind == "text" else (min(places), max(places))
    categories = () if encoding.measured_on == "color" else distinct(values_of(chart, encoding.color), encoding.order)
    of_categories = (
        f" of {', '.join(categories)}" if len(categories) > 1 and not isinstance(chart, WaterfallChart) else ""
    )
    span = f"from {category_text(ends[0], kind, locale)} to {category_text(ends[1], kind, locale)}"
    low, high = min(pairs, key=lambda pair: pair[0]), max(pairs, key=lambda pair: pair[0])
    extremes = [
        f"{words.cell(value, chart.unit, chart.currency, locale)} ({category_text(place, kind, locale)})"
        for value, place in (low, high)
    ]
    sentences.append(f"{NAMES[type(chart)]}{of_categories} {span}; lowest {extremes[0]}, highest {extremes[1]}")
    if isinstance(chart, BarChart | LineChart) and chart.events:
        listed = "; ".join(f"{words.date(event.day, locale)}: {event.title}" for event in chart.events)
        sentences.append(f"Events: {listed}")
    return ". ".join(part for part in sentences if part) + "."
