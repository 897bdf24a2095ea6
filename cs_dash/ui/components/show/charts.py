"""Charts in cards: the finding as title, what is drawn below it, the drawing; a click opens what a mark stands for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from cs_dash.charts import Chart, CohortTriangle
from cs_dash.look import charts, words
from cs_dash.look.templates import Markup, render
from cs_dash.look.theme import ThemeName
from cs_dash.ui.components import controls
from cs_dash.ui.components.account_names import with_account_links
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.show.picture_downloads import OFFERED, picture_downloads
from cs_dash.ui.components.show.pin_links import pin_href
from cs_dash.ui.components.text import locale
from cs_dash.ui.state import address, keys
from cs_dash.ui.state.chart_data import rows_of

CHOICES_HEIGHT, LIST_WIDTH, WIDE_LIST = 56, 166, 330  # pixels; three lists fit beside each other
UNEVEN = 32  # pixels; a smaller difference between two cards is not seen
MOST_SIDE_BY_SIDE = 3  # options shown side by side; more become a list
AS_TABLE = "as_table"
"""The name in the address of the chart that is shown as a table."""
Row = Mapping[str, Any]
NO_ROWS: Mapping[str, Row] = {}
Clicked = Callable[[Chart, list[dict[str, Any]]], None]
"""What a click does: the chart and the rows behind the clicked mark, none where the click let go of it."""


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
        wide: the list is as wide as a title needs.
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
    wide: bool = False
    default: str = ""
    why: str = ""

    @property
    def implied_value(self) -> str:
        """The value that the address need not say."""
        return self.default or self.options[0]


def chart_cards(
    charts_shown: list[Chart],
    choices: Sequence[Choice] = (),
    last_half: Callable[[], None] | None = None,
    clickable: Collection[str] = (),
    clicked: Clicked | None = None,
    opened: Mapping[str, Row] = NO_ROWS,
) -> None:
    """Draw the charts two by two.

    `last_half` draws what takes the free half of the last row; where there is none it comes below the charts. A click
    on a mark of the `clickable` charts runs `clicked`. `opened`: chart -> the row behind the mark that is open.
    """
    rows = in_rows(charts_shown)
    for row in rows:
        free = last_half is not None and row is rows[-1] and len(row) == 1 and not isinstance(row[0], CohortTriangle)
        with _side_by_side(f"charts_{row[0].name}") if free or len(row) > 1 else nullcontext():
            if free and last_half:
                last_half()
                last_half = None
            heights = row_heights(row, [sum(choice.chart == chart.name for choice in choices) > 0 for chart in row])
            for chart, height in zip(row, heights, strict=True):
                with st.container(border=True, height="stretch", key=f"chart_{chart.name}"):
                    _let_go_of_other_marks(chart, opened.get(chart.name))
                    _card(
                        chart,
                        [choice for choice in choices if choice.chart == chart.name],
                        clicked if chart.name in clickable else None,
                        opened.get(chart.name),
                        height,
                    )
    if last_half:
        last_half()


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


def row_heights(row: list[Chart], with_choices: list[bool]) -> list[int]:
    """Return the height that each drawing of a row takes at least, so that all end about where the highest does.

    One that is nearly as high keeps its own height: it would be drawn anew whenever a list beside it becomes longer.
    0 for one by itself. `with_choices`: whether choices stand above the drawing.
    """
    if len(row) == 1 or on_a_phone():
        return [0] * len(row)
    above = [CHOICES_HEIGHT if offers else 0 for offers in with_choices]
    ends = [
        charts.spec(chart)["height"] + over if chart.rows.num_rows else 0
        for chart, over in zip(row, above, strict=True)
    ]
    return [(max(ends) if max(ends) - end >= UNEVEN else end) - over for end, over in zip(ends, above, strict=True)]


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
            width=WIDE_LIST if choice.wide else LIST_WIDTH,
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


def _card(
    chart: Chart, choices: Sequence[Choice], clicked: Clicked | None, opened: Row | None, least_height: int
) -> None:
    query = address.read()
    as_table = query.get(AS_TABLE, [])[-1:] == [chart.name]
    offers_picture = bool(chart.rows.num_rows) and query.get(OFFERED, [])[-1:] == [chart.name]
    html(
        render(
            "components/chart_head.html",
            title=chart.title,
            title_html=with_account_links(Markup.escape(chart.title), chart.rows),
            subtitle=chart.subtitle,
            narrowed=isinstance(chart, CohortTriangle),
            description=charts.description(chart, locale()),
            name=chart.name,
            events="\n".join(f"{words.date(event.day, locale())}: {event.title}" for event in chart.events),
            event_count=words.plural(len(chart.events), "event"),
            href=address.here(query | {AS_TABLE: [] if as_table else [chart.name]}) if chart.rows.num_rows else "",
            link="Show as chart" if as_table else "Show as table",
            save_href=address.here(query | {OFFERED: [] if offers_picture else [chart.name]}),
            save_link="Close download" if offers_picture else "Download",
            pin=pin_href(chart.name),
        )
    )
    if offers_picture:
        picture_downloads(chart)
    with st.container(horizontal=True, key=f"choices_{chart.name}") if len(choices) > 1 else nullcontext():
        for choice in choices:
            _choose(choice)
    for reason in (choice.why for choice in choices if choice.why):
        note(reason)
    if chart.rows.num_rows == 0:
        note("No data in this scope.")
        return
    if as_table:
        table = charts.chart_table(chart, rows_of(chart, locale()))
        html(render("tables/chart.html", table=table, caption=f"{chart.title}: table"))
        return
    kind: ThemeName = "dark" if st.context.theme.type == "dark" else "light"
    spec = charts.spec(
        chart, kind, narrow=on_a_phone(), selectable=clicked is not None, locale=locale(), least_height=least_height
    )
    options: dict[str, Any] = {"on_select": partial(_clicked, chart, clicked)} if clicked else {}
    rows = rows_of(chart, locale())
    if opened:
        rows = charts.with_opened(rows, chart, opened)
    # A drawing whose name changes is discarded and built again: titles that depend on rows stay in the card.
    st.vega_lite_chart(rows, spec, theme=None, key=_key(chart.name), alt=charts.drawing_name(chart), **options)


def _key(chart: str) -> str:
    """Return the name of a chart's drawing, which holds what is picked in it."""
    anew = st.session_state.get(keys.chart_generation(chart), 0)
    return f"drawn_{chart}" + (f"_{anew}" if anew else "")


def _let_go_of_other_marks(chart: Chart, opened: Row | None) -> None:
    """Clear a chart's selection, unless the address opens it, by building it again: no drawing can clear its own."""
    rows = _selected_rows(chart)
    if rows and (opened is None or charts.mark_key(chart, rows[0]) != charts.mark_key(chart, opened)):
        generation = keys.chart_generation(chart.name)
        st.session_state[generation] = st.session_state.get(generation, 0) + 1


def _selected_rows(chart: Chart) -> list[dict[str, Any]]:
    state = st.session_state.get(_key(chart.name))
    return charts.selected_rows(chart, state["selection"].get(charts.SELECTION) or []) if state else []


def _clicked(chart: Chart, clicked: Clicked) -> None:
    """Hand on the rows behind the clicked mark, before the script runs again."""
    clicked(chart, _selected_rows(chart))


def on_a_phone() -> bool:
    """Return whether the viewer's browser identifies itself as a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
