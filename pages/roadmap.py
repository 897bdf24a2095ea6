"""What should be built next, who decides it, and did it help?"""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.roadmap.roadmap_page import roadmap_page

PAGE = Page(
    __file__,
    title="Roadmap",
    section="Act",
    position=1,
    questions=("roadmap.opportunities", "roadmap.impact", "alignment.goals"),
    more_questions=(
        "roadmap.churn",
        "roadmap.decisions",
        "roadmap.events",
        "roadmap.handover",
        "roadmap.item",
        "roadmap.messages",
        "roadmap.order",
        "roadmap.other_topics",
        "roadmap.portfolio",
        "roadmap.ship_rates",
        "support.tickets",
        "account.profile",
        "account.summary",
        "health.why",
    ),
    warm_up=False,
)

with page(PAGE) as view:
    roadmap_page(view)
