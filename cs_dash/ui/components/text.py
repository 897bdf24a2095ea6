"""Text for the screen: everything that comes from data is escaped, figures between ** are set bold."""

from __future__ import annotations

import html
import re

import streamlit as st

from cs_dash.look.locales import convention

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def escaped(text: str) -> str:
    """Return text for use in HTML, in an attribute too: an account's name may hold anything."""
    return html.escape(text, quote=True)


def rich(text: str) -> str:
    """Return a sentence as HTML with its figures, between **, in bold and everything else as it stands."""
    return _BOLD.sub(r"<b>\1</b>", escaped(text))


def plain_markdown(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it stands: for labels and help made from data."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=])", r"\\\1", text)


def locale() -> str:
    """Return the viewer's language, English where the browser does not say."""
    language = st.context.locale or "en"
    return "en" if convention(language) == convention("en") else language
