"""By what the Support page groups tickets: what the reader chooses on the card of the chart."""

from __future__ import annotations

from cs_dash.questions.grouping import first_dimension
from cs_dash.questions.support.groups import TENURE, field_label
from cs_dash.ui.pages.page import View
from cs_dash.ui.state.answers import dimensions

MEASURES = {"share": "How-to share", "howto": "How-to tickets", "contact_rate": "Contact rate", "cost": "Cost"}


def measured(view: View) -> dict[str, str]:
    """Return what the months are drawn as, as option of `support.howto`; offered where any ticket has a kind."""
    (whole_history,) = view.snapshot.warehouse(
        "howto_share", start_days=[None], end_days=[None], wanted="{}"
    ).to_pylist()
    if not whole_history["with_kind"]:
        return {}
    return {"measure": view.choice("support.howto", "measure", "howto_months", "Shown", **MEASURES)}


def grouped_by(view: View) -> dict[str, str]:
    """Return by what tickets are grouped, as option of `support.by`; the card of the chart offers what the data have.

    What is left as it is, the first well-known dimension of the accounts, else the tenure, is not said.
    """
    values = {name: len(of_field) for name, of_field in dimensions(view.snapshot).items()}
    first, account_dimensions = first_dimension(values) or TENURE, [name for name in values if values[name] > 1]
    ticket_fields = view.snapshot.warehouse("ticket_fields")["field"].to_pylist()
    fields = {name: f"By {field_label(name)}" for name in (first, *account_dimensions, *ticket_fields)}
    chosen = view.choice("support.by", "field", "howto_by", "By", name="by", **fields)
    return {"field": chosen} if chosen != first else {}
