"""What is due for renewal, and what was renewed."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Renewals",
    section="Monitor",
    position=3,
    questions=("retention.renewals",),
    more_questions=("account.profile", "account.summary", "health.why"),
)

with page(PAGE) as view:
    view.show(
        view.ask("retention.renewals"),
        heading="Upcoming and past renewals",
        figures=("mrr_open", "mrr_open_red", "renewal_rate", "mrr_notice"),
        charts=("renewals", "renewed"),
    )
