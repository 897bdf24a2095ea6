"""The shared goals on other pages: as a line of chips below the figures, and as a card with a table."""

from __future__ import annotations

from dataclasses import replace

from cs_dash.answer import Answer
from cs_dash.look.templates import Markup, render
from cs_dash.ui.components.tables.chips import chip_html
from cs_dash.ui.components.tables.choices import TableChoices
from cs_dash.ui.components.tables.html_table import TableView
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address

COLUMNS = ("title", "now_text", "target_text", "due", "owner", "state")
TITLE = "Shared goals"
NOTE = "What product and customer success are both measured by"


def goals_line(view: View) -> Markup:
    """Return the shared goals as one line, each with its figure now and its state; "" where there are none."""
    answer = view.ask("alignment.goals").result()
    rows = answer.rows.to_pylist()
    if not rows:
        return Markup()
    goals = [
        {
            "title": row["title"], "now": row["now_text"] or "n/a", "chip": chip_html("state", row["state"]),
            "href": address.link("alignment", goal=row["goal"]),
        }
        for row in rows
    ]  # fmt: skip
    return render("alignment/goals_line.html", title=TITLE, goals=goals)


def goals_card(view: View) -> Markup:
    """Return the shared goals as a card: goal, now, target, due, owner, state; "" where there are none."""
    answer: Answer = view.ask("alignment.goals").result()
    if not answer.rows.num_rows:
        return Markup()
    by_name = {column.name: column for column in answer.columns}
    shown = replace(answer, columns=tuple(replace(by_name[name], optional=False) for name in COLUMNS))
    table = TableView.of(shown, TableChoices.of_address("goals"), opens=False)
    return render(
        "overview/list_card.html", title=TITLE, note=NOTE, table=table.rows_html(TITLE, locale()),
        more="All in Alignment", href=address.link("alignment"),
    )  # fmt: skip
