"""The scope bar: period, filters and comparison, the same on every page; its values live in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from cs_dash.look import words
from cs_dash.look.templates import Markup, render
from cs_dash.pipeline import Version
from cs_dash.scope import EARLIEST, LATEST, ONE_DAY, PERIODS, Scope, within_bounds
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import html, note, one_place
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address
from cs_dash.ui.state.adjacent_scopes import FIRST, SHOWN_PERIODS
from cs_dash.ui.state.answers import dimensions
from cs_dash.ui.state.session import Snapshot

KEY = "scope"
MOST_PARTS, MOST_LETTERS = 6, 60
MOST_NAMED = 2
"""How many values of a filter its chip names; of more it says how many they are."""
COMPARED = {"previous": "vs prior period", "year": "vs a year ago", "none": "No comparison"}
"""How the chip says what the period is compared with."""


@dataclass(frozen=True)
class ViewLinks:
    """What can be done with this view.

    Attributes:
        share: the address that shares it; "" where it is not to be shared.
        save: the address that saves it; "" where nobody may.
        saved: (name, address) of the saved views.
    """

    share: str = ""
    save: str = ""
    saved: tuple[tuple[str, str], ...] = ()


def scope_bar(version: Version, snapshot: Snapshot, links: ViewLinks | None = None) -> Scope:
    """Draw the bar and return the scope of the address, without what this version does not know."""
    dimension_values = dimensions(snapshot)
    scope, ignored = scope_of_query(address.read(), dimension_values)
    with st.container(key="scope_bar", horizontal=True, vertical_alignment="center", gap="small"):
        html(chips(scope, version, links or ViewLinks()), width="content")
        if scope.period == "custom":
            _dates(scope, version)
        with controls.popover("+ Filter", key=f"{KEY}_filters"):
            for name in sorted(dimension_values, key=lambda field: (*FIRST, field).index(field)):
                _filter(scope, name, dimension_values[name])
            _as_of(scope)
    with one_place():
        if ignored:
            note(f"Not in the data, so ignored: {left_out(ignored)}.")
        if scope.bounds_note:
            note(scope.bounds_note)
    return scope


def chips(scope: Scope, version: Version, links: ViewLinks) -> Markup:
    """Return the scope as chips: each is a link that changes one thing of it, or opens a list of such links."""
    dates = scope.resolved(version.newest_day)

    def with_period(period: str) -> Scope:
        own_dates = {"start": dates.start, "end": dates.end} if period == "custom" else {"start": None, "end": None}
        return replace(scope, period=period, **own_dates)

    shown = SHOWN_PERIODS if scope.period in SHOWN_PERIODS else (*SHOWN_PERIODS, scope.period)
    filters = [_chip(title(name), values, scope.with_filter(name, ())) for name, values in scope.filters]
    if scope.as_of:
        filters.append(_chip("As of", (words.date(scope.as_of, locale()),), replace(scope, as_of=None)))
    return render(
        "components/scope_chips.html",
        load=version.number,
        period=PERIODS[scope.period],
        periods=[_choice(PERIODS[name], with_period(name), name == scope.period) for name in shown],
        comparison=COMPARED[scope.compare],
        comparisons=[_choice(COMPARED[name], replace(scope, compare=name), name == scope.compare) for name in COMPARED],
        filters=filters,
        reset=address.scope_link(Scope()) if scope != Scope() else "",
        links=links,
    )


def _choice(label: str, target: Scope, chosen: bool) -> dict[str, object]:
    return {"label": label, "href": address.scope_link(target), "chosen": chosen}


def _chip(name: str, values: tuple[str, ...], without: Scope) -> dict[str, str]:
    """Return a filter in force as its chip shows it, with the address without it."""
    return {
        "label": f"{name}: {in_short(values)}",
        "title": f"{name}: {', '.join(values)}",
        "href": address.scope_link(without),
    }


def scope_of_query(
    query: address.Query, dimension_values: Mapping[str, tuple[str, ...]]
) -> tuple[Scope, tuple[str, ...]]:
    """Return the scope of a query and what of it was left out because the data do not have it."""
    scope, ignored = Scope.from_query(query)
    for name, values in scope.filters:
        valid = [value for value in values if value in dimension_values.get(name, ())]
        ignored += tuple(f"{title(name)} {value}" for value in values if value not in valid)
        scope = scope.with_filter(name, valid)
    return scope, ignored


def title(name: str) -> str:
    """Return a dimension's name in words."""
    return words.field_title(name)


def in_short(chosen: tuple[str, ...]) -> str:
    """Return the chosen values of a dimension as its chip shows them."""
    if len(chosen) > MOST_NAMED:
        return f"{len(chosen)} selected"
    return ", ".join(value if len(value) <= 24 else f"{value[:24]}…" for value in chosen)


def left_out(parts: tuple[str, ...]) -> str:
    """Return what was left out of an address, of which anybody can write any amount, in a line."""
    lines = [part if len(part) <= MOST_LETTERS else f"{part[:MOST_LETTERS]}…" for part in parts[:MOST_PARTS]]
    more = len(parts) - MOST_PARTS
    return ", ".join(lines) + (f" and {more} more" if more > 0 else "")


def _set_from_address(key: str, value: object) -> str:
    """Set the widget `key` from the address and return the key."""
    st.session_state[key] = value
    return key


def _write(change: Callable[[], Scope]) -> Callable[[], None]:
    """Return what a widget does when it is changed: write the address, before the script runs."""
    return lambda: address.write_scope(change())


def _dates(scope: Scope, version: Version) -> None:
    dates = scope.resolved(version.newest_day)
    if dates.end is None:
        return
    last = within_bounds(dates.end - ONE_DAY)

    def chosen() -> Scope:
        days = st.session_state[key]
        if len(days) != 2:  # the first of two clicks
            return scope
        return replace(scope, start=days[0], end=days[1] + ONE_DAY)

    first = dates.start or last
    key = _set_from_address(f"{KEY}_dates", (first, last))
    controls.date_input(
        "First and last day",
        value=(first, last),
        label_visibility="collapsed",
        format="YYYY-MM-DD",
        width=230,
        min_value=EARLIEST,
        max_value=LATEST,
        key=key,
        on_change=_write(chosen),
    )


def _as_of(scope: Scope) -> None:
    key = _set_from_address(f"{KEY}_as_of", scope.as_of and within_bounds(scope.as_of))
    controls.date_input(
        "As of",
        value=None,
        format="YYYY-MM-DD",
        min_value=EARLIEST,
        max_value=LATEST,
        help="Empty: the latest day of the data.",
        key=key,
        on_change=_write(lambda: replace(scope, as_of=st.session_state[key])),
    )


def _filter(scope: Scope, name: str, values: tuple[str, ...]) -> None:
    key = _set_from_address(f"{KEY}_f_{name}", list(dict(scope.filters).get(name, ())))
    controls.multiselect(
        title(name),
        values,
        placeholder="all",
        width=260,
        key=key,
        on_change=_write(lambda: scope.with_filter(name, st.session_state[key])),
    )
