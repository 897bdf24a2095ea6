"""What customers need help with."""

from cs_dash.page_registry import Page
from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.support.support_choices import grouped_by, measured
from cs_dash.ui.pages.tickets.audit import audit_link

PAGE = Page(
    __file__,
    title="Support demand",
    section="Understand",
    position=4,
    old_addresses=("support",),
    questions=("support.howto", "support.kinds", "support.by", "support.tenure", "support.areas", "support.types"),
    more_questions=("support.tickets",),
)

with page(PAGE) as view:
    howto, groups = view.ask("support.howto", **measured(view)), view.ask("support.by", **grouped_by(view))
    kinds, tenure, areas = (view.ask(name) for name in ("support.kinds", "support.tenure", "support.areas"))
    audit_link(view, view.ask("support.types").result())
    listed = areas.result().rows.num_rows > 0
    view.show(
        howto,
        kinds,
        groups,
        tenure,
        table=areas if listed else groups,
        heading="How-to tickets by product area" if listed else "Tickets by group",
        figures=("share", "contact_rate", "tickets", "howto_cost", "howto_hours"),
        settings={"Set how-to target": "howto_target", "Set cost of how-to tickets": "cost_per_hour"},
        charts=("howto_months", "kind_months", "howto_by", "howto_tenure"),
    )
