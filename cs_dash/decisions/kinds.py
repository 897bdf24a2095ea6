"""Which kinds of decisions there are: each module of this package that declares `KINDS` is found, none is listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import cs_dash.decisions as package
from cs_dash.store.acting import ALL_RIGHTS, Right, require


@dataclass(frozen=True)
class Kind:
    """A kind of decision.

    Attributes:
        name: what the log calls it.
        title: what people decide, in words.
        right: what a person must be allowed to do to make or undo such a decision.
        in_sql: definitions read it, from the table `decisions` of an opened version.
    """

    name: str
    title: str
    right: Right
    in_sql: bool = False


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Return every kind of decision by its name. Raises ValueError where two modules claim one name."""
    kinds: dict[str, Kind] = {}
    for module in iter_modules(package.__path__, f"{package.__name__}."):
        for kind in getattr(import_module(module.name), "KINDS", ()):
            if kind.name in kinds:
                raise ValueError(f"{module.name} declares the kind of decision {kind.name!r} a second time")
            kinds[kind.name] = kind
    return kinds


def require_rights(kinds: Iterable[str]) -> None:
    """Raise NotAllowed unless who is acting may make decisions of all these kinds, which are given by name.

    A kind that only another release knows needs every right.
    """
    known = all_kinds()
    for right in sorted({right for name in kinds for right in ({known[name].right} if name in known else ALL_RIGHTS)}):
        require(right)
