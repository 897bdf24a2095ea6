"""Small multiples: a strip for each group, all on one scale, each with the line of all groups together."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.look.charts.axes import category_axis, padded_range
from cs_dash.look.charts.interaction import with_targets
from cs_dash.look.charts.style import ChartStyle, with_channels

ROW, NARROW_ROW, AROUND = 54, 66, 40
ABOVE = 16  # pixels: height of the name of a strip on a phone


def multiples(style: ChartStyle) -> Any:
    """Draw a line in each strip with its newest value at the end and, pale behind it, the line of all groups.

    On a phone the names are above the strips.
    """
    shape, theme = style.shape, style.theme
    gap = alt.Scale(paddingInner=0.3 if style.narrow else 0.22, paddingOuter=0.12)
    group_axis = alt.Axis(
        title=None, labels=not style.narrow, labelColor=theme.text, labelFontSize=12, labelLimit=160, labelPadding=8
    )
    y = category_axis(alt.Y, style, "text", axis=group_axis, scale=gap)
    x = category_axis(alt.X, style, shape.x, scale=alt.Scale(type="point", padding=0.3, range=padded_range(8)))
    value_range: dict[str, Any] = {"range": [alt.ExprRef("bandwidth('y')"), ABOVE]} if style.narrow else {}
    value_scale = alt.Scale(zero=False, nice=False, **value_range)
    position: dict[str, Any] = {"x": x, "y": y}
    tooltip = [
        alt.Tooltip("color_text:N", title=shape.y_title),
        alt.Tooltip("x_text:N", title=shape.x_title),
        alt.Tooltip("y_text:N", title=shape.measure),
        alt.Tooltip("tooltip_text:N", title="All accounts"),
    ]
    overall_line = alt.Chart().mark_line(strokeWidth=1.2, color=theme.neutral, opacity=0.7)
    group_line = alt.Chart().mark_line(strokeWidth=2, color=theme.accent)
    point = alt.Chart().mark_circle(size=28, color=theme.accent, opacity=1)
    words = alt.Chart().mark_text(align="left", dx=7, fontSize=11, fontWeight=600, color=theme.text)
    layers = [
        with_channels(overall_line, **position, yOffset=alt.YOffset("low:Q", scale=value_scale), detail="y:N"),
        with_channels(group_line, **position, yOffset=alt.YOffset("color:Q", scale=value_scale), detail="y:N"),
        *with_targets(
            with_channels(point, **position, yOffset=alt.YOffset("color:Q", scale=value_scale), tooltip=tooltip),
            style,
            "x",
            "y",
        ),
        with_channels(
            words.transform_filter("datum.last"),
            **position,
            yOffset=alt.YOffset("color:Q", scale=value_scale),
            text="label:N",
        ),
    ]
    if style.narrow:
        names = alt.Chart().mark_text(align="left", baseline="top", fontSize=12, color=theme.text, limit=300)
        layers.append(
            with_channels(
                names.transform_filter("datum.last"), x=alt.value(0), y=y, yOffset=alt.value(0), text="color_text:N"
            )
        )
    return alt.layer(*layers).properties(height=row_height(style.narrow) + AROUND)


def row_height(narrow: bool) -> int:
    """Return the height of one strip in pixels."""
    return NARROW_ROW if narrow else ROW
