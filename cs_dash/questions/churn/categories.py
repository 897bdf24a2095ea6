"""The categories of churn reasons as a workspace has them: renamed, judged anew, with words and categories of its own.

What differs from the taxonomy that a workspace begins with is stored by `decisions.churn_categories`, under the name
that a category began with: one that is renamed keeps the reasons that were placed in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from cs_dash.decisions.churn_categories import Category
from cs_dash.errors import UnknownOption
from cs_dash.questions.churn.taxonomy import TAXONOMY, UNKNOWN, Kind, Taxonomy
from cs_dash.questions.request import QuestionRequest

LONGEST = 60
_STANDARD = {kind.name: kind for kind in TAXONOMY}
_JUDGED = {"yes": True, "no": False, "not judged": None}
_FLAGS = {"yes": True, "no": False}
PARTS = ("name", "controllable", "payment", "words")


def standard(key: str) -> Category | None:
    """Return a category as a workspace begins with it; None for one of the workspace's own."""
    kind = _STANDARD.get(key)
    return Category(key, key, kind.controllable, kind.payment) if kind else None


def categories(decided: Mapping[str, Category]) -> tuple[Category, ...]:
    """Return the categories that a workspace has: those it began with, then its own; `decided`: those that differ."""
    keys = [*_STANDARD, *sorted(decided.keys() - _STANDARD.keys())]
    return tuple(decided.get(key) or standard(key) or Category(key, key) for key in keys)


def differing(category: Category) -> Category | None:
    """Return the category as it is to be stored; None where it is as the taxonomy has it."""
    return None if standard(category.key) == category else category


def written(category: Category) -> str:
    """Return a category as `parsed` reads it: "name=...; controllable=yes; payment=no; words=a, b"."""
    controllable = {True: "yes", False: "no", None: "not judged"}[category.controllable]
    parts = [f"name={category.name}", f"controllable={controllable}", f"payment={'yes' if category.payment else 'no'}"]
    return "; ".join([*parts, *([f"words={', '.join(category.words)}"] if category.words else [])])


@lru_cache(maxsize=32)
def _taxonomy(found: tuple[Category, ...]) -> Taxonomy:
    own = [Kind(each.name, each.controllable, each.words, each.payment) for each in found if each.key not in _STANDARD]
    rest = []
    for each in found:
        if kind := _STANDARD.get(each.key):
            rest.append(Kind(each.name, each.controllable, (*kind.words, *each.words), each.payment))
    # Somebody's own words say more of their customers than ours.
    return Taxonomy((*own, *rest))


def taxonomy(request: QuestionRequest) -> Taxonomy:
    """Return the taxonomy of the workspace that is request."""
    rows = request.rows("churn_categories").to_pylist()
    decided = {row["key"]: Category.from_dict(row["key"], json.loads(row["decided"])) for row in rows}
    return _taxonomy(categories(decided))


def parsed(key: str, text: str) -> Category | None:
    """Return the category that `text` says, "name=...; controllable=yes"; None where it is empty: as it began.

    What is not said stays as the category began. Raises UnknownOption, in one sentence.
    """
    found = standard(key) or Category(key, key)
    if not text.strip():
        return None
    for part in text.split(";"):
        what, sign, value = (each.strip() for each in part.partition("="))
        if not sign or what not in PARTS:
            raise refused(key, f"“{part.strip()}” is none of {', '.join(PARTS)}", "Write name=...; controllable=yes.")
        if what == "name":
            found = replace(found, name=" ".join(value.split()))
        elif what == "words":
            found = replace(found, words=tuple(each.strip() for each in value.split(",") if each.strip()))
        elif what == "controllable":
            found = replace(found, controllable=_one_of(key, what, value, _JUDGED))
        else:
            found = replace(found, payment=bool(_one_of(key, what, value, _FLAGS)))
    return found


def _one_of(key: str, what: str, value: str, known: Mapping[str, bool | None]) -> bool | None:
    if value.casefold() not in known:
        raise refused(key, f"{what} cannot be “{value}”", f"Write {', '.join(known)}.")
    return known[value.casefold()]


def check(found: Iterable[Category]) -> None:
    """Refuse categories without a name, or with the name of another. Raises UnknownOption."""
    seen = {UNKNOWN.casefold()}
    for each in found:
        if not each.name or not each.key:
            raise refused(each.key or "a category", "it has no name", "Give it one.")
        if len(each.name) > LONGEST:
            raise refused(each.key, f"its name is longer than {LONGEST} letters", "Give it a shorter one.")
        if each.name.casefold() in seen:
            raise refused(each.key, f"another category is called {each.name}", "Give it a name of its own.")
        seen.add(each.name.casefold())


def refused(key: str, why: str, hint: str) -> UnknownOption:
    """Return the error of a category that cannot be."""
    return UnknownOption("The category was not changed", f"Could not change {key} because {why}.", hint)
