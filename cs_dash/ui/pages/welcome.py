"""The start page: demo company or upload. Shown on every page while nothing is loaded."""

from __future__ import annotations

import streamlit as st

from cs_dash.look.templates import render
from cs_dash.sharing import Right
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.navigation import page_at
from cs_dash.ui.pages.data.demo import load_demo
from cs_dash.ui.state.reader import may

TRY = "Try the demo company"
TITLE = "Customer health, retention and churn in one place"
INTRODUCTION = (
    "Drop the spreadsheets your systems export (accounts, subscriptions, usage, tickets, churn). A minute later you "
    "see which accounts are at risk, how revenue is retained, why customers leave and what they ask for. All data "
    "stay on this machine, and every load can be undone."
)
NOTHING_LOADED = "Nothing is loaded yet. The pages fill as soon as an admin or a CS leader loads data."
PICTURE = "The overview of the demo company: retention, accounts at risk, what changed, and charts"


def welcome() -> None:
    """Offer the demo company and the upload, beside a picture of what one gets; to who may load."""
    if not may(Right.LOAD):
        html(render("components/title.html", title=TITLE, text=NOTHING_LOADED))
        return
    with st.container(key="welcome"):
        html(render("components/title.html", title=TITLE, text=INTRODUCTION))
        with st.container(horizontal=True, gap="small"):
            tried = controls.button(TRY, type="primary", key="try_demo")
            if controls.button("Upload your files", key="upload_files"):
                st.switch_page(page_at("upload"))
        html(render("components/welcome_picture.html", alt=PICTURE))
        note(
            "The demo company is fictional: about 400 customers over three years, with subscriptions, usage, tickets "
            "and churn reasons."
        )
        if tried:
            load_and_show()


def demo_button() -> None:
    """Offer the demo company where the upload is the main thing."""
    if controls.button(TRY, key="try_demo"):
        load_and_show()


def load_and_show() -> None:
    """Load the demo company and go to the first page."""
    with guarded():
        load_demo()
        st.switch_page(page_at("overview"))
