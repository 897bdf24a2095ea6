"""Which labels teach most?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.labelling import labelling

with page() as view:
    labelling(view)
