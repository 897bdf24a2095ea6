"""The categories that people can choose for a recorded churn reason; see `decisions.churn_reasons` for the choices."""

from __future__ import annotations

from cs_dash.decisions.churn_categories import Categories
from cs_dash.questions.churn.categories import categories
from cs_dash.questions.churn.taxonomy import UNKNOWN


def names(decided: Categories) -> tuple[str, ...]:
    """Return the categories that are offered; any other name can be given to one of your own."""
    return (*sorted(category.name for category in categories(decided)), UNKNOWN)


def category_named(text: str, decided: Categories) -> str | None:
    """Return the category that `text` names, written as the workspace writes it; None where it names nothing."""
    name = " ".join(text.split())
    by_name = {category.casefold(): category for category in names(decided)}
    return by_name.get(name.casefold(), name) or None


def key_of(category: str | None, decided: Categories) -> str | None:
    """Return the name that a category began with, under which reasons are placed in it, so that it may be renamed."""
    keys = {each.name: each.key for each in categories(decided)}
    return keys.get(category, category) if category else None
