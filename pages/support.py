"""What do customers need help with?"""

from cs_dash.ui.page import page

with page() as view:
    howto = view.ask("support.howto")
    kinds = view.ask("support.kinds")
    areas = view.ask("support.areas")
    view.show(
        "What do customers need help with?",
        howto,
        kinds,
        table=areas,
        heading="Where how-to tickets come from",
        figures=("share", "contact_rate", "tickets", "without_kind"),
    )
