"""Files come in: kept on disk at once, read for a first look, and loaded with one click."""

from __future__ import annotations

from contextlib import ExitStack

import streamlit as st

from cs_dash import build
from cs_dash.look import words
from cs_dash.store.workspace import Upload
from cs_dash.ui import session
from cs_dash.ui.aside import aside
from cs_dash.ui.guard import guarded
from cs_dash.ui.markup import html
from cs_dash.ui.progress import STOPPED, telling
from cs_dash.ui.report import report_of
from cs_dash.ui.text import escaped, locale

ROUND = "cs_dash.upload_round"
KEPT = "cs_dash.kept"
LOOKED = "cs_dash.looked"
PASSWORD = "cs_dash.password"
DONE = "cs_dash.load_done"


def upload() -> None:
    """Show the place to drop files; after a drop, what would be loaded; after a load, what became of it."""
    given = st.file_uploader(
        "Drop your files here: Excel, CSV, OpenDocument, Parquet, JSON or a zip of them, several at once",
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get(ROUND, 0)}",
    )
    if given:
        with guarded():
            workspace = session.workspace()
            st.session_state[KEPT] = tuple(workspace.keep(file.name, file) for file in given)
            st.session_state.pop(LOOKED, None)
            st.session_state.pop(DONE, None)
            # The uploader's copy lies in the server's memory: a new uploader lets go of it.
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
            st.rerun()
    kept: tuple[Upload, ...] = st.session_state.get(KEPT, ())
    place = st.empty()  # always sent, so that the words do not stay while the next load runs
    if st.session_state.pop(STOPPED, False) and DONE not in st.session_state:
        with place:
            html('<div class="cs-told" role="status"><b>Cancelled.</b> Nothing was changed.</div>')
    with guarded():
        if kept:
            _look(kept)
        elif DONE in st.session_state:
            _done(st.session_state[DONE])


def load(kept: tuple[Upload, ...], *, dry_run: bool) -> build.LoadReport:
    """Load kept files, telling how far it is; a dry run publishes nothing."""
    password = st.session_state.get(PASSWORD)
    late: list[build.LoadReport] = []

    def stopped() -> None:
        """A first look that is stopped leaves nothing to decide on; a stopped load leaves the first look as it was."""
        if dry_run:
            forget()
        elif late:
            _loaded(late[0])

    with telling("Opening the files", stopped) as progress, ExitStack() as stack:
        workspace = session.workspace()
        files = [(each.name, stack.enter_context(each.path.open("rb"))) for each in kept]
        options = {"password": password} if password else {}
        return aside(
            lambda tell: build.load(workspace, files, options=options, dry_run=dry_run, progress=tell),
            progress,
            late.append,
        )


def _loaded(report: build.LoadReport) -> None:
    st.session_state[DONE] = report
    forget()


def _look(kept: tuple[Upload, ...]) -> None:
    """Show what a load would do, with the one button that does it."""
    if LOOKED not in st.session_state:
        st.session_state[LOOKED] = load(kept, dry_run=True)
    looked: build.LoadReport = st.session_state[LOOKED]
    with st.container(border=True, key="looked"):
        rows = sum(sheet.read for sheet in looked.files)
        files = words.plural(len(kept), "file", locale=locale())
        html(f"<h2>{escaped(files)}, {escaped(words.plural(rows, 'row', locale=locale()))} read. Load them?</h2>")
        with st.container(horizontal=True, gap="small"):
            wanted = st.button("Load", type="primary", key="load", disabled=not looked.usable)
            if st.button("Leave it", key="leave", type="tertiary"):
                forget()
                st.rerun()
        if wanted:
            _loaded(load(kept, dry_run=False))
            st.rerun()
        _ask_password(looked)
        report_of(looked, kept, key="looked")


def _ask_password(looked: build.LoadReport) -> None:
    """Ask for the password of the files that need one; it is remembered until they are loaded, and kept nowhere."""
    if not any(each.asks == "password" for each in looked.ignored):
        return
    with st.form("password", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        given = st.text_input("Password of the locked files", type="password", width=320)
        opened = st.form_submit_button("Open")
    if opened and given:
        st.session_state[PASSWORD] = given
        st.session_state.pop(LOOKED, None)
        st.rerun()


def forget() -> None:
    """Forget the files that wait and their password; the files stay kept on disk."""
    for name in (KEPT, LOOKED, PASSWORD):
        st.session_state.pop(name, None)


def _done(report: build.LoadReport) -> None:
    if report.version is None:
        html('<div class="cs-told" role="status"><b>Nothing new.</b> Every row is there already.</div>')
        return
    changed = words.plural(report.changed, "row", locale=locale())
    html(
        f'<div class="cs-told" role="status"><b>Version {report.version} is shown now.</b> {escaped(changed)} '
        f"came in or changed, in {words.number(report.seconds, 1, locale())} s.</div>"
    )
