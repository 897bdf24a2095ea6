"""Charts as Excel draws them, from the numbers on their sheet, so that they can be changed there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from cs_dash.answer import number_or_none
from cs_dash.charts import BarChart, IntervalChart, LineChart, RankedChart, WaterfallChart
from cs_dash.look.charts.colors import color_range
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.charts.shape import shape_of, values_of
from cs_dash.look.spreadsheet_text import workbook_text
from cs_dash.look.theme import LIGHT
from cs_dash.review.xlsx.series import ChartColumn, NativeChart
from cs_dash.review.xlsx.sheets import SheetWriter, TablePlace
from cs_dash.review.xlsx.styles import number_format
from cs_dash.units import Unit

WIDTH, HEIGHT, ROW, RANKED_ROW, LINE = 860, 400, 20, 34, 2.25  # pixels; points
STEP_COLORS = {"total": LIGHT.neutral, "gain": LIGHT.good, "loss": LIGHT.bad, "below zero": LIGHT.neutral}
LETTERS = {"color": LIGHT.muted, "size": 9}


def quoted(sheet: str) -> str:
    """Return a sheet's name as a reference holds it."""
    return "'" + sheet.replace("'", "''") + "'"


def add_native_chart(
    writer: SheetWriter, chart: NativeChart, columns: Sequence[ChartColumn], block: TablePlace
) -> None:
    """Draw a chart below its numbers; the writer goes on below it."""
    native = writer.book.add_chart(_type(chart))
    places = _ColumnCells(writer.name, block, columns)
    names = [column.series for column in columns if column.role == "value"]
    if isinstance(chart, WaterfallChart):
        _add_steps(writer, native, places)
    else:
        for name, color in zip(names, _colors(chart, names), strict=True):
            native.add_series(_series(chart, places, name, color, len(columns[0].sheet_column.values)))
    _add_reference(writer, native, chart, places)
    height = HEIGHT
    if isinstance(chart, RankedChart):
        height = max(160, 80 + RANKED_ROW * len(columns[0].sheet_column.values))
    _set_look(native, chart, len(names) > 1 and not isinstance(chart, WaterfallChart))
    native.set_size({"width": WIDTH, "height": height})
    writer.sheet.insert_chart(
        writer.row, 0, native, {"object_position": 2, "description": workbook_text(chart.title)[:255]}
    )
    writer.row += height // ROW + 2


class _ColumnCells:
    """Where on a sheet the columns of a chart stand, as its series refer to them."""

    def __init__(self, sheet: str, block: TablePlace, columns: Sequence[ChartColumn]) -> None:
        self._sheet, self._block, self._columns = sheet, block, columns

    def values(self, role: str, series: str = "") -> list[Any] | None:
        """Return the cells of a column; None without it."""
        column = self._column(role, series)
        if column is None:
            return None
        return [self._sheet, self._block.first_row, column, self._block.last_row, column]

    def head(self, role: str, series: str) -> list[Any] | None:
        """Return the cell with the heading of a column."""
        column = self._column(role, series)
        return None if column is None else [self._sheet, self._block.head_row, column]

    def numbers(self, role: str, series: str) -> list[Any]:
        """Return the numbers of a column; [] without it."""
        column = self._column(role, series)
        return [] if column is None else list(self._columns[column].sheet_column.values)

    def _column(self, role: str, series: str) -> int | None:
        matches = (
            place for place, column in enumerate(self._columns) if (column.role, column.series) == (role, series)
        )
        return next(matches, None)


def _type(chart: NativeChart) -> dict[str, str]:
    match chart:
        case BarChart(stack="zero") | WaterfallChart():
            return {"type": "column", "subtype": "stacked"}
        case BarChart(stack="normalize"):
            return {"type": "column", "subtype": "percent_stacked"}
        case BarChart():
            return {"type": "column"}
        case RankedChart():
            return {"type": "bar"}
        case _:
            return {"type": "line"}


def _short_format(unit: Unit, currency: str) -> str:
    """Return the number format of a unit without the cents of amounts."""
    return number_format(unit, currency).replace(".00", "")


def _colors(chart: NativeChart, names: Sequence[str]) -> list[str]:
    shape = shape_of(chart)
    colors = dict(zip(shape.colors, color_range(shape, LIGHT), strict=True))
    return [colors.get(name, LIGHT.accent) for name in names]


