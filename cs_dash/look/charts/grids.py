"""Drawings made of cells: the cohort triangle and the heat map."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.charts import CohortTriangle
from cs_dash.look.charts.axes import category_axis, category_label_expression
from cs_dash.look.charts.interaction import OPENED, pointer_cursor, selection
from cs_dash.look.charts.style import BAND_WIDTH, ChartStyle, with_channels
from cs_dash.look.theme import Theme, blend

ROW, AROUND = 26, 46
STEPS = 9  # enough for the straight lines between them to look like a curve
DARK_TEXT, LIGHT_TEXT = "#000000", "#FFFFFF"
ROTATION = (("labelAngle", "-35", "0"), ("labelAlign", "'left'", "'center'"))
NARROW = 420  # pixels of a plot below which a triangle leaves out ages, so that the values of the others can be read
STRIPES = 5  # of a hatched cell
SMALL_BASE_OPACITY = 0.4  # opacity of the grey of a cell with a small base
EQUAL_CONTRAST = 0.179  # luminance at which black and white have the same contrast, 4.58:1


def cell_scale(theme: Theme, semantic: bool) -> list[str]:
    """Return the colours from the lowest value to the highest: pale to deep, or for health from red to green."""
    if not semantic:
        return [blend(*theme.cohort, step / (STEPS - 1)) for step in range(STEPS)]
    middle = blend(theme.watch, theme.background, 0.55)
    low, high = blend(theme.bad, theme.background, 0.25), blend(theme.good, theme.background, 0.25)
    half = STEPS // 2
    return [blend(low, middle, step / half) for step in range(half)] + [
        blend(middle, high, step / half) for step in range(half + 1)
    ]


def text_color_on(fill: str) -> str:
    """Return the Vega expression for the colour of text on the colour that the expression `fill` gives."""
    return f"luminance({fill}) > {EQUAL_CONTRAST} ? '{DARK_TEXT}' : '{LIGHT_TEXT}'"


def grey_of(fill: str) -> str:
    """Return the Vega expression for the grey with the lightness of the colour that the expression `fill` gives."""
    return f"lab(lab({fill})['l'], 0, 0)"


def cells(style: ChartStyle) -> Any:
    """Draw a cell for each pair with its value in it; a cell in progress is hatched within a dashed outline."""
    shape, theme = style.shape, style.theme
    tight = alt.Scale(paddingInner=0.04, paddingOuter=0)
    triangle = shape.form is CohortTriangle
    titles: dict[str, Any] = {"title": shape.x_title if triangle else None, "orient": "top", "titlePadding": 6}
    label_options: dict[str, Any]
    if triangle or shape.x != "text":
        label_options = {
            "labelExpr": category_label_expression(style, shape.x, "x"),
            "labelOverlap": True,
            "labelAngle": 0,
        }
    else:  # rotated where they do not fit side by side: every one is needed
        label_options = {
            name: alt.expr(f"{BAND_WIDTH} < 70 ? {crowded} : {roomy}") for name, crowded, roomy in ROTATION
        }
        label_options["labelOverlap"] = False
    column_axis = alt.Axis(**label_options, **titles)
    row_label = category_label_expression(style, shape.y, "y")
    if triangle:  # the cohort and its accounts; with room, also what they paid
        brief = "join(slice(split(datum.label, ' \u00b7 '), 0, 2), ' \u00b7 ')"
        row_label = f"containerSize()[0] < 620 ? {brief} : datum.label"
    row_axis = alt.Axis(title=None, labelExpr=row_label, labelLimit=96 if style.narrow else 200)
    x = category_axis(alt.X, style, shape.x, axis=column_axis, scale=tight)
    y = category_axis(alt.Y, style, shape.y, axis=row_axis, scale=tight)
    fill = alt.Color(
        "color:Q",
        scale=alt.Scale(range=cell_scale(theme, shape.semantic), interpolate="rgb", zero=False, nice=False),
        legend=None,
    )
    empty = "(datum.in_progress || !isValid(datum.color))"
    tooltip = [
        alt.Tooltip("color_text:N", title=shape.y_title),
        alt.Tooltip("x_text:N", title=shape.x_title),
        alt.Tooltip("y_text:N", title=shape.measure),
    ]
    if triangle and shape.interval:
        tooltip.append(alt.Tooltip("band_text:N", title="95\u202f% interval"))
    if shape.tooltip_text:
        tooltip.append(alt.Tooltip("tooltip_text:N", title="Base"))
    mark_options: dict[str, Any] = {"cornerRadius": 2, "strokeDash": alt.expr("datum.in_progress ? [2, 2] : [1, 0]")}
    if shape.small_base:
        mark_options["fillOpacity"] = alt.expr(f"datum.small_base && !{empty} ? {SMALL_BASE_OPACITY} : 1")
    cells = alt.Chart().mark_rect(**mark_options, **pointer_cursor(style))
    marks = with_channels(
        cells,
        x=x,
        y=y,
        color=_fill(style, empty, fill),
        tooltip=tooltip,
    )  # fmt: skip
    text_color = text_color_on("scale('color', datum.color)")
    text_fill = f"{empty} || datum.small_base ? '{theme.text}' : ({text_color})"
    # in a cell too narrow for its value, the tooltip has it
    text = alt.expr(f"bandwidth('x') < {'20' if triangle else '30'} ? '' : datum.label")
    figures = with_channels(alt.Chart().mark_text(fontSize=11, color=alt.expr(text_fill), text=text), x=x, y=y)
    drawing = alt.layer(_framed(marks, style), figures)
    if triangle:
        drawing = drawing.transform_filter(f"!datum.spare || width >= {NARROW}")
    return drawing.properties(height=ROW + AROUND)


def _fill(style: ChartStyle, empty: str, fill: alt.Color) -> Any:
    """Return the fill: hatching in progress, background without a value, grey for a small base, else the scale."""
    tests: list[dict[str, Any]] = [
        {"test": "datum.in_progress", "value": hatching(style.theme)},
        {"test": empty, "value": style.theme.background},
    ]
    if style.shape.small_base:
        tests.append({"test": "datum.small_base", "value": {"expr": grey_of("scale('color', datum.color)")}})
    scaled: Any = fill.to_dict()
    return scaled | {"condition": tests}


def hatching(theme: Theme) -> dict[str, Any]:
    """Return diagonal stripes, pale enough for text, as a gradient with hard stops."""
    stripe, step = blend(theme.border, theme.muted, 0.12), 1 / STRIPES
    stops = [
        {"offset": round(at, 4), "color": color}
        for start in (number * step for number in range(STRIPES))
        for at, color in (
            (start, theme.background), (start + step * 0.66, theme.background),
            (start + step * 0.66, stripe), (start + step, stripe),
        )
    ]  # fmt: skip
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 1, "stops": stops}


def row_height(_: bool) -> int:
    """Return the height of one category in pixels, the same on a phone."""
    return ROW


def _framed(marks: alt.Chart, style: ChartStyle) -> Any:
    """Draw a dashed outline around cells in progress, and a frame around selected or opened ones.

    Faded text would be unreadable.
    """
    theme = style.theme
    outline = alt.when("datum.in_progress").then(alt.value(theme.muted)).otherwise(alt.value("transparent"))
    if not style.selectable:
        return with_channels(marks, stroke=outline)
    selected = selection("x", "y", empty=False)
    stroke = alt.when(selected).then(alt.value(theme.text)).when(OPENED).then(alt.value(theme.text))
    stroke = stroke.when("datum.in_progress").then(alt.value(theme.muted))
    width = alt.when(selected).then(alt.value(2.5)).when(OPENED).then(alt.value(2.5)).otherwise(alt.value(1))
    cells = with_channels(marks, stroke=stroke.otherwise(alt.value("transparent")), strokeWidth=width)
    return cells.add_params(selected)
