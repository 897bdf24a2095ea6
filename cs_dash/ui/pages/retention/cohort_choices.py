"""Choices for cohorts: month or quarter, the measure, and the form of display."""

from __future__ import annotations

from dataclasses import dataclass

from cs_dash.look import words
from cs_dash.questions.request import SMALL_BASE
from cs_dash.ui.components.show import Choice
from cs_dash.ui.pages.page import View
from cs_dash.ui.state.answers import first_grain

BY = {"month": "By month", "quarter": "By quarter"}
MEASURES = {"paying": "Logo retention", "grr": "GRR", "nrr": "NRR", "activity": "Active"}
VIEWS = {"map": "Heat map", "curves": "Curves", "list": "List"}


@dataclass(frozen=True)
class Cohorts:
    """What was chosen.

    Attributes:
        by: month or quarter.
        measure: see `retention.cohorts`.
        chart: the chart that shows them.
        as_list: the table lists every cohort at every age.
    """

    by: str
    measure: str
    chart: str
    as_list: bool


def chosen_cohorts(view: View, listing: bool = False) -> Cohorts:
    """Return what was chosen, from the address; the card of the cohorts offers it, with `listing` the list too.

    Where the median month has few new accounts, quarters are shown until somebody chooses otherwise.
    """
    views = tuple(VIEWS) if listing else tuple(VIEWS)[:2]
    requested = view.address_value("shown")
    view_name = requested if requested in views else views[0]
    chart = "cohort_curves" if view_name == "curves" else "cohorts"
    default, size = first_grain(view.snapshot)
    reason = f"{words.plural(size, 'account starts', 'accounts start')} in the median month, fewer than {SMALL_BASE}"
    by = view.choice(
        "retention.cohorts", "by", chart, "Cohorts by", default=default,
        why=f"By quarter by default: {reason}." if default == "quarter" else "", **BY,
    )  # fmt: skip
    measure = view.choice("retention.cohorts", "measure", chart, "Measure", **MEASURES)
    view.choices.append(Choice(chart, "shown", "View", views, view_name, VIEWS))
    return Cohorts(by, measure, chart, view_name == "list")
