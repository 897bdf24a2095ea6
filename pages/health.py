"""Who is well, and who is not?"""

from cs_dash.ui.page import page

with page() as view:
    accounts = view.ask("health.accounts")
    bands = view.ask("health.bands")
    view.show(
        "Who is well, and who is not?", bands, accounts, table=accounts, heading="Accounts, the most urgent first"
    )
