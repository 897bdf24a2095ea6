"""The scope bar: period, filters and comparison, the same on every page; its values live in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from cs_dash.pipeline import Version
from cs_dash.scope import COMPARISONS, EARLIEST, LATEST, ONE_DAY, PERIODS, Scope, within_bounds
from cs_dash.ui.components import controls
from cs_dash.ui.components.copy_link import copy_link
from cs_dash.ui.components.html import note, one_place
from cs_dash.ui.state import address
from cs_dash.ui.state.adjacent_scopes import FIRST, SHOWN_PERIODS
from cs_dash.ui.state.answers import dimensions
from cs_dash.ui.state.session import Snapshot

KEY = "scope"
MOST_PARTS, MOST_LETTERS = 6, 60
NAMES = {"csm": "CSM", "icp_fit": "ICP fit"}


def scope_bar(version: Version, snapshot: Snapshot) -> Scope:
    """Draw the bar and return the scope of the address, without what this version does not know."""
    dimension_values = dimensions(snapshot)
    scope, ignored = scope_of_query(address.read(), dimension_values)
    with st.container(key="scope_bar", horizontal=True, vertical_alignment="center", gap="small"):
        _period(scope, version)
        first = [name for name in FIRST if name in dimension_values]
        for name in first:
            chosen = dict(scope.filters).get(name, ())
            with controls.popover(f"{title(name)}: {in_short(chosen)}", key=f"{KEY}_pop_{name}"):
                _filter(scope, name, dimension_values[name])
        _more(scope, dimension_values)
        if scope != Scope():
            controls.button("Reset", key=f"{KEY}_reset", type="tertiary", on_click=address.write_scope, args=(Scope(),))
        copy_link(version.number)
    with one_place():
        if ignored:
            note(f"Not in these data, so left out: {left_out(ignored)}.")
        if scope.bounds_note:
            note(scope.bounds_note)
    return scope


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
    return NAMES.get(name, name.replace("_", " ").capitalize())


def in_short(chosen: tuple[str, ...]) -> str:
    """Return the chosen values of a dimension as its button shows them."""
    if not chosen:
        return "all"
    return chosen[0][:24] if len(chosen) == 1 else f"{len(chosen)} chosen"


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


def _period(scope: Scope, version: Version) -> None:
    dates = scope.resolved(version.newest_day)

    def chosen() -> Scope:
        period = st.session_state[key]
        if period == "custom":
            return replace(scope, period=period, start=dates.start, end=dates.end)
        return replace(scope, period=period, start=None, end=None)

    key = _set_from_address(f"{KEY}_period", scope.period)
    controls.pills(
        "Period",
        SHOWN_PERIODS if scope.period in SHOWN_PERIODS else (*SHOWN_PERIODS, scope.period),
        format_func=lambda period: PERIODS[period],
        label_visibility="collapsed",
        required=True,
        key=key,
        on_change=_write(chosen),
    )
    if scope.period == "custom" and dates.end is not None:
        last = within_bounds(dates.end - ONE_DAY)
        _dates(scope, dates.start or last, last)


def _dates(scope: Scope, first: dt.date, last: dt.date) -> None:
    def chosen() -> Scope:
        days = st.session_state[key]
        if len(days) != 2:  # the first of two clicks
            return scope
        return replace(scope, start=days[0], end=days[1] + ONE_DAY)

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


def _more(scope: Scope, dimension_values: Mapping[str, tuple[str, ...]]) -> None:
    """Draw what is chosen less often."""
    more_dimensions = {name: values for name, values in dimension_values.items() if name not in FIRST}
    active = (
        sum(name in more_dimensions for name, _ in scope.filters) + (scope.compare != "previous") + bool(scope.as_of)
    )
    with controls.popover(f"More ({active})" if active else "More", key=f"{KEY}_pop_more"):
        _comparison(scope)
        for name, values in more_dimensions.items():
            _filter(scope, name, values)


def _comparison(scope: Scope) -> None:
    compare = _set_from_address(f"{KEY}_compare", scope.compare)
    as_of = _set_from_address(f"{KEY}_as_of", scope.as_of and within_bounds(scope.as_of))
    controls.selectbox(
        "Compare with",
        list(COMPARISONS),
        format_func=lambda comparison: COMPARISONS[comparison],
        key=compare,
        on_change=_write(lambda: replace(scope, compare=st.session_state[compare])),
    )
    controls.date_input(
        "Look from the day",
        value=None,
        format="YYYY-MM-DD",
        min_value=EARLIEST,
        max_value=LATEST,
        help="Empty: the newest day of the data.",
        key=as_of,
        on_change=_write(lambda: replace(scope, as_of=st.session_state[as_of])),
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
