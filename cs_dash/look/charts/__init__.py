"""Charts: from a `Chart` to a Vega-Lite specification without data, the rows that go with it, and a description.

    st.vega_lite_chart(frame(chart), spec(chart, "light"), theme=None, alt=description(chart))

Building a specification takes about ten milliseconds, so each shape is built once and cached.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from altair.utils.schemapi import debug_mode

from cs_dash.charts import (
    BarChart,
    Chart,
    ChartBase,
    CohortTriangle,
    HeatMap,
    IntervalChart,
    LineChart,
    RankedChart,
    SmallMultiples,
    WaterfallChart,
)
from cs_dash.look.charts import grids, horizontal, strips, vertical
from cs_dash.look.charts.alt_text import description, drawing_name
from cs_dash.look.charts.chart_table import ChartTable, chart_table
from cs_dash.look.charts.frames import frame, mark_key, selected_rows, with_opened
from cs_dash.look.charts.interaction import SELECTION
from cs_dash.look.charts.shape import REFERENCE, VALUE, Shape, shape_of
from cs_dash.look.charts.style import ChartStyle
from cs_dash.look.theme import ThemeName, theme, vega_config

__all__ = [
    "SELECTION",
    "ChartTable",
    "chart_table",
    "description",
    "drawing_name",
    "frame",
    "mark_key",
    "selected_rows",
    "spec",
    "with_opened",
]


@dataclass(frozen=True)
class Drawing:
    """How one form of chart is drawn.

    Attributes:
        draw: makes the drawing, with the height of a single row.
        row_height: narrow screen -> height in pixels of each further row; None where the height is fixed.
    """

    draw: Callable[[ChartStyle], Any]
    row_height: Callable[[bool], int] | None = None


HIGHEST = 460
"""Pixels that a drawing of fixed height is stretched to at most."""
HIGHEST_ROW = 84
"""Pixels that each row is stretched to at most, in a drawing with a row for each category: its rows stay together."""
DRAWINGS: dict[type[ChartBase], Drawing] = {
    BarChart: Drawing(vertical.bars),
    LineChart: Drawing(vertical.lines),
    WaterfallChart: Drawing(vertical.waterfall),
    RankedChart: Drawing(horizontal.ranked, horizontal.row_height),
    IntervalChart: Drawing(horizontal.intervals, horizontal.row_height),
    CohortTriangle: Drawing(grids.cells, grids.row_height),
    HeatMap: Drawing(grids.cells, grids.row_height),
    SmallMultiples: Drawing(strips.multiples, strips.row_height),
}


def spec(
    chart: Chart,
    theme: ThemeName = "light",
    narrow: bool = False,
    selectable: bool = False,
    locale: str = "en",
    least_height: int = 0,
) -> dict[str, Any]:
    """Return the Vega-Lite specification of `chart`, without data, title or subtitle (the page writes those as text).

    With `selectable` a click selects a mark: the selection is called `SELECTION`, and `selected_rows` returns its rows.
    `least_height`: height in pixels that the drawing takes where that suits it, beside a higher one.
    The caller may change the dictionary.
    """
    shape = shape_of(chart)
    drawing: dict[str, Any] = _with_reference(
        _specification(shape.shared_shape(), theme, narrow, selectable, locale), shape.reference
    )
    row_height = DRAWINGS[shape.form].row_height
    most = HIGHEST
    if row_height:
        drawing["height"] += (max(shape.row_count, 1) - 1) * row_height(narrow)
        most = drawing["height"] + max(shape.row_count, 1) * max(HIGHEST_ROW - row_height(narrow), 0)
    drawing["height"] = max(drawing["height"], min(least_height, most))
    return drawing


def _with_reference(node: Any, reference: tuple[float, str] | None) -> Any:
    """Return a copy of a specification with the value and the words of the reference line."""
    if isinstance(node, dict):
        return {name: _with_reference(child, reference) for name, child in node.items()}
    if isinstance(node, list):
        return [_with_reference(child, reference) for child in node]
    if reference and isinstance(node, str):  # also in an expression, and among other words
        return node.replace(VALUE, json.dumps(reference[0])).replace(REFERENCE[1], reference[1])
    return reference[0] if reference and node == REFERENCE[0] else node


def _without_data(node: Any) -> None:
    """Remove the data set of one empty row that altair adds to a drawing without data: it would be drawn."""
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _without_data(child)
    if isinstance(node, dict):
        node.pop("data", None)
        node.pop("datasets", None)


@lru_cache(maxsize=512)
def _specification(shape: Shape, name: ThemeName, narrow: bool, selectable: bool, locale: str) -> dict[str, Any]:
    """Build the specification of one shape."""
    with debug_mode(False):  # altair would check every part against the schema; the tests do that for each form
        drawing = DRAWINGS[shape.form].draw(ChartStyle(shape, theme(name), narrow, selectable, locale))
        specification: dict[str, Any] = drawing.to_dict(validate=False)
    specification.pop("$schema", None)
    _without_data(specification)
    specification["config"] = vega_config(name, locale)
    specification["width"] = "container"
    specification["autosize"] = {"type": "fit", "contains": "padding", "resize": True}
    # also here, or the framework adds its own; the last name below a narrow band is wider than its band
    specification["padding"] = specification["config"]["padding"] | ({"right": 14} if narrow else {})
    return specification
