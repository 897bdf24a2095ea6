"""How long do customers wait?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="How long do customers wait?",
    section="Product",
    position=6,
    questions=("support.times", "support.backlog"),
)

with page(PAGE) as view:
    view.show(
        view.ask("support.times"),
        view.ask("support.backlog"),
        heading="Answers and solutions by priority",
    )
