"""The drawer at the right of a page: what the address opens, a row or the rows behind a mark of a chart.

It closes by a link that takes what it shows out of the address, and by Escape; the script of the frame makes it a
dialog, moves the focus into it and back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.html import html
from cs_dash.ui.components.tables.cells import CellStyle, cell_html
from cs_dash.ui.components.tables.choices import DRAWER, TableChoices, without_drawer
from cs_dash.ui.components.tables.html_table import offered_columns
from cs_dash.ui.components.tables.links import ACCOUNT, ITEM, target_href, target_of
from cs_dash.ui.components.tables.row_order import row_keys
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address

Body = Callable[[Mapping[str, Any]], Markup | None]


@dataclass(frozen=True)
class DrawerLink:
    """A link at the foot of the drawer's head: its words and where it leads."""

    label: str
    href: str


Links = Callable[[Mapping[str, Any]], list[DrawerLink]]


def drawer(
    title: str,
    below: str = "",
    links: Sequence[DrawerLink] = (),
    draw: Callable[[], None] | None = None,
    body: Markup | None = None,
    opened_by: Sequence[str] = (),
) -> None:
    """Show the drawer: a title, what is filtered below it, links, and what `draw` draws or `body` holds.

    `opened_by`: the names in the address that opened it, besides those of tables and marks; closing takes them out.
    """
    close = address.here(without_drawer(address.read(), *opened_by))
    with st.container(key=DRAWER):
        html(render("drawer/head.html", title=title, below=below, close=close, links=links, body=body or Markup()))
        if draw:
            draw()


def open_row(answer: Answer, prefix: str = "", body: Body | None = None, more_links: Links | None = None) -> bool:
    """Show the row of an answer that the address opens, with all its columns; return whether it opens one.

    `body`: returns what stands above the columns, for the row of an account for example; None for nothing.
    `more_links`: returns further links for a row.
    """
    key = TableChoices.of_address(prefix).opened
    if not key:
        return False
    _, keys = row_keys(answer.rows)
    if key not in keys:
        drawer("Not in this scope", "The opened row is not among the rows of this period and these filters.")
        return True
    (row,) = answer.rows.slice(keys.index(key), 1).to_pylist()
    columns = offered_columns(answer)
    scope = address.of_scope(address.read())
    names = answer.rows.column_names
    account = target_href(target_of(ACCOUNT.key, names), row, scope)
    item = target_href(ITEM, row, scope)
    links = [DrawerLink(label, href) for label, href in (("Open account", account), ("Open item", item)) if href]
    links += more_links(row) if more_links else []
    of_item = row.get("title") if item else ""
    title = str(row.get("account") or row.get("name") or of_item or row[columns[0].name] or key)
    above = body(row) if body else None
    facts = facts_html(answer, row, scope)
    if account:
        title = render("account/link.html", name=title, href=account)
    drawer(title, "", [] if above else links, body=above + facts if above else facts)
    return True


def facts_html(answer: Answer, row: Mapping[str, Any], scope: address.Query) -> Markup:
    """Return a row as a list of labels and values, without what is missing."""
    facts = [
        (column.label, cell_html(CellStyle.of(column, answer.rows), row, answer.currency, locale(), scope, whole=True))
        for column in offered_columns(answer)
        if row[column.name] not in (None, "")
    ]
    return render("drawer/facts.html", facts=facts)
