"""The data page: upload files, review the load, check data quality, undo a load."""

from __future__ import annotations

from cs_dash.look.templates import render
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html
from cs_dash.ui.components.scope_bar import scope_bar
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.figures import figures_html
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.pages.data.export_help import export_help
from cs_dash.ui.pages.data.last_load import last_load
from cs_dash.ui.pages.data.matching import matching
from cs_dash.ui.pages.data.upload import upload
from cs_dash.ui.pages.data.versions import versions
from cs_dash.ui.pages.data.what_changed import what_changed
from cs_dash.ui.pages.welcome import demo_button
from cs_dash.ui.state import session
from cs_dash.ui.state.answers import ask

EMPTY = "No data yet. Drop your files here, several at once, or start with the demo company."


def data_page(title: str) -> None:
    """Show the page; each part is guarded by itself, so that a broken version can still be undone."""
    with guarded():
        version = session.current_version()
        quality, against = None, None
        with guarded():
            if version is not None:
                snapshot = session.Snapshot.of(version)
                scope = scope_bar(version, snapshot)
                quality, against = ask(snapshot, "data.quality", scope), ask(snapshot, "data.contradictions", scope)
        says = quality.headline if quality else EMPTY if version is None else ""
        head(title, says)
        upload()
        export_help()
        if version is not None and quality is not None:
            with guarded():
                what_changed(version, session.Snapshot.of(version))
        if version is None:
            demo_button()
        if version is not None and quality is not None and against is not None:
            figures = figures_html(quality, snapshot.warehouse.definitions)
            html(render("components/page_part.html", parts=(figures, notes_html([quality, against]))))
            table_of(quality, heading="Completeness")
            with guarded():
                matching(snapshot, scope)
                table_of(ask(snapshot, "data.checks", scope))
            with guarded():
                last_load(version, snapshot)
        versions(version)
