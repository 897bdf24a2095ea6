"""Why do they leave?"""

from cs_dash.ui.churn_reasons import churn_reasons
from cs_dash.ui.page import page

with page() as view:
    level = view.choice("churn.reasons", "level", "reasons", "Reasons", raw="As recorded", category="By category")
    recorded = view.ask("churn.recorded")
    view.show(
        "Why do they leave?",
        view.ask("churn.summary"),
        view.ask("churn.reasons", level=level),
        table=view.ask("churn.events"),
        heading="Who left, and what they said",
        figures=("churn_share", "churned_accounts", "mrr_lost", "accounts"),
        charts=("reasons", "reasons_by_month", "churn_by_dimension"),
    )
    churn_reasons(recorded.result())
