"""Why is this number what it is?"""

from cs_dash.ui.pages.page import page

with page() as view:
    figure = view.choice(
        "retention.why", "figure", "why", "Figure",
        nrr="Net retention", grr="Gross retention", logo_retention="Accounts kept", quick_ratio="Quick ratio",
        arpa="MRR per account",
    )  # fmt: skip
    view.show(
        "Why is this number what it is?",
        view.ask("retention.why", figure=figure),
        heading="Every account that counts, then the sums",
    )
