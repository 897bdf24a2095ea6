"""The empty state: the tables an answer needs, and the link to the upload."""

from __future__ import annotations

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.look.templates import render
from cs_dash.schema.tables import TABLES
from cs_dash.ui.components.html import html
from cs_dash.ui.components.navigation import page_link


def empty(answer: Answer) -> None:
    """List the tables that an answer needs and offer the upload."""
    tables = []
    for name in answer.missing_tables:
        table = TABLES[name]
        needed = [field.label for field in table.mapped if field.required] or [table.mapped[0].label]
        fields = dict.fromkeys([*needed, *(field.label for field in table.mapped[1:6])])
        tables.append({"title": table.title, "help": table.help, "fields": ", ".join(fields)})
    html(render("components/empty.html", tables=tables))
    with st.container(key="way_on"):
        page_link("upload", "Upload files")
