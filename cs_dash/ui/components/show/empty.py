"""The empty state: what is missing, which file brings it, and the two ways on."""

from __future__ import annotations

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.schema.tables import TABLES
from cs_dash.ui.components.html import html
from cs_dash.ui.components.navigation import page_at
from cs_dash.ui.components.text import escaped


def empty(answer: Answer) -> None:
    """Say what an answer lacks and offer the upload."""
    lines = []
    for name in answer.missing_tables:
        table = TABLES[name]
        needed = [field.label for field in table.mapped if field.required] or [table.mapped[0].label]
        fields = ", ".join(dict.fromkeys([*needed, *(f.label for f in table.mapped[1:6])]))
        lines.append(
            f"<li><b>{escaped(table.title)}</b>: {escaped(table.help)}"
            f'<span class="note">A sheet with columns such as {escaped(fields)}.</span></li>'
        )
    html(f'<div class="cs-empty"><p>What would answer this:</p><ul>{"".join(lines)}</ul></div>')
    st.page_link(page_at("data"), label="Upload files")
