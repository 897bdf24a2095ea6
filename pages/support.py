"""What do customers need help with?"""

from cs_dash.ui.page import page

with page() as view:
    view.show(
        "What do customers need help with?",
        view.ask("support.howto"),
        view.ask("support.kinds"),
        view.ask("support.by"),
        table=view.ask("support.areas"),
        heading="Where how-to tickets come from",
        figures=("share", "contact_rate", "tickets", "without_kind"),
    )
