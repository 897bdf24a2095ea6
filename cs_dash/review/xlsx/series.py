"""The numbers of a chart as columns: a row for each category, a column for each series and its interval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cs_dash.charts import BarChart, Chart, IntervalChart, LineChart, RankedChart, WaterfallChart
from cs_dash.look.charts import frame
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.charts.shape import Kind, distinct, key_of, kind_of, values_of, words_of
from cs_dash.review.xlsx.sheets import SheetColumn
from cs_dash.units import Unit

NativeChart = BarChart | LineChart | RankedChart | IntervalChart | WaterfallChart
Role = Literal["category", "value", "low", "high", "base", "reference", "note"]
UNITS: dict[Kind, Unit] = {"month": "month", "day": "date", "number": "number", "text": "text"}


@dataclass(frozen=True)
class ChartColumn:
    """A column of a chart's numbers.

    Attributes:
        role: what it is: the categories, the values of a series, an end of their intervals, the invisible base of a
            step, the reference, or a remark that is not drawn.
        series: name of the series that it belongs to; "" for the categories.
        sheet_column: its heading, unit and values.
    """

    role: Role
    series: str
    sheet_column: SheetColumn


def category_value(key: str, kind: Kind) -> Any:
    """Return a category as a cell holds it: a day for months and days, a number, or text."""
    if kind in ("month", "day"):
        return dt.date.fromisoformat(key)
    return float(key) if kind == "number" else key


def sorted_keys(chart: Chart, column: str, order: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the distinct categories of a column: time and numbers ascending, text as it comes, `order` first."""
    values = values_of(chart, column)
    keys, kind = distinct(values, order), kind_of(values)
    if kind == "number":
        return tuple(sorted(keys, key=float))
    return keys if kind == "text" else tuple(sorted(keys))


def category_column(chart: Chart, column: str, keys: Sequence[str]) -> SheetColumn:
    """Return the column with these categories of a column of the chart."""
    kind = kind_of(values_of(chart, column))
    return SheetColumn(words_of(column), [category_value(key, kind) for key in keys], UNITS[kind])


def chart_columns(chart: NativeChart) -> list[ChartColumn]:
    """Return the numbers of a chart, the categories first, unrounded and as they are in its rows."""
    if isinstance(chart, WaterfallChart):
        return _steps(chart)
    encoding = encoding_of(chart)
    by = chart.y if encoding.rows_down else chart.x
    keys = sorted_keys(chart, by, encoding.order if encoding.rows_down else ())
    color = encoding.color if encoding.color != by else None
    names = distinct(values_of(chart, color), encoding.order) if color else ("",)
    rows = {(key_of(row[by]), key_of(row[color]) if color else ""): row for row in chart.rows.to_pylist()}
    measure = chart.axis.split(",")[0] or words_of(encoding.measure)

    def values(column: str, name: str) -> list[Any]:
        return [rows.get((key, name), {}).get(column) for key in keys]

    columns = [ChartColumn("category", "", category_column(chart, by, keys))]
    for name in names:
        series = name or measure
        columns.append(ChartColumn("value", series, _numbers(chart, series, values(encoding.measure, name))))
        for role, column in (("low", encoding.low), ("high", encoding.high)):
            ends = values(column, name) if column else []
            if any(end is not None for end in ends):
                head = f"{series} {role} (95 %)" if name else f"{role.capitalize()} (95 %)"
                columns.append(ChartColumn("low" if role == "low" else "high", series, _numbers(chart, head, ends)))
    if isinstance(chart, BarChart | LineChart) and chart.in_progress:
        open_keys = {key for (key, _), row in rows.items() if row.get(chart.in_progress)}
        states = ["in progress" if key in open_keys else None for key in keys]
        if open_keys:
            columns.append(ChartColumn("note", "", SheetColumn("State", states)))
    if isinstance(chart, BarChart | LineChart | IntervalChart) and chart.reference:
        value, name = chart.reference
        columns.append(ChartColumn("reference", name, _numbers(chart, name, [value] * len(keys))))
    return columns


def _numbers(chart: Chart, head: str, values: Sequence[Any]) -> SheetColumn:
    return SheetColumn(head, values, chart.unit, chart.currency)


def _steps(chart: WaterfallChart) -> list[ChartColumn]:
    """Return the steps of a waterfall as stacked columns: what they measure, and from where to where they reach.

    A step from below zero to above it, or back, has its part below zero in a series of its own.
    """
    steps = frame(chart).to_pylist()
    parts: dict[str, list[float | None]] = {name: [] for name in ("base", "total", "gain", "loss", "below zero")}
    for step in steps:
        bars: dict[str, float | None] = dict.fromkeys(parts)
        if step["from"] is not None:
            low, high = sorted((step["from"], step["to"]))
            bars["base"] = max(low, 0) or min(high, 0)
            bars[step["color"]] = low - high if high <= 0 < high - low else high - max(low, 0)
            bars["below zero"] = low if low < 0 < high else None
        for name, bar in bars.items():
            parts[name].append(bar)
    raw = {key_of(row[chart.x]): row[chart.y] for row in chart.rows.to_pylist()}
    measure = chart.axis.split(",")[0] or words_of(chart.y)
    columns = [
        ChartColumn("category", "", SheetColumn(words_of(chart.x), [step["x_text"] for step in steps])),
        ChartColumn("note", "change", _numbers(chart, measure, [raw[step["x"]] for step in steps])),
        ChartColumn("note", "label", SheetColumn("Label", [step["label"] for step in steps])),
    ]
    for name, values in parts.items():
        if name == "base" or any(value is not None for value in values):
            role: Role = "base" if name == "base" else "value"
            columns.append(ChartColumn(role, name, _numbers(chart, f"Drawn: {name}", values)))
    tops = [step["top"] for step in steps]
    return [*columns, ChartColumn("note", "top", _numbers(chart, "Drawn: top", tops))]
