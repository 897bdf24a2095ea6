"""Why is this number what it is?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Why is this number what it is?",
    section="Work",
    position=3,
    questions=("retention.why",),
    warm_up=False,
)

with page(PAGE) as view:
    figure = view.choice(
        "retention.why", "figure", "why", "Figure",
        nrr="Net retention", grr="Gross retention", logo_retention="Accounts kept", quick_ratio="Quick ratio",
        arpa="MRR per account",
    )  # fmt: skip
    view.show(
        view.ask("retention.why", figure=figure),
        heading="Every account that counts, then the sums",
    )
