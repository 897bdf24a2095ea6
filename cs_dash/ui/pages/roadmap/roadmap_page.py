"""The roadmap as a list: items by score, their scores to edit, the decision log, and what shipping did."""

from __future__ import annotations

from cs_dash.look.templates import render
from cs_dash.ui.components.html import html
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.roadmap.event_form import event_form
from cs_dash.ui.pages.roadmap.item_page import ITEM, item_page
from cs_dash.ui.pages.roadmap.new_item import new_item
from cs_dash.ui.pages.roadmap.roadmap_links import NEW, YES
from cs_dash.ui.pages.roadmap.score_table import score_table
from cs_dash.ui.state import address

SHOWN, SCORES, DECISIONS, EVENTS = "show", "scores", "decisions", "events"
"""What the address says is shown instead of the list of items."""
HEADINGS = {DECISIONS: "Decision log", EVENTS: "Events on charts"}


def roadmap_page(view: View) -> None:
    """Show what the address names: an item, the decision log, or the list."""
    if item_id := view.address_value(ITEM):
        item_page(view, item_id)
        return
    shown = view.address_value(SHOWN)
    opportunities = view.ask("roadmap.opportunities")
    table = view.ask(f"roadmap.{shown}") if shown in HEADINGS else opportunities
    more = [view.ask("roadmap.impact")] if view.has("tickets") else []

    def above_table() -> bool:
        _actions(shown)
        if view.address_value(NEW):
            new_item(view)
        if shown == SCORES:
            score_table(opportunities.result())
        if shown == EVENTS:
            event_form()
        return shown != SCORES

    view.show(
        opportunities,
        *more,
        table=table,
        heading=HEADINGS.get(shown, "Items by RICE"),
        figures=("demand", "helped", "without_owner", "unscored"),
        charts=("effects",),
        above_table=above_table,
    )


def _actions(shown: str) -> None:
    links = [("Items", ""), ("Edit scores", SCORES), ("Decision log", DECISIONS), ("Events", EVENTS)]
    actions = [
        {"label": label, "href": address.link("roadmap", show=name), "current": name == shown, "first": False}
        for label, name in links
    ]
    add = {"label": "Add item", "href": address.link_here("roadmap", new=YES), "current": False, "first": True}
    html(render("roadmap/actions.html", actions=[*actions, add]))
