"""What does this number mean?"""

from cs_dash.ui.pages.definitions.definitions_page import definitions_page

definitions_page()
