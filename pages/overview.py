"""How are we doing, and what changed?"""

from cs_dash.ui.page import page

with page() as view:
    summary = view.ask("overview.summary")
    view.show("How are we doing, and what changed?", summary)
