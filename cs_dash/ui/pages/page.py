"""The frame of every page: the guard, the version on screen, and the scope bar.

with page(PAGE) as view:
    view.show(view.ask("retention.summary"), ...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, Unpack

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.look.templates import Markup
from cs_dash.page_registry import Page
from cs_dash.questions import catalogue
from cs_dash.schema.tables import DIMENSIONS
from cs_dash.scope import Scope
from cs_dash.sharing import Right
from cs_dash.ui.components.account_essentials import account_essentials
from cs_dash.ui.components.drawer import DrawerLink
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.scope_bar import scope_bar, title
from cs_dash.ui.components.show import ChartMarks, Choice, PageContent, show
from cs_dash.ui.components.show.pin_links import offering_pins
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.derivation_worker import derive_in_background
from cs_dash.ui.jobs.prefetch import PREFETCH
from cs_dash.ui.pages.marks import marks_of
from cs_dash.ui.pages.marks.context import MarkContext
from cs_dash.ui.pages.review.pin_drawer import pin_drawer
from cs_dash.ui.pages.roadmap.roadmap_links import topic_link
from cs_dash.ui.pages.sharing.link_banner import link_banner
from cs_dash.ui.pages.sharing.saved_views import save_drawer, view_links
from cs_dash.ui.pages.sharing.share_drawer import share_drawer
from cs_dash.ui.pages.welcome import welcome
from cs_dash.ui.state import address, answers, session
from cs_dash.ui.state.adjacent_scopes import adjacent_scopes
from cs_dash.ui.state.reader import may, reader


class SheetOptions(TypedDict, total=False):
    """What a page may say about its sheet; see `show.PageContent`."""

    table: Future[Answer]
    heading: str
    figures: tuple[str, ...]
    figure_pages: dict[str, str]
    charts: tuple[str, ...]
    lines: tuple[Future[Answer], str]
    settings: dict[str, str]
    above_table: Callable[[], bool]


@dataclass(frozen=True)
class View:
    """One run of a page: the version, the scope and the reader's choices.

    Attributes:
        page: the page.
        snapshot: the version on screen.
        scope: the scope from the address.
        choices: what the reader can choose on this page.
        requests: the answers that the page requested.
    """

    page: Page
    snapshot: session.Snapshot
    scope: Scope
    choices: list[Choice] = field(default_factory=list)
    requests: list[answers.AnswerKey] = field(default_factory=list)

    def ask(self, question: str, **options: str) -> Future[Answer]:
        """Ask `question` in this scope and go on; `show` waits for the answer."""
        key = answers.AnswerKey.of(locale(), self.snapshot, question, self.scope, options)
        self.requests.append(key)
        return answers.answer_future(key)

    def has(self, table: str) -> bool:
        """Return whether the version has rows of a canonical table."""
        return table in self.snapshot.warehouse("filled_tables")["table_name"].to_pylist()

    def address_value(self, column: str) -> str:
        """Return what a click on a mark put into the address under `column` (see `Chart.opens`); "" where none was."""
        return (address.read().get(column) or [""])[-1]

    def group_comparison(self, chart: str) -> dict[str, str]:
        """Return the compared groups from the address, as options of a question; the card of `chart` offers them.

        The default, the largest groups of the first standard dimension, is left out.
        """
        dimension_values = answers.dimensions(self.snapshot)
        comparable = [name for name, of_field in dimension_values.items() if len(of_field) > 1]
        fields = tuple(name for name in DIMENSIONS if name in comparable) or ("",)
        fields += tuple(name for name in comparable if name not in fields)
        field = self._list_choice("field", chart, "Compare by", fields, {name: title(name) for name in fields})
        values = ("", *dimension_values.get(field, ()))
        first = self._list_choice("first", chart, "Group", values, {"": "Largest group"})
        second = self._list_choice("second", chart, "Other group", values, {"": "Second largest"})
        options = {"field": field if field != fields[0] else "", "first": first, "second": second}
        return {name: value for name, value in options.items() if value}

    def _list_choice(
        self, option: str, chart: str, label: str, among: tuple[str, ...], written: Mapping[str, str]
    ) -> str:
        value = self.address_value(option)
        value = value if value in among else among[0]
        if len(among) > 1:
            self.choices.append(Choice(chart, option, label, among, value, written, as_list=True))
        return value

    def choice(
        self, question: str, option: str, chart: str, label: str, name: str = "", default: str = "", why: str = "",
        **words: str,
    ) -> str:  # fmt: skip
        """Return the chosen value of a question's option, from the address; the card of `chart` offers it.

        `name`: what it is called in the address, where another question of the page has an option of the same name.
        `words`: value -> how it is written; for an option that takes any text they are the values, the default first.
        `default`: the value that is meant while nothing was chosen, where not the first; `why` says why it is.
        """
        choices, name = catalogue.questions()[question].options[option] or tuple(words), name or option
        default = default or choices[0]
        requested = (address.read().get(name) or [default])[-1]
        value = requested if requested in choices else default
        reason = why if value == default else ""
        self.choices.append(Choice(chart, name, label, choices, value, words, default=default, why=reason))
        return value

    def dimension(self, without: str, *charts: str) -> str:
        """Return the chosen dimension of the accounts, from the address, or "" for none, which is called `without`.

        `charts`: the card that offers it while none is chosen, and the one in its place when one is.
        """
        fields = tuple(name for name, values in answers.dimensions(self.snapshot).items() if len(values) > 1)
        requested = (address.read().get("dimension") or [""])[-1]
        value = requested if requested in fields else ""
        words = {"": without} | {name: f"By {title(name)}" for name in fields}
        if fields:
            self.choices.append(Choice(charts[-1 if value else 0], "dimension", "Shown", ("", *fields), value, words))
        return value

    def show(self, main: Future[Answer], *more_answers: Future[Answer], **options: Unpack[SheetOptions]) -> None:
        """Show the answers as one page: sentence and figures of the first, the charts of all, one table.

        `options`: see `show.PageContent`; the table is that of `main` where none is given. What a click on a mark opens
        is listed in `marks.OPENINGS`.
        """
        definitions = self.snapshot.warehouse.definitions
        table, lines = options.get("table", main), options.get("lines")
        show(
            PageContent(
                self.page.title,
                main.result(),
                tuple(answer.result() for answer in more_answers),
                table.result(),
                heading=options.get("heading", ""),
                figures=options.get("figures", ()),
                figure_pages=options.get("figure_pages", {}),
                charts=options.get("charts", ()),
                choices=tuple(self.choices),
                lines=(lines[0].result(), lines[1]) if lines else None,
                definitions=definitions,
                marks=self.marks([main.result(), *(answer.result() for answer in more_answers)]),
                row_body=self.account_row,
                row_links=self.row_links,
                settings=options.get("settings", {}),
                above_table=options.get("above_table"),
            )
        )

    def account_row(self, row: Mapping[str, Any]) -> Markup | None:
        """Return the essentials of a row's account, for the drawer; None where the row has no account."""
        account_id = row.get("account_id")
        return account_essentials(self.snapshot, self.scope, account_id) if account_id else None

    def row_links(self, row: Mapping[str, Any]) -> list[DrawerLink]:
        """Return the links of a row: to the roadmap for a topic or a question of users, to its form for a goal."""
        if row.get("goal"):
            edit = address.link("alignment", edit=str(row["goal"]))
            return [DrawerLink("Edit goal", edit)] if may(Right.DECIDE) else []
        topic = "" if row.get("item") else row.get("topic")
        link = topic_link(self.snapshot, topic, str(row.get("fix") or "")) if topic else None
        return [link] if link else []

    def marks(self, shown_answers: Sequence[Answer]) -> dict[str, ChartMarks]:
        """Return what the marks of the charts open, by the name of the chart."""
        scope = self.scope.resolved(self.snapshot.warehouse.newest_day())
        options = {key.question: dict(key.options) for key in self.requests}
        marks = {
            chart.name: marks_of(
                answer.question, chart, MarkContext(self.snapshot, chart, scope, options.get(answer.question, {}))
            )
            for answer in shown_answers
            for chart in answer.charts
        }
        return {name: opened for name, opened in marks.items() if opened}


@contextmanager
def page(declaration: Page) -> Iterator[View]:
    """Guard a page and give it its view; while nothing is loaded the first steps are offered instead."""
    with PREFETCH.page():
        view = version = None
        with guarded():
            version = session.current_version()
            if version is None:
                welcome()
            else:
                snapshot = session.Snapshot.of(version)
                link_banner(version)
                view = View(declaration, snapshot, scope_bar(version, snapshot, view_links(declaration)))
                if reader().sees_all:  # a copy has what its source has
                    derive_in_background(session.workspace(), version)
        if view is None or version is None:  # the reason is on the page
            st.stop()
        with guarded(), offering_pins():
            yield view
        with guarded():
            share_drawer(declaration, view.scope, version)
            save_drawer(declaration)
            pin_drawer(view.requests)
    scopes = adjacent_scopes(view.scope, answers.dimensions(view.snapshot))
    PREFETCH.request([replace(key, scope=scope) for scope in scopes for key in view.requests])
