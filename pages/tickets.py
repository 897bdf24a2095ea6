"""Which tickets are there?"""

from cs_dash.ui.page import page
from cs_dash.ui.tickets import tickets

with page() as view:
    tickets(view)
