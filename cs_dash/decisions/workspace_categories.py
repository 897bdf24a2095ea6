"""The categories of churn reasons as a workspace has them: renamed, judged anew, with words and categories of its own.

`churn_categories` stores what differs from the taxonomy that a workspace begins with, under the name that a category
began with: one that is renamed keeps the reasons that were placed in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from cs_dash.decisions.choices.churn_taxonomy import TAXONOMY, UNKNOWN, ReasonCategory, Taxonomy
from cs_dash.decisions.churn_categories import Categories, Category
from cs_dash.errors import UnknownOption

LONGEST_NAME = 60
PARTS = ("name", "controllable", "payment", "words")
_STANDARD = {category.key: category for category in TAXONOMY}
_CONTROLLABLE = {"yes": True, "no": False, "not judged": None}
_FLAGS = {"yes": True, "no": False}


def standard(key: str) -> Category | None:
    """Return a category as a workspace begins with it; None for one of the workspace's own."""
    category = _STANDARD.get(key)
    return Category(key, category.name, category.controllable, category.payment) if category else None


def categories(decided: Categories) -> tuple[Category, ...]:
    """Return the categories of a workspace: those it began with, then its own; `decided`: those that differ."""
    keys = [*_STANDARD, *sorted(decided.keys() - _STANDARD.keys())]
    return tuple(_named(decided[key]) if key in decided else standard(key) or Category(key, key) for key in keys)


def _named(category: Category) -> Category:
    """The category by the name of its standard where it still bears the key for a name."""
    own = _STANDARD.get(category.key)
    return replace(category, name=own.name) if own and category.name == own.key else category


def key_named(text: str) -> str:
    """Return the key of the category that a setting names, by its key or by the name that it begins with."""
    return next((key for key, category in _STANDARD.items() if text in (key, category.name)), text)


def taxonomy_of(decided: Categories) -> Taxonomy:
    """Return the taxonomy that a workspace's categories make."""
    return _taxonomy(categories(decided))


@lru_cache(maxsize=32)
def _taxonomy(of_workspace: tuple[Category, ...]) -> Taxonomy:
    added = [
        ReasonCategory(category.name, category.controllable, category.words, category.payment)
        for category in of_workspace
        if category.key not in _STANDARD
    ]
    edited = [
        ReasonCategory(
            category.name, category.controllable, (*_STANDARD[category.key].words, *category.words), category.payment
        )
        for category in of_workspace
        if category.key in _STANDARD
    ]
    # A workspace's own words say more of its customers than ours.
    return Taxonomy((*added, *edited))


def names(decided: Categories) -> tuple[str, ...]:
    """Return the names that a recorded reason can be placed under; any other name makes a category of one's own."""
    return (*sorted(category.name for category in categories(decided)), UNKNOWN)


def category_named(text: str, decided: Categories) -> str | None:
    """Return the category that `text` names, written as the workspace writes it; None where it names nothing."""
    name = " ".join(text.split())
    by_name = {category.key.casefold(): category.name for category in categories(decided) if category.key in _STANDARD}
    by_name |= {category.casefold(): category for category in names(decided)}
    return by_name.get(name.casefold(), name) or None


def key_of(name: str | None, decided: Categories) -> str | None:
    """Return the name that a category began with, under which reasons are placed in it, so that it may be renamed."""
    keys = {category.name: category.key for category in categories(decided)}
    return keys.get(name, name) if name else None


def differing(category: Category) -> Category | None:
    """Return the category as it is to be stored; None where it is as the taxonomy has it."""
    return None if standard(category.key) == category else category


def written(category: Category) -> str:
    """Return a category as `parsed` reads it: "name=...; controllable=yes; payment=no; words=a, b"."""
    controllable = {True: "yes", False: "no", None: "not judged"}[category.controllable]
    parts = [f"name={category.name}", f"controllable={controllable}", f"payment={'yes' if category.payment else 'no'}"]
    return "; ".join([*parts, *([f"words={', '.join(category.words)}"] if category.words else [])])


def parsed(key: str, text: str) -> Category | None:
    """Return the category that `text` describes, "name=...; controllable=yes"; None where it is empty: as it began.

    A part that is left out stays as the category began. Raises UnknownOption.
    """
    category = standard(key) or Category(key, key)
    if not text.strip():
        return None
    for part in text.split(";"):
        what, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign or what not in PARTS:
            raise refused(key, f"“{part.strip()}” is none of {', '.join(PARTS)}", "Write name=...; controllable=yes.")
        if what == "name":
            category = replace(category, name=" ".join(value.split()))
        elif what == "words":
            category = replace(category, words=tuple(word.strip() for word in value.split(",") if word.strip()))
        elif what == "controllable":
            category = replace(category, controllable=_one_of(key, what, value, _CONTROLLABLE))
        else:
            category = replace(category, payment=bool(_one_of(key, what, value, _FLAGS)))
    return category


def _one_of(key: str, what: str, value: str, choices: Mapping[str, bool | None]) -> bool | None:
    if value.casefold() not in choices:
        raise refused(key, f"{what} cannot be “{value}”", f"Write {', '.join(choices)}.")
    return choices[value.casefold()]


def check(of_workspace: Iterable[Category]) -> None:
    """Refuse categories without a name, or with the name of another. Raises UnknownOption."""
    names_before = {UNKNOWN.casefold()}
    for category in of_workspace:
        if not category.name or not category.key:
            raise refused(category.key or "a category", "it has no name", "Give it one.")
        if len(category.name) > LONGEST_NAME:
            raise refused(category.key, f"its name is longer than {LONGEST_NAME} letters", "Give it a shorter one.")
        if category.name.casefold() in names_before:
            raise refused(category.key, f"another category is called {category.name}", "Give it a name of its own.")
        names_before.add(category.name.casefold())


def refused(key: str, why: str, hint: str) -> UnknownOption:
    """Return the error of a category that cannot be."""
    return UnknownOption("The category was not changed", f"Could not change {key} because {why}.", hint)
