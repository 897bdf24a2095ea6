"""What does this number mean?"""

from cs_dash.ui.pages.definitions.definitions_page import definitions_page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="What does this number mean?",
    section="Work",
    position=2,
)

definitions_page(PAGE.title)
