"""How long customers wait."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Response times",
    section="Understand",
    position=8,
    old_addresses=("waiting",),
    questions=("support.times", "support.backlog"),
    more_questions=("support.tickets",),
)

with page(PAGE) as view:
    view.show(
        view.ask("support.times"),
        view.ask("support.backlog"),
        settings={"Set SLA targets": "sla reply urgent"},
        heading="Response and resolution by priority",
    )
