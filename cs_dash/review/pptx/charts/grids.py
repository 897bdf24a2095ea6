"""Cohort triangles and heat maps as tables with filled cells: the darker, the higher."""

from __future__ import annotations

from typing import Any

from cs_dash.charts import CohortTriangle, HeatMap
from cs_dash.look import words
from cs_dash.look.charts import description, frame
from cs_dash.look.charts.frames import category_text
from cs_dash.look.charts.grids import cell_scale
from cs_dash.look.charts.shape import kind_of, shape_of, values_of
from cs_dash.look.locales import READER
from cs_dash.look.theme import blend, luminance
from cs_dash.review.pptx.charts.canvas import Canvas
from cs_dash.review.pptx.tables import DENSE, SlideCell, add_table

MOST_COLUMNS = 14
"""So many columns can be read; of more ages every second or third one is shown after the first four."""
SMALL_BASE = 0.6
"""How much of the background a cell with a small base has."""


def cells(canvas: Canvas, chart: CohortTriangle | HeatMap) -> str:
    """Add the table. Return a sentence on what it leaves out, else ""."""
    rows: list[dict[str, Any]] = frame(chart, READER.get()).to_pylist()
    shape, theme = shape_of(chart), canvas.palette.theme
    columns = {row["x_at"]: row for row in sorted(rows, key=lambda row: float(row["x_at"]))}
    lines = {row["y_at"]: row for row in sorted(rows, key=lambda row: float(row["y_at"]))}
    visible = _visible_columns(list(columns))
    values = [row["color"] for row in rows if row["color"] is not None]
    scale = cell_scale(theme, shape.semantic)
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    by_place = {(row["y_at"], row["x_at"]): row for row in rows}
    kind = kind_of(values_of(chart, chart.x))
    corner = shape.y_title if isinstance(chart, HeatMap) else f"{shape.y_title} / {shape.x_title}"
    head = [SlideCell(corner, bold=True)]
    head += [SlideCell(category_text(columns[at]["x"], kind, READER.get()), "ctr", bold=True) for at in visible]
    body = []
    for line, first in lines.items():
        name = SlideCell(str(first["color_text"]))
        body.append([name, *(_cell(by_place.get((line, at)), scale, low, high, canvas) for at in visible)])
    words_for_readers = description(chart, READER.get())
    fitting, fitting_columns = add_table(canvas.slide, canvas.box, head, body, canvas.palette, words_for_readers, DENSE)
    left_out = [words.plural(len(body) - fitting, "more row")] if fitting < len(body) else []
    missing = len(columns) + 1 - fitting_columns
    left_out += [words.plural(missing, "more column")] if missing else []
    return f"{' and '.join(left_out)} in the workbook." if left_out else ""


def _visible_columns(places: list[float]) -> list[float]:
    for step in range(1, len(places) + 1):
        visible = [place for at, place in enumerate(places) if at < 4 or at % step == 0]
        if len(visible) <= MOST_COLUMNS:
            return visible
    return places[:MOST_COLUMNS]


def _cell(row: dict[str, Any] | None, scale: list[str], low: float, high: float, canvas: Canvas) -> SlideCell:
    palette, theme = canvas.palette, canvas.palette.theme
    if row is None:
        return SlideCell("", "ctr")
    if row["color"] is None:
        return SlideCell(str(row.get("label") or words.MISSING), "ctr", color=theme.muted)
    if row.get("in_progress"):
        return SlideCell(str(row["label"]), "ctr", color=theme.text, hatched=True)
    place = (row["color"] - low) / (high - low) * (len(scale) - 1) if high > low else len(scale) - 1.0
    at = min(int(place), len(scale) - 2)
    fill = blend(scale[at], scale[at + 1], place - at)
    if row.get("small_base"):
        level = f"{round(255 * luminance(fill) ** (1 / 2.2)):02X}"  # the grey that is as light as the colour
        fill = blend(f"#{level * 3}", theme.background, SMALL_BASE)
    return SlideCell(str(row["label"]), "ctr", fill=fill, color=palette.text_on(fill))
