"""The rows of a chart as its drawing reads them: fields named by their part, every value also as text.

Fields: x, y, color (keys or numbers), low, high, in_progress, label; x_at, y_at, rank (the positions of x, y and color
in their orders); and for the tooltips x_text, y_text, color_text, band_text, written by `look.words`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from cs_dash.answer import number_or_none
from cs_dash.charts import BarChart, Chart, CohortTriangle, HeatMap, LineChart, SmallMultiples, WaterfallChart
from cs_dash.look import words
from cs_dash.look.charts.encoding import Encoding, encoding_of
from cs_dash.look.charts.events import add_events
from cs_dash.look.charts.frame_rows import (
    Row,
    add_line_ends,
    add_shares,
    flag_newest_values,
    flag_spare_ages,
    waterfall_steps,
    with_missing_cells,
)
from cs_dash.look.charts.shape import ISO_MONTH, Kind, distinct, key_of, kind_of, values_of
from cs_dash.units import INDEX

OPENED_FIELD = "opened"
"""The field that `with_opened` adds."""
FIELDS: dict[str, pa.DataType] = {
    "x_at": pa.float64(), "y_at": pa.float64(), "rank": pa.float64(),
    "low": pa.float64(), "high": pa.float64(), "in_progress": pa.bool_(), "label": pa.string(),
    "x_text": pa.string(), "y_text": pa.string(), "color_text": pa.string(), "band_text": pa.string(),
    "solid": pa.bool_(), "tail": pa.bool_(), "last": pa.bool_(), "end": pa.float64(), "end_text": pa.string(),
    "continued": pa.bool_(),
    "small_base": pa.bool_(), "tooltip_text": pa.string(), "spare": pa.bool_(),
    "event": pa.string(), "event_name": pa.string(), "event_late": pa.bool_(),
    "from": pa.float64(), "to": pa.float64(), "top": pa.float64(), "next": pa.string(), "level": pa.float64(),
}  # fmt: skip


def frame(chart: Chart, locale: str = "en") -> pa.Table:
    """Return the rows of the drawing, one for each row of `chart.rows`, in drawing order."""
    kinds = {name: kind_of(values_of(chart, column)) for name, column in (("x", chart.x), ("y", chart.y))}
    encoding = encoding_of(chart)
    rows = [_row(chart, encoding, raw, kinds, locale) for raw in chart.rows.to_pylist()]
    _add_positions(rows, chart, encoding, kinds)
    if isinstance(chart, HeatMap):
        rows = with_missing_cells(rows)
    elif isinstance(chart, CohortTriangle):
        flag_spare_ages(rows)
    rows.sort(key=lambda row: (row["y_at"], row["x_at"]) if encoding.rows_down else (row["x_at"], 0))
    match chart:
        case BarChart(stack="normalize"):
            add_shares(rows, locale)
        case SmallMultiples():
            flag_newest_values(rows)
        case LineChart():
            add_line_ends(rows, chart.highlight)
        case WaterfallChart():
            rows = waterfall_steps(rows)
    if isinstance(chart, BarChart | LineChart) and chart.events and kinds["x"] in ("month", "day"):
        add_events(rows, chart.events, locale)
    return _table(rows, encoding, kinds)


def with_opened(rows: pa.Table, chart: Chart, opened: Mapping[str, Any]) -> pa.Table:
    """Return the rows of a drawing with the flag of the mark that a row of `chart.rows` stands for.

    Without such a mark the rows are unchanged, so that no other mark fades.
    """
    encoding, key = encoding_of(chart), mark_key(chart, opened)
    names = {"color": ("x", "y"), "x": ("y", "color")}.get(encoding.measured_on, ("x", "color"))
    columns = [rows[name].to_pylist() for name in names[: len(key)]]
    flags = [tuple(map(key_of, values)) == key for values in zip(*columns, strict=True)]
    return rows.append_column(OPENED_FIELD, pa.array(flags, pa.bool_())) if any(flags) else rows


def selected_rows(chart: Chart, selection: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of `chart.rows` behind the marks of `selection`, the drawing's selection by click."""
    color = encoding_of(chart).color
    columns = {"x": chart.x, "y": chart.y} | ({"color": color} if color else {})
    marks = [{columns[name]: key_of(value) for name, value in mark.items() if name in columns} for mark in selection]
    rows: list[dict[str, Any]] = chart.rows.to_pylist()
    return [row for row in rows if any(mark and all(key_of(row[c]) == k for c, k in mark.items()) for mark in marks)]


