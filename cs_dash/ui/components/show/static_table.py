"""A table that is only read, such as a load's report: the table of the pages without search, files and drawer."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.ui.components.html import html
from cs_dash.ui.components.tables.choices import TableChoices
from cs_dash.ui.components.tables.html_table import TableView
from cs_dash.ui.components.text import locale


def static_table(caption: str, columns: tuple[Column, ...], rows: pa.Table, prefix: str) -> None:
    """Show rows in pages, sorted by the heads.

    `caption`: what they are, for a screen reader. `prefix`: what keeps its choices apart in the address.
    """
    answer = Answer("", caption, "", None, rows=rows, columns=columns)
    view = TableView.of(answer, TableChoices.of_address(prefix), opens=False, language=locale())
    html(view.rows_html(caption, locale()))
