"""Which labels teach most?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.labelling import labelling
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Which labels teach most?",
    section="Product",
    position=7,
    questions=("support.to_label", "support.howto"),
    warm_up=False,
)

with page(PAGE) as view:
    labelling(view)
