"""Do product and customer success pull together: shared goals, their collaboration, and the customers' journey."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.alignment.alignment_page import alignment_page
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Alignment",
    section="Act",
    position=2,
    questions=("alignment.goals",),
    more_questions=("alignment.assessment", "alignment.behaviour", "alignment.journey", "alignment.stuck",
                    "alignment.programmes", "alignment.programme_accounts",
                    "account.profile", "account.summary", "health.why"),
    warm_up=False,
)  # fmt: skip

with page(PAGE) as view:
    alignment_page(view)
