"""The content plan, to take along: what to write, rework or build, as a file to fill in."""

from __future__ import annotations

from concurrent.futures import Future

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.look.templates import bold
from cs_dash.ui.components.html import table_head
from cs_dash.ui.components.navigation import page_link
from cs_dash.ui.components.show.table import downloads


def plan_downloads(plan: Future[Answer], questions: Future[Answer]) -> None:
    """Offer the plan as CSV and as a workbook, or the upload where nothing but articles is missing."""
    answer = plan.result()
    if answer.missing_tables == ("articles",) and questions.result().rows.num_rows:
        with st.container(key="way_on_articles"):
            page_link("upload", "Upload help articles")
    if not answer.rows.num_rows:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="content_plan"):
        table_head("Content plan", bold(answer.headline))
        downloads(answer)
