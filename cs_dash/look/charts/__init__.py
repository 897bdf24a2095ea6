"""Charts: from a described `Chart` to a Vega-Lite specification without data, the rows to send with it, and its words.

    st.vega_lite_chart(frame(chart), spec(chart, "light"), theme=None, alt=alt(chart))

Building a specification takes some ten milliseconds, so each shape is built once and kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from altair.utils.schemapi import debug_mode

from cs_dash.answer import Chart
from cs_dash.look.charts import grids, horizontal, strips, vertical
from cs_dash.look.charts.alt_text import alt, called
from cs_dash.look.charts.common import PICKED, Brush
from cs_dash.look.charts.frames import frame, picked_rows
from cs_dash.look.charts.shape import REFERENCE, VALUE, Shape, shape_of
from cs_dash.look.theme import ThemeName, theme, vega_config

__all__ = ["PICKED", "alt", "called", "frame", "picked_rows", "spec"]

FORMS = {
    "bars": vertical.bars,
    "lines": vertical.lines,
    "waterfall": vertical.waterfall,
    "ranked": horizontal.ranked,
    "intervals": horizontal.intervals,
    "triangle": grids.cells,
    "heat": grids.cells,
    "multiples": strips.multiples,
}

ROWS: dict[str, Callable[[bool], int]] = {
    "ranked": horizontal.row,
    "intervals": horizontal.row,
    "triangle": grids.row,
    "heat": grids.row,
    "multiples": strips.row,
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
    if shape.form in ROWS:
        drawing["height"] += (max(shape.lines, 1) - 1) * ROWS[shape.form](narrow)
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
        drawing = FORMS[shape.form](Brush(shape, theme(name), narrow, selectable, locale))
        built: dict[str, Any] = drawing.to_dict(validate=False)
    built.pop("$schema", None)
    _without_data(built)
    built["config"] = vega_config(name, locale)
    built["width"] = "container"
    built["autosize"] = {"type": "fit", "contains": "padding", "resize": True}
    # given here too, or the framework puts its own around it; a last name below a narrow band is wider than its band
    built["padding"] = built["config"]["padding"] | ({"right": 14} if narrow else {})
    return built
