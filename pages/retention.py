"""Who stays, and for how long?"""

from cs_dash.ui.page import page

with page() as view:
    field = view.dimension("Over time", "retention", "retention_by")
    first = "retention_by" if field else "retention"
    convention = view.choice("retention.summary", "convention", first, "Convention")
    by = view.choice("retention.cohorts", "by", "cohorts", "Cohorts by", month="By month", quarter="By quarter")
    measure = view.choice(
        "retention.cohorts",
        "measure",
        "cohorts",
        "Measure",
        paying="Still pay",
        grr="GRR",
        nrr="NRR",
        activity="Active",
    )
    bridge = table = view.ask("retention.bridge")
    heading, others = "The revenue bridge, month by month", [bridge]
    if field:
        kept = view.choice(
            "retention.by_dimension", "measure", first, "Measure", "kept", nrr="NRR", grr="GRR", logos="Accounts"
        )
        table = view.ask("retention.by_dimension", by=field, measure=kept, convention=convention)
        heading, others = "Who stays better, and who worse", [table, bridge]
    view.show(
        "Who stays, and for how long?",
        view.ask("retention.summary", convention=convention),
        *others,
        view.ask("retention.cohorts", by=by, measure=measure),
        view.ask("retention.survival"),
        table=table,
        heading=heading,
        figures=("nrr", "grr", "logo_retention", "mrr_end"),
        charts=(first, "bridge", "cohorts", "survival"),
    )
