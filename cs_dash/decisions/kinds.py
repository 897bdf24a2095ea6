"""Which kinds of decisions there are: each module of this package that declares `KINDS` is found, none is listed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import cs_dash.decisions as package
from cs_dash.decisions.log import Kind


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
