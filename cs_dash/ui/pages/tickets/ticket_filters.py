"""The filters of the list of tickets: they live in the address, so that a link shares what was found."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from cs_dash.questions.support.tickets.tickets import ANY, KINDS, NONE, SOURCE_WORDS, SOURCES
from cs_dash.ui.components import controls
from cs_dash.ui.pages.page import View
from cs_dash.ui.state import address

NAMES = ("search", "kind", "source", "topic", "area", "type", "account", "language", "unsure")
SELECT = "select"
"""What the address calls the list in which tickets can be ticked; YES opens it."""
YES = "yes"
MOST_OFFERED = 300
LONGEST = 200


def chosen_filters(query: address.Query) -> dict[str, str]:
    """Return what the address filters by, as options of `support.tickets`; what it cannot say is left out."""
    choices = {"kind": KINDS[1:], "source": SOURCES[1:], "unsure": (YES,)}
    filters = {name: query[name][-1].strip()[:LONGEST] for name in NAMES if query.get(name)}
    return {name: value for name, value in filters.items() if value and value in choices.get(name, (value,))}


def filters(view: View, chosen: Mapping[str, str]) -> None:
    """Draw the filters as the address has them; a change writes the address before the script runs again."""
    choices = _choices(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tickets_filters"):
        _search(chosen.get("search", ""))
        _list("kind", "Any category", {kind: kind.capitalize() for kind in KINDS[1:-1]} | {NONE: "No category"}, chosen)
        sources = {source: f"{text[:1].upper()}{text[1:]}" for source, text in SOURCE_WORDS.items()}
        _list("source", "Any source", sources | {NONE: "No category"}, chosen, 195)
        for name, none, width in (
            ("topic", "Any topic", 230),
            ("area", "Any area", 150),
            ("type", "Any type", 150),
            ("language", "Any language", 145),
        ):
            if choices.get(name) or name in chosen:
                _list(name, none, choices.get(name, {}), chosen, width)
        if choices.get("account") or "account" in chosen:
            _list("account", "Any account", choices.get("account", {}), chosen, 200, free_text=True)
        key = _set_from_address("unsure", chosen.get("unsure") == YES)
        controls.checkbox(
            "Model unsure", key=key, help="Only tickets with a model confidence below 60 %.",
            on_change=lambda: address.write_choice("unsure", YES if st.session_state[key] else ""),
        )  # fmt: skip
        if chosen:
            controls.button("Clear", key="tickets_clear", type="tertiary", on_click=_clear)


def _choices(view: View) -> dict[str, dict[str, str]]:
    """Return what can be picked, the most frequent first: option -> value -> what it is called."""
    choices: dict[str, dict[str, str]] = {}
    for row in view.snapshot.warehouse("ticket_choices").to_pylist():
        values = choices.setdefault(row["field"], {})
        if len(values) < MOST_OFFERED:
            values[row["value"]] = row["name"] or row["value"]
    return choices


def _set_from_address(name: str, value: object) -> str:
    """Set a widget from the address and return its key."""
    key = f"tickets_{name}"
    st.session_state[key] = value
    return key


def _search(value: str) -> None:
    key = _set_from_address("search", value)
    controls.text_input(
        "Search subject and message", placeholder="Search subject and message", label_visibility="collapsed", width=270,
        max_chars=LONGEST, key=key, on_change=lambda: address.write_choice("search", st.session_state[key].strip()),
    )  # fmt: skip


def _list(
    name: str,
    none: str,
    values: Mapping[str, str],
    chosen: Mapping[str, str],
    width: int = 165,
    *,
    free_text: bool = False,
) -> None:
    """Draw one list to pick from; `free_text`: what is not on it can be written."""
    value = chosen.get(name, ANY)
    # Who writes a name, or shares a link that has it, means the value that bears it.
    value = next((option for option, label in values.items() if label.casefold() == value.casefold()), value)
    key = _set_from_address(name, value)

    def changed() -> None:
        picked = (st.session_state[key] or ANY).strip()
        address.write_choice(name, "" if picked == ANY else picked)

    controls.selectbox(
        none,
        list(dict.fromkeys([ANY, *values, value])),
        format_func=lambda option: none if option == ANY else values.get(option, option),
        key=key,
        on_change=changed,
        label_visibility="collapsed",
        width=width,
        accept_new_options=free_text,
    )


def _clear() -> None:
    address.write({name: values for name, values in address.read().items() if name not in NAMES})
