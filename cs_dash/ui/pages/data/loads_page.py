"""The page of loads: what each changed, by whom and when, undo, redo and rebuild, and the rows of the newest."""

from __future__ import annotations

from cs_dash import pipeline
from cs_dash.pipeline import Version
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.scope_bar import scope_bar
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.pages.data.last_load import last_load
from cs_dash.ui.pages.data.versions import by_whom, moment, versions
from cs_dash.ui.pages.data.what_changed import what_changed
from cs_dash.ui.pages.welcome import welcome
from cs_dash.ui.state import session


def loads_page(title: str) -> None:
    """Show the page; each part is guarded by itself, so that a broken version can still be undone."""
    with guarded():
        version = session.current_version()
        if version is None and not pipeline.versions(session.workspace()):
            welcome()
            return
        snapshot = None
        if version is not None:
            with guarded():
                snapshot = session.Snapshot.of(version)
                scope_bar(version, snapshot)
        head(title, _headline(version))
        versions(version)
        if version is None or snapshot is None:
            return
        with guarded():
            what_changed(version, snapshot)
        with guarded():
            last_load(version, snapshot)


def _headline(version: Version | None) -> str:
    if version is None:
        return "Nothing is loaded any more: every load is undone."
    return f"**Version {version.number}** is shown, made on {moment(version.created_at)}{by_whom(version.person)}."
