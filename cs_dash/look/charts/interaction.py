"""What a reader points at and clicks: tooltips and the selection of marks."""

from __future__ import annotations

from typing import Any

import altair as alt

from cs_dash.look.charts.frames import OPENED_FIELD
from cs_dash.look.charts.style import ChartStyle, with_channels

SELECTION = "picked"
OPENED = f"datum.{OPENED_FIELD} === true"
"""Vega: the mark is the one that the address opens."""
PASSED_OVER = f"datum.{OPENED_FIELD} === false"
"""Vega: the address opens another mark."""
FADED = 0.35


def tooltip_lines(style: ChartStyle, first: str = "x_text", first_title: str = "") -> list[alt.Tooltip]:
    """Return the lines of the tooltip: the category or day, the colour, the value and its interval."""
    shape = style.shape
    lines = [alt.Tooltip(f"{first}:N", title=first_title or shape.x_title)]
    if shape.colors:
        lines.append(alt.Tooltip("color_text:N", title=shape.color_title))
    lines.append(alt.Tooltip("y_text:N", title=shape.measure))
    if shape.interval:
        lines.append(alt.Tooltip("band_text:N", title="95\u202f% interval"))
    return lines


def selection(*fields: str, empty: bool = True) -> alt.Parameter:
    """Return the selection by click; with `empty`, no selection means all marks.

    A click on a selected mark deselects it; a click with Shift adds a mark to the selection.
    """
    toggle = f"event.shiftKey || (!!datum && vlSelectionTest('{SELECTION}_store', datum))"
    return alt.selection_point(name=SELECTION, fields=list(fields), empty=empty, toggle=toggle)


def with_selection(chart: Any, style: ChartStyle, *fields: str) -> Any:
    """Return `chart` with marks that a click selects by `fields`; unchanged if not selectable.

    Other marks than the selected one, or the one that the address opens, fade.
    """
    if not style.selectable:
        return chart
    selected = selection(*fields)
    opacity = alt.when(PASSED_OVER).then(alt.value(FADED)).when(selected).then(alt.value(1))
    return with_channels(chart.add_params(selected), opacity=opacity.otherwise(alt.value(FADED)))


def with_targets(point: Any, style: ChartStyle, *fields: str) -> list[Any]:
    """Return `point` and, around each point of it, a circle large enough to be hit that a click selects by `fields`."""
    if not style.selectable:
        return [point]
    selected = selection(*fields, empty=False)
    opacity = alt.when(OPENED).then(alt.value(0.3)).when(selected).then(alt.value(0.3)).otherwise(alt.value(0))
    target = with_channels(point.copy(deep=True).add_params(selected), opacity=opacity)
    target.mark = alt.MarkDef("circle", size=320, cursor="pointer")
    return [point, target]


def pointer_cursor(style: ChartStyle) -> dict[str, Any]:
    """Return the mark property for the cursor over marks that can be clicked."""
    return {"cursor": "pointer"} if style.selectable else {}
