"""Vertical drawings over time or steps: bars, lines, waterfall."""

from __future__ import annotations

import math
from typing import Any

import altair as alt

from cs_dash.look.charts.axes import category_axis, measure_axis, padded_range, reference_line
from cs_dash.look.charts.colors import color_channel, edge_color_expression
from cs_dash.look.charts.events import event_marks
from cs_dash.look.charts.interaction import pointer_cursor, tooltip_lines, with_selection, with_targets
from cs_dash.look.charts.shape import MOST_DIRECT
from cs_dash.look.charts.style import LETTER_WIDTH, PALE, ChartStyle, is_highlighted_expression, with_channels

HEIGHT, NARROW_HEIGHT = 260, 220
PHONE, LEGEND_LINE = 300, 17  # pixels: width of a plot on a phone, height of a line of the legend


def height(style: ChartStyle) -> int:
    """Return the height in pixels, axes included; on a phone each further line of the legend adds to it."""
    if not style.narrow or has_many_lines(style):
        return NARROW_HEIGHT if style.narrow else HEIGHT
    widths = [len(name) * LETTER_WIDTH + 34 for name in style.shape.colors] or [0]
    columns = len(widths) if sum(widths) <= PHONE else max(1, int(PHONE // max(widths)))
    return NARROW_HEIGHT + (math.ceil(len(widths) / columns) - 1) * LEGEND_LINE


def has_many_lines(style: ChartStyle) -> bool:
    """Whether one of many lines is highlighted: a legend would repeat one colour, so the tooltip names the others."""
    return len(style.shape.colors) > MOST_DIRECT and style.shape.highlight in style.shape.colors


def bars(style: ChartStyle) -> Any:
    """Draw bars on a band scale, stacked or side by side; a period in progress is pale with a dashed outline."""
    shape, theme = style.shape, style.theme
    stack = {"zero": "zero", "normalize": "normalize", None: None}[shape.stack] if shape.colors else None
    unit = "share" if stack == "normalize" else shape.unit
    y = measure_axis(alt.Y, "y", style, zero=True, stack=stack, unit=unit)
    x = category_axis(alt.X, style, shape.x)
    # separated by a thin line of background; in progress, or with a colour of health, by an edge of its own
    rule = edge_color_expression(shape, theme) if shape.colors else f"'{theme.accent}'"
    stroke = rule if shape.semantic and shape.colors else f"datum.in_progress ? {rule} : '{theme.background}'"
    marks = alt.Chart().mark_bar(
        stroke=alt.expr(stroke),
        strokeWidth=alt.expr(f"datum.in_progress ? 1.2 : {1 if shape.colors else 0}"),
        strokeDash=alt.expr("datum.in_progress ? [3, 2] : [1, 0]"),
        fillOpacity=alt.expr(f"datum.in_progress ? {PALE} : 1"),
        **pointer_cursor(style),
    )
    encoding: dict[str, Any] = {"x": x, "y": y, "color": _bar_color(style), "tooltip": tooltip_lines(style)}
    if shape.colors and stack:
        encoding["order"] = alt.Order("rank:Q")
    elif shape.colors:
        encoding["xOffset"] = alt.XOffset("color:N", sort=list(shape.colors))
    selection_fields = ("x", "color") if shape.colors else ("x",)
    layers: list[Any] = [with_selection(with_channels(marks, **encoding), style, *selection_fields)]
    if shape.interval and not stack:
        spread = alt.Chart().mark_rule(color=theme.text, strokeWidth=1.2)
        layers.append(with_channels(spread, x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), **_offset(encoding)))
    return alt.layer(*layers, *reference_line(style), *event_marks(style, x)).properties(height=height(style))


def _offset(encoding: dict[str, Any]) -> dict[str, Any]:
    return {"xOffset": encoding["xOffset"]} if "xOffset" in encoding else {}


def _bar_color(style: ChartStyle) -> Any:
    """Return the colour of bars: by category, or the highlighted bar in the accent."""
    if style.shape.colors or style.shape.highlight is None:
        return color_channel(style)
    highlighted = is_highlighted_expression("x", style)
    return alt.condition(highlighted, alt.value(style.theme.accent), alt.value(style.theme.neutral))


def lines(style: ChartStyle) -> Any:
    """Draw lines with names at their ends and pale bands for their intervals; in progress they are dashed."""
    shape, theme = style.shape, style.theme
    named_at_ends = shape.named_at_ends and not style.narrow
    letters = shape.longest_name + 7 if named_at_ends else 0 if shape.colors else 6
    if has_many_lines(style):
        letters = len(shape.highlight or "") + 7
    x_range = padded_range(letters)
    if shape.x == "number":
        scale = alt.Scale(zero=False, nice=False, range=x_range)
        x = alt.X("x:Q", axis=alt.Axis(title=shape.x_title, tickMinStep=1), scale=scale)
    else:
        x = category_axis(alt.X, style, shape.x, scale=alt.Scale(type="point", padding=0.4, range=x_range))
    color = color_channel(style, legend=not named_at_ends and not has_many_lines(style))
    interpolation: dict[str, Any] = {"interpolate": "step-after"} if shape.stepped else {}
    y = measure_axis(alt.Y, "y", style, zero=False)
    names: dict[str, Any] = {"detail": "color:N"} if shape.colors else {}
    base = alt.Chart()
    layers: list[Any] = []
    if shape.interval:
        band = base.mark_area(opacity=0.14, line=False, **interpolation)
        layers.append(with_channels(band, x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=color, **names))
    line = base.mark_line(strokeWidth=2.2, strokeJoin="round", **interpolation)
    thick = _stroke_width(style)
    layers.append(with_channels(line.transform_filter("datum.solid"), x=x, y=y, color=color, **names, **thick))
    if shape.in_progress:
        tail = base.mark_line(strokeWidth=2, strokeDash=[3, 3], **interpolation).transform_filter("datum.tail")
        layers.append(with_channels(tail, x=x, y=y, color=color, **names))
    # of many points only the last is visible; the others are there for their tooltips
    point_opacity = "1" if not shape.dense else "datum.last ? 1 : 0"
    point = base.mark_circle(size=46, opacity=alt.expr(point_opacity))
    points = with_channels(point, x=x, y=y, color=color, tooltip=tooltip_lines(style))
    layers += with_targets(points, style, *(("x", "color") if shape.colors else ("x",)))
    if shape.in_progress:
        hole = base.mark_circle(size=16, opacity=1, color=theme.background).transform_filter("datum.in_progress")
        layers.append(with_channels(hole, x=x, y=y, tooltip=tooltip_lines(style)))
    names_at_ends = _line_names(style, x, color, named_at_ends)
    return alt.layer(*layers, *reference_line(style), *event_marks(style, x), *names_at_ends).properties(
        height=height(style)
    )


def _stroke_width(style: ChartStyle) -> dict[str, Any]:
    """Return the encoding that makes the highlighted line the thickest."""
    if style.shape.highlight not in style.shape.colors:
        return {}
    highlighted = is_highlighted_expression("color", style)
    return {"strokeWidth": alt.condition(highlighted, alt.value(2.6), alt.value(1.4))}


def _line_names(style: ChartStyle, x: Any, color: Any, named_at_ends: bool) -> list[Any]:
    """Return the marks with the name and the value at the end of each line; for a single line, its value."""
    many = has_many_lines(style)
    if style.shape.colors and not named_at_ends and not many:
        return []
    if style.shape.highlight in style.shape.colors:  # a line may be pale, text may not
        color = alt.condition(
            is_highlighted_expression("color", style), alt.value(style.theme.accent), alt.value(style.theme.muted)
        )
    last = alt.Chart().transform_filter(
        f"datum.last && {is_highlighted_expression('color', style)}" if many else "datum.last"
    )
    text_options: dict[str, Any] = {
        "align": alt.expr("datum.continued ? 'right' : 'left'"), "dx": alt.expr("datum.continued ? -8 : 8"),
        "fontSize": 11, "fontWeight": 600,
    }  # fmt: skip
    position: dict[str, Any] = {"x": x, "y": alt.Y("end:Q"), "text": alt.Text("end_text:N")}
    return [with_channels(last.mark_text(**text_options), **position, color=color)]


def waterfall(style: ChartStyle) -> Any:
    """Draw totals from zero in grey, gains green and losses red between them, each with its value above."""
    shape, theme = style.shape, style.theme
    x = category_axis(alt.X, style, shape.x, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15))
    y = measure_axis(alt.Y, "from", style, zero=True)
    scale = alt.Scale(domain=["total", "gain", "loss"], range=[theme.neutral, theme.good, theme.bad])
    right_edge = x.copy()
    right_edge.bandPosition = 1
    connectors = (
        alt.Chart().mark_rule(aria=False, color=theme.muted, strokeWidth=1, opacity=0.6).transform_filter("datum.next")
    )
    steps = with_channels(
        alt.Chart().mark_bar(cornerRadius=2, **pointer_cursor(style)),
        x=x,
        y=y,
        y2=alt.Y2("to:Q"),
        color=alt.Color("color:N", scale=scale, legend=None),
        tooltip=tooltip_lines(style),
    )  # fmt: skip
    words = alt.Chart().mark_text(dy=-7, fontSize=11, fontWeight=600, color=theme.text)
    layers: list[Any] = [
        with_channels(connectors, x=right_edge, x2=alt.X2("next:O", bandPosition=0), y=alt.Y("level:Q")),
        with_selection(steps, style, "x"),
        with_channels(words, x=x, y=alt.Y("top:Q"), text="label:N"),
    ]
    return alt.layer(*layers).properties(height=height(style))
