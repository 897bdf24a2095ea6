"""Which labels teach most?"""

from cs_dash.ui.labelling import labelling
from cs_dash.ui.page import page

with page() as view:
    labelling(view)
