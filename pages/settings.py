"""How the app is set up."""

from cs_dash.ui.pages.settings.settings_page import settings_page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="Settings",
    section="Data",
    position=5,
)

settings_page(PAGE.title)
