"""What a reader chooses on the churn page: the field by which the churn share is split."""

from __future__ import annotations

from cs_dash.ui.pages.page import View
from cs_dash.ui.state.answers import dimensions

FIELDS = ("segment", "plan", "csm", "tenure", "cohort")
NAMES = {"csm": "CSM"}


def churn_split(view: View) -> dict[str, str]:
    """Return the chosen field as option of `churn.summary`; empty while the most telling one is shown."""
    available = (*dimensions(view.snapshot), "tenure", "cohort")
    labels = {"": "Largest difference"} | {
        name: NAMES.get(name, name.capitalize()) for name in FIELDS if name in available
    }
    field = view.choice("churn.summary", "by", "churn_by_dimension", "By", **labels)
    return {"by": field} if field else {}
