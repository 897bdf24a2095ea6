"""Who stays, and for how long?"""

from cs_dash.ui.page import page

with page() as view:
    summary = view.ask("retention.summary", window=str(view.scope.window))
    bridge = view.ask("retention.bridge")
    view.show(
        "Who stays, and for how long?", summary, bridge, table=bridge, heading="The revenue bridge, month by month"
    )
