"""The shared goals: where each stands, the chart of one, and the forms to add, edit and remove them."""

from __future__ import annotations

from cs_dash.look.templates import render
from cs_dash.questions.alignment.goal_states import needs_attention
from cs_dash.sharing import Right
from cs_dash.ui.components.html import html
from cs_dash.ui.components.show import Choice
from cs_dash.ui.pages.alignment.goal_form import EDIT, NEW, goal_form
from cs_dash.ui.pages.alignment.page_tabs import page_tabs
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address
from cs_dash.ui.state.reader import may

GOAL = "goal"
"""What the address calls the goal whose chart is shown."""


def goals_tab(view: View) -> None:
    """Show the goals; without any, the form of the first one."""
    chosen = view.address_value(GOAL)
    answer = view.ask("alignment.goals", **({GOAL: chosen} if chosen else {}))
    rows = answer.result().rows.to_pylist()
    titles = {row["goal"]: row["title"] for row in rows}
    first = needs_attention({row["goal"]: row["state"] for row in rows}) or ""
    if len(titles) > 1:
        shown = chosen if chosen in titles else first or next(iter(titles))
        view.choices.append(
            Choice("goal", GOAL, "Goal", tuple(titles), shown, titles, as_list=True, wide=True, default=first)
        )

    def above_table() -> bool:
        page_tabs(view)
        edited = view.address_value(EDIT) or ("" if rows else NEW)
        if edited and may(Right.DECIDE):
            goal_form(view, edited, can_close=bool(rows))
        elif may(Right.DECIDE):
            add = {"label": "Add goal", "href": address.link_here("alignment", edit=NEW), "current": False}
            html(render("roadmap/actions.html", actions=[add | {"first": True}]))
        return True

    view.show(
        answer,
        heading="Shared goals",
        figures=("on_track", "off_track", "reached", "missed"),
        charts=("goal",),
        above_table=above_table,
    )
