"""Drawings over time or over steps: bars, lines, waterfall."""

from __future__ import annotations

import math
from typing import Any

import altair as alt

from cs_dash.look.charts.common import (
    LETTER,
    PALE,
    Brush,
    colour,
    edge,
    encoded,
    matters,
    measure,
    pick,
    place,
    pointer,
    reference,
    room_for,
    tooltip,
)
from cs_dash.look.charts.shape import MOST_DIRECT

HEIGHT, NARROW_HEIGHT = 260, 220
PHONE, LEGEND_LINE = 300, 17  # pixels: width of a plot on a phone, height of a line of the legend


def height(brush: Brush) -> int:
    """Return the height in pixels, axes included; on a phone a legend of several lines is not taken from the plot."""
    if not brush.narrow or crowded(brush):
        return NARROW_HEIGHT if brush.narrow else HEIGHT
    widths = [len(name) * LETTER + 34 for name in brush.shape.colors] or [0]
    across = len(widths) if sum(widths) <= PHONE else max(1, int(PHONE // max(widths)))
    return NARROW_HEIGHT + (math.ceil(len(widths) / across) - 1) * LEGEND_LINE


def crowded(brush: Brush) -> bool:
    """Whether of many lines one matters: the tooltip names the others, a legend would say one colour many times."""
    return len(brush.shape.colors) > MOST_DIRECT and brush.shape.highlight in brush.shape.colors


def bars(brush: Brush) -> Any:
    """Draw bars on a band scale, stacked or side by side; a period in progress is pale with a dashed outline."""
    shape, look = brush.shape, brush.look
    stack = {"zero": "zero", "normalize": "normalize", None: None}[shape.stack] if shape.colors else None
    unit = "share" if stack == "normalize" else shape.unit
    size = measure(alt.Y, "y", brush, zero=True, stack=stack, unit=unit)
    across = place(alt.X, brush, shape.x)
    # separated by a thin line of paper; what is in progress, and a colour of health, by its own rule
    rule = edge(shape, look) if shape.colors else f"'{look.accent}'"
    own = rule if shape.semantic and shape.colors else f"datum.part ? {rule} : '{look.background}'"
    marks = alt.Chart().mark_bar(
        stroke=alt.expr(own),
        strokeWidth=alt.expr(f"datum.part ? 1.2 : {1 if shape.colors else 0}"),
        strokeDash=alt.expr("datum.part ? [3, 2] : [1, 0]"),
        fillOpacity=alt.expr(f"datum.part ? {PALE} : 1"),
        **pointer(brush),
    )
    encoding: dict[str, Any] = {"x": across, "y": size, "color": _highlighted(brush), "tooltip": tooltip(brush)}
    if shape.colors and stack:
        encoding["order"] = alt.Order("rank:Q")
    elif shape.colors:
        encoding["xOffset"] = alt.XOffset("color:N", sort=list(shape.colors))
    picks = ("x", "color") if shape.colors else ("x",)
    layers: list[Any] = [pick(encoded(marks, **encoding), brush, *picks)]
    if shape.interval and not stack:
        spread = alt.Chart().mark_rule(color=look.text, strokeWidth=1.2)
        layers.append(encoded(spread, x=across, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), **_offset(encoding)))
    return alt.layer(*layers, *reference(brush)).properties(height=height(brush))


def _offset(encoding: dict[str, Any]) -> dict[str, Any]:
    return {"xOffset": encoding["xOffset"]} if "xOffset" in encoding else {}


def _highlighted(brush: Brush) -> Any:
    """Return the colour of bars: by category, or the one bar that matters in the accent."""
    if brush.shape.colors or brush.shape.highlight is None:
        return colour(brush)
    chosen = matters("x", brush)
    return alt.condition(chosen, alt.value(brush.look.accent), alt.value(brush.look.neutral))


def lines(brush: Brush) -> Any:
    """Draw lines named at their ends, their interval a pale band; what is in progress is dashed, its point open."""
    shape, look = brush.shape, brush.look
    direct = shape.direct and not brush.narrow
    letters = shape.longest + 7 if direct else 0 if shape.colors else 6
    if crowded(brush):
        letters = len(shape.highlight or "") + 7
    behind = room_for(letters)
    if shape.x == "number":
        scale = alt.Scale(zero=False, nice=False, range=behind)
        across = alt.X("x:Q", axis=alt.Axis(title=shape.x_title, tickMinStep=1), scale=scale)
    else:
        across = place(alt.X, brush, shape.x, scale=alt.Scale(type="point", padding=0.4, range=behind))
    hue = colour(brush, legend=not direct and not crowded(brush))
    turn: dict[str, Any] = {"interpolate": "step-after"} if shape.stepped else {}
    up = measure(alt.Y, "y", brush, zero=False)
    names: dict[str, Any] = {"detail": "color:N"} if shape.colors else {}
    base = alt.Chart()
    layers: list[Any] = []
    if shape.interval:
        band = base.mark_area(opacity=0.14, line=False, **turn)
        layers.append(encoded(band, x=across, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=hue, **names))
    line = base.mark_line(strokeWidth=2.2, strokeJoin="round", **turn)
    thick = _thickness(brush)
    layers.append(encoded(line.transform_filter("datum.solid"), x=across, y=up, color=hue, **names, **thick))
    if shape.in_progress:
        tail = base.mark_line(strokeWidth=2, strokeDash=[3, 3], **turn).transform_filter("datum.tail")
        layers.append(encoded(tail, x=across, y=up, color=hue, **names))
    # of many points only the last is drawn; the others are felt, so that each value can still be read
    seen = "1" if not shape.dense else "datum.last ? 1 : 0"
    point = base.mark_circle(size=46, opacity=alt.expr(seen))
    layers.append(encoded(point, x=across, y=up, color=hue, tooltip=tooltip(brush)))
    if shape.in_progress:
        hole = base.mark_circle(size=16, opacity=1, color=look.background).transform_filter("datum.part")
        layers.append(encoded(hole, x=across, y=up, tooltip=tooltip(brush)))
    return alt.layer(*layers, *reference(brush), *_line_names(brush, across, hue, direct)).properties(
        height=height(brush)
    )


def _thickness(brush: Brush) -> dict[str, Any]:
    """Return the encoding that makes the line that matters the thickest."""
    if brush.shape.highlight not in brush.shape.colors:
        return {}
    chosen = matters("color", brush)
    return {"strokeWidth": alt.condition(chosen, alt.value(2.6), alt.value(1.4))}


def _line_names(brush: Brush, across: Any, hue: Any, direct: bool) -> list[Any]:
    """Write at the end of each line its name and value; of a single line, its value."""
    many = crowded(brush)
    if brush.shape.colors and not direct and not many:
        return []
    if brush.shape.highlight in brush.shape.colors:  # a line may be pale, words may not
        hue = alt.condition(matters("color", brush), alt.value(brush.look.accent), alt.value(brush.look.muted))
    last = alt.Chart().transform_filter(f"datum.last && {matters('color', brush)}" if many else "datum.last")
    style: dict[str, Any] = {"align": "left", "dx": 8, "fontSize": 11, "fontWeight": 600}
    at: dict[str, Any] = {"x": across, "y": alt.Y("end:Q"), "text": alt.Text("end_text:N")}
    words = encoded(last.mark_text(**style), **at, color=hue)
    if brush.shape.reference is None:
        return [words]
    # the dashed line goes on to the edge, behind the words
    paper = brush.look.background
    return [encoded(last.mark_text(**style, stroke=paper, strokeWidth=4, color=paper), **at), words]


def waterfall(brush: Brush) -> Any:
    """Draw totals from zero in grey, gains green and losses red between them, each with its value above."""
    shape, look = brush.shape, brush.look
    across = place(alt.X, brush, shape.x, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15))
    size = measure(alt.Y, "from", brush, zero=True)
    scale = alt.Scale(domain=["total", "gain", "loss"], range=[look.neutral, look.good, look.bad])
    leaving = across.copy()
    leaving.bandPosition = 1
    stairs = alt.Chart().mark_rule(color=look.muted, strokeWidth=1, opacity=0.6).transform_filter("datum.next")
    steps = encoded(
        alt.Chart().mark_bar(cornerRadius=2, **pointer(brush)),
        x=across,
        y=size,
        y2=alt.Y2("to:Q"),
        color=alt.Color("color:N", scale=scale, legend=None),
        tooltip=tooltip(brush),
    )  # fmt: skip
    words = alt.Chart().mark_text(dy=-7, fontSize=11, fontWeight=600, color=look.text)
    layers: list[Any] = [
        encoded(stairs, x=leaving, x2=alt.X2("next:O", bandPosition=0), y=alt.Y("level:Q")),
        pick(steps, brush, "x"),
        encoded(words, x=across, y=alt.Y("top:Q"), text="label:N"),
    ]
    return alt.layer(*layers).properties(height=height(brush))
