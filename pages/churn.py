"""Why customers leave."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.churn.churn_choices import churn_split
from cs_dash.ui.pages.churn.churn_reasons import churn_reasons, product_areas
from cs_dash.ui.pages.churn.reconciliation import reconciliation
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Churn",
    section="Understand",
    position=3,
    questions=(
        "churn.summary", "churn.reasons", "churn.path", "churn.events", "churn.kinds", "churn.recorded",
        "churn.product", "churn.reconciliation",
    ),
    more_questions=("churn.path_accounts", "account.profile", "account.summary", "health.why"),
)  # fmt: skip

with page(PAGE) as view:
    level = view.choice("churn.reasons", "level", "reasons", "Reasons", raw="As recorded", category="By category")
    count = view.choice("churn.reasons", "count", "reasons", "Count by", mrr="MRR lost", accounts="Accounts")
    measure = view.choice("churn.path", "measure", "path", "Measure")
    split = churn_split(view)
    kinds, recorded, product = (view.ask(name) for name in ("churn.kinds", "churn.recorded", "churn.product"))
    reconciled = view.ask("churn.reconciliation")
    view.show(
        view.ask("churn.summary", **split),
        view.ask("churn.reasons", level=level, count=count),
        view.ask("churn.path", measure=measure),
        lines=(kinds, "says"),
        table=view.ask("churn.events"),
        heading="Churn events",
        figures=("churn_share", "mrr_lost", "controllable", "warned"),
        charts=("reasons", "path", "churn_by_dimension", "reasons_by_month"),
    )
    reconciliation(reconciled.result())
    product_areas(product.result())
    churn_reasons(recorded.result())
