"""Which tickets are there?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.tickets import tickets

with page() as view:
    tickets(view)
