"""What customers most often ask for."""

from cs_dash.ui.components.show import Choice
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.support.topic_decisions import shape_topics
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Topics",
    section="Understand",
    position=5,
    questions=("support.topics",),
    more_questions=("support.topic_tickets", "support.topic_accounts"),
)

BEHIND = {"tickets": "A click lists tickets", "accounts": "A click lists accounts"}

with page(PAGE) as view:
    behind = view.address_value("behind")
    behind = behind if behind in BEHIND else "tickets"
    view.choices.append(Choice("topics", "behind", "A click lists", tuple(BEHIND), behind, BEHIND))
    view.show(
        view.ask("support.topics"),
        heading="Every topic, new and growing ones first",
    )
    shape_topics(view)
