"""The customers' journey: the steps with their days and tickets, and the accounts that are stuck."""

from __future__ import annotations

from dataclasses import replace

from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.empty import empty
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.pages.alignment.page_tabs import page_tabs
from cs_dash.ui.pages.page import View


def journey_tab(view: View) -> None:
    """Show the journey; without any touchpoint, the table that would bring them."""
    journey, stuck = view.ask("alignment.journey"), view.ask("alignment.stuck")
    answer = journey.result()
    if answer.missing_tables or not answer.rows.num_rows:
        head(view.page.title, answer.headline)
        page_tabs(view)
        empty(answer if answer.missing_tables else replace(answer, missing_tables=("milestones",)))
        return

    def above_table() -> bool:
        page_tabs(view)
        table_of(answer, "Steps of the journey", "steps", opens=False)
        return True

    view.show(
        journey,
        table=stuck,
        heading="Stuck accounts",
        figures=("time_to_value", "time_to_adoption", "stuck", "stuck_mrr"),
        charts=("journey_steps", "journey_tickets"),
        above_table=above_table,
    )
