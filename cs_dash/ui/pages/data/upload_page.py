"""The page of uploads: drop files, say what their columns are, load them, and go on to the answers."""

from __future__ import annotations

import streamlit as st

from cs_dash.look.templates import Markup, render
from cs_dash.pipeline import Version
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.pages.data.export_help import export_help
from cs_dash.ui.pages.data.loaded_data import loaded_data
from cs_dash.ui.pages.data.upload import upload
from cs_dash.ui.pages.data.versions import by_whom, moment
from cs_dash.ui.pages.welcome import demo_button
from cs_dash.ui.state import address, keys, pending_uploads, session

EMPTY = "No data yet. Drop your files here, several at once, or start with the demo company."


def upload_page(title: str) -> None:
    """Show the page; it needs no version that can be opened."""
    with guarded():
        version = session.current_version()
        head(title, _headline(version), *([_ways_on()] if version else []))
        upload()
        export_help()
        if version is None:
            demo_button()
        elif not pending_uploads.pending() and keys.LOAD_REPORT not in st.session_state:
            with guarded():
                loaded_data(session.Snapshot.of(version))


def _headline(version: Version | None) -> str:
    if version is None:
        return EMPTY
    made = f"{moment(version.created_at)}{by_whom(version.person)}"
    return f"**Version {version.number}** is shown, made on {made}. New files add to it, newer exports update it."


def _ways_on() -> Markup:
    places = (("data-quality", "Data quality"), ("loads", "Loads: what changed, and undo"))
    return render("data/ways_on.html", links=[(label, address.link(page)) for page, label in places])
