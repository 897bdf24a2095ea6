"""How right are the kinds?"""

from cs_dash.ui.audit import audit
from cs_dash.ui.page import page

with page() as view:
    audit(view)
