"""How cohorts retain."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.retention.cohort_choices import chosen_cohorts

PAGE = Page(
    __file__,
    title="Cohorts",
    section="Understand",
    position=2,
    questions=(
        "retention.cohorts", "retention.cohort_trend", "retention.cohort_compare", "retention.hazard",
        "retention.cohort_accounts",
    ),
    more_questions=("retention.tenures", "retention.cohorts_at_age", "account.profile", "account.summary",
                    "health.why"),
)  # fmt: skip

with page(PAGE) as view:
    chosen = chosen_cohorts(view, listing=True)
    by, of_accounts = chosen.by, "activity" if chosen.measure == "activity" else "paying"
    age = view.choice("retention.cohort_trend", "age", "cohort_trend", "Age", **{"3": "Month 3", "6": "6", "12": "12"})
    groups = view.group_comparison("cohort_compare")
    all_cells = view.ask("retention.cohorts", by=by, measure=chosen.measure)
    view.show(
        all_cells,
        view.ask("retention.cohort_trend", by=by, measure=of_accounts, age=age),
        view.ask("retention.cohort_compare", by=by, measure=of_accounts, **groups),
        view.ask("retention.hazard"),
        table=all_cells if chosen.as_list else view.ask("retention.cohort_accounts", by=by, measure=of_accounts),
        heading="Cohorts by age" if chosen.as_list else "",
        charts=(chosen.chart, "cohort_trend", "cohort_compare", "hazard"),
    )
