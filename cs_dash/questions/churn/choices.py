"""Categories that people choose for recorded reasons: kept among the settings, and read by `churn_reason_choices`."""

from __future__ import annotations

from cs_dash.questions.churn.taxonomy import TAXONOMY, UNKNOWN

SETTING = "churn reason: "
CATEGORIES = (*sorted(kind.name for kind in TAXONOMY), UNKNOWN)
"""The categories that are offered; any other name can be given to one of your own."""


def setting_of(reason: str) -> str:
    """Return the name of the setting that keeps the category chosen for a recorded reason."""
    return SETTING + reason.strip()


def category_of(given: str) -> str | None:
    """Return the category that `given` names, written as the taxonomy writes it; None where it names nothing."""
    name = " ".join(given.split())
    known = {category.casefold(): category for category in CATEGORIES}
    return known.get(name.casefold(), name) or None
