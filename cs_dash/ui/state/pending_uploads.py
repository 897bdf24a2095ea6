"""The files that wait to be loaded: which they are, what a first look found, and what the reader said about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cs_dash.intake.results import layouts
from cs_dash.intake.results.layouts import Layout
from cs_dash.pipeline import LoadReport, Upload
from cs_dash.ui.state import keys

SURE = 0.6
"""Below this confidence a column is a question, not a statement."""


def kept() -> tuple[Upload, ...]:
    """Return the files that wait."""
    found: tuple[Upload, ...] = st.session_state.get(keys.PENDING_UPLOADS, ())
    return found


def wait(files: Sequence[Upload]) -> None:
    """Have these files wait."""
    forget()
    st.session_state.pop(keys.LOAD_REPORT, None)
    st.session_state[keys.PENDING_UPLOADS] = tuple(files)


def forget() -> None:
    """Forget the files that wait, their password and what was said about them; the files stay kept on disk."""
    for name in (keys.PENDING_UPLOADS, keys.LOAD_PREVIEW, keys.UPLOAD_PASSWORD, keys.UPLOAD_LAYOUTS):
        st.session_state.pop(name, None)


def look_again() -> None:
    """Have the files looked at anew."""
    st.session_state.pop(keys.LOAD_PREVIEW, None)
    st.session_state[keys.PREVIEW_GENERATION] = st.session_state.get(keys.PREVIEW_GENERATION, 0) + 1


def decide(
    columns: Sequence[str],
    table: str | None = None,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
) -> None:
    """Note what the reader says about the sheets with these columns, and look again. See `layouts.Layout`."""
    said = Layout(tuple(columns), table, dict(mapping or {}), dict(options or {}))
    st.session_state[keys.UPLOAD_LAYOUTS] = layouts.merged_layouts((*decided(), said))
    look_again()


def decided() -> tuple[Layout, ...]:
    """Return what the reader said so far about the files that wait."""
    found: tuple[Layout, ...] = st.session_state.get(keys.UPLOAD_LAYOUTS, ())
    return found


def confirmed(looked: LoadReport) -> tuple[Layout, ...]:
    """Return what a reader who loads now has decided: what was said, and every doubt that was shown and let stand."""
    found = []
    for sheet in looked.files:
        columns = tuple(name for name, _ in sheet.columns)
        doubtful = {each.column: each.field for each in sheet.mapped if each.confidence < SURE}
        answered = {each.option: each.answers[0][0] for each in sheet.mapped if each.question}
        if columns and (doubtful or answered):
            found.append(Layout(columns, sheet.table if doubtful else None, doubtful, answered))
    found += [Layout(each.columns, None, {}, {"missing": "keep"}) for each in looked.lacking if each.open]
    return layouts.merged_layouts((*found, *decided()))
