"""What do we know, and can we trust it?"""

from cs_dash.ui.pages.data.data_page import data_page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="What do we know, and can we trust it?",
    section="Work",
    position=1,
    questions=("data.quality", "data.contradictions", "data.unmatched", "data.checks"),
    more_questions=("data.changes", "overview.summary", "retention.summary"),
)

data_page(PAGE.title)
