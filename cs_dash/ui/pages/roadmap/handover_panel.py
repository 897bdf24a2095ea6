"""Hand-over: the items as files for the tools where they are built, and their states back from those tools' exports."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import streamlit as st
from streamlit.typing import UploadedFile

from cs_dash import pipeline
from cs_dash.look.templates import render
from cs_dash.look.tracker_files import tracker_file
from cs_dash.sharing import Right
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, message, note_lines, one_place
from cs_dash.ui.pages.page import View
from cs_dash.ui.server.upload_stream import streamed_upload
from cs_dash.ui.state import keys, session
from cs_dash.ui.state.person import person
from cs_dash.ui.state.reader import may

FILES = {
    "jira": ("Download for Jira", "csv"), "linear": ("Download for Linear", "csv"),
    "productboard": ("Download for Productboard", "csv"),
    "csv": ("Download CSV", "csv"), "markdown": ("Download Markdown", "md"),
}  # fmt: skip
"""Form -> what its button says, and the ending of its file."""


def handover_panel(view: View) -> None:
    """Offer the items that are neither shipped nor declined as files, and take in the states of an export."""
    answer = view.ask("roadmap.handover", address=app_address()).result()
    rows = answer.rows.to_pylist()
    with st.container(border=True, key="handover_out"):
        html(
            render(
                "components/chart_title.html",
                title="Hand over",
                note=answer.headline if rows else "No item is pending: all have shipped or were declined.",
            )
        )
        with st.container(horizontal=True):
            for form, (label, ending) in FILES.items() if rows else ():
                controls.download_button(
                    label, partial(tracker_file, rows, form), f"roadmap-{form}.{ending}", key=f"handover_{form}",
                    on_click="ignore",
                )  # fmt: skip
        note_lines(
            [
                "Each row has an address back to its item and a label such as csdash-R-1, which brings its state back.",
                "In Jira, choose the date format yyyy-MM-dd. It assigns owners by e-mail address; others stand in the"
                " description. Linear needs no mapping.",
            ]
        )
    if not may(Right.DECIDE):
        return
    with st.container(border=True, key="handover_back"):
        text = "An item that is done counts as shipped on its release day. A day that was entered here stays."
        html(render("components/chart_title.html", title="Import states", note=text))
        file = controls.file_uploader(
            "Drop an export of Jira, Linear or another tool here: CSV or Excel",
            key=f"handover_upload_{st.session_state.get(keys.HANDOVER_GENERATION, 0)}",
        )
        with one_place():
            if lines := st.session_state.pop(keys.HANDOVER_REPORT, None):
                message(lines[0])
                if lines[1:]:
                    note_lines(lines[1:])
        if file:
            with guarded():
                st.session_state[keys.HANDOVER_REPORT] = _imported(file)
                st.session_state[keys.HANDOVER_GENERATION] = st.session_state.get(keys.HANDOVER_GENERATION, 0) + 1
                st.rerun()


def _imported(file: UploadedFile) -> list[str]:
    """Record the states that a dropped file tells, and return what became of its rows, line by line."""
    upload = streamed_upload(file)
    with upload.content, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{Path(upload.name).suffix}"
        path.write_bytes(upload.content.read())
        return pipeline.import_states(session.workspace(), path, name=upload.name, person=person()).lines()


def app_address() -> str:
    """Return where this reader opened the app: "https://cs.example.com"; "" where the browser does not say."""
    parts = urlsplit(st.context.url or "")
    path = parts.path.rstrip("/").removesuffix("roadmap").rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path, "", "")) if parts.netloc else ""
