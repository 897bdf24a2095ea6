"""The help desk's own types above the list of tickets: one click decides which kind a type counts as.

The address keeps the section open; closed, it is one line, or none where every type has a kind.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions import ticket_types
from cs_dash.decisions.ticket_types import CHOICES
from cs_dash.look import words
from cs_dash.look.templates import Markup, bold, render
from cs_dash.questions.support.tickets.types import BY_PART, BY_PEOPLE, NOT_READ, TAG, TYPE, is_material, is_open
from cs_dash.sharing import Right
from cs_dash.tickets.classifier.type_terms import SAYS_NOTHING
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import heading, html, message, note
from cs_dash.ui.components.navigation import page_at
from cs_dash.ui.components.show.table import downloads
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.page import View
from cs_dash.ui.pages.tickets.ticket_filters import NAMES
from cs_dash.ui.state import address, keys, session
from cs_dash.ui.state.reader import may

SECTION, OPEN = "types", "open"
"""The section's name in the address, and the value that opens it."""
MESSAGE_SECONDS = 60.0
LISTED, FOLDED = 20, 50
HELP = (
    "One click applies to all tickets of the type, also later ones. “Says nothing” is for types such as “E-mail”: tags,"
    " the model or the text then decide."
)
Row = dict[str, Any]


def types_above(view: View, answer: Answer) -> None:
    """Show what `support.types` asks about: the section where it is open, else the line that opens it."""
    if answer.missing_tables or not may(Right.LABEL):
        return
    if view.address_value(SECTION) == OPEN:
        _section(view, answer)
    elif _open_rows(answer, TYPE):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="types_line"):
            note(bold(answer.headline), width="content")
            controls.button("Map ticket types", key="types_open", on_click=_set_section, args=(OPEN,))


def types_below(view: View, answer: Answer) -> None:
    """Lead to the section below the list where no type asks for a word, but some can be changed."""
    if view.address_value(SECTION) == OPEN or not may(Right.LABEL):
        return
    if answer.rows.num_rows and not _open_rows(answer, TYPE):
        label = f"Edit {words.plural(answer.rows.num_rows, 'type or tag', 'types and tags', locale())}"
        controls.button(label, key="types_open", type="tertiary", on_click=_set_section, args=(OPEN,))


def types_link(answer: Answer) -> None:
    """Lead from another page to the section, where the types that name no kind are those of many tickets."""
    if is_material(answer) and may(Right.LABEL):
        scope = address.of_scope(address.read())
        n = int(answer.figure("untold_types").value or 0)
        label = f"Map {words.plural(n, 'ticket type', locale=locale())}"
        controls.page_link(
            page_at("tickets"), label=label, icon=":material/sell:", query_params=scope | {SECTION: [OPEN]}
        )


def _set_section(value: str) -> None:
    address.write_choice(SECTION, value)


def _show(value: str) -> None:
    """List the tickets of a type, and close the section above them."""
    query = {name: values for name, values in address.read().items() if name not in NAMES}
    address.write(query | {SECTION: [], "type": [value]})


def _open_rows(answer: Answer, field: str) -> list[Row]:
    return [row for row in answer.rows.to_pylist() if row["field"] == field and is_open(row)]


def _section(view: View, answer: Answer) -> None:
    ready = view.snapshot.kinds is not None
    types, tags = _open_rows(answer, TYPE), _open_rows(answer, TAG)
    resolved = [row for row in answer.rows.to_pylist() if not is_open(row) and (row["kind"] or row["field"] == TYPE)]
    with st.container(border=True, key="types_section"):
        with st.container(horizontal=True, vertical_alignment="center", key="head_types"):
            heading("Unmapped ticket types" if types else "Ticket types")
            downloads(answer)
            controls.button("Close", key="types_close", type="tertiary", on_click=_set_section, args=("",))
        note(bold(f"{answer.headline} {HELP}"))
        _last_change(ready=ready)
        if not ready:
            note("Tickets are still being processed; mapping starts when that is done.")
        _lines(types, LISTED, ready=ready)
        if tags:
            with controls.expander(
                f"{words.plural(len(tags), 'tag', locale=locale())} of tickets with an uninformative type"
            ):
                _lines(tags, LISTED, ready=ready)
        if resolved:
            label = words.plural(len(resolved), "type or tag", "types and tags", locale=locale())
            with controls.expander(f"{label} with a category", expanded=not types and not tags):
                _lines(resolved, FOLDED, ready=ready)


