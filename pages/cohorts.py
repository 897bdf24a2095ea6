"""What became of those who started together?"""

from cs_dash.ui.page import page

with page() as view:
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
    age = view.choice("retention.cohort_trend", "age", "cohort_trend", "Age", **{"3": "Month 3", "6": "6", "12": "12"})
    groups = view.compared("cohort_compare")
    cohort, _, reached = view.opened("cell").partition(".")
    cell = {"cohort": cohort, "age": reached} if cohort else {}
    of_accounts = "activity" if measure == "activity" else "paying"
    accounts = view.ask("retention.cohort_accounts", by=by, measure=of_accounts, **cell)
    view.show(
        "What became of those who started together?",
        view.ask("retention.cohorts", by=by, measure=measure),
        view.ask("retention.cohort_trend", by=by, measure=of_accounts, age=age),
        view.ask("retention.cohort_compare", by=by, measure=of_accounts, **groups),
        view.ask("retention.hazard"),
        table=accounts,
        charts=("cohorts", "cohort_trend", "cohort_compare", "hazard"),
    )
