"""HTML of our own on the screen. All of it comes from templates, which escape what they are given."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from cs_dash.look.open_links import without_closed_pages
from cs_dash.look.templates import Markup, render
from cs_dash.ui.state.reader import open_pages

Width = int | Literal["stretch", "content"]


@dataclass(frozen=True)
class HtmlElement:
    """HTML as Streamlit shows it without looking at it.

    Streamlit takes the indent off every line of a text, which takes longer than all the rest of a long page, and looks
    whether a short one names a file; of an object that gives its own HTML it does neither.
    """

    body: str

    def _repr_html_(self) -> str:
        return self.body


def html(body: Markup, *, width: Width = "stretch") -> None:
    """Show what a template rendered, without links to pages that its reader may not open; scripts in it do not run."""
    st.html(HtmlElement(without_closed_pages(body, open_pages())), width=width)


def note(text: str, *, width: Width = "stretch", role: str = "") -> None:
    """Show a grey line; `role`: what it is to a screen reader."""
    html(render("components/note.html", text=text, role=role), width=width)


def note_lines(lines: Sequence[str]) -> None:
    """Show grey lines as one element."""
    html(render("components/note_lines.html", lines=lines))


def message(text: str, more: str = "", *, width: Width = "stretch") -> None:
    """Show what was just done, with its main words in bold."""
    html(render("components/message.html", text=text, more=more), width=width)


def heading(text: str) -> None:
    """Show a heading of the second level."""
    html(render("components/heading.html", text=text))


def section_head(title: str, text: str) -> None:
    """Show a heading with a grey line below it."""
    html(render("components/section_head.html", title=title, note=text))


def table_head(title: str, text: str) -> None:
    """Show a heading with a grey remark next to it."""
    html(render("components/table_head.html", title=title, note=text))


def one_place() -> AbstractContextManager[object]:
    """Return a container for what comes and goes; it takes one place on the page, also while nothing is in it.

    Streamlit knows a fragment by its place among the elements around it. Where that moves between two runs, a click
    that was made meanwhile names a fragment that is no longer there, and nothing runs for it.
    """
    return st.container()
