"""Vertical charts: bars over time or groups, and the steps of a waterfall."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE

from cs_dash.charts import BarChart, WaterfallChart
from cs_dash.look.charts.colors import color_range
from cs_dash.review.pptx.charts import parts
from cs_dash.review.pptx.charts.canvas import (
    Canvas,
    category_data,
    is_dated,
    short_names,
    style_category_axis,
    style_value_axis,
)
from cs_dash.review.pptx.charts.formats import number_format
from cs_dash.review.pptx.charts.parts import Ends, Label
from cs_dash.review.pptx.charts.plots import Category, Plot, plot_of
from cs_dash.review.pptx.charts.scales import scale_of
from cs_dash.review.pptx.charts.workbooks import finish
from cs_dash.review.pptx.nodes import clean, node, outline, solid
from cs_dash.review.pptx.text_size import width

KINDS = {
    "zero": XL_CHART_TYPE.COLUMN_STACKED,
    "normalize": XL_CHART_TYPE.COLUMN_STACKED_100,
    None: XL_CHART_TYPE.COLUMN_CLUSTERED,
}
NAME_SIZE = 8.0
MOST_LABELLED = 13
"""So many bars of a single series have their values on them."""
STEP_COLORS = {"total": "neutral", "gain": "good", "loss": "bad"}


def bars(canvas: Canvas, chart: BarChart) -> None:
    """Add bars, stacked or side by side; a period in progress is pale, a reference a dashed line with its name."""
    plot, palette = plot_of(chart), canvas.palette
    stack = chart.stack if plot.shape.colors else None
    dated = is_dated(plot.labels, bars=True)
    data = category_data(_names(canvas, plot), dated)
    number = number_format(chart.unit, chart.currency, plot.values)
    for series in plot.series:
        data.add_series(clean(series.name), series.column("y"), number)
    if chart.reference:
        data.add_series(clean(chart.reference[1]), [chart.reference[0]] * len(plot.categories), number)
    native = canvas.add(KINDS[stack], data, chart)
    reference = parts.as_lines(native, [chart.reference[1]]) if chart.reference else []
    _style_bars(native, plot, canvas)
    if chart.low and chart.high and not stack:
        for at, (series, element) in enumerate(zip(plot.series, _elements(native), strict=True)):
            line = outline(palette.ink(palette.theme.text), 1.25)
            columns = 1 + len(plot.series) + len(reference) + 2 * at
            ends = Ends(series.column("y"), series.column("low"), series.column("high"))
            parts.add_error_bars(element, ends, columns, line)
    elif len(plot.series) == 1 and len(plot.categories) <= MOST_LABELLED and not stack:
        labels = {at: Label("", "outEnd", palette.theme.text, number)
                  for at, value in enumerate(plot.series[0].column("y")) if value is not None}  # fmt: skip
        parts.add_labels(_elements(native)[0], labels, palette)
    for element in reference:
        parts.look(element, outline(palette.ink(palette.theme.muted), 1.5, "dash"))
    _style_axes(native, chart, plot, canvas, dated)
    if len(plot.series) > 1:
        canvas.add_legend(native, hidden=(len(plot.series),) if reference else ())
    finish(native)


def _names(canvas: Canvas, plot: Plot) -> tuple[Category, ...]:
    """Return the categories with names that fit under their bars."""
    return short_names(plot.labels, canvas.box.width * 0.85 / len(plot.labels), NAME_SIZE, lines=3)


def _elements(native: Any) -> list[Any]:
    """Return the series of the first plot as elements."""
    return [series._element for series in native.plots[0].series]


def _style_bars(native: Any, plot: Plot, canvas: Canvas) -> None:
    palette, theme, shape = canvas.palette, canvas.palette.theme, plot.shape
    bars = native.plots[0]
    bars.gap_width = 45 if len(plot.categories) > 3 else 120
    bars.overlap = 100 if shape.stack and shape.colors else -5
    colors = color_range(shape, theme) if shape.colors else [theme.accent]
    for series, element, color in zip(plot.series, _elements(native), colors, strict=True):
        edge = theme.watch_edge if color == theme.watch else color
        separating = outline(palette.ink(theme.background), 0.75) if shape.stack and shape.colors else outline(None)
        parts.look(element, solid(palette.ink(color)), separating)
        progress = set(series.in_progress)
        for at, category in enumerate(plot.categories):
            fill = color
            if not shape.colors and shape.highlight is not None and category != shape.highlight:
                fill = theme.neutral
            if at in progress:
                pale = solid(palette.ink(fill), parts.PALE), outline(palette.ink(edge), 1.0, "sysDash")
                parts.point_look(element, at, *pale)
            elif fill != color:
                parts.point_look(element, at, solid(palette.ink(fill)))


def _style_axes(native: Any, chart: BarChart, plot: Plot, canvas: Canvas, dated: bool) -> None:
    style_category_axis(native, canvas.palette, plot.labels, dated, canvas.box.width * 0.88)
    scale = None
    if plot.shape.interval or chart.reference:
        values = [*plot.values, chart.reference[0]] if chart.reference else plot.values
        scale = scale_of(values, zero=True, whole=chart.unit == "count") if not plot.shape.stack else None
    axis_format = '0"\u202f"%' if chart.stack == "normalize" and plot.shape.colors else _axis_format(chart, plot, scale)
    style_value_axis(native.value_axis, canvas.palette, axis_format, scale)


def _axis_format(chart: BarChart | WaterfallChart, plot: Plot, scale: Any) -> str:
    """Return the format of the numbers of the axis: round numbers, without the decimals of the values."""
    sums: dict[str, float] = {}
    for row in plot.rows:
        sums[row["x"]] = sums.get(row["x"], 0.0) + (row["y"] or 0.0)
    lengths = [row.get("to") for row in plot.rows] if isinstance(chart, WaterfallChart) else list(sums.values())
    if not plot.shape.stack and isinstance(chart, BarChart):
        lengths = plot.values
    scale = scale or scale_of(lengths, zero=True)
    numbers = [scale.low, scale.step, scale.high] if scale else []
    return number_format(chart.unit, chart.currency, numbers, on_axis=True)


def waterfall(canvas: Canvas, chart: WaterfallChart) -> None:
    """Add a waterfall of stacked columns: an invisible base, and on it the totals, the gains and the losses.

    The sizes are those of the steps; a step across zero is cut at it. The words above the columns are a series too.
    """
    plot, palette = plot_of(chart), canvas.palette
    number = number_format(chart.unit, chart.currency, plot.values)
    data = category_data(_names(canvas, plot), dated=False)
    rows = [row for row in plot.series[0].rows if row is not None]
    columns = _waterfall_columns(rows)
    for name, values in columns.items():
        data.add_series(name, values, number)
    tops = [row["top"] if row.get("to") is not None else 0.0 for row in rows]
    data.add_series("Top", tops, number)
    native = canvas.add(XL_CHART_TYPE.COLUMN_STACKED, data, chart)
    top = parts.as_lines(native, ["Top"])[0]
    native.plots[0].gap_width, native.plots[0].overlap = 40, 100
    for name, element in zip(columns, _elements(native), strict=True):
        color = STEP_COLORS.get(name.split()[0].lower())
        ink = palette.ink(getattr(palette.theme, color)) if color else None
        parts.look(element, solid(ink) if ink else node("a:noFill"), outline(None))
    parts.look(top, outline(None))
    labels = {at: Label(str(row["label"]), "t", palette.theme.text) for at, row in enumerate(rows)}
    parts.add_labels(top, labels, palette)
    style_category_axis(native, palette, plot.labels, False, canvas.box.width * 0.88)
    style_value_axis(native.value_axis, palette, _axis_format(chart, plot, None), None)
    finish(native)


def _waterfall_columns(rows: list[dict[str, Any]]) -> dict[str, list[float | None]]:
    """Return the columns of the workbook: the base, then a column for each type of step, below zero apart."""
    columns: dict[str, list[float | None]] = {name: [None] * len(rows) for name in ("Base", "Total", "Gain", "Loss")}
    for at, row in enumerate(rows):
        if row.get("to") is None:
            continue
        low, high = sorted((row["from"], row["to"]))
        name = str(row["color"]).capitalize()
        columns["Base"][at] = max(low, 0.0) if high > 0 else min(high, 0.0)
        if high > 0:
            columns[name][at] = high - max(low, 0.0)
        if low < 0:
            below = columns.setdefault(f"{name} below zero", [None] * len(rows))
            below[at] = low - min(high, 0.0)
    return columns


def widest(texts: list[str], size: float) -> float:
    """Return the width in points of the widest of these texts."""
    return max((width(text, size, bold=True) for text in texts), default=0.0)
