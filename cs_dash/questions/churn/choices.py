"""Categories that people choose for recorded reasons: kept among the settings, and read by `churn_reason_choices`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cs_dash.questions.churn.categories import categories
from cs_dash.questions.churn.taxonomy import UNKNOWN

SETTING = "churn reason: "


def setting_of(reason: str) -> str:
    """Return the name of the setting that keeps the category chosen for a recorded reason."""
    return SETTING + reason.strip()


def names(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the categories that are offered; any other name can be given to one of your own."""
    return (*sorted(each.name for each in categories(settings)), UNKNOWN)


def category_of(given: str, settings: Mapping[str, Any]) -> str | None:
    """Return the category that `given` names, written as the workspace writes it; None where it names nothing."""
    name = " ".join(given.split())
    known = {category.casefold(): category for category in names(settings)}
    return known.get(name.casefold(), name) or None


def kept(category: str | None, settings: Mapping[str, Any]) -> str | None:
    """Return what the setting of a reason keeps: the name that the category began with, so that it may be renamed."""
    began = {each.name: each.key for each in categories(settings)}
    return began.get(category, category) if category else None
