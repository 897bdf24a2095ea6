"""The list of tickets: searched, filtered, opened one by one and labelled many at once; all of it in the address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from cs_dash.answer import Answer
from cs_dash.errors import UnknownOption
from cs_dash.sharing import Right
from cs_dash.ui.components.guard import complain
from cs_dash.ui.components.html import note, one_place, table_head
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.empty import empty
from cs_dash.ui.components.show.grid import MOST_ROWS, MOST_SENT, ROW, column_of, drawable
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.show.table import table_of
from cs_dash.ui.components.tables.choices import TableChoices
from cs_dash.ui.components.tables.html_table import offered_columns
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.tickets.ticket_detail import OPENED, opened_ticket
from cs_dash.ui.pages.tickets.ticket_filters import SELECT, YES, chosen_filters, filters
from cs_dash.ui.pages.tickets.ticket_labels import labels, labels_changed
from cs_dash.ui.pages.tickets.ticket_types import types_above, types_below
from cs_dash.ui.state import address, answers, keys
from cs_dash.ui.state.reader import may
from cs_dash.ui.state.topic_links import current_topic

QUESTION = "support.tickets"


def tickets(view: View) -> None:
    """Show the page: the tickets that fit, the filters, and what can be done with them."""
    chosen = chosen_filters(address.read())
    if "topic" in chosen:
        chosen["topic"] = current_topic(view.snapshot, chosen["topic"])
    types = view.ask("support.types")
    try:
        answer = view.ask(QUESTION, **_at_most(chosen), **chosen).result()
    except UnknownOption as error:
        head(view.page.title, "No search was run.")
        filters(view, chosen)
        complain(error.title, error.message, error.hint)
        return
    if answer.missing_tables:
        head(view.page.title, answer.headline)
        empty(answer)
        return
    head(view.page.title, answer.headline, notes_html([answer]))
    with one_place():
        types_above(view, types.result())
    filters(view, chosen)
    _ticket_list(view, answer, chosen)
    types_below(view, types.result())


def selecting() -> bool:
    """Return whether the address opens the list in which tickets can be ticked, for who may label them."""
    return may(Right.LABEL) and (address.read().get(SELECT) or [""])[-1] == YES


def _at_most(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return how many tickets are asked for: the newest, and all of them where they are sorted or searched."""
    choices = TableChoices.of_address()
    return {} if (choices.sort or choices.find) and not selecting() else {"most": str(MOST_SENT)}


@st.fragment
def _ticket_list(view: View, answer: Answer, chosen: Mapping[str, str]) -> None:
    """Show the list, the ticket that is open, and the labels; a click in the grid runs only this."""
    if labels_changed():
        st.session_state[keys.TICKET_LIST_GENERATION] = st.session_state.get(keys.TICKET_LIST_GENERATION, 0) + 1
        st.rerun()
    key = _key(answer)
    ids = answer.rows["ticket_id"].to_pylist()
    ticked = [ids[at] for at in _selected(key).get("rows", ()) if at < len(ids)] if selecting() else []
    labels(view, answer, ticked, selecting=selecting())
    with st.container(key="tickets_list"):
        if not answer.rows.num_rows:
            note("No matching tickets. Clear a filter or choose a longer period.")
        elif selecting():
            _grid(answer, key)
        else:
            _table(view, answer, chosen)
    if number := view.address_value(OPENED):
        opened_ticket(view, number, names_person=not selecting())


def _table(view: View, answer: Answer, chosen: Mapping[str, str]) -> None:
    total = int(answer.figure("tickets").value or 0)
    key_of_all = answers.AnswerKey.of(locale(), view.snapshot, QUESTION, view.scope, chosen)
    cut = answer.rows.num_rows < total
    whole = partial(answers.cached_answer, key_of_all) if cut else None
    table_of(answer, "Tickets", opened_as=OPENED, total=total, whole=whole)


def _key(answer: Answer) -> str:
    """Return the name of the grid, which holds what is chosen in it: other tickets make it another grid."""
    ids = "\n".join(answer.rows["ticket_id"].to_pylist())
    digest = hashlib.blake2b(ids.encode(), digest_size=6).hexdigest()
    return f"tickets_{digest}_{st.session_state.get(keys.TICKET_LIST_GENERATION, 0)}"


def _selected(key: str) -> Mapping[str, Any]:
    state = st.session_state.get(key)
    return state["selection"] if state else {}


def _grid(answer: Answer, key: str) -> None:
    """Show the list in which tickets can be ticked; a click elsewhere on a line opens its ticket."""
    table_head("Tickets", "Tick tickets to set their category; click one to open it.")
    columns, rows = offered_columns(answer), answer.rows
    st.dataframe(
        drawable(rows.select([column.name for column in columns]), columns),
        hide_index=True,
        row_height=ROW,
        height="content" if rows.num_rows <= MOST_ROWS else ROW * (MOST_ROWS + 1) + ROW // 2,
        column_config={column.name: column_of(column, rows, answer.currency) for column in columns},
        key=key,
        placeholder="",
        selection_mode=["multi-row", "single-cell"],
        on_select=partial(_clicked, key, rows["ticket_id"].to_pylist()),
    )


def _clicked(key: str, ids: list[str]) -> None:
    """Open the ticket whose line was clicked, before the script runs; what is chosen by the boxes opens nothing."""
    cells = _selected(key).get("cells", ())
    clicked = (key, cells[0][0]) if cells else None
    if clicked and clicked != st.session_state.get(keys.TICKET_LIST_CLICK):
        address.write_choice(OPENED, ids[cells[0][0]])
    st.session_state[keys.TICKET_LIST_CLICK] = clicked
