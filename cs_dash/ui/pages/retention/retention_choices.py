"""What a reader chooses on the retention page: the exchange rates and the measure per dimension."""

from __future__ import annotations

from cs_dash.ui.pages.page import View

RATES = {"constant": "Constant rates", "current": "Current rates"}
MEASURES = {"nrr": "NRR", "grr": "GRR", "logos": "Accounts"}


def exchange_rates(view: View) -> str:
    """Return "constant" or "current"; constant, without a choice, where no exchange rates are loaded."""
    if not view.has("fx_rates"):
        return "constant"
    return view.choice("retention.bridge", "rates", "bridge", "Rates", **RATES)


def dimension_measure(view: View, chart: str) -> str:
    """Return what is compared between the values of a dimension; the card of `chart` offers it."""
    return view.choice("retention.by_dimension", "measure", chart, "Measure", "kept", **MEASURES)
