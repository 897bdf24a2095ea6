"""Labels that improve the classifier the most."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.labelling import labelling

PAGE = Page(
    __file__,
    title="Classifier",
    section="Understand",
    position=9,
    right="LABEL",
    old_addresses=("labelling",),
    needs_table="tickets",
    questions=("support.to_label", "support.howto"),
    warm_up=False,
)

with page(PAGE) as view:
    labelling(view)
