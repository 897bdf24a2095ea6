"""A chart as a table, for those who read numbers better than drawings."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from cs_dash.charts import Chart, WaterfallChart
from cs_dash.look.charts.encoding import encoding_of


@dataclass(frozen=True)
class ChartTable:
    """The values of a chart in words, in the order of the drawing.

    Attributes:
        heads: heads of the columns.
        rows: the cells of each row, one for each head.
        first_number: position of the first column of numbers; names stand before it.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_number: int


def chart_table(chart: Chart, drawn: pa.Table) -> ChartTable:
    """Return a chart as a table: its categories, the value and, where there is one, its interval.

    `drawn`: the chart's rows as `frame` prepares them.
    """
    encoding = encoding_of(chart)
    fields: dict[str, str] = {}
    match encoding.measured_on:
        case "color":
            fields |= {"color_text": _head(chart.y), "x_text": _head(chart.x)}
        case "x":
            fields |= {"color_text": _head(chart.y)}
            if encoding.color and encoding.color != chart.y:
                fields |= {"color": _head(encoding.color)}
        case _:
            fields |= {"x_text": _head(chart.x)}
            if encoding.color and not isinstance(chart, WaterfallChart):
                fields |= {"color_text": _head(encoding.color)}
    names = len(fields)
    fields |= {"y_text": chart.axis or "Value"}
    if encoding.low and encoding.high:
        fields |= {"band_text": "Interval"}
    columns = [drawn.column(field).to_pylist() for field in fields]
    rows = tuple(tuple(str(cell or "") for cell in row) for row in zip(*columns, strict=True))
    return ChartTable(tuple(fields.values()), rows, names)


def _head(column: str) -> str:
    return column.replace("_", " ").capitalize()
