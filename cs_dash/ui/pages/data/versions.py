"""Every load made a version: what changed in it, and the one click that takes the newest back."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from cs_dash import pipeline
from cs_dash.intake.results.reports import matching_summary
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.pipeline import Version
from cs_dash.schema.tables import title_of
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import heading, html
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.progress import progress_bar
from cs_dash.ui.state import session

LISTED = 12


def versions(current: Version | None) -> None:
    """List the versions, newest first, with "Undo" beside the one that is shown."""
    all_versions = pipeline.versions(session.workspace())
    if not all_versions:
        return
    with st.container(key="versions"):
        with st.container(horizontal=True, vertical_alignment="center"):
            heading("Versions")
            again = current is not None and controls.button("Rebuild from uploads", key="rebuild", type="tertiary")
            if current is not None and controls.button(f"Undo version {current.number}", key="undo"):
                with guarded():
                    pipeline.undo(session.workspace())
                    st.rerun()
        if again:
            with guarded(), progress_bar("Rebuilding from uploads") as progress:
                pipeline.rebuild(session.workspace(), progress=progress)
                st.rerun()
        older = len(all_versions) - LISTED
        html(
            render(
                "data/versions.html",
                versions=[_line(version, current) for version in reversed(all_versions[-LISTED:])],
                older=words.plural(older, "older version") if older > 0 else "",
            )
        )


def _line(version: Version, current: Version | None) -> dict[str, object]:
    state = "undone" if version.undone else ("current" if current and current.number == version.number else "")
    return {
        "number": version.number,
        "created": moment(version.created_at),
        "changes": changes_text(version),
        "state": state,
        "undone": version.undone,
    }


def changes_text(version: Version) -> str:
    """Return what a version's load changed: "400 new and 12 changed accounts, 3 new tickets"."""
    if version.summary.get("rebuilt"):
        code = f", in {version.summary['currency']}" if version.summary.get("currency") else ""
        return f"rebuilt from the uploads of {words.plural(version.summary['loads'], 'load', locale=locale())}{code}"
    new: dict[str, int] = {}
    updated: dict[str, int] = {}
    for sheet in version.summary.get("files", []):
        new[sheet["table"]] = new.get(sheet["table"], 0) + sheet["loaded"]
        updated[sheet["table"]] = updated.get(sheet["table"], 0) + sheet["updated"]
    removed: dict[str, int] = version.summary.get("gone", {})
    table_changes = []
    for table in new:
        parts = [f"{words.count(new[table], locale())} new"] if new[table] else []
        parts += [f"{words.count(updated[table], locale())} changed"] if updated[table] else []
        parts += [f"{words.count(removed[table], locale())} removed"] if table in removed else []
        if parts:
            table_changes.append(f"{title_of(table)}: {' and '.join(parts)}")
    return "; ".join(table_changes) or matching_summary(version.summary, locale()) or "nothing new"


def moment(at: dt.datetime) -> str:
    """Return a moment in the viewer's time zone, or in UTC if the browser does not name one."""
    try:
        zone: dt.tzinfo = ZoneInfo(st.context.timezone) if st.context.timezone else dt.UTC
    except (ZoneInfoNotFoundError, ValueError):
        zone = dt.UTC
    local = at.astimezone(zone)
    return f"{words.date(local.date(), locale())}, {local:%H:%M}{'' if zone is not dt.UTC else ' UTC'}"
