"""The audit trail: newest first, searched by words, to download."""

from __future__ import annotations

import csv
import io

import streamlit as st

from cs_dash.look import words
from cs_dash.look.spreadsheet_text import csv_cell
from cs_dash.look.templates import render
from cs_dash.sharing.audit_trail import COLUMNS, TrailLine, audit_trail
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.versions import moment
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.workspace_folder import whole_workspace

FIND = "find"
"""The words that are looked for, in the address."""
SHOWN = 200


def audit_trail_page(page_title: str) -> None:
    """Show the page."""
    with guarded():
        find = (address.read().get(FIND) or [""])[-1]
        lines = audit_trail(whole_workspace(), find)
        head(page_title, _headline(len(lines), find))
        controls.text_input(
            "Search", find, key=keys.AUDIT_TRAIL_FIND, placeholder="A name, a load, a setting", width=320,
            on_change=_write, max_chars=100,
        )  # fmt: skip
        if not lines:
            note("Nothing was done that these words name." if find else "Nothing is recorded yet.")
            return
        html(render("sharing/trail.html", lines=[_line(line) for line in lines[:SHOWN]]))
        if len(lines) > SHOWN:
            note(f"The newest {SHOWN} of {words.count(len(lines), locale=locale())} lines; the file has all of them.")
        controls.download_button(
            "Download as CSV", lambda: csv_of(lines), "audit-trail.csv", "text/csv", on_click="ignore"
        )


def _headline(count: int, find: str) -> str:
    lines = words.plural(count, "line", locale=locale())
    return (
        f"**{lines}** with these words." if find else f"**{lines}**: who did what, and when. It holds no ticket text."
    )


def _write() -> None:
    address.write_choice(FIND, st.session_state[keys.AUDIT_TRAIL_FIND] or "")


def _line(line: TrailLine) -> dict[str, str]:
    return {"at": moment(line.at), "who": line.who or "–", "what": line.what, "about": line.about}


def csv_of(lines: tuple[TrailLine, ...]) -> bytes:
    """Return the lines as CSV; what a spreadsheet would take for a formula stays text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([csv_cell(cell) for cell in line.row()])
    return out.getvalue().encode()
