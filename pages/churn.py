"""Why do they leave?"""

from cs_dash.ui.pages.churn.churn_reasons import churn_reasons, product_areas
from cs_dash.ui.pages.page import page
from cs_dash.ui.state.answers import dimensions

FIELDS = ("segment", "plan", "csm", "tenure", "cohort")
NAMES = {"csm": "CSM"}

with page() as view:
    known = (*dimensions(view.reading), "tenure", "cohort")
    fields = {"": "Most telling"} | {name: NAMES.get(name, name.capitalize()) for name in FIELDS if name in known}
    level = view.choice("churn.reasons", "level", "reasons", "Reasons", raw="As recorded", category="By category")
    count = view.choice("churn.reasons", "count", "reasons", "Count by", mrr="MRR lost", accounts="Accounts")
    measure = view.choice("churn.path", "measure", "path", "Measure")
    by = view.choice("churn.summary", "by", "churn_by_dimension", "By", **fields)
    kinds, recorded, product = (view.ask(name) for name in ("churn.kinds", "churn.recorded", "churn.product"))
    view.show(
        "Why do they leave?",
        view.ask("churn.summary", **({"by": by} if by else {})),
        view.ask("churn.reasons", level=level, count=count),
        view.ask("churn.path", measure=measure),
        lines=(kinds, "says"),
        table=view.ask("churn.events"),
        heading="Who left, and what they said",
        figures=("churn_share", "mrr_lost", "controllable", "warned"),
        charts=("reasons", "path", "churn_by_dimension", "reasons_by_month"),
    )
    product_areas(product.result())
    churn_reasons(recorded.result())
