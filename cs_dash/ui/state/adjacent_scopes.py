"""What the scope bar offers, and so which scopes are one click away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cs_dash.scope import COMPARISONS, Scope

SHOWN_PERIODS = ("12m", "quarter", "6m", "3m", "all", "custom")
FIRST = ("segment", "plan", "region", "csm")
MOST_VALUES = 12  # of each filter


def adjacent_scopes(scope: Scope, dimension_values: Mapping[str, tuple[str, ...]]) -> Iterator[Scope]:
    """Yield the scopes that are one click away, the likeliest first."""
    for period in SHOWN_PERIODS:
        if period not in ("custom", scope.period):
            yield replace(scope, period=period, start=None, end=None)
    yield Scope()
    chosen = dict(scope.filters)
    for name in sorted(dimension_values, key=lambda option: FIRST.index(option) if option in FIRST else len(FIRST)):
        if name not in chosen:
            yield from (scope.with_filter(name, (value,)) for value in dimension_values[name][:MOST_VALUES])
        else:
            yield scope.with_filter(name, ())
        if name == FIRST[-1]:
            yield from (replace(scope, compare=option) for option in COMPARISONS if option != scope.compare)
