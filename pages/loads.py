"""What was loaded, by whom and when, and what each load changed."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.data.loads_page import loads_page

PAGE = Page(
    __file__,
    title="Loads",
    section="Data",
    position=3,
    right="LOAD",
    more_questions=("data.changes", "overview.summary", "retention.summary"),
)

loads_page(PAGE.title)
