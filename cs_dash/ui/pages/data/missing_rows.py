"""Rows of the previous file that are missing from the new one: keep them, or remove them?"""

from __future__ import annotations

import streamlit as st

from cs_dash.intake.results.layouts import signature
from cs_dash.intake.results.reports import MissingRows
from cs_dash.look import words
from cs_dash.pipeline import LoadReport
from cs_dash.schema.tables import TABLES
from cs_dash.ui.components import controls
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import keys, pending_uploads

KEEP, GONE = "Not exported: keep them", "Removed: delete them"
KEPT, REMOVED = "keep", "gone"


def ask_missing_rows(preview: LoadReport) -> None:
    """Ask, once per kind of sheet, what to do with rows that the new edition does not have."""
    look = st.session_state.get(keys.PREVIEW_GENERATION, 0)
    answered = {missing.columns for missing in pending_uploads.decided_layouts() if "missing" in missing.options}
    for columns in dict.fromkeys(missing.columns for missing in preview.lacking):
        of_sheet = [missing for missing in preview.lacking if missing.columns == columns]
        if not any(missing.open for missing in of_sheet) and columns not in answered:
            continue
        key = f"missing_{signature(columns)}_{look}"
        controls.radio(
            " ".join(question(missing) for missing in of_sheet),
            (KEEP, GONE),
            index=int(of_sheet[0].gone),
            horizontal=True,
            key=key,
            on_change=_decide,
            args=(columns, key),
        )


def _decide(columns: tuple[str, ...], key: str) -> None:
    pending_uploads.decide(columns, options={"missing": REMOVED if st.session_state[key] == GONE else KEPT})


def question(missing: MissingRows) -> str:
    """Return what is asked: "2 of 14 accounts from the previous file are not in this one (A, B). Not exported ...?"."""
    title = TABLES[missing.table].noun
    examples = ", ".join(missing.examples) + (" …" if missing.rows > len(missing.examples) else "")
    rows = words.count(missing.rows, locale())
    before = words.count(missing.rows + missing.again, locale())
    are = "is" if missing.rows == 1 else "are"
    return (
        f"{rows} of {before} {title} from the previous file {are} not in this one ({examples}). Not exported, or"
        " removed?"
    )
