"""The list to act on: sorted, searched and opened by links, and downloadable exactly as it stands there."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.look import words
from cs_dash.look.download import csv_bytes, xlsx_bytes
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.show.pin_links import TABLE, pin_href
from cs_dash.ui.components.tables.choices import DRAWER, TableChoices
from cs_dash.ui.components.tables.html_table import TableView
from cs_dash.ui.components.text import locale


def table_of(
    answer: Answer,
    heading: str = "",
    prefix: str = "",
    *,
    opens: bool = True,
    opened_as: str = "",
    total: int = 0,
    whole: Callable[[], Answer] | None = None,
) -> None:
    """Show an answer's rows and offer them as files, all of them in the order of the screen.

    Args:
        answer: the answer.
        heading: what its rows are; its title where none is given.
        prefix: what keeps its choices apart in the address from those of the page's first table.
        opens: whether a click on a row opens it in the drawer.
        opened_as: what the opened row is called in the address, where the page has a word of its own for it.
        total: how many rows there are, where only the first are in the answer.
        whole: returns the same answer with all its rows, for the files.

    An answer without rows has no list: the sentence of the page says that there are none, and why.
    """
    if not answer.rows.num_rows:
        return
    choices = TableChoices.of_address(prefix, opened_as)
    title, language = heading or answer.title, locale()
    view = TableView.of(answer, choices, opens=opens, language=language)
    with st.container(horizontal=True, vertical_alignment="center", key=head_key(answer, prefix)):
        pin = pin_href(TABLE + answer.question) if prefix != DRAWER else ""
        html(view.head_html(title, count_text(view, language, total), pin))
        all_rows = (lambda: TableView.of(whole(), choices, language=language).answer) if whole else None
        downloads(view.answer, all_rows, prefix)
    if not view.row_count:
        note(f"No row matches “{view.choices.find}”. Clear the search to see all rows.")
    else:
        html(view.rows_html(title, language))


def head_key(answer: Answer, prefix: str = "") -> str:
    """Return the key of the container above a table."""
    return "_".join(part for part in ("head", prefix, answer.question.replace(".", "_")) if part)


def count_text(view: TableView, language: str, total: int = 0) -> str:
    """Return how many rows there are, and how many of them the search leaves; `total`: with those that only files have.

    "5,000 of 12,345 rows; downloads have all" where the answer has only the first.
    """
    if total > view.total:
        all_rows = words.plural(total, "row", locale=language)
        return f"{words.count(view.total, language)} of {all_rows}; downloads have all"
    rows = words.plural(view.total, "row", locale=language)
    return f"{words.count(view.row_count, language)} of {rows}" if view.choices.find else rows


def downloads(answer: Answer, whole: Callable[[], Answer] | None = None, prefix: str = "") -> None:
    """Offer the answer's rows, all of them and unrounded, as CSV and as a workbook; made when asked for.

    `whole`: returns the same answer with all its rows, where only the first are in this one. `prefix`: that of the
    table, where a page has more than one.
    """
    all_rows = whole or (lambda: answer)
    name = answer.question.replace(".", "-")
    key = f"{prefix}_{name}" if prefix else name
    controls.download_button(
        "CSV",
        lambda: csv_bytes(all_rows()),
        f"{name}.csv",
        "text/csv",
        key=f"csv_{key}",
        on_click="ignore",
        type="tertiary",
    )
    controls.download_button(
        "Excel",
        lambda: xlsx_bytes(all_rows()),
        f"{name}.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key=f"xlsx_{key}",
        on_click="ignore",
        type="tertiary",
    )
