"""Uploads that wait to be loaded: the files, their preview, and what the reader decided about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cs_dash.intake.results import layouts
from cs_dash.intake.results.layouts import Layout
from cs_dash.pipeline import LoadReport, Upload
from cs_dash.ui.state import keys

SURE = 0.6
"""Below this confidence a column is a question, not a statement."""


def pending() -> tuple[Upload, ...]:
    """Return the pending uploads."""
    uploads: tuple[Upload, ...] = st.session_state.get(keys.PENDING_UPLOADS, ())
    return uploads


def set_pending(files: Sequence[Upload]) -> None:
    """Make these files the pending uploads."""
    forget()
    st.session_state.pop(keys.LOAD_REPORT, None)
    st.session_state[keys.PENDING_UPLOADS] = tuple(files)


def forget() -> None:
    """Forget the pending uploads, their password and decisions; the files stay on disk."""
    for name in (keys.PENDING_UPLOADS, keys.LOAD_PREVIEW, keys.UPLOAD_PASSWORD, keys.UPLOAD_LAYOUTS):
        st.session_state.pop(name, None)


def discard_preview() -> None:
    """Discard the preview, so that the files are read again."""
    st.session_state.pop(keys.LOAD_PREVIEW, None)
    st.session_state[keys.PREVIEW_GENERATION] = st.session_state.get(keys.PREVIEW_GENERATION, 0) + 1


def decide(
    columns: Sequence[str],
    table: str | None = None,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
) -> None:
    """Record a decision about the sheets with these columns, and preview again. See `layouts.Layout`."""
    layout = Layout(tuple(columns), table, dict(mapping or {}), dict(options or {}))
    st.session_state[keys.UPLOAD_LAYOUTS] = layouts.merged_layouts((*decided_layouts(), layout))
    discard_preview()


def decided_layouts() -> tuple[Layout, ...]:
    """Return the decisions about the pending uploads so far."""
    decisions: tuple[Layout, ...] = st.session_state.get(keys.UPLOAD_LAYOUTS, ())
    return decisions


def confirmed_layouts(preview: LoadReport) -> tuple[Layout, ...]:
    """Return the decisions of a reader who loads now: explicit ones, and every doubt shown and left unchanged."""
    confirmations = []
    for sheet in preview.files:
        columns = tuple(name for name, _ in sheet.columns)
        doubtful = {column.column: column.field for column in sheet.mapped if column.confidence < SURE}
        answered = {column.option: column.answers[0][0] for column in sheet.mapped if column.question}
        if columns and (doubtful or answered):
            confirmations.append(Layout(columns, sheet.table if doubtful else None, doubtful, answered))
    confirmations += [
        Layout(column.columns, None, {}, {"missing": "keep"}) for column in preview.lacking if column.open
    ]
    return layouts.merged_layouts((*confirmations, *decided_layouts()))
