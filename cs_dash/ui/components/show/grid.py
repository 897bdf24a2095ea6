"""A grid in which rows can be ticked: the framework's own, with every unit written as such."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Column
from cs_dash.look import words
from cs_dash.ui.components import controls
from cs_dash.ui.components.show.charts import on_a_phone

ROW = 36
MOST_ROWS = 12
LONG = 24  # letters; a shorter text is as wide as the grid makes it
LETTER, WIDEST = 7, 400  # pixels
WEB = re.compile(r"https?://", re.I)
"""What a link may begin with: a click opens a page, and never runs a script."""
SHORT_ADDRESS = r"https?://(.*?)/?$"
MOST_SENT = 5_000  # rows that a browser is given; sorting many more makes it stand still


def drawable(rows: pa.Table, columns: tuple[Column, ...]) -> pa.Table:
    """Return the rows as the grid can draw them: a trend without its gaps, since it knows no gap in a line, and yes or
    no in words, since its boxes look as if one could tick them; codes in the words of the column.
    """
    for at, column in enumerate(columns):
        if column.value_labels:
            texts = [column.displayed(value) for value in rows[column.name].to_pylist()]
            rows = rows.set_column(at, column.name, pa.array(texts, pa.string()))
        if column.unit == "flag" and pa.types.is_boolean(rows.schema.field(column.name).type):
            rows = rows.set_column(at, column.name, pc.if_else(rows[column.name], "yes", "no"))
        if column.unit == "link":
            web = [value if value and WEB.match(value) else None for value in rows[column.name].to_pylist()]
            rows = rows.set_column(at, column.name, pa.array(web, pa.string()))
        if column.unit == "trend":
            trends = [[v for v in values or () if v is not None] or None for values in rows[column.name].to_pylist()]
            rows = rows.set_column(at, column.name, pa.array(trends, pa.list_(pa.float64())))
    return rows


def column_of(column: Column, rows: pa.Table, currency: str) -> Any:
    """Return how the grid writes a column."""
    label, tip = column.label, column.help or None
    values = rows[column.name]
    below = pa.types.is_floating(values.type) and (pc.min(values).as_py() or 0) < 0
    shape = words.column_format(column.unit, currency, negative=below)
    match column.unit:
        case "score" if (pc.min(rows[column.name]).as_py() or 0) >= 0:
            return controls.ProgressColumn(label, help=tip, min_value=0, max_value=100, format="%d", width="small")
        case "trend":
            return controls.LineChartColumn(label, help=tip, width="small")
        case "date":
            return controls.DateColumn(label, help=tip, format="D MMM YYYY", width=115)
        case "month" if pa.types.is_date(rows.schema.field(column.name).type):
            return controls.DateColumn(label, help=tip, format="MMM YYYY")
        case "link":
            return controls.LinkColumn(label, help=tip, display_text=SHORT_ADDRESS, width="medium")
        case "text" | "month" | "flag":
            length = longest(rows[column.name])
            widest = WIDEST // 2 if on_a_phone() else WIDEST
            return controls.TextColumn(label, help=tip, width=min(widest, LETTER * length) if length > LONG else None)
        case _:
            return controls.NumberColumn(label, help=tip, **shape)


def longest(values: pa.ChunkedArray) -> int:
    """Return the length of the longest text in a column; 0 for other columns and without rows."""
    if not pa.types.is_string(values.type) or not len(values):
        return 0
    return int(pc.max(pc.utf8_length(values)).as_py() or 0)
