"""What is due for renewal, and what was renewed?"""

from cs_dash.ui.pages.page import page

with page() as view:
    view.show(
        "What is due for renewal, and what was renewed?",
        view.ask("retention.renewals"),
        heading="Renewals, the next one first",
        figures=("mrr_open", "mrr_open_red", "renewal_rate", "mrr_notice"),
        charts=("renewals", "renewed"),
    )
