"""What a reader chooses on the retention page: the exchange rates and the measure per dimension."""

from __future__ import annotations

from cs_dash.ui.components.scope_bar import title
from cs_dash.ui.components.show import Choice
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import answers

RATES = {"constant": "Constant rates", "current": "Current rates"}
MEASURES = {"nrr": "NRR", "grr": "GRR", "logos": "Accounts"}


def exchange_rates(view: View) -> str:
    """Return "constant" or "current"; constant, without a choice, where no exchange rates are loaded."""
    if not view.has("fx_rates"):
        return "constant"
    return view.choice("retention.bridge", "rates", "bridge", "Rates", **RATES)


def convention_and_rates(view: View, figure: str) -> dict[str, str]:
    """Return the options of `retention.why` besides the figure; the card of its chart offers those that matter."""
    options = {}
    if figure in ("nrr", "grr"):
        options["convention"] = view.choice("retention.why", "convention", "why", "Convention")
    if view.has("fx_rates"):
        options["rates"] = view.choice("retention.why", "rates", "why", "Rates", **RATES)
    return options


def survival_group(view: View) -> dict[str, str]:
    """Return the dimension by which survival is compared, as an option of its question, {} without one."""
    fields = {
        name: f"By {title(name)}" for name, values in answers.dimensions(view.snapshot).items() if len(values) > 1
    }
    value = view.address_value("group")
    value = value if value in fields else ""
    if fields:
        choice = Choice(
            "survival", "group", "Group by", ("", *fields), value, {"": "All accounts"} | fields, as_list=True
        )
        view.choices.append(choice)
    return {"group": value} if value else {}


def dimension_measure(view: View, chart: str) -> str:
    """Return what is compared between the values of a dimension; the card of `chart` offers it."""
    return view.choice("retention.by_dimension", "measure", chart, "Measure", "kept", **MEASURES)
