"""How the app is set up."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.settings.settings_page import settings_page

PAGE = Page(
    __file__,
    title="Settings",
    section="Data",
    position=5,
    right="SETTINGS",
)

settings_page(PAGE.title)
