"""What do we know, and can we trust it?"""

from cs_dash.ui.pages.data.data_page import data_page

data_page()
