"""Files in, and how far they can be trusted."""

from cs_dash.ui.pages.data.data_page import data_page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Upload",
    section="Data",
    position=1,
    old_addresses=("data",),
    questions=("data.quality", "data.contradictions", "data.unmatched", "data.checks"),
    more_questions=("data.changes", "overview.summary", "retention.summary"),
)

data_page(PAGE.title)
