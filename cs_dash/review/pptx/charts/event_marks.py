"""What happened meanwhile, on a chart over time: a dot at the top with a dotted line down, as a series of its own."""

from __future__ import annotations

from typing import Any

from cs_dash.review.pptx.charts import parts
from cs_dash.review.pptx.charts.parts import Ends, Label
from cs_dash.review.pptx.charts.plots import Plot
from cs_dash.review.pptx.charts.scales import Scale
from cs_dash.review.pptx.nodes import outline, put
from cs_dash.review.pptx.palette import DeckColors

EVENTS = "Events"


def event_values(plot: Plot, scale: Scale | None) -> list[float | None]:
    """Return the top of the scale at each category at which something happened; [] where nothing did."""
    places = {row["x"] for row in plot.rows if row.get("event")}
    if scale is None or not places:
        return []
    return [scale.high if category in places else None for category in plot.categories]


def style_events(element: Any, plot: Plot, scale: Scale, palette: DeckColors, column: int) -> None:
    """Style the series of the events; the name of a single short one stands beside its dot.

    `column`: where the lengths of the dotted lines stand in the workbook.
    """
    color = palette.theme.event
    parts.look(element, outline(None))
    put(element, parts.marker(palette, color, 7), "c:dPt", "c:dLbls", "c:errBars", "c:cat")
    values = event_values(plot, scale)
    floor = [None if value is None else scale.low for value in values]
    parts.add_error_bars(element, Ends(values, floor, values), column, outline(palette.ink(color), 1.25, "sysDot"))
    rows = {row["x"]: row for row in plot.rows if row.get("event_name")}
    text_color = palette.readable(color, large=True)
    labels = {
        at: Label(str(row["event_name"]), "l" if row.get("event_late") else "r", text_color)
        for at, category in enumerate(plot.categories)
        if (row := rows.get(category)) is not None
    }
    if labels:
        parts.add_labels(element, labels, palette)
