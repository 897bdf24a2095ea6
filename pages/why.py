"""The accounts and the arithmetic behind a number."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.retention.retention_choices import convention_and_rates
from cs_dash.ui.pages.retention.why_accounts import accounts_behind

PAGE = Page(
    __file__,
    title="How this number is calculated",
    section="Data",
    position=6,
    in_rail=False,
    questions=("retention.why",),
    more_questions=("account.profile", "account.summary", "health.why"),
    warm_up=False,
)

with page(PAGE) as view:
    figure = view.choice(
        "retention.why", "figure", "why", "Figure",
        nrr="NRR", grr="GRR", logo_retention="Logo retention", quick_ratio="Quick ratio",
        arpa="MRR per account",
    )  # fmt: skip
    calculation = view.ask("retention.why", figure=figure, **convention_and_rates(view, figure))
    view.show(
        calculation,
        table=accounts_behind(calculation),
        heading="Accounts",
    )
