"""HTML of our own on the screen."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

import streamlit as st


@dataclass(frozen=True)
class Markup:
    """HTML as it is to be shown.

    Streamlit takes the indent off every line of a text that it is given, which takes longer than all the rest of a long
    page, and looks whether a short one names a file; of an object that says its own HTML it does neither.
    """

    body: str

    def _repr_html_(self) -> str:
        return self.body


def html(body: str, *, width: int | Literal["stretch", "content"] = "stretch", scripts: bool = False) -> None:
    """Show HTML in which everything that comes from data is escaped already; `scripts`: run those in it."""
    st.html(Markup(body), width=width, unsafe_allow_javascript=scripts)


def one_place() -> AbstractContextManager[object]:
    """Return a container for what comes and goes; it takes one place on the page, also while nothing is in it.

    Streamlit knows a fragment by its place among the elements around it. Where that moves between two runs, a click
    that was made meanwhile names a fragment that is no longer there, and nothing runs for it.
    """
    return st.container()