def _lines(rows: Sequence[Row], most: int, *, ready: bool) -> None:
    for row in rows[:most]:
        _line(row, ready=ready)
    if len(rows) > most:
        more = words.plural(len(rows) - most, "more", "more", locale=locale())
        note(f"{more} with fewer tickets.")


def _line(row: Row, *, ready: bool) -> None:
    """Show one type or tag with its kind; a click on another kind sets it, on a decided one undoes it."""
    value, by_people = str(row["value"]), row["read"] == BY_PEOPLE
    name = hashlib.blake2b(f"{row['field']} {value}".encode(), digest_size=6).hexdigest()
    key = f"type_kind_{name}_{row['kind']}_{row['read']}_{st.session_state.get(keys.TYPES_GENERATION, 0)}"
    fixed = bool(row["kind"]) and not by_people  # a kind read from its words can be changed, but not undone

    def clicked() -> None:
        picked = st.session_state[key]
        # An interrupted run drops its widgets: the browser then reports all of them again.
        decided = ticket_types.decided(session.workspace())
        if picked == row["kind"] or picked == ticket_types.choice_for(value, decided):
            return
        st.session_state[keys.TYPES_GENERATION] = st.session_state.get(keys.TYPES_GENERATION, 0) + 1
        _say(value, picked)

    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"type_line_{name}"):
        html(_line_html(row), width="stretch")
        if row["field"] == TYPE and row["tickets"]:
            controls.button("Show tickets", key=f"type_show_{name}", type="tertiary", on_click=_show, args=(value,))
        controls.pills(
            f"Category of {value}", CHOICES, default=row["kind"], required=fixed, key=key, on_change=clicked,
            disabled=not ready, format_func=str.capitalize, label_visibility="collapsed", wrap=True,
        )  # fmt: skip


def _line_html(row: Row) -> Markup:
    facts = [words.plural(row["tickets"], "ticket", locale=locale()) if row["tickets"] else "no tickets in the period"]
    if row["read"] == NOT_READ and row["untold"] != row["tickets"]:
        facts.append(f"{words.count(row['untold'], locale())} without a category")
    origins = {BY_PEOPLE: "set manually; click again to undo", BY_PART: f"matched by “{row['word']}”"}
    if row["read"] in origins:
        facts.append(origins[row["read"]])
    return render(
        "tickets/type_line.html",
        value=row["value"],
        is_tag=row["field"] == TAG,
        facts=", ".join(facts),
        example=row["example"],
    )


def _last_change(*, ready: bool) -> None:
    """Say what the last click changed, and offer to take it back."""
    text, said_at, value, before = st.session_state.get(keys.TYPES_MESSAGE, ("", 0.0, "", None))
    if not text or time.monotonic() - said_at > MESSAGE_SECONDS:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="types_told"):
        message(text, width="content")
        style: Literal["tertiary"] = "tertiary"
        controls.button("Undo", key="types_undo", type=style, disabled=not ready, on_click=_say, args=(value, before))


def _say(value: str, choice: str | None) -> None:
    """Store the kind of a type or tag, None for the one its words name, and the effect for the page to show."""
    with guarded():
        decisions: list[pipeline.TypeDecided] = []

        def decide() -> int:
            decisions.append(pipeline.decide_type(session.workspace(), value, choice))
            return 1

        effect = pipeline.label_effects_of(session.workspace(), decide)
        st.session_state[keys.TYPES_MESSAGE] = (
            _in_words(value, choice, effect.changed_tickets),
            time.monotonic(),
            value,
            decisions[0].before,
        )


def _in_words(value: str, choice: str | None, other_tickets: int) -> str:
    changed = words.plural(other_tickets, "ticket has", "tickets have", locale=locale())
    decision = f"“{value}” mapped to {choice}" if choice else f"Mapping of “{value}” undone"
    if choice == SAYS_NOTHING:
        decision = f"“{value}” ignored as a category"
    return f"{decision}: {changed} a new category." if other_tickets else f"{decision}."
