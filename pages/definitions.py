"""What every number means."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.definitions.definitions_page import definitions_page

PAGE = Page(
    __file__,
    title="Definitions",
    section="Data",
    position=4,
)

definitions_page(PAGE.title)
