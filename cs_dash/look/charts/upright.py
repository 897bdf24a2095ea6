"""Drawings over time or over steps: bars, lines, waterfall."""

from __future__ import annotations

import altair as alt

from cs_dash.look.charts.parts import (
    PALE,
    Brush,
    beside,
    colour,
    edges,
    matters,
    measure,
    pick,
    place,
    pointer,
    reference,
    tooltip,
)  # fmt: skip

HEIGHT, NARROW_HEIGHT = 260, 220


def height(brush: Brush) -> int:
    """Return the height in pixels, axes included."""
    return NARROW_HEIGHT if brush.narrow else HEIGHT


def bars(brush: Brush) -> alt.LayerChart:
    """Draw bars on a band scale, stacked or side by side; a period in progress is pale with a dashed outline."""
    shape, look = brush.shape, brush.look
    stack = {"zero": "zero", "normalize": "normalize", None: None}[shape.stack] if shape.colors else None
    unit = "share" if stack == "normalize" else shape.unit
    size = measure(alt.Y, "y", brush, zero=True, stack=stack, unit=unit)
    across = place(alt.X, brush, shape.x)
    in_part = "datum.part"
    rim = alt.Scale(domain=list(shape.colors), range=edges(shape, look))
    outline = (
        alt.condition(in_part, alt.Stroke("color:N", scale=rim, legend=None), alt.value(look.background))
        if shape.colors and not shape.semantic
        else alt.Stroke("color:N", scale=rim, legend=None)
        if shape.colors
        else alt.value(look.accent)
    )
    encoding = {
        "x": across,
        "y": size,
        "color": _highlighted(brush),
        "stroke": outline,
        "fillOpacity": alt.condition(in_part, alt.value(PALE), alt.value(1)),
        "strokeWidth": alt.condition(in_part, alt.value(1.2), alt.value(1 if shape.colors else 0)),
        "strokeDash": alt.condition(in_part, alt.value([3, 2]), alt.value([1, 0])),
        "tooltip": tooltip(brush),
    }
    if shape.colors and stack:
        encoding["order"] = alt.Order("rank:Q")
    elif shape.colors:
        encoding["xOffset"] = alt.XOffset("color:N", sort=list(shape.colors))
    picks = ("x", "color") if shape.colors else ("x",)
    layers = [pick(alt.Chart().mark_bar(**pointer(brush)).encode(**encoding), brush, *picks)]
    if shape.interval and not stack:
        spread = alt.Chart().mark_rule(color=look.text, strokeWidth=1.2)
        layers.append(spread.encode(x=across, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), **_offset(encoding)))
    if shape.label and not stack:
        words = alt.Chart().mark_text(dy=-6, color=look.text, fontSize=11)
        layers.append(words.encode(x=across, y=alt.Y("y:Q"), text="label:N", **_offset(encoding)))
    return alt.layer(*layers, *reference(brush)).properties(height=height(brush))


def _offset(encoding: dict[str, object]) -> dict[str, object]:
    return {"xOffset": encoding["xOffset"]} if "xOffset" in encoding else {}


def _highlighted(brush: Brush) -> object:
    """Return the colour of bars: by category, or the one bar that matters in the accent."""
    if brush.shape.colors or brush.shape.highlight is None:
        return colour(brush)
    chosen = matters("x", brush)
    return alt.condition(chosen, alt.value(brush.look.accent), alt.value(brush.look.neutral))


def lines(brush: Brush) -> alt.LayerChart:
    """Draw lines named at their ends, their interval a pale band; what is in progress is dashed, its point open."""
    shape, look = brush.shape, brush.look
    direct = shape.direct and not brush.narrow
    if shape.x == "number":
        across = alt.X("x:Q", axis=alt.Axis(title=shape.x_title), scale=alt.Scale(zero=False, nice=False))
    else:
        across = place(alt.X, brush, shape.x, scale=alt.Scale(type="point", padding=0.4))
    hue = colour(brush, legend=not direct)
    up = measure(alt.Y, "y", brush, zero=False)
    names = {"detail": "color:N"} if shape.colors else {}
    base = alt.Chart()
    layers = []
    if shape.interval:
        band = base.mark_area(opacity=0.14, line=False)
        layers.append(band.encode(x=across, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), color=hue, **names))
    line = base.mark_line(strokeWidth=2.2, strokeJoin="round")
    thick = _thickness(brush)
    layers.append(line.transform_filter("datum.solid").encode(x=across, y=up, color=hue, **names, **thick))
    if shape.part:
        tail = base.mark_line(strokeWidth=2, strokeDash=[3, 3]).transform_filter("datum.tail")
        layers.append(tail.encode(x=across, y=up, color=hue, **names))
    point = base.mark_circle(size=46, opacity=1).encode(x=across, y=up, color=hue, tooltip=tooltip(brush))
    if shape.part:
        hole = base.mark_circle(size=16, opacity=1, color=look.background).transform_filter("datum.part")
        layers += [point, hole.encode(x=across, y=up, tooltip=tooltip(brush))]
    else:
        layers.append(point)
    layers += _line_names(brush, across, hue, direct)
    drawing = alt.layer(*layers, *reference(brush)).properties(height=height(brush))
    room = beside(brush, 8) if direct else 44 if not shape.colors else 8
    return drawing.properties(padding={"left": 2, "right": room, "top": 4, "bottom": 2})


def _thickness(brush: Brush) -> dict[str, object]:
    """Return the encoding that makes the line that matters the thickest."""
    if brush.shape.highlight not in brush.shape.colors:
        return {}
    chosen = matters("color", brush)
    return {"strokeWidth": alt.condition(chosen, alt.value(2.6), alt.value(1.4))}


def _line_names(brush: Brush, across: object, hue: object, direct: bool) -> list[alt.Chart]:
    """Write at the end of each line its name and value; of a single line, its value."""
    if brush.shape.colors and not direct:
        return []
    words = alt.Chart().mark_text(align="left", dx=8, fontSize=11, fontWeight=600).transform_filter("datum.last")
    return [words.encode(x=across, y=alt.Y("end:Q"), text=alt.Text("end_text:N"), color=hue)]


def waterfall(brush: Brush) -> alt.LayerChart:
    """Draw totals from zero in grey, gains green and losses red between them, each with its value above."""
    shape, look = brush.shape, brush.look
    across = place(alt.X, brush, shape.x, scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15))
    size = measure(alt.Y, "from", brush, zero=True)
    scale = alt.Scale(domain=["total", "gain", "loss"], range=[look.neutral, look.good, look.bad])
    stairs = alt.Chart().mark_rule(color=look.muted, strokeWidth=1, opacity=0.6)
    steps = alt.Chart().mark_bar(cornerRadius=2, **pointer(brush)).encode(
        x=across,
        y=size,
        y2=alt.Y2("to:Q"),
        color=alt.Color("color:N", scale=scale, legend=None),
        tooltip=tooltip(brush),
    )  # fmt: skip
    words = alt.Chart().mark_text(dy=-7, fontSize=11, fontWeight=600, color=look.text)
    layers = [
        stairs.encode(x=across, x2=alt.X2("next:O"), y=alt.Y("level:Q")),
        pick(steps, brush, "x"),
        words.encode(x=across, y=alt.Y("top:Q"), text="label:N"),
    ]
    return alt.layer(*layers, *reference(brush)).properties(height=height(brush))
