"""Alignment: shared goals, how product and customer success work together, the journey and beta programmes, in tabs."""

from __future__ import annotations

from cs_dash.ui.components.tabs import TAB
from cs_dash.ui.pages.alignment.goals_tab import goals_tab
from cs_dash.ui.pages.alignment.journey_tab import journey_tab
from cs_dash.ui.pages.alignment.page_tabs import GOALS, JOURNEY, PROGRAMMES, TEAMS
from cs_dash.ui.pages.alignment.programmes_tab import programmes_tab
from cs_dash.ui.pages.alignment.teams_tab import teams_tab
from cs_dash.ui.pages.page import View


def alignment_page(view: View) -> None:
    """Show the tab that the address names, the goals without one."""
    shown = {GOALS: goals_tab, TEAMS: teams_tab, JOURNEY: journey_tab, PROGRAMMES: programmes_tab}
    shown.get(view.address_value(TAB), goals_tab)(view)
