"""How right are the kinds?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.tickets.audit import audit

with page() as view:
    audit(view)