def mark_key(chart: Chart, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells the mark of a row from the other marks of its chart: its categories, in the drawing's words."""
    encoding = encoding_of(chart)
    match encoding.measured_on:
        case "color":
            columns: tuple[str | None, ...] = (chart.x, chart.y)
        case "x":
            columns = (chart.y, encoding.color)
        case _:
            columns = (chart.x,) if isinstance(chart, WaterfallChart) else (chart.x, encoding.color)
    return tuple(key_of(row.get(column)) for column in columns if column)


def category_text(value: Any, kind: Kind, locale: str = "en") -> str:
    """Return a category as text: "Sep 2026", "30 Sep 2026", "3", "Enterprise"."""
    if isinstance(value, str) and ISO_MONTH.fullmatch(value):
        value = dt.date(int(value[:4]), int(value[5:]), 1)
    if isinstance(value, dt.date):
        return words.month(value, locale) if kind == "month" else words.date(value, locale)
    return words.number(value, locale=locale) if kind == "number" else key_of(value)


def _row(chart: Chart, encoding: Encoding, raw: dict[str, Any], kinds: dict[str, Kind], locale: str) -> Row:
    across, grid = encoding.measured_on == "x", encoding.measured_on == "color"
    value = number_or_none(raw.get(encoding.measure))
    low, high = (number_or_none(raw.get(column or "")) for column in (encoding.low, encoding.high))
    in_progress = bool(raw.get(encoding.in_progress or ""))
    row: Row = {
        "x": value if across else _x_position(raw.get(chart.x), kinds["x"]),
        "y": key_of(raw.get(chart.y)) if encoding.rows_down else value,
        "color": value if grid else key_of(raw.get(encoding.color or "")),
        "low": low,
        "high": high,
        "in_progress": in_progress,
        "y_text": words.cell(value, chart.unit, chart.currency, locale),
        "x_text": category_text(raw.get(chart.x), kinds["x"], locale)
        + (" (in progress)" if in_progress and not grid else ""),
        "color_text": key_of(raw.get(encoding.color or "")),
        "band_text": words.interval(low, high, chart.unit, chart.currency, locale) if encoding.low else "",
    }
    if encoding.rows_down:
        row["color_text"] = category_text(raw.get(chart.y), kinds["y"], locale)
    if in_progress and grid:
        row["y_text"] += " (in progress)"
    if encoding.small_base:
        row["small_base"] = bool(raw.get(encoding.small_base))
        row["y_text"] += " (few accounts)" if row["small_base"] else ""
    if encoding.tooltip_text:
        row["tooltip_text"] = key_of(raw.get(encoding.tooltip_text))
    label = raw.get(encoding.label or "")
    row["label"] = mark_label(value, chart, locale) or (words.MISSING if grid else "")
    if label is not None:
        row["label"] = words.cell(label, "text", locale=locale)
    return row


def _add_positions(rows: list[Row], chart: Chart, encoding: Encoding, kinds: dict[str, Kind]) -> None:
    """Number the categories of axes and colour: time and numbers ascending, text in the order of the rows."""
    for name, column in (("x", chart.x), ("y", chart.y)):
        categories = distinct(values_of(chart, column), encoding.order if name == "y" else ())
        if kinds[name] == "number":
            categories = tuple(sorted(categories, key=float))
        elif kinds[name] != "text":
            categories = tuple(sorted(categories))
        positions = {category: float(position) for position, category in enumerate(categories)}
        for row in rows:
            row[f"{name}_at"] = positions.get(key_of(row[name]), float(len(positions)))
    colors = distinct(values_of(chart, encoding.color), encoding.order)
    ranks = {color: float(rank) for rank, color in enumerate(colors)}
    for row in rows:
        row["rank"] = ranks.get(key_of(row["color"]), 0.0)


def _x_position(value: Any, kind: Kind) -> Any:
    """Return the position of a value on the horizontal axis: a number as it is, everything else by its key."""
    return number_or_none(value) if kind == "number" else key_of(value)


def mark_label(value: float | None, chart: Chart, locale: str = "en") -> str:
    """Return the label of a value on its mark: money in short form, a share in a cell without the percent sign."""
    if value is None:
        return ""
    if chart.unit == "share":
        in_cell = isinstance(chart, CohortTriangle | HeatMap)
        return words.number(value * 100, 0, locale) if in_cell else words.share(value, locale=locale)
    if chart.unit == "money":
        signed = isinstance(chart, WaterfallChart) and chart.currency != INDEX
        return words.money(value, "" if signed else chart.currency, locale=locale)
    if chart.unit in ("count", "number"):
        return words.compact(value, locale) if abs(value) >= 10_000 else words.number(value, locale=locale)
    return words.cell(value, chart.unit, chart.currency, locale)


def _table(rows: list[Row], encoding: Encoding, kinds: dict[str, Kind]) -> pa.Table:
    across, grid = encoding.measured_on == "x", encoding.measured_on == "color"
    number, text = pa.float64(), pa.string()
    types = {
        "x": number if across or kinds["x"] == "number" else text,
        "y": text if across or grid else number,
        "color": number if grid else text,
    } | FIELDS
    fields = {"x", "y", "color"}.union(*rows) if rows else set(types)
    types_of_fields = {name: kind for name, kind in types.items() if name in fields}
    return pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in types_of_fields.items()})
