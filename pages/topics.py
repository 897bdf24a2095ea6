"""What customers most often ask for."""

from cs_dash.page_registry import Page
from cs_dash.ui.components.show import Choice
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.support.topic_decisions import shape_topics

PAGE = Page(
    __file__,
    title="Topics",
    section="Understand",
    position=5,
    questions=("support.topics",),
    more_questions=("support.topic_tickets", "support.topic_accounts"),
)

BEHIND = {"tickets": "Show tickets", "accounts": "Show accounts"}

with page(PAGE) as view:
    behind = view.address_value("behind")
    behind = behind if behind in BEHIND else "tickets"
    view.choices.append(Choice("topics", "behind", "On click", tuple(BEHIND), behind, BEHIND))
    view.show(
        view.ask("support.topics"),
        heading="All topics, new and growing first",
    )
    shape_topics(view)
