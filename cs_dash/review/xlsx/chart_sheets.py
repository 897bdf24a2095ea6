"""The numbers of a chart on a sheet, with the chart as Excel draws it, or as coloured cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range_abs

from cs_dash.charts import Chart, CohortTriangle, HeatMap, SmallMultiples
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.charts.frames import category_text
from cs_dash.look.charts.shape import key_of, kind_of, values_of
from cs_dash.look.theme import LIGHT
from cs_dash.review.xlsx.native_charts import add_native_chart, quoted
from cs_dash.review.xlsx.series import category_column, category_value, chart_columns, sorted_keys
from cs_dash.review.xlsx.sheets import SheetColumn, SheetWriter, TablePlace

GridChart = CohortTriangle | HeatMap | SmallMultiples
PALE = {"italic": True, "font_color": LIGHT.muted}
COHORT_SCALE = {"type": "2_color_scale", "min_color": "#F4F7FF", "max_color": "#9DB4F0"}
HEALTH_SCALE = {"type": "3_color_scale", "min_color": "#F0B6BD", "mid_color": "#F7E3B0", "max_color": "#A5D8C6"}
"""Pale, because the numbers on them are dark."""


def write_chart(writer: SheetWriter, chart: Chart) -> None:
    """Write the numbers of a chart, and draw it below them."""
    if isinstance(chart, CohortTriangle | HeatMap | SmallMultiples):
        _write_grid(writer, chart)
    else:
        columns = chart_columns(chart)
        block = writer.table([column.sheet_column for column in columns])
        add_native_chart(writer, chart, columns, block)


def _write_grid(writer: SheetWriter, chart: GridChart) -> None:
    """Write a row for each category of y and a column for each of x, coloured by value or with a line in each row."""
    encoding = encoding_of(chart)
    across, down = sorted_keys(chart, chart.x), sorted_keys(chart, chart.y, encoding.order)
    records = {(key_of(row[chart.y]), key_of(row[chart.x])): row for row in chart.rows.to_pylist()}
    kind = kind_of(values_of(chart, chart.x))

    def value(y: str, x: str) -> Any:
        return records.get((y, x), {}).get(encoding.measure)

    columns = [category_column(chart, chart.y, down)]
    for x in across:
        head = category_text(category_value(x, kind), kind)
        columns.append(SheetColumn(head, [value(y, x) for y in down], chart.unit, chart.currency))
    block = writer.table(columns)
    pale = [flag for flag in (encoding.in_progress, encoding.small_base) if flag]
    for (y, x), record in records.items():
        if any(record.get(flag) for flag in pale):
            row, column = block.first_row + down.index(y), 1 + across.index(x)
            writer.write(row, column, value(y, x), chart.unit, chart.currency, **PALE)
    if isinstance(chart, SmallMultiples):
        _add_lines(writer, chart, across, block)
        return
    scale = HEALTH_SCALE if isinstance(chart, HeatMap) and chart.semantic else COHORT_SCALE
    writer.sheet.conditional_format(block.first_row, 1, block.last_row, block.last_column, scale)
    if pale:
        writer.row -= 1
        writer.text("In italics: the period is in progress, or there are few accounts.", "muted")
        writer.row += 1
    if isinstance(chart, CohortTriangle) and chart.low and chart.high:
        _write_intervals(writer, chart, chart.low, chart.high)


def _add_lines(writer: SheetWriter, chart: SmallMultiples, across: Sequence[str], block: TablePlace) -> None:
    """Draw a line in a cell at the end of each row, all on one scale; the last row is that of all groups together."""
    overall = {key_of(row[chart.x]): row.get(chart.overall) for row in chart.rows.to_pylist()}
    last, column = block.last_row + 1, block.last_column + 1
    writer.write_text(last, 0, "All accounts", writer.styles.of())
    for place, x in enumerate(across, 1):
        writer.write(last, place, overall.get(x), chart.unit, chart.currency)
    writer.write_text(block.head_row, column, "Trend", writer.styles.of("head"))
    writer.widen(column, 24)
    for row in range(block.first_row, last + 1):
        cells = f"{quoted(writer.name)}!{xl_range_abs(row, 1, row, block.last_column)}"
        options = {"range": cells, "min": "group", "max": "group", "series_color": LIGHT.accent}
        writer.sheet.add_sparkline(row, column, options)
    writer.row = last + 2


def _write_intervals(writer: SheetWriter, chart: CohortTriangle, low: str, high: str) -> None:
    """Write every value with its interval, one below the other."""
    rows = chart.rows.to_pylist()
    categories = [category_column(chart, name, [key_of(row[name]) for row in rows]) for name in (chart.y, chart.x)]
    ends = (("Value", chart.value), ("Low (95 %)", low), ("High (95 %)", high))
    numbers = [SheetColumn(head, [row[name] for row in rows], chart.unit, chart.currency) for head, name in ends]
    writer.table([*categories, *numbers])
