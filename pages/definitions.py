"""What does this number mean?"""

from cs_dash.ui.definitions_page import definitions_page

definitions_page()
