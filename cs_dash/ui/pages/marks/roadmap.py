"""Behind the marks of the roadmap and of the journey: the accounts of an item, its tickets of a month, who is stuck."""

from __future__ import annotations

from dataclasses import replace

from cs_dash.look import words
from cs_dash.questions.roadmap.ship_rates import ITS_TOPICS
from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import MarkContext, Opening


def _effect(context: MarkContext, row: Row) -> MarkedRows | None:
    if not row.get("item"):
        return None
    ask = context.ask("roadmap.item", item=row["item"])
    title = f"Accounts that asked for “{row['title']}”"
    return MarkedRows(title, ask, more_page="roadmap", more_choices={"item": row["item"]})


def _ship_month(context: MarkContext, row: Row) -> MarkedRows | None:
    """Return the tickets of a month on the item's topics; what all other topics would have it has no tickets."""
    if row["line"] != ITS_TOPICS:
        return None
    item = context.options["item"]
    topics = {
        of_item["topic"]
        for of_item in context.snapshot.warehouse("roadmap_item_topics").to_pylist()
        if of_item["item"] == item
    }
    scope = replace(context, scope=context.ever()).in_month(row["month"])
    ask = context.ask_for(lambda ticket: ticket["topic"] in topics, "support.tickets", scope)
    return MarkedRows(f"Tickets on its topics in {words.month(row['month'])}", ask, "ticket")


def _stuck(context: MarkContext, row: Row) -> MarkedRows | None:
    ask = context.ask_for(lambda account: account["touchpoint"] == row["touchpoint"], "alignment.stuck")
    return MarkedRows(f"Accounts stuck before “{row['touchpoint']}”", ask)


OPENINGS = {
    ("roadmap.impact", "effects"): Opening(_effect),
    ("roadmap.ship_rates", "ship_rates"): Opening(_ship_month),
    ("alignment.journey", "journey_steps"): Opening(_stuck),
}