def _series(chart: NativeChart, places: _ColumnCells, name: str, color: str, count: int) -> dict[str, Any]:
    """Return a series of columns, bars, lines or points with its intervals."""
    series: dict[str, Any] = {
        "name": places.head("value", name),
        "categories": places.values("category"),
        "values": places.values("value", name),
        "fill": {"color": color},
        "gap": 60,
    }
    if isinstance(chart, LineChart | IntervalChart):
        points_only = isinstance(chart, IntervalChart)
        series["line"] = {"none": True} if points_only else {"color": color, "width": LINE}
        marker = {"fill": {"color": color}, "border": {"color": color}, "size": 7 if points_only else 4}
        series["marker"] = {"type": "circle" if points_only or count <= 24 else "none"} | marker
        del series["gap"], series["fill"]
    if isinstance(chart, BarChart) and chart.semantic and color == LIGHT.bad:  # in grey, red and green are one
        stripes = {"pattern": "wide_upward_diagonal", "fg_color": color, "bg_color": LIGHT.background}
        series |= {"pattern": stripes}
    if isinstance(chart, RankedChart):
        labels = {"value": True, "num_format": _short_format(chart.unit, chart.currency), "font": LETTERS}
        series |= {"overlap": 100, "data_labels": labels | {"position": "outside_end"}}
        categories = places.numbers("category", "")
        if chart.highlight in categories:
            muted, accent = {"fill": {"color": LIGHT.neutral}}, {"fill": {"color": LIGHT.accent}}
            series["points"] = [accent if category == chart.highlight else muted for category in categories]
    elif isinstance(chart, BarChart):
        states = places.numbers("note", "")
        pale = {"fill": {"color": color, "transparency": 70}, "border": {"color": color, "dash_type": "dash"}}
        if any(states):
            series["points"] = [pale if state else None for state in states]
    low, high = places.numbers("low", name), places.numbers("high", name)
    if low and high and not (isinstance(chart, BarChart) and chart.stack):
        values = places.numbers("value", name)
        known = [None not in ends for ends in zip(values, low, high, strict=True)]
        plus = [top - value if ok else 0 for top, value, ok in zip(high, values, known, strict=True)]
        minus = [value - bottom if ok else 0 for value, bottom, ok in zip(values, low, known, strict=True)]
        look = {"color": color, "width": 1}
        series["y_error_bars"] = {"type": "custom", "plus_values": plus, "minus_values": minus, "line": look}
    return series


def _add_steps(writer: SheetWriter, native: Any, places: _ColumnCells) -> None:
    """Add the stacked columns of a waterfall: an invisible base, on it totals, gains and losses, with their sizes."""
    categories = {"categories": places.values("category")}
    nothing = {"fill": {"none": True}, "border": {"none": True}}
    native.add_series(categories | nothing | {"name": "base", "values": places.values("base", "base"), "gap": 40})
    for name, color in STEP_COLORS.items():
        if values := places.values("value", name):
            native.add_series(categories | {"name": name, "values": values, "fill": {"color": color}})
    sizes = [{"value": workbook_text(label)} for label in places.numbers("note", "label")]
    labels = writer.book.add_chart({"type": "line"})
    labels.add_series(
        categories
        | {
            "name": "size",
            "values": places.values("note", "top"),
            "line": {"none": True},
            "marker": {"type": "none"},
            "data_labels": {"value": True, "custom": sizes, "position": "above", "font": {"size": 9, "bold": True}},
        }
    )
    native.combine(labels)


def _add_reference(writer: SheetWriter, native: Any, chart: NativeChart, places: _ColumnCells) -> None:
    """Add the dashed line of the reference with its name in the legend."""
    if not isinstance(chart, BarChart | LineChart | IntervalChart) or not chart.reference:
        return
    line = {
        "name": places.head("reference", chart.reference[1]),
        "categories": places.values("category"),
        "values": places.values("reference", chart.reference[1]),
        "line": {"color": LIGHT.muted, "dash_type": "dash", "width": 1.25},
        "marker": {"type": "none"},
    }
    if isinstance(chart, BarChart):
        overlay = writer.book.add_chart({"type": "line"})
        overlay.add_series(line)
        native.combine(overlay)
    else:
        native.add_series(line)


def _least(chart: NativeChart) -> dict[str, float]:
    """Return where the measured axis begins: for lines and points not at zero where all values are far from it."""
    if not isinstance(chart, LineChart | IntervalChart):
        return {}
    encoding = encoding_of(chart)
    columns = (encoding.measure, encoding.low, encoding.high)
    values = [number for column in columns for value in values_of(chart, column) if (number := number_or_none(value))]
    values += [chart.reference[0]] if chart.reference else []
    low, high = min(values, default=0), max(values, default=0)
    if low <= 0 or high - low > low:
        return {}
    step = 10 ** math.floor(math.log10(high - low)) if high > low else low
    return {"min": round(math.floor(round(low / step, 9)) * step, 9)}


def _set_look(native: Any, chart: NativeChart, has_legend: bool) -> None:
    """Set the title and the axes: no axis line, a pale grid, numbers with the format of their unit."""
    native.set_title(
        {"name": workbook_text(chart.title), "overlay": False, "name_font": {"size": 13, "color": LIGHT.text}}
    )
    unit = "share" if isinstance(chart, BarChart) and chart.stack == "normalize" else chart.unit
    measured = {
        "name": workbook_text(chart.axis),
        "name_font": LETTERS | {"bold": False},
        "num_font": LETTERS,
        "num_format": "0%" if unit == "share" else _short_format(unit, chart.currency),
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": LIGHT.border, "width": 0.75}},
    }
    kind = shape_of(chart).y if isinstance(chart, RankedChart | IntervalChart) else shape_of(chart).x
    categories: dict[str, Any] = {"num_font": LETTERS, "line": {"none": True}, "major_tick_mark": "none"}
    if kind in ("month", "day"):
        categories |= {"num_format": "mmm yyyy" if kind == "month" else "d mmm", "text_axis": True}
    if isinstance(chart, RankedChart):
        native.set_y_axis(categories | {"reverse": True, "label_position": "low"})
        native.set_x_axis(measured | {"visible": False, "major_gridlines": {"visible": False}})
    else:
        native.set_x_axis(categories | {"label_position": "low"})
        native.set_y_axis(measured | _least(chart))
    reference = isinstance(chart, BarChart | LineChart | IntervalChart) and chart.reference
    native.set_legend({"position": "top", "font": LETTERS} if has_legend or reference else {"none": True})
    native.set_chartarea({"border": {"none": True}})
