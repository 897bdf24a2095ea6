"""The list to act on: sortable, every unit written as such, downloadable exactly as answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from cs_dash.answer import Answer, Column
from cs_dash.look import words
from cs_dash.look.download import csv_bytes, xlsx_bytes
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import note, table_head
from cs_dash.ui.components.show.charts import Picked, on_a_phone

ROW = 36
MOST_ROWS = 12
LONG = 24  # letters; a shorter text is as wide as the grid makes it
LETTER, WIDEST = 7, 400  # pixels
WEB = re.compile(r"https?://", re.I)
"""What a link may begin with: a click opens a page, and never runs a script."""
SHORT_ADDRESS = r"https?://(.*?)/?$"
MOST_SENT = 5_000  # rows that a browser is given; sorting many more makes it stand still


def table_of(
    answer: Answer, picked: Picked | None = None, heading: str = "", back: Callable[[], None] | None = None
) -> None:
    """Show an answer's rows, only the picked ones where a mark was clicked, and offer all of them as files.

    `back` takes back what was picked. Of very many rows the first ones are shown, and that is said.
    """
    if not answer.rows.num_columns:
        return
    columns = shown_columns(answer)
    rows = only(answer.rows, picked or {})
    chosen = ", ".join(str(value) for values in (picked or {}).values() for value in values)
    count_text = words.plural(rows.num_rows, "row") + (f" for {chosen}" if chosen else "")
    if rows.num_rows > MOST_SENT:
        count_text += f"; the first {words.count(MOST_SENT)} are shown, the files hold all"
        rows = rows.slice(0, MOST_SENT)
    with st.container(horizontal=True, vertical_alignment="center", key=f"head_{answer.question.replace('.', '_')}"):
        table_head(heading or answer.title, count_text)
        if back:
            controls.button("Show all", key="show_all", on_click=back, type="tertiary", help="Or click the mark again.")
        downloads(answer)
    if not rows.num_rows:
        note("Nothing to list in this scope.")
        return
    st.dataframe(
        drawable(rows.select([column.name for column in columns]), columns),
        hide_index=True,
        row_height=ROW,
        height="content" if rows.num_rows <= MOST_ROWS else ROW * (MOST_ROWS + 1) + ROW // 2,
        column_config={column.name: column_of(column, rows, answer.currency) for column in columns},
        key=f"rows_{answer.question}",
        placeholder="",
    )


def shown_columns(answer: Answer) -> tuple[Column, ...]:
    """Return the columns that a page shows, in the answer's order; without a description, as they are.

    A column without any value is left out; the files have it.
    """
    described = {column.name: column for column in answer.columns}
    if not described:
        return tuple(Column(name, name.replace("_", " ").capitalize()) for name in answer.rows.column_names)
    visible = [c for c in described.values() if not c.hidden and c.name in answer.rows.column_names]
    rows = answer.rows.num_rows
    return tuple(c for c in visible if not rows or answer.rows[c.name].null_count < rows)


def only(rows: pa.Table, picked: Picked) -> pa.Table:
    """Return the rows that have one of the picked values in every picked column."""
    for name, values in picked.items():
        rows = rows.filter(pc.is_in(rows[name], pa.array(values, rows.schema.field(name).type)))
    return rows


def drawable(rows: pa.Table, columns: tuple[Column, ...]) -> pa.Table:
    """Return the rows as the grid can draw them: a trend without its gaps, since it knows no gap in a line, and yes or
    no in words, since its boxes look as if one could tick them.
    """
    for at, column in enumerate(columns):
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


def downloads(answer: Answer, whole: Callable[[], Answer] | None = None) -> None:
    """Offer the answer's rows, all of them and unrounded, as CSV and as a workbook; made when asked for.

    `whole`: returns the same answer with all its rows, where only the first are in this one.
    """
    all_rows = whole or (lambda: answer)
    name = answer.question.replace(".", "-")
    controls.download_button(
        "CSV",
        lambda: csv_bytes(all_rows()),
        f"{name}.csv",
        "text/csv",
        key=f"csv_{name}",
        on_click="ignore",
        type="tertiary",
    )
    controls.download_button(
        "Excel",
        lambda: xlsx_bytes(all_rows()),
        f"{name}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=f"xlsx_{name}",
        on_click="ignore",
        type="tertiary",
    )
