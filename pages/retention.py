"""Who stays, and for how long?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.retention.cohort_choices import chosen_cohorts

RATES = {"constant": "Constant rates", "current": "Current rates"}
KEPT = {"nrr": "NRR", "grr": "GRR", "logos": "Accounts"}

with page() as view:
    field = view.dimension("Over time", "retention", "retention_by")
    first = "retention_by" if field else "retention"
    convention = view.choice("retention.summary", "convention", first, "Convention")
    cohorts = chosen_cohorts(view)
    priced = view.has("fx_rates")
    rates = view.choice("retention.bridge", "rates", "bridge", "Rates", **RATES) if priced else "constant"
    bridge = table = view.ask("retention.bridge", rates=rates)
    heading, others, last = "The revenue bridge, month by month", [bridge], "survival"
    if field:
        kept = view.choice("retention.by_dimension", "measure", first, "Measure", "kept", **KEPT)
        table = view.ask("retention.by_dimension", by=field, measure=kept, convention=convention, rates=rates)
        heading, others, last = "Who stays better, and who worse", [table, bridge], "retention_strips"
    view.show(
        "Who stays, and for how long?",
        view.ask("retention.summary", convention=convention, rates=rates),
        *others,
        view.ask("retention.cohorts", by=cohorts.by, measure=cohorts.measure),
        view.ask("retention.survival"),
        table=table,
        heading=heading,
        figures=("nrr", "grr", "logo_retention", "mrr_end"),
        charts=(first, "bridge", last, cohorts.chart) if field else (first, "bridge", cohorts.chart, last),
        drills={"bridge": ("retention.bridge_accounts", "movement")},
    )
