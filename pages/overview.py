"""How the company is doing, and what changed."""

from cs_dash.ui.pages.page import page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Overview",
    section="Monitor",
    position=1,
    questions=("overview.summary", "overview.changes", "overview.act_on"),
    more_questions=("health.accounts", "retention.why", "account.profile", "account.summary", "health.why"),
)

with page(PAGE) as view:
    changes = view.ask("overview.changes")
    view.show(
        view.ask("overview.summary"),
        changes,
        lines=(changes, "change"),
        table=view.ask("overview.act_on"),
        heading="Priorities",
        row_body=view.account_row,
        figures=("nrr", "grr", "accounts_at_risk", "howto_share"),
        figure_pages={
            "nrr": "retention",
            "grr": "retention",
            "accounts_at_risk": "accounts",
            "howto_share": "support-demand",
        },
    )
