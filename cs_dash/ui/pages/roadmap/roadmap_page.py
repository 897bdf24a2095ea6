"""The roadmap as a list: items by score, their scores to edit, the decision log, and what shipping did."""

from __future__ import annotations

from cs_dash.look.templates import render
from cs_dash.sharing import Right
from cs_dash.ui.components.html import html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.pages.alignment.goals_card import goals_card
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.roadmap.event_form import event_form
from cs_dash.ui.pages.roadmap.handover_panel import handover_panel
from cs_dash.ui.pages.roadmap.item_page import ITEM, item_page
from cs_dash.ui.pages.roadmap.new_item import new_item
from cs_dash.ui.pages.roadmap.roadmap_links import NEW, YES
from cs_dash.ui.pages.roadmap.score_table import score_table
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import may

SHOWN, SCORES, DECISIONS, EVENTS, HANDOVER, IMPACT, ORDER = (
    "show", "scores", "decisions", "events", "handover", "impact", "order",
)  # fmt: skip
"""What the address says is shown instead of the list of items."""
TABS = {
    "": "Items", SCORES: "Edit scores", ORDER: "How stable is this order?", IMPACT: "Did it help?",
    DECISIONS: "Decision log", EVENTS: "Events", HANDOVER: "Hand-over",
}  # fmt: skip
WRITTEN = (SCORES,)
"""What is shown only to who may change it."""
HEADINGS = {
    ORDER: TABS[ORDER], IMPACT: TABS[IMPACT], DECISIONS: "Decision log", EVENTS: "Events on charts",
}  # fmt: skip


def roadmap_page(view: View) -> None:
    """Show what the address names: an item, the decision log, or the list."""
    if item_id := view.address_value(ITEM):
        item_page(view, item_id)
        return
    shown = view.address_value(SHOWN)
    shown = "" if shown in WRITTEN and not may(Right.DECIDE) else shown
    opportunities = view.ask("roadmap.opportunities")
    table = view.ask(f"roadmap.{shown}") if shown in HEADINGS else opportunities
    more = [view.ask("roadmap.impact")] if view.has("tickets") else []

    def above_table() -> bool:
        _actions(shown)
        if view.address_value(NEW) and may(Right.DECIDE):
            new_item(view)
        if not opportunities.result().rows.num_rows and shown != EVENTS:
            if not view.address_value(NEW):
                html(render("roadmap/first_items.html", links=_places(view)))
            return False
        if shown == SCORES:
            score_table(opportunities.result())
        if shown == EVENTS and may(Right.DECIDE):
            event_form()
        if shown == HANDOVER:
            handover_panel(view)
        if shown in HEADINGS and not table.result().missing_tables:
            html(render("roadmap/finding.html", text=table.result().headline))
        if shown == IMPACT and view.has("tickets"):
            table_of(table.result(), HEADINGS[IMPACT])
            portfolio = view.ask("roadmap.portfolio").result()
            table_of(portfolio, "Share of shipped items that helped", "groups", opens=False)
            return False
        return shown not in (SCORES, HANDOVER)

    view.show(
        opportunities,
        *more,
        table=table,
        heading=HEADINGS.get(shown, "Items by RICE"),
        figures=("demand", "helped", "without_owner", "unscored"),
        charts=("effects",),
        above_table=above_table,
    )
    if goals := goals_card(view):
        html(goals)


def _actions(shown: str) -> None:
    actions = [
        {"label": label, "href": address.link("roadmap", show=name), "current": name == shown, "first": False}
        for name, label in TABS.items()
        if may(Right.DECIDE) or name not in WRITTEN
    ]
    if not may(Right.DECIDE):
        html(render("roadmap/actions.html", actions=actions))
        return
    add = {"label": "Add item", "href": address.link_here("roadmap", new=YES), "current": False, "first": True}
    html(render("roadmap/actions.html", actions=[*actions, add]))


def _places(view: View) -> list[tuple[str, str]]:
    """Return where items can be made from, as far as there is data for it: (label, link)."""
    places = [
        ("topics", "Topics", "tickets"),
        ("content-gaps", "Content gaps", "tickets"),
        ("churn", "Churn reasons", "churn_events"),
    ]
    return [(label, address.link(page)) for page, label, table in places if view.has(table)]
