"""Who uses this session, as far as they said: the name beside loads, undos, labels and settings."""

from __future__ import annotations

import streamlit as st

from cs_dash.sharing import Actor
from cs_dash.ui.components import controls
from cs_dash.ui.server.script_run import script_run
from cs_dash.ui.state import keys
from cs_dash.ui.state.reader import reader

LONGEST = 60


def person() -> str:
    """Return the reader's name; "" where nobody is named, and outside of a session.

    Who is signed in has one name, which they do not choose.
    """
    if not script_run():
        return ""
    return reader().name or str(st.session_state.get(keys.PERSON, ""))


def actor() -> Actor:
    """Return who is acting in this session, with the reader's rights of this moment.

    Outside of a run it is the program itself. What it does for a reader says so: `read_as`, `run_in_background`.
    """
    if not script_run():
        return Actor()
    current = reader(fresh=True)
    return Actor(current.name or person(), current.rights)


def is_named() -> bool:
    """Return whether the reader's name is known without asking: they are signed in."""
    return bool(reader().name)


def person_field(key: str, label: str = "Your name", *, in_line: bool = False) -> None:
    """Offer the field for the name; it is the same in the whole session and recorded with what is done.

    `in_line`: the label stands in the empty field, among other controls of a line.
    """
    if is_named():
        return

    def changed() -> None:
        set_person(st.session_state.get(key) or "")

    controls.text_input(
        label, value=person(), max_chars=LONGEST, key=key, width=200, on_change=changed,
        placeholder=label if in_line else None, label_visibility="collapsed" if in_line else "visible",
    )  # fmt: skip


def person_entry(key: str, label: str = "Your name") -> str:
    """Offer the field for the name within a form, and return what is written in it; the form's button remembers it."""
    if is_named():
        return person()
    written: str = controls.text_input(label, value=person(), max_chars=LONGEST, key=key, width=200)
    return written or ""


def set_person(name: str) -> None:
    """Remember the reader's name in this session."""
    st.session_state[keys.PERSON] = name.strip()[:LONGEST]
