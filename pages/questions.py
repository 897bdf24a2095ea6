"""What do users most often need to know?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.support.content_plan import plan_downloads

with page() as view:
    plan = view.ask("support.content_plan")
    view.show(
        "What do users most often need to know?",
        view.ask("support.articles"),
        heading="Every question, the most asked first",
        drills={"questions": ("support.topic_tickets", "topic")},
    )
    plan_downloads(plan)
