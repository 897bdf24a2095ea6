"""What every page begins with: the guard, what is loaded, and the scope bar.

with page() as view:
    view.show(view.ask("retention.summary"), ...)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.state import Version
from cs_dash.ui import address, ask, session
from cs_dash.ui.guard import guarded
from cs_dash.ui.scope_bar import scope_bar
from cs_dash.ui.show import Sheet, show
from cs_dash.ui.welcome import welcome


@dataclass(frozen=True)
class View:
    """One look at one version: what a page asks with.

    Attributes:
        version: the version that is shown.
        scope: what is looked at, from the address.
    """

    version: Version
    scope: Scope

    def ask(self, question: str, **options: str) -> Answer:
        """Return the answer to `question` in this scope."""
        return ask.ask(self.version, question, self.scope, **options)

    def choice(self, question: str, option: str, label: str, **words: str) -> str:
        """Let the reader choose the value of a question's option; it stands in the address. Returns the value."""
        choices = catalogue.questions()[question].options[option]
        asked = (address.read().get(option) or [choices[0]])[-1]
        value = asked if asked in choices else choices[0]
        key = f"choice_{option}"
        st.session_state[key] = value

        def changed() -> None:
            chosen = st.session_state[key]
            address.write_choice(option, "" if chosen == choices[0] else chosen)

        st.segmented_control(
            label,
            choices,
            format_func=lambda each: words.get(each, each.capitalize()),
            key=key,
            on_change=changed,
            required=True,
        )
        return value

    def show(
        self,
        title: str,
        main: Answer,
        *others: Answer,
        table: Answer | None = None,
        heading: str = "",
        figures: tuple[str, ...] = (),
    ) -> None:
        """Show the answers as one page: sentence and figures of the first, the charts of all, one table."""
        definitions = session.warehouse(self.version).definitions
        show(Sheet(title, main, others, table or main, heading, figures, definitions))


@contextmanager
def page() -> Iterator[View]:
    """Guard a page and give it what it looks at; with nothing loaded the first steps are offered instead."""
    view = None
    with guarded():
        shown = session.version()
        if shown is None:
            welcome()
        else:
            view = View(shown, scope_bar(shown))
    if view is None:  # said why
        st.stop()
    with guarded():
        yield view
