"""How is it set up?"""

from cs_dash.ui.pages.settings.settings_page import settings_page

settings_page()
