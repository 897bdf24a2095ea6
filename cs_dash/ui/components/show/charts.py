"""Charts in cards: the finding as title, what is drawn below it, the drawing; a click picks rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.charts import BarChart, Chart, CohortTriangle, HeatMap, IntervalChart, RankedChart
from cs_dash.look import charts
from cs_dash.look.templates import render
from cs_dash.look.theme import ThemeName
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.chart_data import rows_of

MOST_SIDE_BY_SIDE = 3  # options shown side by side; more become a list
Picked = dict[str, tuple[Any, ...]]
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Drill:
    """What a click on a mark of a chart asks.

    Attributes:
        column: the chart's column that names what is asked for; marks without a value there open nothing.
        ask: the value -> the answer whose rows stand behind the mark.
        value: the value that the address names, which is opened while no mark is clicked; "": none.
        more_page: name of the page that lists the same with the value in its address under the column's name; "": none.
    """

    column: str
    ask: Callable[[str], Answer]
    value: str = ""
    more_page: str = ""


@dataclass(frozen=True)
class Choice:
    """One choice of the reader's, in the card of a chart; it lives in the address.

    Attributes:
        chart: name of the chart.
        option: name of the question's option, and in the address.
        label: what is chosen, in words.
        options: the values, the default first.
        value: the chosen one.
        words: value -> how it is written, where not as it is.
        as_list: offered as a list to pick from, not side by side.
        default: the value that is meant while nothing was chosen; "": the first of the options.
        why: why that is the default, in words that stand beside the choice; "" where there is nothing to say.
    """

    chart: str
    option: str
    label: str
    options: tuple[str, ...]
    value: str
    words: Mapping[str, str]
    as_list: bool = False
    default: str = ""
    why: str = ""

    @property
    def implied_value(self) -> str:
        """The value that the address need not say."""
        return self.default or self.options[0]


def chart_cards(
    charts_shown: list[Chart],
    table: Answer,
    choices: Sequence[Choice] = (),
    last_half: Callable[[], None] | None = None,
    drills: Mapping[str, Drill] = NOTHING,
) -> Picked:
    """Draw the charts two by two and return what was clicked: table column -> values, or chart that drills -> values.

    `last_half` draws what takes the free half of the last row; where there is none it comes below the charts.
    """
    picked: Picked = {}
    rows = in_rows(charts_shown)
    for row in rows:
        free = last_half is not None and row is rows[-1] and len(row) == 1 and not isinstance(row[0], CohortTriangle)
        with _side_by_side(f"charts_{row[0].name}") if free or len(row) > 1 else nullcontext():
            if free and last_half:
                last_half()
                last_half = None
            for chart in row:
                with st.container(border=True, height="stretch", key=f"chart_{chart.name}"):
                    picked |= _card(
                        chart,
                        table,
                        [choice for choice in choices if choice.chart == chart.name],
                        drills.get(chart.name),
                    )
    if last_half:
        last_half()
    return picked


def in_rows(charts_shown: list[Chart]) -> list[list[Chart]]:
    """Return the charts as rows of one or two; a triangle needs the whole width."""
    rows: list[list[Chart]] = []
    for chart in charts_shown:
        wide = isinstance(chart, CohortTriangle) or (rows and isinstance(rows[-1][0], CohortTriangle))
        fits = rows and len(rows[-1]) == 1 and not wide
        if fits:
            rows[-1].append(chart)
        else:
            rows.append([chart])
    return rows


def _side_by_side(key: str) -> AbstractContextManager[object]:
    """Return a row of equal parts, one below the other where there is no room: half the messages of `st.columns`."""
    return st.container(horizontal=True, gap="small", key=key)


def _choose(choice: Choice) -> None:
    """Draw one choice; a change writes the address before the script runs again."""
    key = f"choice_{choice.option}"
    st.session_state[key] = choice.value

    def changed() -> None:
        chosen = st.session_state[key]
        address.write_choice(choice.option, "" if chosen == choice.implied_value else chosen)

    def label(value: str) -> str:
        return choice.words.get(value, value if choice.as_list else value.capitalize())

    if choice.as_list or len(choice.options) > MOST_SIDE_BY_SIDE:
        controls.selectbox(
            choice.label, choice.options, format_func=label, key=key, on_change=changed, label_visibility="collapsed",
            width=190,
        )  # fmt: skip
        return
    controls.segmented_control(
        choice.label,
        choice.options,
        format_func=label,
        key=key,
        on_change=changed,
        required=True,
        label_visibility="collapsed",
    )


def _card(chart: Chart, table: Answer, choices: Sequence[Choice], drill: Drill | None = None) -> Picked:
    html(
        render(
            "components/chart_head.html",
            title=chart.title,
            subtitle=chart.subtitle,
            narrowed=isinstance(chart, CohortTriangle),
            description=charts.description(chart, locale()),
        )
    )
    with st.container(horizontal=True, key=f"choices_{chart.name}") if len(choices) > 1 else nullcontext():
        for choice in choices:
            _choose(choice)
    for reason in (choice.why for choice in choices if choice.why):
        note(reason)
    if chart.rows.num_rows == 0:
        note("Nothing to draw in this scope.")
        return {}
    shared = (drill.column,) if drill else shared_columns(chart, table)
    kind: ThemeName = "dark" if st.context.theme.type == "dark" else "light"
    spec = charts.spec(chart, kind, narrow=on_a_phone(), selectable=bool(shared or chart.opens), locale=locale())
    options: dict[str, Any] = {"on_select": "rerun"} if shared else {}
    if chart.opens:
        options["on_select"] = lambda: _open(chart)
    # A drawing whose name changes is discarded and built again: titles that depend on rows stay in the card.
    state = st.vega_lite_chart(
        rows_of(chart, locale()), spec, theme=None, key=_key(chart.name), alt=charts.drawing_name(chart), **options
    )
    if not shared:
        return {}
    rows = charts.selected_rows(chart, state["selection"].get(charts.SELECTION) or [])
    if drill:
        opened = tuple(row[drill.column] for row in rows if row[drill.column])
        return {chart.name: opened} if opened else {}
    return {name: tuple(dict.fromkeys(row[name] for row in rows)) for name in shared} if rows else {}


def _key(chart: str) -> str:
    """Return the name of a chart's drawing, which holds what is picked in it."""
    anew = st.session_state.get(keys.chart_generation(chart), 0)
    return f"drawn_{chart}" + (f"_{anew}" if anew else "")


