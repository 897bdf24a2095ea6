"""What users most often need to know."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.support.content_plan import plan_downloads

PAGE = Page(
    __file__,
    title="Content gaps",
    section="Understand",
    position=6,
    old_addresses=("questions",),
    questions=("support.articles", "support.content_plan"),
    more_questions=("support.topic_tickets",),
)

with page(PAGE) as view:
    plan, questions = view.ask("support.content_plan"), view.ask("support.articles")
    view.show(questions, heading="Questions by frequency")
    plan_downloads(plan, questions)
