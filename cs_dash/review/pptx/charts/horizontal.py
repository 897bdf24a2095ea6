"""Horizontal charts: ranked bars, and points with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from cs_dash.charts import IntervalChart, RankedChart
from cs_dash.look.charts.colors import color_range
from cs_dash.review.pptx.charts import parts
from cs_dash.review.pptx.charts.canvas import (
    Canvas,
    category_data,
    short_names,
    style_category_axis,
    style_value_axis,
)
from cs_dash.review.pptx.charts.formats import number_format
from cs_dash.review.pptx.charts.parts import Label
from cs_dash.review.pptx.charts.plots import Plot, plot_of
from cs_dash.review.pptx.charts.scales import Scale, scale_of
from cs_dash.review.pptx.charts.vertical import widest
from cs_dash.review.pptx.charts.workbooks import finish
from cs_dash.review.pptx.nodes import clean, outline, put, solid
from cs_dash.review.pptx.text_size import LINE_HEIGHT, wrapped

NAMES = 0.42
"""Share of the width that the names at the left may take."""
LEGEND = 0.1
"""Share of the height that a legend takes."""
BESIDE_AXIS = "\u00a0" * 2
"""Keeps a name clear of the values above the first points."""
NAME_SIZE, SMALLEST_NAME = 11.0, 8.0
EDGE = 0.06
"""Share of the axis that stays free before the first point, whose value stands above it."""
LABELLED_ROW = 22
"""Points of height from which on a row has room for the value above its point."""


def ranked(canvas: Canvas, chart: RankedChart) -> None:
    """Add horizontal bars, the first on top, with their values or words at their ends."""
    plot, palette, theme = plot_of(chart, down=True), canvas.palette, canvas.palette.theme
    number = number_format(chart.unit, chart.currency, [row["x"] for row in plot.rows])
    size = _name_size(canvas, len(plot.categories))
    names = short_names(plot.labels, canvas.box.width * NAMES - 14, size, _name_lines(canvas, plot, size))
    data = category_data(names, dated=False)
    for series in plot.series:
        data.add_series(clean(series.name), series.column("x"), number)
    native = canvas.add(XL_CHART_TYPE.BAR_CLUSTERED, data, chart)
    native.plots[0].gap_width = 45 if len(plot.categories) > 3 else 120
    native.plots[0].overlap = 0 if _side_by_side(plot) else 100
    colors = color_range(plot.shape, theme) if plot.shape.colors else [theme.accent]
    ends = [str(row["label"]) for row in plot.rows]
    for series, native_series, color in zip(plot.series, native.plots[0].series, colors, strict=True):
        element = native_series._element
        parts.look(element, solid(palette.ink(color)), outline(None))
        for at, category in enumerate(plot.categories):
            if not plot.shape.colors and plot.shape.highlight not in (None, category):
                parts.point_look(element, at, solid(palette.ink(theme.neutral)))
        labels = {
            at: Label(str(row["label"]) if chart.label else "", "outEnd", theme.text, number)
            for at, row in enumerate(series.rows)
            if row is not None and row["x"] is not None
        }
        parts.add_labels(element, labels, palette)
    style_category_axis(native, palette, plot.labels, False, canvas.box.height)
    native.category_axis.reverse_order = True
    put(native.category_axis._element, parts.text_look(palette, theme.text, size), "c:crossAx")
    style_value_axis(native.value_axis, palette, number, _ranked_scale(plot, ends, canvas), grid=False)
    native.value_axis.visible = False
    left = min(widest([str(name) for name in names], size) / canvas.box.width + 0.02, NAMES)
    legend = len(plot.series) > 1
    top = LEGEND if legend else 0.01
    parts.place_plot(native, left, top, 1 - left - 0.01, 0.99 - top)
    if legend:
        canvas.add_legend(native)
    finish(native)


def _side_by_side(plot: Plot) -> bool:
    """Whether some category has several bars."""
    return len(plot.rows) > len(plot.categories)


def _name_size(canvas: Canvas, categories: int) -> float:
    """Return the size of the names so that each fits its row on two lines where that is possible."""
    row = canvas.box.height / max(categories, 1)
    return min(max(row / (LINE_HEIGHT * 1.4), SMALLEST_NAME), NAME_SIZE)


def _name_lines(canvas: Canvas, plot: Plot, size: float) -> int:
    """Return how many lines of a name fit into a row."""
    return 2 if canvas.box.height / max(len(plot.categories), 1) > 2.6 * size else 1


def _ranked_scale(plot: Plot, ends: list[str], canvas: Canvas) -> Scale | None:
    """Return a scale with room for the words at the ends of the bars, on both sides where bars go to both."""
    values = [row["x"] for row in plot.rows if row["x"] is not None]
    if not values:
        return None
    low, high = min(*values, 0.0), max(*values, 0.0)
    span = (high - low) or 1.0
    room = min(widest(ends, parts.LABEL_SIZE) / (canvas.box.width * (1 - NAMES)), 0.4) + 0.02
    sides = (1 if low < 0 else 0) + (1 if high > 0 or low == 0 else 0)
    extra = span * room / max(1 - room * sides, 0.2)
    return Scale(low - extra if low < 0 else 0.0, high + extra if high > 0 or low == 0 else 0.0, span)


def intervals(canvas: Canvas, chart: IntervalChart) -> None:
    """Add a point for each value on an axis of numbers, with its interval as a bar and the names at the left.

    The intervals are series of their own, with a gap after each, so that the workbook has their ends as they are.
    So are the names, as labels at the left end of the axis; a reference is a dashed line.
    """
    plot = plot_of(chart, down=True)
    numbers = [row[name] for row in plot.rows for name in ("x", "low", "high") if name in row]
    scale = scale_of([*numbers, *([chart.reference[0]] if chart.reference else [])], zero=False)
    if scale is None:
        return
    first = min(row["x"] for row in plot.rows if row["x"] is not None)
    if scale.low and first - scale.low < EDGE * (scale.high - scale.low):
        scale = Scale(scale.low - scale.step, scale.high, scale.step)
    series = _interval_series(chart, plot, scale)
    data = XyChartData(number_format=number_format(chart.unit, chart.currency, [row["x"] for row in plot.rows]))
    for one in series:
        points = data.add_series(one.name)
        for place in one.points:
            points.add_data_point(*place)
    native = canvas.add(XL_CHART_TYPE.XY_SCATTER, data, chart)
    elements: dict[tuple[str, int], Any] = {}
    for one, element in zip(series, native._chartSpace.iter(qn("c:ser")), strict=True):
        elements[one.part, one.at] = element
    _style_points(canvas, plot, elements)
    share = _add_names(canvas, plot, elements["names", 0])
    if chart.reference:
        _style_reference(canvas, elements["reference", 0])
    ends = number_format(chart.unit, chart.currency, [scale.low, scale.step], on_axis=True)
    style_value_axis(native.category_axis, canvas.palette, ends, scale)
    rows = Scale(0.5, len(plot.categories) + 0.5, 1.0)
    style_value_axis(native.value_axis, canvas.palette, "General", rows, grid=False)
    native.value_axis.visible = False
    legend = len(plot.series) > 1
    top = (LEGEND if legend else 0.0) + (0.06 if chart.reference else 0.01)
    parts.place_plot(native, share, top, 0.97 - share, 0.99 - top - 0.08)
    if legend:
        canvas.add_legend(native, hidden=tuple(at for at, one in enumerate(series) if one.part != "points"))
    finish(native)


@dataclass(frozen=True)
class PointSeries:
    """A series on two axes of numbers: the part that it plays, which of its part it is, its name and its points."""

    part: Literal["intervals", "points", "names", "reference"]
    at: int
    name: str
    points: tuple[tuple[float | None, float | None], ...]


GAP_BETWEEN = (None, None)


def _interval_series(chart: IntervalChart, plot: Plot, scale: Scale) -> list[PointSeries]:
    """Return the series of the chart, the first row at the top.

    The longest one comes first: LibreOffice does not draw a first series that is shorter than another one.
    """
    count = len(plot.categories)
    series = []
    for at, (one, offset) in enumerate(zip(plot.series, _offsets(plot), strict=True)):
        bars: list[tuple[float | None, float | None]] = []
        points: list[tuple[float | None, float | None]] = []
        for place, row in enumerate(one.rows):
            value = None if row is None else row["x"]
            height = count - place + offset
            points.append(GAP_BETWEEN if value is None else (value, height))
            if row is not None and row.get("low") is not None and row.get("high") is not None:
                bars += [(row["low"], height), (row["high"], height), GAP_BETWEEN]
        name = clean(one.name) or " "
        series.append(PointSeries("points", at, name, tuple(points)))
        if plot.shape.interval and bars:
            series.append(PointSeries("intervals", at, f"{name}, interval", tuple(bars)))
    series.append(PointSeries("names", 0, "Names", tuple((scale.low, count - place) for place in range(count))))
    if chart.reference:
        line = tuple((chart.reference[0], end) for end in (0.5, count + 0.5))
        series.append(PointSeries("reference", 0, clean(chart.reference[1]), line))
    return sorted(series, key=lambda one: (-len(one.points), one.part == "points"))


def _offsets(plot: Plot) -> list[float]:
    """Return how far the points of each series lie above their row: those of one row do not cover each other."""
    several = len(plot.series)
    if several == 1 or not _side_by_side(plot):
        return [0.0] * several
    step = 0.36 / max(several - 1, 1)
    return [0.18 - step * at for at in range(several)]


def _style_points(canvas: Canvas, plot: Plot, elements: Mapping[tuple[str, int], Any]) -> None:
    palette, theme, shape = canvas.palette, canvas.palette.theme, plot.shape
    colors = color_range(shape, theme) if shape.colors else [theme.accent]
    labelled = canvas.box.height / len(plot.categories) >= LABELLED_ROW and not _side_by_side(plot)
    for at, (series, color) in enumerate(zip(plot.series, colors, strict=True)):
        element = elements["points", at]
        rows = {place: row for place, row in enumerate(series.rows) if row is not None and row["x"] is not None}
        parts.look(element, outline(None))
        put(element, parts.marker(palette, color, 9), "c:dPt", "c:dLbls", "c:errBars", "c:xVal")
        if not shape.colors and shape.highlight is not None:
            for place, row in rows.items():
                if row["y"] != shape.highlight:
                    pale = parts.marker(palette, theme.neutral, 9)
                    parts.point_look(element, place, outline(None), marker=pale)
        bars = elements.get(("intervals", at))
        if bars is not None:
            parts.look(bars, outline(palette.ink(color), 2.5, alpha=0.55))
            put(bars, parts.marker(palette, None), "c:dPt", "c:dLbls", "c:errBars", "c:xVal")
        if labelled:
            # words: the value of a point on two axes of numbers is its row
            labels = {place: Label(str(row["label"]), "t", theme.text) for place, row in rows.items()}
            parts.add_labels(element, labels, palette)


def _add_names(canvas: Canvas, plot: Plot, element: Any) -> float:
    """Write the names of the rows. Return the share of the width that they take."""
    palette = canvas.palette
    size = _name_size(canvas, len(plot.categories))
    room = canvas.box.width * NAMES - 12
    texts = [str(label) for label in plot.labels]
    share = min(widest(texts, size) + 14, canvas.box.width * NAMES) / canvas.box.width
    labels = {}
    for at, name in enumerate(short_names(plot.labels, room, size, _name_lines(canvas, plot, size))):
        lines = "\n".join(line.strip() + BESIDE_AXIS for line in wrapped(str(name), room, size))
        labels[at] = Label(lines, "l", palette.theme.text, bold=False)
    parts.look(element, outline(None))
    put(element, parts.marker(palette, None), "c:dPt", "c:dLbls", "c:errBars", "c:xVal")
    parts.add_labels(element, labels, palette, size)
    return share


def _style_reference(canvas: Canvas, element: Any) -> None:
    palette = canvas.palette
    parts.look(element, outline(palette.ink(palette.theme.muted), 1.5, "dash"))
    put(element, parts.marker(palette, None), "c:dPt", "c:dLbls", "c:errBars", "c:xVal")
    label = Label("", "t", palette.theme.muted, with_name=True, with_value=False, bold=False)
    parts.add_labels(element, {1: label}, palette)
