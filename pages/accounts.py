"""Account health."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Accounts",
    section="Monitor",
    position=2,
    old_addresses=("health",),
    questions=("health.bands", "health.accounts", "health.groups", "health.nps"),
    more_questions=("health.nps_answers", "account.profile", "account.summary", "health.why"),
)

with page(PAGE) as view:
    accounts = view.ask("health.accounts")
    view.show(
        view.ask("health.bands"),
        accounts,
        view.ask("health.groups"),
        view.ask("health.nps"),
        table=accounts,
        heading="Accounts by urgency",
    )
