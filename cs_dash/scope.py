"""The scope of a question: a period, an as-of date, a comparison and filters on accounts.

A `Scope` is one frozen value. It is part of the address, so that copying the address shares the view, and it becomes
the parameters of the SQL macros. A period is half-open: `start` is its first day, `end` the first day after it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.errors import UnknownOption, nearest

PERIODS: dict[str, str] = {
    "12m": "12 months",
    "6m": "6 months",
    "3m": "3 months",
    "1m": "1 month",
    "quarter": "This quarter",
    "all": "All",
    "custom": "Custom",
}
MONTHS = {"12m": 12, "6m": 6, "3m": 3, "1m": 1}
COMPARISONS: dict[str, str] = {"previous": "Previous period", "year": "Same period last year", "none": "No comparison"}
RESERVED = ("period", "from", "to", "as_of", "compare")
ONE_DAY = dt.timedelta(days=1)
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
"""The first and the last day that a question is answered for: beyond them lies no data, and soon no calendar."""


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the day `months` calendar months before `day`; the last day of a month gives the last day of a month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    at_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if at_end else min(day.day, last))


def months_in(start: dt.date, end: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return (first day, first day after it) of each calendar month in a period, cut to the period."""
    months = []
    while start < end:
        after = start.replace(day=calendar.monthrange(start.year, start.month)[1]) + ONE_DAY
        months.append((start, min(after, end)))
        start = after
    return months


def within_bounds(day: dt.date) -> dt.date:
    """Return `day`, moved to `EARLIEST` or `LATEST` where it lies beyond."""
    return min(max(day, EARLIEST), LATEST)


