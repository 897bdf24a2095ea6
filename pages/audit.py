"""How accurate the classification is."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.audit import audit

PAGE = Page(
    __file__,
    title="Classification audit",
    section="Understand",
    position=10,
    right="LABEL",
    needs_table="tickets",
    questions=("support.audit",),
    warm_up=False,
)

with page(PAGE) as view:
    audit(view)
