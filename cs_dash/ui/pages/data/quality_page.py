"""The page of data quality: figures, completeness, conflicts and checks; in its second tab the matching of accounts."""

from __future__ import annotations

from cs_dash.look import words
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.figures import figures_html
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.components.tabs import tabs
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.matching import matching, unmatched_names
from cs_dash.ui.pages.page import View

MATCHING = "matching"


def quality_page(view: View) -> None:
    """Show the page; `?tab=matching` opens the rows without an account."""
    names = ("data.quality", "data.contradictions", "data.unmatched", "data.checks")
    requests = [view.ask(name) for name in names]
    quality, conflicts, unmatched, checks = (request.result() for request in requests)
    queue = unmatched_names(view.snapshot, unmatched)
    definitions = view.snapshot.warehouse.definitions
    head(view.page.title, quality.headline, figures_html(quality, definitions), notes_html([quality, conflicts]))
    count = f" ({words.count(len(queue), locale())})" if queue else ""
    if tabs(view.page.name, {"quality": "Quality", MATCHING: f"Matching{count}"}) == MATCHING:
        with guarded():
            matching(view.snapshot, unmatched, queue)
        return
    table_of(quality, heading="Completeness", opens=False)
    table_of(checks, prefix="checks", opens=False)
