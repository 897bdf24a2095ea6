"""How complete the data are, where they contradict themselves, and which rows belong to no account."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.data.quality_page import quality_page
from cs_dash.ui.pages.page import page

PAGE = Page(
    __file__,
    title="Data quality",
    section="Data",
    position=2,
    right="LOAD",
    questions=("data.quality", "data.contradictions", "data.unmatched", "data.checks"),
)

with page(PAGE) as view:
    quality_page(view)
