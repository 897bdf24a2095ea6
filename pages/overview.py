"""How the company is doing, whom to look at now, and what changed."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.overview.overview_page import show_overview
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Overview",
    section="Monitor",
    position=1,
    questions=("overview.summary", "overview.changes", "overview.at_risk", "support.howto",
               "alignment.goals"),
    more_questions=("health.accounts", "retention.why", "churn.summary", "churn.events", "churn.reasons",
                    "churn.satisfaction", "retention.summary", "health.nps", "support.areas", "support.kinds",
                    "support.backlog", "churn.satisfaction_accounts", "account.profile", "account.summary",
                    "health.why"),
)  # fmt: skip

with page(PAGE) as view:
    show_overview(view)
