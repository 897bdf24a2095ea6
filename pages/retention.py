"""Net and gross retention, and how long accounts stay."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.retention.cohort_choices import chosen_cohorts
from cs_dash.ui.pages.retention.retention_choices import dimension_measure, exchange_rates, survival_group

PAGE = Page(
    __file__,
    title="Retention",
    section="Understand",
    position=1,
    questions=("retention.summary", "retention.bridge", "retention.cohorts", "retention.survival"),
    more_questions=("retention.by_dimension", "retention.bridge_accounts", "retention.cohort_accounts",
                    "retention.tenures", "retention.why"),
)  # fmt: skip

with page(PAGE) as view:
    field = view.dimension("Over time", "retention", "retention_by")
    first = "retention_by" if field else "retention"
    convention = view.choice("retention.summary", "convention", first, "Convention")
    cohorts = chosen_cohorts(view)
    rates = exchange_rates(view)
    bridge = table = view.ask("retention.bridge", rates=rates)
    heading, more_answers, last = "Revenue bridge by month", [bridge], "survival"
    if field:
        measure = dimension_measure(view, first)
        table = view.ask("retention.by_dimension", by=field, measure=measure, convention=convention, rates=rates)
        heading, more_answers, last = "Retention by segment", [table, bridge], "retention_strips"
    view.show(
        view.ask("retention.summary", convention=convention, rates=rates),
        *more_answers,
        view.ask("retention.cohorts", by=cohorts.by, measure=cohorts.measure),
        view.ask("retention.survival", **survival_group(view)),
        table=table,
        heading=heading,
        settings={"Set industry benchmarks": "benchmark_nrr"},
        figures=("nrr", "grr", "logo_retention", "mrr_end"),
        charts=(first, "bridge", last, cohorts.chart) if field else (first, "bridge", cohorts.chart, last),
    )
