"""Accounts with more tickets than expected, and accounts gone quiet."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.support.quiet_accounts import quiet_accounts

PAGE = Page(
    __file__,
    title="Ticket spikes",
    section="Monitor",
    position=4,
    old_addresses=("asking",),
    questions=("support.asking", "support.silent"),
    more_questions=("account.profile", "account.summary", "health.why"),
)

with page(PAGE) as view:
    asking, silent = view.ask("support.asking"), view.ask("support.silent")
    view.show(
        asking,
        silent,
        heading="Accounts with more tickets than expected",
        figures=("rising", "rising_mrr", "silent", "compared"),
        charts=("asking",),
    )
    quiet_accounts(view, silent.result())
