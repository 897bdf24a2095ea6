"""A click on a mark of a chart: what it writes into the address, and the list that the address opens in the drawer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from cs_dash import page_registry as registry
from cs_dash.answer import Answer
from cs_dash.charts import Chart
from cs_dash.look import charts, words
from cs_dash.look.templates import render
from cs_dash.scope import Scope
from cs_dash.ui.components.drawer import DrawerLink, drawer
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.components.tables.choices import DRAWER, MARK, without_drawer
from cs_dash.ui.components.tables.links import ACCOUNT
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address, keys
from cs_dash.units import Unit

Row = Mapping[str, Any]


@dataclass(frozen=True)
class MarkedRows:
    """What stands behind one mark.

    Attributes:
        title: the group and the period, as they are filtered: "Red accounts at the end of Mar 2026".
        ask: returns the answer with just those rows.
        noun: what a row is, in the singular.
        total: the column that adds up to the mark's value, or account_id where the accounts are counted; "" where the
            rows are, or nothing adds up.
        whole: the mark's value, where the rows of a list of accounts may add up to less.
        figure: the figure of the answer that is the mark's value, where it is no sum.
        more_page: name of a page that shows more of it; "" for none.
        more_choices: what that page has in the address besides the scope.
        more_scope: the scope in which that page shows it, where not that of the page with the chart.
        links: returns further links, such as to the roadmap.
    """

    title: str
    ask: Callable[[], Answer]
    noun: str = "account"
    total: str = ""
    whole: float | None = None
    figure: str = ""
    more_page: str = ""
    more_choices: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    more_scope: Scope | None = None
    links: Callable[[], Sequence[DrawerLink]] = tuple

    @property
    def more_href(self) -> str:
        """The link to the page that shows more, in the scope of what is listed."""
        if self.more_scope is None:
            return address.link(self.more_page, **self.more_choices)
        choices = {
            name: [value] if isinstance(value, str) else list(value) for name, value in self.more_choices.items()
        }
        return address.href(self.more_page, self.more_scope.to_query() | choices)


@dataclass(frozen=True)
class ChartMarks:
    """What the marks of a chart open.

    Attributes:
        rows: the chart's row behind a mark -> what stands behind it; None: nothing to open.
        opens: the column of the chart that is written into the address under its own name, instead of `mark`.
        accounts: whether a mark is an account, whose page a click opens; the chart's rows have an account_id.
        current: what the address has under `opens` -> the value that it means now; ids may have become others since.
    """

    rows: Callable[[Row], MarkedRows | None]
    opens: str = ""
    accounts: bool = False
    current: Callable[[str], str] = str


def mark_query(chart: Chart, opens: str, row: Row) -> dict[str, list[str]]:
    """Return what a mark is in the address."""
    if opens and row.get(opens) is not None:
        return {opens: [str(row[opens])]}
    return {MARK: [":".join(_escaped(part) for part in (chart.name, *charts.mark_key(chart, row)))]}


def clicked(chart: Chart, marks: ChartMarks, rows: Sequence[Row], opened_by: Sequence[str]) -> None:
    """Write the clicked mark into the address, before the script runs again; nothing clicked takes it out."""
    if marks.accounts:
        if rows:
            href = address.link(ACCOUNT.page, **{ACCOUNT.choice: str(rows[0]["account_id"])})
            st.session_state[keys.FOLLOWED_LINK] = href
        return
    closed = without_drawer(address.read(), *opened_by)
    address.write(closed | (mark_query(chart, marks.opens, rows[0]) if rows else {}))


def opened_row(chart: Chart, marks: ChartMarks, query: address.Query) -> Row | None:
    """Return the row of a chart whose mark the address opens, None where it opens none of this chart.

    A value that the chart does not draw, such as a topic that is not among the largest, is a row of that alone.
    """
    value = (query.get(marks.opens) or [""])[-1] if marks.opens else ""
    if value:
        value = marks.current(value)
        rows = [row for row in chart.rows.to_pylist() if str(row.get(marks.opens)) == value]
        return rows[0] if rows else {marks.opens: value}
    name, *key = [_plain(part) for part in (query.get(MARK) or [""])[-1].split(":")]
    if name != chart.name:
        return None
    rows = [row for row in chart.rows.to_pylist() if charts.mark_key(chart, row) == tuple(key)]
    return rows[0] if rows else {}


def follow_link() -> None:
    """Lead to the page of the account whose mark was clicked: the browser follows the link as if it had been clicked.

    A change of page by the server would leave the query of the new page in the history of the old one.
    """
    if href := st.session_state.pop(keys.FOLLOWED_LINK, ""):
        html(render("drawer/follow.html", href=href))


def opened_rows(shown_charts: Sequence[Chart], marks: Mapping[str, ChartMarks]) -> dict[str, Row]:
    """Return the row behind the mark that the address opens, by the name of its chart; {} where it opens none."""
    query = address.read()
    rows = {chart.name: opened_row(chart, marks[chart.name], query) for chart in shown_charts if chart.name in marks}
    return {name: row for name, row in rows.items() if row is not None}


def open_mark(shown_charts: Sequence[Chart], marks: Mapping[str, ChartMarks], opened_by: Sequence[str] = ()) -> bool:
    """Show the rows behind the mark that the address opens; return whether it opens one."""
    for name, row in opened_rows(shown_charts, marks).items():
        rows = marks[name].rows(row) if row else None
        if rows is None:
            text = "This selection is not in the chart for this period and these filters."
            drawer("No data", text, opened_by=opened_by)
        else:
            _show(rows, rows.ask(), opened_by)
        return True
    return False


def _show(rows: MarkedRows, answer: Answer, opened_by: Sequence[str]) -> None:
    links = []
    if rows.more_page in registry.by_name():
        label = f"Open in {registry.by_name()[rows.more_page].title}"
        links.append(DrawerLink(label, rows.more_href))
    links += rows.links()
    drawer(
        rows.title,
        summary(rows, answer),
        links,
        draw=partial(_list, answer, words.plural(2, rows.noun).removeprefix("2 ").capitalize()),
        opened_by=opened_by,
    )


def _list(answer: Answer, heading: str) -> None:
    if answer.rows.num_rows:
        table_of(answer, heading, DRAWER, opens=False)
    else:
        note("No rows in this scope.")


def summary(rows: MarkedRows, answer: Answer) -> str:
    """Return how many rows stand behind a mark, and what they add up to."""
    language = locale()
    if answer.missing_tables:
        return answer.headline
    count = words.plural(answer.rows.num_rows, rows.noun, locale=language)
    if rows.figure:
        value = words.figure_value(answer.figure(rows.figure), answer.currency, language)
        return f"**{count}** · {answer.figure(rows.figure).label} **{value}**"
    if rows.total not in answer.rows.column_names:
        return f"**{count}**"
    if rows.total == ACCOUNT.key:
        return f"**{count}** · **{words.plural(total_of(rows, answer), 'account', locale=language)}**"
    columns = {column.name: column for column in answer.columns}
    unit: Unit = columns[rows.total].unit if rows.total in columns else "number"
    total = words.cell(total_of(rows, answer), unit, answer.currency, language)
    if unit != "count":
        return f"**{count}** · **{total}**"
    sum_of_rows = total_of(rows, answer) or 0
    noun = columns[rows.total].label.lower().removesuffix("s")
    others = (rows.whole or 0) - sum_of_rows
    apart = f" and **{words.count(others, language)}** without an account" if others > 0 else ""
    return f"**{count}** · **{words.plural(sum_of_rows, noun, locale=language)}**{apart}"


def total_of(rows: MarkedRows, answer: Answer) -> float | None:
    """Return what the rows behind a mark add up to: the sum of their column, their number, or the answer's figure."""
    if rows.figure:
        return answer.figure(rows.figure).value
    if rows.total not in answer.rows.column_names:
        return float(answer.rows.num_rows)
    values = [value for value in answer.rows[rows.total].to_pylist() if value is not None]
    return float(len(set(values)) if rows.total == ACCOUNT.key else sum(values))


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace(":", "%3A")


def _plain(text: str) -> str:
    return text.replace("%3A", ":").replace("%25", "%")
