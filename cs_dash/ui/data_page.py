"""The data page: bring files, see what became of them, how far the data can be trusted, and take a load back."""

from __future__ import annotations

from cs_dash.ui import session
from cs_dash.ui.ask import ask
from cs_dash.ui.export_help import export_help
from cs_dash.ui.guard import guarded
from cs_dash.ui.last_load import last_load
from cs_dash.ui.markup import html
from cs_dash.ui.matching import matching
from cs_dash.ui.scope_bar import scope_bar
from cs_dash.ui.show.answers import head
from cs_dash.ui.show.figures import figures_html
from cs_dash.ui.show.notes import notes_html
from cs_dash.ui.show.table import table_of
from cs_dash.ui.upload import upload
from cs_dash.ui.versions import versions
from cs_dash.ui.welcome import demo_button
from cs_dash.ui.what_changed import what_changed

TITLE = "What do we know, and can we trust it?"

EMPTY = "Nothing is loaded yet. Drop your files here, several at once, or begin with the demo company."


def data_page() -> None:
    """Show the page; each part is guarded by itself, so that a broken version can still be taken back."""
    with guarded():
        shown = session.version()
        quality, against = None, None
        with guarded():
            if shown is not None:
                reading = session.Reading.of(shown)
                scope = scope_bar(shown, reading)
                quality, against = ask(reading, "data.quality", scope), ask(reading, "data.contradictions", scope)
        says = quality.says if quality else EMPTY if shown is None else ""
        head(quality.title if quality else TITLE, says)
        upload()
        export_help()
        if shown is not None and quality is not None:
            with guarded():
                what_changed(shown, session.Reading.of(shown))
        if shown is None:
            demo_button()
        if shown is not None and quality is not None and against is not None:
            figures = figures_html(quality, reading.warehouse.definitions)
            html(f'<div class="cs-head">{figures}{notes_html([quality, against])}</div>')
            table_of(quality, heading="How complete the data are")
            with guarded():
                matching(reading, scope)
                table_of(ask(reading, "data.checks", scope))
            with guarded():
                last_load(shown, reading)
        versions(shown)
