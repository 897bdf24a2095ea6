"""What every page begins with: the guard, what is loaded, and the scope bar.

with page() as view:
    view.show(view.ask("retention.summary"), ...)
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.ui import address, ask, session
from cs_dash.ui.ahead import AHEAD
from cs_dash.ui.guard import guarded
from cs_dash.ui.offered import next_scopes
from cs_dash.ui.scope_bar import scope_bar
from cs_dash.ui.show import Choice, Sheet, show
from cs_dash.ui.text import locale
from cs_dash.ui.welcome import welcome


class Rest(TypedDict, total=False):
    """What a page may say about its sheet; see `show.Sheet`."""

    table: Future[Answer]
    heading: str
    figures: tuple[str, ...]
    charts: tuple[str, ...]
    lines: tuple[Future[Answer], str]


@dataclass(frozen=True)
class View:
    """One look at one version: what a page asks with.

    Attributes:
        reading: the version that is shown.
        scope: what is looked at, from the address.
        choices: what the reader can choose on this page.
        asked: what was asked on this page.
    """

    reading: session.Reading
    scope: Scope
    choices: list[Choice] = field(default_factory=list)
    asked: list[ask.Wanted] = field(default_factory=list)

    def ask(self, question: str, **options: str) -> Future[Answer]:
        """Ask `question` in this scope and go on; `show` waits for the answer."""
        wanted = ask.Wanted.of(locale(), self.reading, question, self.scope, options)
        self.asked.append(wanted)
        return ask.aside(wanted)

    def choice(self, question: str, option: str, chart: str, label: str, **words: str) -> str:
        """Return the chosen value of a question's option, from the address; the card of `chart` offers it.

        `words`: value -> how it is written; for an option that takes any text they are the values, the default first.
        """
        choices = catalogue.questions()[question].options[option] or tuple(words)
        asked = (address.read().get(option) or [choices[0]])[-1]
        value = asked if asked in choices else choices[0]
        self.choices.append(Choice(chart, option, label, choices, value, words))
        return value

    def show(self, title: str, main: Future[Answer], *others: Future[Answer], **rest: Unpack[Rest]) -> None:
        """Show the answers as one page: sentence and figures of the first, the charts of all, one table.

        `rest`: see `show.Sheet`; the table is that of `main` where none is given.
        """
        definitions = self.reading.warehouse.definitions
        table, lines = rest.get("table", main), rest.get("lines")
        show(
            Sheet(
                title,
                main.result(),
                tuple(each.result() for each in others),
                table.result(),
                heading=rest.get("heading", ""),
                figures=rest.get("figures", ()),
                charts=rest.get("charts", ()),
                choices=tuple(self.choices),
                lines=(lines[0].result(), lines[1]) if lines else None,
                definitions=definitions,
            )
        )


@contextmanager
def page() -> Iterator[View]:
    """Guard a page and give it what it looks at; with nothing loaded the first steps are offered instead."""
    with AHEAD.page():
        view = None
        with guarded():
            shown = session.version()
            if shown is None:
                welcome()
            else:
                reading = session.Reading.of(shown)
                view = View(reading, scope_bar(shown, reading))
        if view is None:  # said why
            st.stop()
        with guarded():
            yield view
    scopes = next_scopes(view.scope, ask.dimensions(view.reading))
    AHEAD.expect([replace(wanted, scope=scope) for scope in scopes for wanted in view.asked])
