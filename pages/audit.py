"""How right are the kinds?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.audit import audit
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="How right are the kinds?",
    section="Product",
    position=8,
    questions=("support.audit",),
    warm_up=False,
)

with page(PAGE) as view:
    audit(view)
