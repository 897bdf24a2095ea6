"""The categories of churn reasons as a workspace has them: renamed, judged anew, with words and categories of its own.

What differs from the taxonomy that a workspace begins with is kept among the settings, one per category, under the name
that it began with: a category that is renamed keeps the reasons that were placed in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from cs_dash.errors import UnknownOption
from cs_dash.questions.churn.taxonomy import TAXONOMY, UNKNOWN, Kind, Taxonomy
from cs_dash.questions.request import Asked

SETTING = "churn category: "
LONGEST = 60
_STANDARD = {kind.name: kind for kind in TAXONOMY}
_JUDGED = {"yes": True, "no": False, "not judged": None}
_FLAGS = {"yes": True, "no": False}
PARTS = ("name", "controllable", "payment", "words")


@dataclass(frozen=True)
class Category:
    """One category as it is edited.

    Attributes:
        key: the name that it began with; "" for one that is new.
        name: what it is called.
        controllable: whether the company could have kept the account; None where nobody judged.
        payment: a payment failed, the customer did not decide.
        words: words of the workspace's own that place a recorded reason here, beside those of the taxonomy.
    """

    key: str
    name: str
    controllable: bool | None = None
    payment: bool = False
    words: tuple[str, ...] = ()

    @property
    def setting(self) -> str:
        """The name of the setting that keeps it."""
        return SETTING + self.key

    @property
    def kept(self) -> str | None:
        """What the setting holds; None where the category is as the taxonomy has it."""
        began = standard(self.key)
        if began == self:
            return None
        parts = {"name": self.name, "controllable": self.controllable, "payment": self.payment, "words": self.words}
        return json.dumps(parts, ensure_ascii=False)

    @property
    def said(self) -> str:
        """The category as the command line takes it: "name=...; controllable=yes; payment=no; words=a, b"."""
        judged = {True: "yes", False: "no", None: "not judged"}
        parts = [f"name={self.name}", f"controllable={judged[self.controllable]}", f"payment={judged[self.payment]}"]
        return "; ".join([*parts, *([f"words={', '.join(self.words)}"] if self.words else [])])


def standard(key: str) -> Category | None:
    """Return a category as a workspace begins with it; None for one of the workspace's own."""
    kind = _STANDARD.get(key)
    return Category(key, key, kind.controllable, kind.payment) if kind else None


def categories(settings: Mapping[str, Any]) -> tuple[Category, ...]:
    """Return the categories that a workspace with these settings has: those it began with, then its own."""
    decided = {name.removeprefix(SETTING): str(value) for name, value in settings.items() if name.startswith(SETTING)}
    keys = [*_STANDARD, *sorted(decided.keys() - _STANDARD.keys())]
    return tuple(_category(key, decided.get(key)) for key in keys)


def _category(key: str, kept: str | None) -> Category:
    began = standard(key) or Category(key, key)
    if kept is None:
        return began
    parts = json.loads(kept)
    return Category(key, parts["name"], parts["controllable"], parts["payment"], tuple(parts["words"]))


@lru_cache(maxsize=32)
def _taxonomy(found: tuple[Category, ...]) -> Taxonomy:
    own = [Kind(each.name, each.controllable, each.words, each.payment) for each in found if each.key not in _STANDARD]
    rest = []
    for each in found:
        if kind := _STANDARD.get(each.key):
            rest.append(Kind(each.name, each.controllable, (*kind.words, *each.words), each.payment))
    # Somebody's own words say more of their customers than ours.
    return Taxonomy((*own, *rest))


def taxonomy_in(settings: Mapping[str, Any]) -> Taxonomy:
    """Return the taxonomy of a workspace with these settings."""
    return _taxonomy(categories(settings))


def taxonomy(asked: Asked) -> Taxonomy:
    """Return the taxonomy of the workspace that is asked."""
    rows = asked.rows("churn_categories").to_pylist()
    return taxonomy_in({SETTING + row["key"]: row["decided"] for row in rows})


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