@dataclass(frozen=True)
class Scope:
    """The scope of a question.

    Attributes:
        period: a key of `PERIODS`; "custom" uses `start` and `end`, every other is derived from `as_of`.
        start: first day, or None for "since the beginning".
        end: first day after the period, or None for "up to the as-of date".
        as_of: the day that every balance is taken on; None: the newest day of the data.
        compare: a key of `COMPARISONS`.
        filters: (dimension, values) pairs, sorted; an account is in scope when it has one of the values of each.
    """

    period: str = "12m"
    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    compare: str = "previous"
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def resolved(self, newest: dt.date | None) -> Scope:
        """Return the scope with `as_of`, `start` and `end` filled in, given the newest day of the data.

        Every day lies within `EARLIEST` and `LATEST`; a period that ends before it begins has one day.
        """
        as_of = self.as_of or newest
        if as_of is None:
            return self
        as_of = within_bounds(as_of)
        if self.period == "custom":
            start = self.start and within_bounds(self.start)
            end = within_bounds(self.end or as_of + ONE_DAY)
            as_of = as_of if self.as_of else within_bounds(min(as_of, end - ONE_DAY))
            return replace(
                self, as_of=as_of, start=start, end=max(end, start + ONE_DAY) if start and end < start else end
            )
        start = None
        if self.period in MONTHS:
            start = months_before(as_of, MONTHS[self.period]) + ONE_DAY
        elif self.period == "quarter":
            start = dt.date(as_of.year, 3 * ((as_of.month - 1) // 3) + 1, 1)
        return replace(self, as_of=as_of, start=start, end=as_of + ONE_DAY)

    @property
    def bounds_note(self) -> str:
        """A sentence about the scope's own days beyond `EARLIEST` and `LATEST`; "" where there are none."""
        bounded = [
            f"{name}={day} counts as {within_bounds(day)}"
            for name, day in (("from", self.start), ("to", self.end), ("as_of", self.as_of))
            if day and day != within_bounds(day)
        ]
        return f"Dates run from {EARLIEST} to {LATEST}: {', '.join(bounded)}." if bounded else ""

    @property
    def window(self) -> int:
        """The retention window that fits the period, in months: 1, 3, 6 or 12 (12 for any other period)."""
        return MONTHS.get(self.period, 3 if self.period == "quarter" else 12)

    def comparison_scope(self) -> Scope | None:
        """Return the scope to compare with, or None without one. Call it on a resolved scope."""
        if self.compare == "none" or self.start is None or self.end is None or self.as_of is None:
            return None
        months = MONTHS.get(self.period)
        if self.compare == "year":
            back = [months_before(day, 12) for day in (self.start - ONE_DAY, self.end - ONE_DAY, self.as_of)]
        elif months:
            back = [months_before(day, months) for day in (self.start - ONE_DAY, self.end - ONE_DAY, self.as_of)]
        else:
            length = self.end - self.start
            back = [day - length for day in (self.start - ONE_DAY, self.end - ONE_DAY, self.as_of)]
        return replace(self, period="custom", start=back[0] + ONE_DAY, end=back[1] + ONE_DAY, as_of=back[2])

    @property
    def bounds(self) -> tuple[dt.date | None, dt.date | None]:
        """The first day, and the first day after the period."""
        return self.start, self.end

    @property
    def filters_json(self) -> str:
        """The filters as the JSON object that the macros' parameter `wanted` takes; '{}' without any."""
        return json.dumps({name: list(values) for name, values in self.filters}, ensure_ascii=False, sort_keys=True)

    def parameters(self) -> dict[str, Any]:
        """Return the scope as macro parameters: start_day, end_day, as_of, wanted."""
        return {"start_day": self.start, "end_day": self.end, "as_of": self.as_of, "wanted": self.filters_json}

    def with_filter(self, name: str, values: Iterable[str]) -> Scope:
        """Return the scope with the filter on dimension `name` set to `values`; no values remove it."""
        filters = {field: chosen for field, chosen in self.filters if field != name}
        chosen = tuple(sorted(set(values)))
        if chosen:
            filters[name] = chosen
        return replace(self, filters=tuple(sorted(filters.items())))

    def to_query(self) -> dict[str, list[str]]:
        """Return the scope as the query parameters of an address, without the defaults."""
        query: dict[str, list[str]] = {}
        if self.period != "12m":
            query["period"] = [self.period]
        if self.period == "custom":
            query |= {name: [day.isoformat()] for name, day in (("from", self.start), ("to", self.end)) if day}
        if self.as_of:
            query["as_of"] = [self.as_of.isoformat()]
        if self.compare != "previous":
            query["compare"] = [self.compare]
        for name, values in self.filters:
            query[f"f.{name}"] = list(values)
        return query

    @staticmethod
    def from_query(query: Mapping[str, list[str]]) -> tuple[Scope, tuple[str, ...]]:
        """Return (scope, parameters that make no sense) of an address. Never fails: an address comes from outside."""
        ignored: list[str] = []

        def choice(name: str, choices: Mapping[str, str], default: str) -> str:
            value = query.get(name, [default])[-1]
            if value not in choices:
                ignored.append(f"{name}={value}")
                return default
            return value

        def day(name: str) -> dt.date | None:
            if not query.get(name):
                return None
            try:
                return dt.date.fromisoformat(query[name][-1])
            except ValueError:
                ignored.append(f"{name}={query[name][-1]}")
                return None

        scope = Scope(
            period=choice("period", PERIODS, "12m"),
            start=day("from"),
            end=day("to"),
            as_of=day("as_of"),
            compare=choice("compare", COMPARISONS, "previous"),
        )
        if scope.start and scope.end and scope.start >= scope.end:
            ignored.append(f"from={scope.start}")
            scope = replace(scope, start=None)
        if scope.period != "custom":
            scope = replace(scope, start=None, end=None)
        for name, values in query.items():
            if name.startswith("f.") and len(name) > 2 and values:
                scope = scope.with_filter(name[2:], values)
        return scope, tuple(ignored)


def scope_from_options(start: str, end: str, as_of: str, where: Iterable[str]) -> Scope:
    """Return the scope of a command line: ISO dates (or "") and FIELD=VALUE filters.

    Without dates the period is "all". Raises UnknownOption for a date or a filter that makes no sense.
    """

    def day(name: str, text: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise UnknownOption(
                f"Unknown date in --{name}",
                f"Could not use --{name} {text} because it is not a date.",
                "Write it as year-month-day: 2026-09-30.",
            ) from None

    first, after, at = day("from", start), day("to", end), day("as-of", as_of)
    if first and after and first >= after:
        raise UnknownOption(
            "The period is empty",
            f"Could not use --from {first} --to {after} because the period ends before it begins.",
            "--to is the first day after the period.",
        )
    scope = Scope(period="custom" if first or after else "all", start=first, end=after, as_of=at)
    grouped: dict[str, list[str]] = {}
    for clause in where:
        name, sign, value = clause.partition("=")
        if not sign or not name.strip():
            raise UnknownOption(
                "Unknown filter", f"Could not use --where {clause} because it is not FIELD=VALUE.",
                "For example --where segment=Enterprise.",
            )  # fmt: skip
        grouped.setdefault(name.strip(), []).append(value.strip())
    for name, values in grouped.items():
        scope = scope.with_filter(name, values)
    return scope


def check_filters(scope: Scope, dimensions: Mapping[str, Iterable[str]]) -> None:
    """Raise UnknownOption when the scope filters on a dimension, or on a value, that the data do not have."""
    for name, values in scope.filters:
        if name not in dimensions:
            raise UnknownOption(
                "Unknown field",
                f"Could not filter on {name} because no account has that field.",
                nearest(name, dimensions),
            )
        choices = list(dimensions[name])
        for value in values:
            if value not in choices:
                raise UnknownOption(
                    "Unknown value",
                    f"Could not filter on {name} = {value} because no account has that field.",
                    nearest(value, choices),
                )
