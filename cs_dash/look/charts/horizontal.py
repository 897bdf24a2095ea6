"""Horizontal drawings: ranked bars and intervals."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.charts import IntervalChart
from cs_dash.look.charts.axes import category_axis, measure_axis, padded_range, reference_line, wrapped_label
from cs_dash.look.charts.colors import color_channel
from cs_dash.look.charts.interaction import pointer_cursor, tooltip_lines, with_selection
from cs_dash.look.charts.style import LETTER_WIDTH, ChartStyle, is_highlighted_expression, with_channels

ROW, NARROW_ROW, AROUND = 30, 44, 16
NAME_WIDTH = "containerSize()[0] < 480 ? 0.42 * containerSize()[0] : max(240, 0.32 * containerSize()[0])"
"""Vega: pixels of the names at the left."""
LETTERS_BEFORE = 3
"""Room before the first point: half of a short value stands over it."""

VALUE_ALIGN = (
    f"scale('x', datum.x) < {LETTER_WIDTH / 2} * length(datum.label) ? 'left'"
    f" : width - scale('x', datum.x) < {LETTER_WIDTH / 2} * length(datum.label) ? 'right' : 'center'"
)
"""Vega: where the value above a point stands, so that it covers neither the names at the left nor the edge."""


def ranked(style: ChartStyle) -> Any:
    """Draw horizontal bars with their values at their ends; on a phone their names are above them."""
    shape = style.shape
    y, names = _category_names(style)
    offset: dict[str, Any] = {"yOffset": 9} if style.narrow else {}
    letters_before = 9 if shape.semantic or shape.has_negative else 0
    x = measure_axis(alt.X, "x", style, zero=True, stack=None, range=padded_range(8, letters_before))
    x.axis = None
    color = _color(style)
    marks = alt.Chart().mark_bar(height=14 if style.narrow else 16, cornerRadius=2, **offset, **pointer_cursor(style))
    selection_fields = ("y", "color") if shape.colors else ("y",)
    layers: list[Any] = [
        with_selection(with_channels(marks, x=x, y=y, color=color, tooltip=_tooltip(style)), style, *selection_fields)
    ]
    layers += [_value_label(style, y, "datum.x >= 0", "left", 6), _value_label(style, y, "datum.x < 0", "right", -6)]
    return _layered(style, [*layers, *names])


def intervals(style: ChartStyle) -> Any:
    """Draw a point for each value and a thin rule for its interval, with the value above the point."""
    shape, theme = style.shape, style.theme
    y, names = _category_names(style)
    x = measure_axis(
        alt.X,
        "x",
        style,
        zero=False,
        range=padded_range(6 if style.narrow else 0, 0 if style.narrow else LETTERS_BEFORE),
    )
    x.axis.grid = True
    color = _color(style)
    offset: dict[str, Any] = {"yOffset": 9} if style.narrow else {}
    point = alt.Chart().mark_circle(size=80, opacity=1, **offset, **pointer_cursor(style))
    # above the point; on a phone, where the name is, at the end of the interval
    position: dict[str, Any] = (
        {"align": "left", "dx": 8} if style.narrow else {"dy": -12, "align": alt.expr(VALUE_ALIGN)}
    )
    text_options: dict[str, Any] = {"fontSize": 11, "fontWeight": 600} | position | offset
    words = alt.Chart().mark_text(color=theme.text, **text_options)
    halo = alt.Chart().mark_text(stroke=theme.background, strokeWidth=4, strokeOpacity=0.85, **text_options)
    label_x = "high:Q" if style.narrow and shape.interval else "x:Q"
    layers: list[Any] = []
    if shape.interval:
        spread = alt.Chart().mark_rule(strokeWidth=2, strokeCap="round", opacity=0.55, **offset)
        layers.append(with_channels(spread, x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y, color=color))
    layers.append(with_selection(with_channels(point, x=x, y=y, color=color, tooltip=_tooltip(style)), style, "y"))
    layers += [with_channels(label, x=alt.X(label_x), y=y, text="label:N") for label in (halo, words)]
    return _layered(style, [*reference_line(style, vertical=False), *layers, *names])


def _category_names(style: ChartStyle) -> tuple[alt.Y, list[Any]]:
    """Return the axis of the category names; on a phone without labels, with the marks that write them instead."""
    scale = alt.Scale(paddingInner=0.2, paddingOuter=0.1)
    if not style.narrow:
        axis = alt.Axis(
            title=None,
            labelColor=style.theme.text,
            labelFontSize=12,
            labelPadding=8,
            **wrapped_label(NAME_WIDTH),
        )
        return category_axis(alt.Y, style, "text", axis=axis, scale=scale), []
    y = category_axis(alt.Y, style, "text", axis=alt.Axis(labels=False, title=None), scale=scale)
    text_options: dict[str, Any] = {"align": "left", "dy": -9, "fontSize": 12, "limit": 340}
    halo = alt.Chart().mark_text(stroke=style.theme.background, strokeWidth=4, strokeOpacity=0.85, **text_options)
    words = alt.Chart().mark_text(color=style.theme.text, **text_options)
    return y, [with_channels(label, x=alt.value(0), y=y, text="color_text:N") for label in (halo, words)]


def _value_label(style: ChartStyle, y: alt.Y, condition: str, align: Any, dx: int) -> Any:
    offset: dict[str, Any] = {"yOffset": 9} if style.narrow else {}
    words = alt.Chart().mark_text(align=align, dx=dx, fontSize=11, fontWeight=600, color=style.theme.text, **offset)
    return with_channels(words.transform_filter(condition), x=alt.X("x:Q"), y=y, text="label:N")


def _color(style: ChartStyle) -> Any:
    """Return the colours: by category, or the accent for the highlighted one and grey for the others."""
    shape, theme = style.shape, style.theme
    if shape.colors or shape.highlight is None:
        return color_channel(style)
    highlighted = is_highlighted_expression("y", style)
    return alt.condition(highlighted, alt.value(theme.accent), alt.value(theme.neutral))


def _tooltip(style: ChartStyle) -> list[alt.Tooltip]:
    return tooltip_lines(style, "y", style.shape.y_title)


def row_height(narrow: bool) -> int:
    """Return the height of one category in pixels."""
    return NARROW_ROW if narrow else ROW


def _layered(style: ChartStyle, layers: list[Any]) -> Any:
    legend = 28 if len(style.shape.colors) > 1 else 0
    axis = 36 if style.shape.form is IntervalChart else 0
    return alt.layer(*layers).properties(height=row_height(style.narrow) + AROUND + legend + axis)
