"""Drawings made of cells: the cohort triangle and the heat map."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.look.charts.parts import ROOM, Brush, category_words, encoded, place, pointer, selection
from cs_dash.look.theme import Theme, mixed

ROW, AROUND = 26, 46
STEPS = 9  # enough that the straight lines between them cannot be told from a curve
DARK_WORDS, LIGHT_WORDS = "#000000", "#FFFFFF"
LEANING = (("labelAngle", "-35", "0"), ("labelAlign", "'left'", "'center'"))
RECEDING = 0.4  # how much of its grey a cell with a small base keeps
TURN = 0.179  # luminance at which black and white are equally far: both keep 4.58:1


def cell_scale(look: Theme, semantic: bool) -> list[str]:
    """Return the colours from the lowest value to the highest: pale to deep, or where they mean health red to green."""
    if not semantic:
        return [mixed(*look.cohort, step / (STEPS - 1)) for step in range(STEPS)]
    middle = mixed(look.watch, look.background, 0.55)
    low, high = mixed(look.bad, look.background, 0.25), mixed(look.good, look.background, 0.25)
    half = STEPS // 2
    return [mixed(low, middle, step / half) for step in range(half)] + [
        mixed(middle, high, step / half) for step in range(half + 1)
    ]


def words_on(fill: str) -> str:
    """Return the Vega expression for the colour of words on the colour that the expression `fill` gives."""
    return f"luminance({fill}) > {TURN} ? '{DARK_WORDS}' : '{LIGHT_WORDS}'"


def grey(fill: str) -> str:
    """Return the Vega expression for the grey that is as light as the colour that the expression `fill` gives."""
    return f"lab(lab({fill})['l'], 0, 0)"


def cells(brush: Brush) -> Any:
    """Draw a cell for each pair with its value in it; a cell in progress has no filling but a dashed outline."""
    shape, look = brush.shape, brush.look
    tight = alt.Scale(paddingInner=0.04, paddingOuter=0)
    triangle = shape.form == "triangle"
    titles: dict[str, Any] = {"title": shape.x_title if triangle else None, "orient": "top", "titlePadding": 6}
    said: dict[str, Any]
    if triangle or shape.x != "text":
        said = {"labelExpr": category_words(brush, shape.x, "x"), "labelOverlap": True, "labelAngle": 0}
    else:  # leaning where they would not fit side by side: every one is needed
        said = {name: alt.expr(f"{ROOM} < 70 ? {few} : {many}") for name, few, many in LEANING}
        said["labelOverlap"] = False
    ages = alt.Axis(**said, **titles)
    heads = alt.Axis(title=None, labelExpr=category_words(brush, shape.y, "y"), labelLimit=90 if brush.narrow else 200)
    across = place(alt.X, brush, shape.x, axis=ages, scale=tight)
    down = place(alt.Y, brush, shape.y, axis=heads, scale=tight)
    fill = alt.Color(
        "color:Q",
        scale=alt.Scale(range=cell_scale(look, shape.semantic), interpolate="rgb", zero=False, nice=False),
        legend=None,
    )
    empty = "(datum.part || !isValid(datum.color))"
    tips = [
        alt.Tooltip("color_text:N", title=shape.y_title),
        alt.Tooltip("x_text:N", title=shape.x_title),
        alt.Tooltip("y_text:N", title=shape.measure),
    ]
    if triangle and shape.interval:
        tips.append(alt.Tooltip("band_text:N", title="95\u202f% interval"))
    if shape.said:
        tips.append(alt.Tooltip("said:N", title="Base"))
    shapely: dict[str, Any] = {"cornerRadius": 2, "strokeDash": alt.expr("datum.part ? [2, 2] : [1, 0]")}
    if shape.few:
        shapely["fillOpacity"] = alt.expr(f"datum.few && !{empty} ? {RECEDING} : 1")
    cells = alt.Chart().mark_rect(**shapely, **pointer(brush))
    marks = encoded(
        cells,
        x=across,
        y=down,
        color=_filled(brush, empty, fill),
        tooltip=tips,
    )  # fmt: skip
    filled = words_on("scale('color', datum.color)")
    colour = f"{empty} || datum.few ? '{look.text}' : ({filled})"
    # where a cell is too narrow for its figure, the tooltip still says it
    text = alt.expr(f"bandwidth('x') < {'20' if triangle else '30'} ? '' : datum.label")
    figures = encoded(alt.Chart().mark_text(fontSize=11, color=alt.expr(colour), text=text), x=across, y=down)
    drawing = alt.layer(_framed(marks, brush), figures)
    return drawing.properties(height=ROW + AROUND)


def _filled(brush: Brush, empty: str, fill: alt.Color) -> Any:
    """Return the filling: paper where there is nothing to fill with, grey where the base is small, else the scale."""
    paper = alt.value(brush.look.background)
    if not brush.shape.few:
        return alt.condition(empty, paper, fill)
    pale = grey("scale('color', datum.color)")
    small = alt.value(alt.expr(f"{empty} ? '{brush.look.background}' : {pale}"))
    return alt.condition(f"{empty} || datum.few", small, fill)


def row(_: bool) -> int:
    """Return how high one category is, on a phone too."""
    return ROW


def _framed(marks: alt.Chart, brush: Brush) -> Any:
    """Draw the dashed outline of what is in progress, and a frame around a picked cell: faded, it could not be read."""
    look = brush.look
    outline = alt.when("datum.part").then(alt.value(look.muted)).otherwise(alt.value("transparent"))
    if not brush.selectable:
        return encoded(marks, stroke=outline)
    chosen = selection("x", "y", empty=False)
    framed = alt.when(chosen).then(alt.value(look.text)).when("datum.part").then(alt.value(look.muted))
    width = alt.when(chosen).then(alt.value(2.5)).otherwise(alt.value(1))
    drawn = encoded(marks, stroke=framed.otherwise(alt.value("transparent")), strokeWidth=width)
    return drawn.add_params(chosen)
