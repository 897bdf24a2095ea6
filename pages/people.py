"""Who may sign in, and in which role."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.people.people_page import people_page

PAGE = Page(
    __file__,
    title="People",
    section="Data",
    position=9,
    right="PEOPLE",
)

people_page(PAGE.title)
