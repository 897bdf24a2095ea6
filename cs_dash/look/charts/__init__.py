"""Charts: from a described `Chart` to a Vega-Lite specification without data, the rows to send with it, and its words.

    st.vega_lite_chart(frame(chart), spec(chart, "light"), theme=None, alt=alt(chart))

Building a specification takes some ten milliseconds, so each shape is built once and kept.
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
from cs_dash.look.charts.alt_text import alt, called
from cs_dash.look.charts.common import PICKED, Brush
from cs_dash.look.charts.frames import frame, picked_rows
from cs_dash.look.charts.shape import REFERENCE, VALUE, Shape, shape_of
from cs_dash.look.theme import ThemeName, theme, vega_config

__all__ = ["PICKED", "alt", "called", "frame", "picked_rows", "spec"]


@dataclass(frozen=True)
class Drawing:
    """How one form of chart is drawn.

    Attributes:
        draw: makes the drawing, with the height of one category where they stand one under the other.
        row_height: narrow screen -> height in pixels of one further category; None where the height does not depend
            on them.
    """

    draw: Callable[[Brush], Any]
    row_height: Callable[[bool], int] | None = None


DRAWINGS: dict[type[ChartBase], Drawing] = {
    BarChart: Drawing(vertical.bars),
    LineChart: Drawing(vertical.lines),
    WaterfallChart: Drawing(vertical.waterfall),
    RankedChart: Drawing(horizontal.ranked, horizontal.row),
    IntervalChart: Drawing(horizontal.intervals, horizontal.row),
    CohortTriangle: Drawing(grids.cells, grids.row),
    HeatMap: Drawing(grids.cells, grids.row),
    SmallMultiples: Drawing(strips.multiples, strips.row),
}


def spec(
    chart: Chart, theme: ThemeName = "light", narrow: bool = False, selectable: bool = False, locale: str = "en"
) -> dict[str, Any]:
    """Return the Vega-Lite specification of `chart`, without data, title or subtitle (the page writes those as text).

    With `selectable` a click picks a mark: the selection is called `picked`; `picked_rows` finds the rows behind it.
    The dictionary is the caller's own to change.
    """
    shape = shape_of(chart)
    drawing: dict[str, Any] = _made(_built(shape.common(), theme, narrow, selectable, locale), shape.reference)
    row_height = DRAWINGS[shape.form].row_height
    if row_height:
        drawing["height"] += (max(shape.lines, 1) - 1) * row_height(narrow)
    return drawing


def _made(node: Any, reference: tuple[float, str] | None) -> Any:
    """Return a copy of a built drawing with the dashed line's own value and words."""
    if isinstance(node, dict):
        return {name: _made(part, reference) for name, part in node.items()}
    if isinstance(node, list):
        return [_made(part, reference) for part in node]
    if reference and isinstance(node, str):  # also in an expression, and among other words
        return node.replace(VALUE, json.dumps(reference[0])).replace(REFERENCE[1], reference[1])
    return reference[0] if reference and node == REFERENCE[0] else node


def _without_data(node: Any) -> None:
    """Take away the data set of one empty row that altair gives to a drawing without: it would be drawn as such."""
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _without_data(part)
    if isinstance(node, dict):
        node.pop("data", None)
        node.pop("datasets", None)


@lru_cache(maxsize=512)
def _built(shape: Shape, name: ThemeName, narrow: bool, selectable: bool, locale: str) -> dict[str, Any]:
    """Build the specification of one shape."""
    with debug_mode(False):  # altair would check every part against the schema; the tests do that for each form
        drawing = DRAWINGS[shape.form].draw(Brush(shape, theme(name), narrow, selectable, locale))
        built: dict[str, Any] = drawing.to_dict(validate=False)
    built.pop("$schema", None)
    _without_data(built)
    built["config"] = vega_config(name, locale)
    built["width"] = "container"
    built["autosize"] = {"type": "fit", "contains": "padding", "resize": True}
    # given here too, or the framework puts its own around it; a last name below a narrow band is wider than its band
    built["padding"] = built["config"]["padding"] | ({"right": 14} if narrow else {})
    return built
