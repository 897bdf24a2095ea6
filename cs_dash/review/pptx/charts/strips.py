"""Small multiples: a line chart of its own for each group, all on one scale, with the line of all groups behind it."""

from __future__ import annotations

import math
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE

from cs_dash.charts import SmallMultiples
from cs_dash.look import words
from cs_dash.review.pptx.charts import parts
from cs_dash.review.pptx.charts.canvas import (
    Canvas,
    category_data,
    is_dated,
    style_category_axis,
    style_value_axis,
)
from cs_dash.review.pptx.charts.formats import number_format
from cs_dash.review.pptx.charts.plots import plot_of
from cs_dash.review.pptx.charts.scales import Scale, scale_of
from cs_dash.review.pptx.charts.workbooks import finish
from cs_dash.review.pptx.nodes import clean, outline, put
from cs_dash.review.pptx.text_size import one_line
from cs_dash.review.pptx.texts import Paragraph, add_text

MOST_GROUPS = 9
"""So many groups are drawn; of more the drawings are too small to be read."""
OVERALL = "All"
HEAD, HEAD_SIZE, GAP = 17, 11, 10


def multiples(canvas: Canvas, chart: SmallMultiples) -> str:
    """Add the charts of the first groups. Return a sentence where there are more groups, else ""."""
    plot = plot_of(chart)
    groups = list(dict.fromkeys(row["y"] for row in sorted(plot.rows, key=lambda row: row["y_at"])))
    first_groups = groups[:MOST_GROUPS]
    across = 1 if len(first_groups) == 1 else 2 if len(first_groups) <= 4 else 3
    boxes = canvas.box.cells(across, math.ceil(len(first_groups) / across), GAP)
    scale = scale_of([row[name] for row in plot.rows for name in ("color", "low")], zero=False)
    for group, box in zip(first_groups, boxes, strict=False):
        rows = {row["x"]: row for row in plot.rows if row["y"] == group}
        strip = Canvas(canvas.slide, box.below(HEAD), canvas.palette)
        newest = next((row["label"] for row in reversed(rows.values()) if row.get("last")), words.MISSING)
        name = one_line(str(group), box.width - 70, HEAD_SIZE, bold=True)
        head = Paragraph(f"**{name}** {newest}", HEAD_SIZE, canvas.palette.theme.text)
        add_text(canvas.slide, box.strip(HEAD), [head], canvas.palette, f"Group: {clean(name)}")
        _strip(strip, chart, [rows.get(category) for category in plot.categories], plot.labels, str(group), scale)
    hidden = len(groups) - len(first_groups)
    return f"{words.plural(hidden, 'more group')} in the workbook." if hidden else ""


def _strip(
    canvas: Canvas, chart: SmallMultiples, rows: list[Any], labels: Any, group: str, scale: Scale | None
) -> None:
    palette, theme = canvas.palette, canvas.palette.theme
    dated = is_dated(labels, bars=False)
    data = category_data(labels, dated)
    number = number_format(chart.unit, chart.currency, [row["color"] for row in rows if row])
    for name, field_name in ((OVERALL, "low"), (clean(group), "color")):
        data.add_series(name, [row[field_name] if row else None for row in rows], number)
    native = canvas.add(XL_CHART_TYPE.LINE, data, chart)
    overall, own = (series._element for series in native.plots[0].series)
    for element, color, width in ((overall, theme.neutral, 1.25), (own, theme.accent, 2.25)):
        parts.look(element, outline(palette.ink(color), width))
        put(element, parts.marker(palette, None), "c:cat")
    style_category_axis(native, palette, labels, dated, canvas.box.width * 0.8)
    numbers = [scale.low, scale.step, scale.high] if scale else []
    style_value_axis(
        native.value_axis, palette, number_format(chart.unit, chart.currency, numbers, on_axis=True), scale
    )
    finish(native)
