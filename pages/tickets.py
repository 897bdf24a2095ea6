"""The list of tickets."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.tickets import tickets

PAGE = Page(
    __file__,
    title="Tickets",
    section="Understand",
    position=7,
    questions=("support.types", "support.tickets"),
    more_questions=("support.ticket",),
    warm_up=False,
)

with page(PAGE) as view:
    tickets(view)
