"""Small multiples: a strip for each group, all with one scale, and in each what all groups together do."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.look.charts.common import Brush, encoded, place, room_for

ROW, NARROW_ROW, AROUND = 54, 66, 40
ABOVE = 16  # pixels of a strip on a phone that its name takes


def multiples(brush: Brush) -> Any:
    """Draw a line in each strip and, pale behind it, the line of all; the newest value stands at its end.

    On a phone the names stand above the strips.
    """
    shape, look = brush.shape, brush.look
    gap = alt.Scale(paddingInner=0.3 if brush.narrow else 0.22, paddingOuter=0.12)
    heads = alt.Axis(
        title=None, labels=not brush.narrow, labelColor=look.text, labelFontSize=12, labelLimit=160, labelPadding=8
    )
    down = place(alt.Y, brush, "text", axis=heads, scale=gap)
    across = place(alt.X, brush, shape.x, scale=alt.Scale(type="point", padding=0.3, range=room_for(8)))
    below: dict[str, Any] = {"range": [alt.ExprRef("bandwidth('y')"), ABOVE]} if brush.narrow else {}
    level = alt.Scale(zero=False, nice=False, **below)
    where: dict[str, Any] = {"x": across, "y": down}
    tips = [
        alt.Tooltip("color_text:N", title=shape.y_title),
        alt.Tooltip("x_text:N", title=shape.x_title),
        alt.Tooltip("y_text:N", title=shape.measure),
        alt.Tooltip("said:N", title="All accounts"),
    ]
    all_of_them = alt.Chart().mark_line(strokeWidth=1.2, color=look.neutral, opacity=0.7)
    own = alt.Chart().mark_line(strokeWidth=2, color=look.accent)
    point = alt.Chart().mark_circle(size=28, color=look.accent, opacity=1)
    words = alt.Chart().mark_text(align="left", dx=7, fontSize=11, fontWeight=600, color=look.text)
    layers = [
        encoded(all_of_them, **where, yOffset=alt.YOffset("low:Q", scale=level), detail="y:N"),
        encoded(own, **where, yOffset=alt.YOffset("color:Q", scale=level), detail="y:N"),
        encoded(point, **where, yOffset=alt.YOffset("color:Q", scale=level), tooltip=tips),
        encoded(
            words.transform_filter("datum.last"), **where, yOffset=alt.YOffset("color:Q", scale=level), text="label:N"
        ),
    ]
    if brush.narrow:
        names = alt.Chart().mark_text(align="left", baseline="top", fontSize=12, color=look.text, limit=300)
        layers.append(
            encoded(
                names.transform_filter("datum.last"), x=alt.value(0), y=down, yOffset=alt.value(0), text="color_text:N"
            )
        )
    return alt.layer(*layers).properties(height=row(brush.narrow) + AROUND)


def row(narrow: bool) -> int:
    """Return how high one strip is."""
    return NARROW_ROW if narrow else ROW
