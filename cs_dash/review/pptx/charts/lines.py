"""Lines: named at their ends, with their intervals as pale bars behind the points."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from cs_dash.charts import LineChart
from cs_dash.look.charts.colors import color_range
from cs_dash.look.charts.shape import MOST_DIRECT, MOST_POINTS
from cs_dash.review.pptx.charts import parts
from cs_dash.review.pptx.charts.canvas import (
    Canvas,
    category_data,
    is_dated,
    style_category_axis,
    style_value_axis,
)
from cs_dash.review.pptx.charts.event_marks import EVENTS, event_values, style_events
from cs_dash.review.pptx.charts.formats import number_format
from cs_dash.review.pptx.charts.parts import Ends, Label
from cs_dash.review.pptx.charts.plots import Plot, Series, plot_of
from cs_dash.review.pptx.charts.scales import Scale, scale_of
from cs_dash.review.pptx.charts.vertical import widest
from cs_dash.review.pptx.charts.workbooks import finish
from cs_dash.review.pptx.nodes import clean, outline, put
from cs_dash.review.pptx.text_size import LINE_HEIGHT

INTERVAL = 0.17
"""Opacity of an interval."""
MOST_LETTERS = 30
"""Letters of a name at the end of a line; longer ones stand in a legend."""
MOST_BESIDE = 3
"""So many lines are named beside one that is highlighted; more are its background."""
MOST_ROOM = 0.34
"""Share of the width that the names at the ends of lines may take."""
PLOT_TOP, PLOT_HEIGHT, AXIS_ROOM = 0.04, 0.82, 0.09


def lines(canvas: Canvas, chart: LineChart) -> None:
    """Add lines. Steps, and numbers at uneven distances, need an axis of numbers; all others have categories."""
    plot = plot_of(chart)
    values = [*plot.values, chart.reference[0]] if chart.reference else plot.values
    scale = scale_of(values, zero=False, whole=chart.unit == "count")
    number = number_format(chart.unit, chart.currency, plot.values)
    on_numbers = plot.shape.x == "number" and (chart.stepped or not _is_even(plot.categories))
    dated = not on_numbers and is_dated(plot.labels, bars=False)
    if on_numbers:
        native = canvas.add(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, _scattered(chart, plot, number), chart)
    else:
        data = category_data(plot.labels, dated)
        for series in plot.series:
            data.add_series(clean(series.name), series.column("y"), number)
        if chart.reference:
            data.add_series(clean(chart.reference[1]), [chart.reference[0]] * len(plot.categories), number)
        if events := event_values(plot, scale):
            data.add_series(EVENTS, events, number)
        native = canvas.add(XL_CHART_TYPE.LINE, data, chart)
    elements = native._chartSpace.findall(f".//{qn('c:ser')}")
    _style(canvas, plot, elements, on_numbers)
    room = _label_ends(canvas, chart, plot, elements, number, scale, on_numbers)
    if chart.reference:
        _style_reference(canvas, elements[len(plot.series)])
    if scale is not None and not on_numbers and event_values(plot, scale):
        style_events(elements[-1], plot, scale, canvas.palette, 1 + 3 * len(elements))
    if on_numbers:
        style_value_axis(native.category_axis, canvas.palette, "General", _horizontal(plot), grid=False)
    else:
        style_category_axis(native, canvas.palette, plot.labels, dated, canvas.box.width * (1 - AXIS_ROOM - room))
    axis_numbers = [scale.low, scale.step, scale.high] if scale else []
    style_value_axis(
        native.value_axis, canvas.palette, number_format(chart.unit, chart.currency, axis_numbers, on_axis=True), scale
    )
    if room:
        parts.place_plot(native, AXIS_ROOM, PLOT_TOP, 1 - AXIS_ROOM - room, PLOT_HEIGHT)
    elif len(plot.series) > 1:
        canvas.add_legend(native, hidden=tuple(range(len(plot.series), len(elements))))
    finish(native)


def _is_even(categories: tuple[Any, ...]) -> bool:
    steps = {round(later - earlier, 9) for earlier, later in pairwise(categories)}
    return len(steps) <= 1


def _scattered(chart: LineChart, plot: Plot, number: str) -> XyChartData:
    """Return lines on an axis of numbers; a step is a point at its end, at the height of the one before."""
    data = XyChartData(number_format=number)
    for series in plot.series:
        points = data.add_series(clean(series.name) or " ")
        for row in step_rows(series, chart.stepped):
            points.add_data_point(row["x"], row["y"])
    if chart.reference:
        points = data.add_series(clean(chart.reference[1]))
        for end in (min(plot.categories), max(plot.categories)):
            points.add_data_point(end, chart.reference[0])
    return data


def step_rows(series: Series, stepped: bool) -> list[dict[str, Any]]:
    """Return the points of a line with a value; with steps also those at which a value ends."""
    rows: list[dict[str, Any]] = []
    for row in series.rows:
        if row is None or row["y"] is None:
            continue
        if rows and stepped:
            rows.append({"x": row["x"], "y": rows[-1]["y"], "low": None, "high": None})
        rows.append(row)
    return rows


def _style(canvas: Canvas, plot: Plot, elements: list[Any], on_numbers: bool) -> None:
    palette, shape = canvas.palette, plot.shape
    colors = color_range(shape, palette.theme) if shape.colors else [palette.theme.accent]
    columns = 1 + len(elements)
    thick = min(max(canvas.box.width * 0.75 / max(len(plot.categories), 1) * 0.4, 2.5), 11.0)
    for at, (series, element, color) in enumerate(zip(plot.series, elements, colors, strict=False)):
        important = shape.highlight is None or series.name == shape.highlight
        ink = palette.ink(color)
        parts.look(element, outline(ink, 2.5 if important else 1.25))
        dots = None if shape.dense or not important or len(plot.categories) > MOST_POINTS else color
        point = parts.marker(palette, dots)
        put(element, point, "c:dPt", "c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:xVal")
        if not on_numbers:
            for place in series.in_progress:
                hollow = parts.marker(palette, color, hollow=True)
                parts.point_look(element, place, outline(ink, 2.0, "sysDash"), marker=hollow)
        if shape.interval and important:
            rows = step_rows(series, shape.stepped) if on_numbers else [row or {} for row in series.rows]
            ends = Ends(*([row.get(name) for row in rows] for name in ("y", "low", "high")))
            line = outline(ink, thick, alpha=INTERVAL)
            line.set("cap", "flat")
            first = 2 + 2 * at if on_numbers else columns + 2 * at
            parts.add_error_bars(element, ends, first, line)
        if element.find(qn("c:smooth")) is not None:
            element.find(qn("c:smooth")).set("val", "0")


def _label_ends(
    canvas: Canvas,
    chart: LineChart,
    plot: Plot,
    elements: list[Any],
    number: str,
    scale: Scale | None,
    on_numbers: bool,
) -> float:
    """Name the lines at their ends. Return the share of the width that this takes, 0 where a legend has to do it."""
    palette, shape = canvas.palette, plot.shape
    many = len(shape.colors) > (MOST_BESIDE if shape.highlight in shape.colors else MOST_DIRECT)
    named = {series.name: at for series in plot.series if (at := series.last()) is not None
             and (not many or series.name == shape.highlight)}  # fmt: skip
    if not named or scale is None or (len(shape.colors) > 1 and max(map(len, named)) > MOST_LETTERS):
        return 0.0
    colors = dict(zip(shape.colors, color_range(shape, palette.theme), strict=True)) if shape.colors else {}
    last_rows = {series.name: series.rows[named[series.name]] or {} for series in plot.series if series.name in named}
    after = {name: row for name, row in last_rows.items() if not row.get("continued")}
    heights = label_heights({name: row["y"] for name, row in after.items()}, scale, canvas.box.height * PLOT_HEIGHT)
    for series, element in zip(plot.series, elements, strict=False):
        if series.name not in named:
            continue
        row = last_rows[series.name]
        color = colors.get(series.name, palette.theme.accent)
        if shape.highlight in shape.colors and series.name != shape.highlight:
            color = palette.theme.muted
        shift = (row["y"] - heights.get(series.name, row["y"])) / (scale.high - scale.low) * PLOT_HEIGHT
        place = len(step_rows(series, chart.stepped)) - 1 if on_numbers else named[series.name]
        position = "r" if series.name in after else "t"
        label = Label("", position, palette.readable(color, large=True), number, bool(shape.colors), shift=shift)
        parts.add_labels(element, {place: label}, palette)
    texts = [str(row.get("end_text") or "")[: 2 * MOST_LETTERS] for row in after.values()]
    return min((widest(texts, parts.LABEL_SIZE) + 14) / canvas.box.width, MOST_ROOM)


def label_heights(values: dict[str, float], scale: Scale, height: float) -> dict[str, float]:
    """Return where the labels of values stand on a scale that is `height` points high, so that none covers another."""
    gap = parts.LABEL_SIZE * LINE_HEIGHT / height * (scale.high - scale.low)
    names = sorted(values, key=lambda name: values[name])
    heights: dict[str, float] = {}
    lowest = float("-inf")
    for name in names:
        lowest = heights[name] = max(values[name], lowest + gap)
    highest = scale.high
    for name in reversed(names):  # what would stand above the plot moves the others down
        heights[name] = min(heights[name], highest)
        highest = heights[name] - gap
    return heights


def _style_reference(canvas: Canvas, element: Any) -> None:
    palette = canvas.palette
    parts.look(element, outline(palette.ink(palette.theme.muted), 1.5, "dash"))
    put(element, parts.marker(palette, None), "c:dPt", "c:dLbls", "c:errBars", "c:cat", "c:xVal")


def _horizontal(plot: Plot) -> Scale | None:
    return scale_of([float(category) for category in plot.categories], zero=min(plot.categories) >= 0, whole=True)
