"""Text for the screen: the viewer's language, and text that Streamlit's Markdown shows literally."""

from __future__ import annotations

import re

import streamlit as st

from cs_dash.look.locales import convention

_MARKUP = re.compile(r"[\\`*_~\[<$]|&(?=#?\w+;)")
"""What Markdown, HTML and formulas are written with; a backslash before it makes it a letter like any other."""
_REPLACED = re.compile(r"(?<=:)(?=\S)|(?<=www)(?=\.)|(?=@)|(?<=[<>~-])(?=[=>-])|^(?=[#+>=-]|\d+[.)])", re.I)
"""Places inside what is replaced in spite of backslashes: addresses, icons and emoji by name, colours, arrows drawn of
signs; and the start of what would begin a heading or a list."""
_WORD_JOINER = "\u2060"  # has no width, and no line breaks at it


def plain_markdown(text: str) -> str:
    """Return text, on one line, that Streamlit's Markdown shows literally. Only `controls` needs it."""
    return _MARKUP.sub(r"\\\g<0>", _REPLACED.sub(_WORD_JOINER, " ".join(text.split())))


def locale() -> str:
    """Return the viewer's language, English where the browser does not say."""
    language = st.context.locale or "en"
    return "en" if convention(language) == convention("en") else language
