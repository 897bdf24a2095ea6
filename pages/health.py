"""Who is well, and who is not?"""

from cs_dash.ui.pages.page import page

with page() as view:
    accounts = view.ask("health.accounts")
    view.show(
        "Who is well, and who is not?",
        view.ask("health.bands"),
        accounts,
        view.ask("health.groups"),
        view.ask("health.nps"),
        table=accounts,
        heading="Accounts, the most urgent first",
    )