def let_go(names: Sequence[str]) -> None:
    """Clear the selection of these charts by building them again: no drawing can clear its own selection."""
    for name in names:
        state = st.session_state.get(_key(name))
        if state and state["selection"].get(charts.SELECTION):
            generation = keys.chart_generation(name)
            st.session_state[generation] = st.session_state.get(generation, 0) + 1


def _open(chart: Chart) -> None:
    """Write what the clicked mark opens into the address, before the script runs again; nothing clicked: nothing."""
    state = st.session_state[_key(chart.name)]
    rows = charts.selected_rows(chart, state["selection"].get(charts.SELECTION) or [])
    if chart.opens:
        address.write_choice(chart.opens, str(rows[0][chart.opens]) if rows else "")


def shared_columns(chart: Chart, table: Answer) -> tuple[str, ...]:
    """Return the categories of a chart that are columns of the table too: a click on a mark then picks its rows."""
    categories: tuple[str | None, ...]
    match chart:
        case RankedChart() | IntervalChart():
            categories = (chart.y,)
        case HeatMap():
            categories = (chart.x, chart.y)
        case BarChart():
            categories = (chart.x, chart.color)
        case _:
            categories = ()
    types = {field.name: field.type for field in table.rows.schema}
    own = {field.name: field.type for field in chart.rows.schema}
    return tuple(name for name in categories if name and name in types and types[name] == own[name])


def on_a_phone() -> bool:
    """Return whether the viewer's browser identifies itself as a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
