"""Drawings that lie on their side: ranked bars and intervals."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.charts import IntervalChart
from cs_dash.look.charts.common import (
    Brush,
    colour,
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

ROW, NARROW_ROW, AROUND = 30, 44, 16


def ranked(brush: Brush) -> Any:
    """Draw horizontal bars with their values at their ends; on a phone their names stand above them."""
    shape = brush.shape
    down, names = _names(brush)
    offset: dict[str, Any] = {"yOffset": 9} if brush.narrow else {}
    before = 9 if shape.semantic or shape.below else 0
    across = measure(alt.X, "x", brush, zero=True, stack=None, range=room_for(8, before))
    across.axis = None
    hue = _hue(brush)
    marks = alt.Chart().mark_bar(height=14 if brush.narrow else 16, cornerRadius=2, **offset, **pointer(brush))
    picks = ("y", "color") if shape.colors else ("y",)
    layers: list[Any] = [pick(encoded(marks, x=across, y=down, color=hue, tooltip=_said(brush)), brush, *picks)]
    layers += [_value(brush, down, "datum.x >= 0", "left", 6), _value(brush, down, "datum.x < 0", "right", -6)]
    return _finished(brush, [*layers, *names])


def intervals(brush: Brush) -> Any:
    """Draw a point for each value and a thin rule for its interval; the value stands above the point."""
    shape, look = brush.shape, brush.look
    down, names = _names(brush)
    across = measure(alt.X, "x", brush, zero=False, range=room_for(6 if brush.narrow else 0))
    across.axis.grid = True
    hue = _hue(brush)
    offset: dict[str, Any] = {"yOffset": 9} if brush.narrow else {}
    point = alt.Chart().mark_circle(size=80, opacity=1, **offset, **pointer(brush))
    # above the point; on a phone, where the name stands, behind the interval
    beside: dict[str, Any] = {"align": "left", "dx": 8} if brush.narrow else {"dy": -12}
    style: dict[str, Any] = {"fontSize": 11, "fontWeight": 600} | beside | offset
    words = alt.Chart().mark_text(color=look.text, **style)
    halo = alt.Chart().mark_text(stroke=look.background, strokeWidth=4, strokeOpacity=0.85, **style)
    at = "high:Q" if brush.narrow and shape.interval else "x:Q"
    layers: list[Any] = []
    if shape.interval:
        spread = alt.Chart().mark_rule(strokeWidth=2, strokeCap="round", opacity=0.55, **offset)
        layers.append(encoded(spread, x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=down, color=hue))
    layers.append(pick(encoded(point, x=across, y=down, color=hue, tooltip=_said(brush)), brush, "y"))
    layers += [encoded(each, x=alt.X(at), y=down, text="label:N") for each in (halo, words)]
    return _finished(brush, [*reference(brush, up=False), *layers, *names])


def _names(brush: Brush) -> tuple[alt.Y, list[Any]]:
    """Return the axis of names, and on a phone the marks that write each name above its bar instead."""
    scale = alt.Scale(paddingInner=0.2, paddingOuter=0.1)
    if not brush.narrow:
        axis = alt.Axis(
            title=None,
            labelLimit=alt.ExprRef("containerSize()[0] < 480 ? 0.42 * containerSize()[0] : 240"),
            labelColor=brush.look.text,
            labelFontSize=12,
            labelPadding=8,
        )
        return place(alt.Y, brush, "text", axis=axis, scale=scale), []
    hidden = place(alt.Y, brush, "text", axis=alt.Axis(labels=False, title=None), scale=scale)
    style: dict[str, Any] = {"align": "left", "dy": -9, "fontSize": 12, "limit": 340}
    halo = alt.Chart().mark_text(stroke=brush.look.background, strokeWidth=4, strokeOpacity=0.85, **style)
    words = alt.Chart().mark_text(color=brush.look.text, **style)
    return hidden, [encoded(each, x=alt.value(0), y=hidden, text="color_text:N") for each in (halo, words)]


def _value(brush: Brush, down: alt.Y, where: str, align: Any, dx: int) -> Any:
    offset: dict[str, Any] = {"yOffset": 9} if brush.narrow else {}
    words = alt.Chart().mark_text(align=align, dx=dx, fontSize=11, fontWeight=600, color=brush.look.text, **offset)
    return encoded(words.transform_filter(where), x=alt.X("x:Q"), y=down, text="label:N")


def _hue(brush: Brush) -> Any:
    """Return the colours: by category, or the accent for the one that matters and grey for the rest."""
    shape, look = brush.shape, brush.look
    if shape.colors or shape.highlight is None:
        return colour(brush)
    chosen = matters("y", brush)
    return alt.condition(chosen, alt.value(look.accent), alt.value(look.neutral))


def _said(brush: Brush) -> list[alt.Tooltip]:
    return tooltip(brush, "y", brush.shape.y_title)


def row(narrow: bool) -> int:
    """Return how high one category is; a drawing is built for one, and made higher when its rows are known."""
    return NARROW_ROW if narrow else ROW


def _finished(brush: Brush, layers: list[Any]) -> Any:
    legend = 28 if len(brush.shape.colors) > 1 else 0
    axis = 36 if brush.shape.form is IntervalChart else 0
    return alt.layer(*layers).properties(height=row(brush.narrow) + AROUND + legend + axis)
