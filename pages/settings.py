"""How is it set up?"""

from cs_dash.ui.pages.settings.settings_page import settings_page
from cs_dash.ui.registry import Page

PAGE = Page(
    __file__,
    title="How is it set up?",
    section="Work",
    position=4,
)

settings_page(PAGE.title)
