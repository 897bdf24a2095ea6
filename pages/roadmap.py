"""What should be built next, who decides it, and did it help?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.roadmap.roadmap_page import roadmap_page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Roadmap",
    section="Act",
    position=1,
    questions=("roadmap.opportunities",),
    more_questions=(
        "roadmap.impact",
        "roadmap.decisions",
        "roadmap.events",
        "roadmap.item",
        "roadmap.order",
        "roadmap.messages",
        "alignment.goals",
        "roadmap.churn",
        "roadmap.other_topics",
        "roadmap.ship_rates",
        "roadmap.handover",
        "roadmap.portfolio",
    ),
    warm_up=False,
)

with page(PAGE) as view:
    roadmap_page(view)
