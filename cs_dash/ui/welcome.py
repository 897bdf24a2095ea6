"""The first page: two ways in. Shown on every page while nothing is loaded."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import streamlit as st

from cs_dash import build
from cs_dash.errors import NoData
from cs_dash.ui import session
from cs_dash.ui.guard import guarded
from cs_dash.ui.places import place
from cs_dash.ui.progress import telling

DEMO = Path(__file__).resolve().parents[2] / "data"
TRY = "Try the demo company"
TABULAR = (".csv", ".xlsx")


def welcome() -> None:
    """Offer the demo company and the upload."""
    with st.container(key="welcome"):
        st.html(
            "<h1>Who is well, who stays, why the others leave</h1>"
            '<p class="cs-says">Drop the spreadsheets your systems export, accounts, subscriptions, usage, tickets, '
            "cancellations, and read the answers a minute later. Everything stays on this machine, and every load can "
            "be undone.</p>"
        )
        with st.container(horizontal=True, gap="small"):
            tried = st.button(TRY, type="primary", key="try_demo")
            if st.button("Upload your files", key="upload_files"):
                st.switch_page(place("data"))
        st.html(
            '<p class="note">The demo company is invented: some 400 customers over three years, with their '
            "subscriptions, usage, tickets and the reasons why some of them left.</p>"
        )
        if tried:
            load_and_show()


def demo_button() -> None:
    """Offer the demo company where the upload is the main thing."""
    if st.button(TRY, key="try_demo"):
        load_and_show()


def load_and_show() -> None:
    """Load the demo company and go to the first page."""
    with guarded():
        load_demo()
        st.switch_page(place("overview"))


def load_demo() -> None:
    """Load the demo company's files, telling how far it is. Raises NoData when they are not there."""
    files = sorted(file for file in DEMO.iterdir() if file.suffix in TABULAR) if DEMO.is_dir() else []
    if not files:
        raise NoData(
            "No demo company",
            "Could not load the demo company because its files are not there.",
            "Make them with: python -m cs_dash demo data",
        )
    with telling("Opening the files") as progress, ExitStack() as stack:
        build.load(
            session.workspace(),
            [(file.name, stack.enter_context(file.open("rb"))) for file in files],
            progress=progress,
        )
