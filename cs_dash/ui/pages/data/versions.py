"""Every load made a version: what changed in it, who loaded it, and undo and redo, each after a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
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
from cs_dash.ui.components.html import heading, html, message, one_place
from cs_dash.ui.components.text import locale
from cs_dash.ui.jobs.progress import progress_bar
from cs_dash.ui.pages.data.what_changed import figures_of_an_undo
from cs_dash.ui.state import address, session
from cs_dash.ui.state.person import person_field

LISTED = 12
CONFIRM = "confirm"
"""What the address calls the action that waits for its second click."""


def versions(current: Version | None) -> None:
    """List the versions, newest first; undo, redo and rebuild say what they do and wait for a second click."""
    all_versions = pipeline.versions(session.workspace())
    if not all_versions:
        return
    redoable = pipeline.redoable(session.workspace())
    with st.container(key="versions"):
        with st.container(horizontal=True, vertical_alignment="center"):
            heading("Versions")
            if current is not None:
                _offer("Rebuild from uploads", "rebuild", type="tertiary")
            if redoable is not None:
                _offer(f"Redo version {redoable.number}", "redo")
            if current is not None:
                _offer(f"Undo version {current.number}", "undo")
        with one_place():
            _confirmation(current, redoable)
        older = len(all_versions) - LISTED
        html(
            render(
                "data/versions.html",
                versions=[_line(version, current) for version in reversed(all_versions[-LISTED:])],
                older=words.plural(older, "older version") if older > 0 else "",
            )
        )


def _offer(label: str, action: str, **options: Any) -> None:
    controls.button(label, key=action, on_click=address.write_choice, args=(CONFIRM, action), **options)


def _confirmation(current: Version | None, redoable: Version | None) -> None:
    """Say what the chosen action takes away or brings back, and do it after a second click."""
    action = (address.read().get(CONFIRM) or [""])[-1]
    if action == "undo" and current is not None:
        _confirm_undo(current)
    elif action == "redo" and redoable is not None:
        text = f"Redo brings back: {changes_text(redoable)}"
        _confirm(text, "What was decided for it counts again.", "Redo load", lambda: pipeline.redo(session.workspace()))
    elif action == "rebuild" and current is not None:
        text = f"All rows of version {current.number} are read again from the kept uploads."
        _confirm(text, "This makes a new version, which you can undo.", "Rebuild", _rebuild)


def _confirm_undo(version: Version) -> None:
    by_number = {other.number: other for other in pipeline.versions(session.workspace())}
    earlier = by_number.get(version.parent or 0)
    shown = f"Version {earlier.number} is shown again" if earlier else "Nothing is loaded any more"
    changes = None
    with guarded():  # a version that cannot be opened can still be undone
        changes = figures_of_an_undo(version, earlier) if earlier else None
    _confirm(
        f"Undo removes: {changes_text(version)}.",
        f"{shown}. You can redo it until the next load.",
        "Undo load",
        lambda: pipeline.undo(session.workspace()),
        changes,
    )


def _rebuild() -> None:
    with progress_bar("Rebuilding from uploads") as progress:
        pipeline.rebuild(session.workspace(), progress=progress)


def _confirm(
    text: str, more: str, label: str, action: Callable[[], object], changes: list[dict[str, str]] | None = None
) -> None:
    with st.container(border=True, key="confirmation"):
        message(text, more)
        if changes is not None:
            html(render("data/figure_changes.html", changes=changes))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            person_field("versions_person")
            confirmed = controls.button(label, key="confirm", type="primary")
            controls.button("Cancel", key="cancel", on_click=address.write_choice, args=(CONFIRM, ""), type="tertiary")
        if confirmed:
            with guarded():
                action()
                address.write_choice(CONFIRM, "")
                st.rerun()


def _line(version: Version, current: Version | None) -> dict[str, object]:
    state = "shown" if current and current.number == version.number else ""
    if version.undone:
        state = " ".join(
            (f"undone{by_whom(version.undone_by)}", *([moment(version.undone_at)] if version.undone_at else []))
        )
    return {
        "number": version.number,
        "created": f"{moment(version.created_at)}{by_whom(version.person)}",
        "changes": changes_text(version),
        "state": state,
        "undone": version.undone,
    }


def by_whom(person: str) -> str:
    """Return " by Ana"; "" where nobody is named."""
    return f" by {person}" if person else ""


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
