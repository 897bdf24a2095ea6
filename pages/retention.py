"""Who stays, and for how long?"""

from cs_dash.ui.page import page

with page() as view:
    convention = view.choice("retention.summary", "convention", "retention", "Convention")
    by = view.choice("retention.cohorts", "by", "cohorts", "Cohorts by", month="By month", quarter="By quarter")
    measure = view.choice(
        "retention.cohorts", "measure", "cohorts", "Measure", paying="Still pay", activity="Still active"
    )
    rates = "constant"
    if view.has("fx_rates"):
        rates = view.choice(
            "retention.bridge", "rates", "bridge", "Rates", constant="Constant rates", current="Current rates"
        )
    bridge = view.ask("retention.bridge", rates=rates)
    view.show(
        "Who stays, and for how long?",
        view.ask("retention.summary", convention=convention),
        bridge,
        view.ask("retention.cohorts", by=by, measure=measure),
        view.ask("retention.survival"),
        table=bridge,
        heading="The revenue bridge, month by month",
        figures=("nrr", "grr", "logo_retention", "mrr_end"),
        charts=("retention", "bridge", "cohorts", "survival"),
        drills={"bridge": ("retention.bridge_accounts", "movement")},
    )
