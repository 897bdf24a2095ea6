"""Why do they leave?"""

from cs_dash.ui.page import page

with page() as view:
    summary = view.ask("churn.summary")
    reasons = view.ask("churn.reasons")
    events = view.ask("churn.events")
    view.show("Why do they leave?", summary, reasons, table=events, heading="Who left, and what they said")
