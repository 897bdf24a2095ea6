"""Drawings made of cells: the cohort triangle and the heat map."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.charts import CohortTriangle
from cs_dash.look.charts.common import ROOM, Brush, category_words, encoded, place, pointer, selection
from cs_dash.look.theme import Theme, mixed

ROW, AROUND = 26, 46
STEPS = 9  # enough that the straight lines between them cannot be told from a curve
DARK_WORDS, LIGHT_WORDS = "#000000", "#FFFFFF"
LEANING = (("labelAngle", "-35", "0"), ("labelAlign", "'left'", "'center'"))
NARROW = 420  # pixels of a plot below which a triangle leaves out ages, so that the figures of the others can be read
STRIPES = 5  # of a hatched cell
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
    """Draw a cell for each pair with its value in it; a cell in progress is hatched within a dashed outline."""
    shape, look = brush.shape, brush.look
    tight = alt.Scale(paddingInner=0.04, paddingOuter=0)
    triangle = shape.form is CohortTriangle
    titles: dict[str, Any] = {"title": shape.x_title if triangle else None, "orient": "top", "titlePadding": 6}
    said: dict[str, Any]
    if triangle or shape.x != "text":
        said = {"labelExpr": category_words(brush, shape.x, "x"), "labelOverlap": True, "labelAngle": 0}
    else:  # leaning where they would not fit side by side: every one is needed
        said = {name: alt.expr(f"{ROOM} < 70 ? {few} : {many}") for name, few, many in LEANING}
        said["labelOverlap"] = False
    ages = alt.Axis(**said, **titles)
    said_down = category_words(brush, shape.y, "y")
    if triangle:  # the row's name and its accounts; what they paid where there is room
        brief = "join(slice(split(datum.label, ' \u00b7 '), 0, 2), ' \u00b7 ')"
        said_down = f"containerSize()[0] < 620 ? {brief} : datum.label"
    heads = alt.Axis(title=None, labelExpr=said_down, labelLimit=96 if brush.narrow else 200)
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
    if shape.tooltip_text:
        tips.append(alt.Tooltip("said:N", title="Base"))
    shapely: dict[str, Any] = {"cornerRadius": 2, "strokeDash": alt.expr("datum.part ? [2, 2] : [1, 0]")}
    if shape.small_base:
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
    if triangle:
        drawing = drawing.transform_filter(f"!datum.spare || width >= {NARROW}")
    return drawing.properties(height=ROW + AROUND)


def _filled(brush: Brush, empty: str, fill: alt.Color) -> Any:
    """Return the filling: hatched in progress, paper for nothing, grey where the base is small, else the scale."""
    tests: list[dict[str, Any]] = [
        {"test": "datum.part", "value": hatched(brush.look)},
        {"test": empty, "value": brush.look.background},
    ]
    if brush.shape.small_base:
        tests.append({"test": "datum.few", "value": {"expr": grey("scale('color', datum.color)")}})
    scaled: Any = fill.to_dict()
    return scaled | {"condition": tests}


def hatched(look: Theme) -> dict[str, Any]:
    """Return slanting stripes, pale enough to write on, as a gradient with hard stops."""
    stripe, step = mixed(look.border, look.muted, 0.12), 1 / STRIPES
    stops = [
        {"offset": round(at, 4), "color": paint}
        for begin in (number * step for number in range(STRIPES))
        for at, paint in (
            (begin, look.background), (begin + step * 0.66, look.background),
            (begin + step * 0.66, stripe), (begin + step, stripe),
        )
    ]  # fmt: skip
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 1, "stops": stops}


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
