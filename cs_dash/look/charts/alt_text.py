"""A chart in words, for those who do not see it."""

from __future__ import annotations

from cs_dash.answer import Chart, number_or_none
from cs_dash.look import words
from cs_dash.look.charts.frames import in_words
from cs_dash.look.charts.shape import GRIDS, distinct, kind_of, values_of

NAMES = {
    "bars": "Bar chart",
    "lines": "Line chart",
    "ranked": "Ranked bars",
    "waterfall": "Waterfall chart",
    "triangle": "Cohort triangle",
    "heat": "Heat map",
    "intervals": "Values with their intervals",
    "multiples": "Small multiples",
}


def called(chart: Chart) -> str:
    """Return what kind of drawing it is and of what: the same for all rows, so that other rows are the same drawing."""
    return ": ".join(part for part in (NAMES[chart.form], chart.axis) if part)


def alt(chart: Chart, locale: str = "en") -> str:
    """Return the chart as one or two sentences: what it finds, what is drawn, its ends, its extremes."""
    said = [". ".join(part for part in (chart.title, chart.subtitle) if part)]
    across = chart.form in ("ranked", "intervals")
    grid = chart.form in GRIDS
    measured = chart.color if grid else chart.x if across else chart.y
    place = chart.y if across or grid else chart.x
    places, values = values_of(chart, place), [number_or_none(value) for value in values_of(chart, measured)]
    pairs = [(value, where) for value, where in zip(values, places, strict=True) if value is not None]
    if not pairs:
        return ". ".join(part for part in (*said, f"{NAMES[chart.form]} without data.") if part)
    kind = kind_of(places)
    ends = (places[0], places[-1]) if kind == "text" else (min(places), max(places))
    names = distinct(values_of(chart, chart.color), chart.order) if chart.color and not grid else ()
    of = f" of {', '.join(names)}" if len(names) > 1 and chart.form != "waterfall" else ""
    span = f"from {in_words(ends[0], kind, locale)} to {in_words(ends[1], kind, locale)}"
    low, high = min(pairs, key=lambda pair: pair[0]), max(pairs, key=lambda pair: pair[0])
    wrote = [
        f"{words.cell(value, chart.unit, chart.currency, locale)} ({in_words(where, kind, locale)})"
        for value, where in (low, high)
    ]
    said.append(f"{NAMES[chart.form]}{of} {span}; lowest {wrote[0]}, highest {wrote[1]}.")
    return ". ".join(part for part in said if part)
