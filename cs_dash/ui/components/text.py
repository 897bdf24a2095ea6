"""Text for the screen: the viewer's language, and text that Streamlit's Markdown shows literally."""

from __future__ import annotations

import re

import streamlit as st

from cs_dash.look.locales import convention


def plain_markdown(text: str) -> str:
    """Return text that Streamlit's Markdown shows literally: for labels and help texts made from data."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=])", r"\\\1", text)


def locale() -> str:
    """Return the viewer's language, English where the browser does not say."""
    language = st.context.locale or "en"
    return "en" if convention(language) == convention("en") else language
