"""Files come in: kept on disk at once, read for a first look, and loaded with one click."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

import streamlit as st

from cs_dash import pipeline
from cs_dash.intake.results.layouts import Layout
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.pipeline import Upload
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import heading, html, message
from cs_dash.ui.components.navigation import page_at
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.background import run_in_background
from cs_dash.ui.jobs.progress import progress_bar
from cs_dash.ui.pages.data.last_load import last_load
from cs_dash.ui.pages.data.missing_rows import ask_missing_rows
from cs_dash.ui.pages.data.report import report_of
from cs_dash.ui.pages.data.what_changed import changes_sentence
from cs_dash.ui.server.upload_stream import StreamedUpload, streamed_upload
from cs_dash.ui.state import keys, pending_uploads, session


def upload() -> None:
    """Show the uploader; after a drop, the preview; after a load, its result."""
    files = controls.file_uploader(
        "Drop your files here: Excel, CSV, OpenDocument, Parquet, JSON or a zip of them, several at once",
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get(keys.UPLOADER_GENERATION, 0)}",
    )
    if files:
        with guarded():
            pending_uploads.set_pending([_stored(streamed_upload(file)) for file in files])
            # A new uploader, since this one goes on giving the files that are kept now.
            st.session_state[keys.UPLOADER_GENERATION] = st.session_state.get(keys.UPLOADER_GENERATION, 0) + 1
            st.rerun()
    place = st.empty()  # always sent, so that the message does not stay while the next load runs
    if st.session_state.pop(keys.WORK_STOPPED, False) and keys.LOAD_REPORT not in st.session_state:
        with place:
            message("Cancelled.", "Nothing was changed.")
    with guarded():
        if pending_uploads.pending():
            _preview(pending_uploads.pending())
        elif keys.LOAD_REPORT in st.session_state:
            _result(st.session_state[keys.LOAD_REPORT])


def _stored(file: StreamedUpload) -> Upload:
    with file.content:
        return pipeline.store_upload(session.workspace(), file.name, file.content)


def load(uploads: Sequence[Upload], decided: Sequence[Layout], *, dry_run: bool) -> pipeline.LoadReport:
    """Load stored uploads with a progress bar; a dry run publishes nothing."""
    late_reports: list[pipeline.LoadReport] = []

    def stopped() -> None:
        """A first look that is stopped leaves nothing to decide on; a stopped load leaves the first look as it was."""
        if dry_run:
            pending_uploads.forget()
        elif late_reports:
            _loaded(late_reports[0])

    key = "cancel_look" if dry_run else "cancel_load"
    with progress_bar("Opening the files", stopped, key) as progress, ExitStack() as stack:
        workspace = session.workspace()
        files = [(upload.name, stack.enter_context(upload.path.open("rb"))) for upload in uploads]
        options = _options()
        return run_in_background(
            lambda tell: pipeline.load(
                workspace, files, options=options, decided=decided, dry_run=dry_run, progress=tell
            ),
            progress,
            late_reports.append,
        )


def _options() -> dict[str, str]:
    password = st.session_state.get(keys.UPLOAD_PASSWORD)
    return {"password": password} if password else {}


def _loaded(report: pipeline.LoadReport) -> None:
    st.session_state[keys.LOAD_REPORT] = report
    pending_uploads.forget()


def _preview(uploads: Sequence[Upload]) -> None:
    """Show what a load would do, with the one button that does it."""
    if keys.LOAD_PREVIEW not in st.session_state:
        st.session_state[keys.LOAD_PREVIEW] = load(uploads, pending_uploads.decided_layouts(), dry_run=True)
    preview: pipeline.LoadReport = st.session_state[keys.LOAD_PREVIEW]
    with st.container(border=True, key="looked"):
        files = words.plural(len(uploads), "file", locale=locale())
        heading(f"{files}, {words.plural(preview.sheet_rows, 'row', locale=locale())} read. Load them?")
        buttons = st.empty()
        with buttons.container(horizontal=True, gap="small"):
            confirmed = controls.button("Load", type="primary", key="load", disabled=not preview.usable)
            if controls.button("Cancel", key="leave", type="tertiary"):
                pending_uploads.forget()
                st.rerun()
        if confirmed:
            buttons.empty()  # while it is loaded there is one thing to cancel
            _loaded(load(uploads, pending_uploads.confirmed_layouts(preview), dry_run=False))
            st.rerun()
        _ask_password(preview)
        ask_missing_rows(preview)
        report_of(preview, uploads, key="looked", editable=True, options=_options())


def _ask_password(preview: pipeline.LoadReport) -> None:
    """Ask for the password of the files that need one; it is remembered until they are loaded, and kept nowhere."""
    if not any(sheet.asks == "password" for sheet in preview.ignored):
        return
    with st.form("password", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        password = controls.text_input("Password of the protected files", type="password", width=320)
        opened = controls.form_submit_button("Open")
    if opened and password:
        st.session_state[keys.UPLOAD_PASSWORD] = password
        pending_uploads.discard_preview()
        st.rerun()


def _result(report: pipeline.LoadReport) -> None:
    if report.version is None:
        message("Nothing new.", "All rows are already loaded.")
        return
    changed = words.plural(report.changed, "row", locale=locale())
    message(
        f"Version {report.version} is now current.",
        f"{changed} added or changed in {words.number(report.seconds, 1, locale())} s.",
    )
    version = session.current_version()
    if version is not None and version.number == report.version:
        with guarded():
            snapshot = session.Snapshot.of(version)
            changes = changes_sentence(version, snapshot)  # first: what can be clicked is there when all is
            last_load(version, snapshot)
            html(render("data/changes_sentence.html", text=changes))
    if controls.button("See the answers", type="primary", key="see_answers"):
        st.switch_page(page_at("overview"))
