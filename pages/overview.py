"""How are we doing, and what changed?"""

from cs_dash.ui.pages.page import page

with page() as view:
    changes = view.ask("overview.changes")
    view.show(
        "How are we doing, and what changed?",
        view.ask("overview.summary"),
        changes,
        lines=(changes, "change"),
        table=view.ask("overview.act_on"),
        heading="Act on these first",
        figures=("nrr", "grr", "accounts_at_risk", "howto_share"),
    )
