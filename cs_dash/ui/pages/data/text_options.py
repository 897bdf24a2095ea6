"""Encoding and delimiter of a text file, editable by the reader."""

from __future__ import annotations

import streamlit as st

from cs_dash.intake.formats import delimited, encodings
from cs_dash.intake.results.layouts import TextFormat
from cs_dash.ui.components import controls
from cs_dash.ui.pages.data.sheet_options import AUTOMATIC
from cs_dash.ui.state import pending_uploads

ENCODINGS = (
    "utf-8", "utf-16", "cp1252", "iso8859-1", "iso8859-15", "cp1250", "cp1251", "koi8-r", "cp1253", "cp1254", "cp1255",
    "cp1256", "gb18030", "big5", "shift_jis", "cp949", "mac-roman", "cp437", "cp850", "cp866",
)  # fmt: skip
"""Encodings that exports come in; what a file was read as is offered too."""


def text_options(text: TextFormat, key: str) -> None:
    """Offer the encoding and the sign between the cells of a text file; a choice is looked at at once."""
    titles = {encodings.title(encoding): encoding for encoding in (text.encoding, *ENCODINGS)}
    _choice("Encoding", titles, encodings.title(text.encoding), text, "encoding", f"{key}_encoding",
            "Choose another one if letters look wrong.")  # fmt: skip
    signs = {sign: name.capitalize() for name, sign in delimited.DELIMITERS.items()}
    current = signs.setdefault(text.delimiter, f"“{text.delimiter}”")
    values = {title: sign for sign, title in signs.items()}
    _choice("Delimiter", values, current, text, "delimiter", f"{key}_delimiter",
            "The character between cells: choose another one if cells are split in the wrong place.")  # fmt: skip


def _choice(
    label: str, values: dict[str, str], current: str, text: TextFormat, option: str, key: str, help_text: str
) -> None:
    def decide() -> None:
        pending_uploads.decide(text.columns, options={option: values.get(st.session_state[key], "")})

    titles = [AUTOMATIC, *values]
    controls.selectbox(label, titles, titles.index(current), key=key, width=170, help=help_text, on_change=decide)
