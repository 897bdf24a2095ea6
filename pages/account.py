"""One account: how it is, why, and what happened with it."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.account.account_page import account
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Account",
    section="Monitor",
    position=9,
    in_rail=False,
    part_of="accounts",
    more_questions=("account.summary", "account.profile", "account.usage", "account.tickets", "health.why"),
    warm_up=False,
)

with page(PAGE) as view:
    account(view)
