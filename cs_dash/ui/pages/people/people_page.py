"""The page of people: who may sign in, in which role, and what they see; to add, change and remove."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pyarrow as pa
import streamlit as st

from cs_dash.answer import Column
from cs_dash.decisions import people
from cs_dash.decisions.people import ROLES, Person
from cs_dash.look import words
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import heading, message, note, note_lines, one_place
from cs_dash.ui.components.show.answers import head
from cs_dash.ui.components.show.static_table import static_table
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.versions import moment
from cs_dash.ui.pages.people.people_history import history_lines, limits_text
from cs_dash.ui.pages.people.person_form import add_form, change_form
from cs_dash.ui.server import sign_in_settings
from cs_dash.ui.state import keys, session

COLUMNS = (
    Column("email", "E-mail", priority=1), Column("role", "Role", priority=1), Column("sees", "Sees", priority=2),
    Column("changed", "Last change", priority=3),
)  # fmt: skip
NO_SIGN_IN = (
    "Nobody signs in to this server: whoever reaches it may do everything, and this list has no effect until sign-in "
    "is set up."
)


def people_page(title: str) -> None:
    """Show the page under its title; it needs no data."""
    with guarded():
        workspace = session.workspace()
        listed = people.people(workspace)
        head(title, _headline(listed))
        with one_place():
            if saved := st.session_state.pop(keys.PEOPLE_MESSAGE, None):
                message(saved)
        if not sign_in_settings.way():
            note(NO_SIGN_IN)
        changes = people.history(workspace)
        if listed:
            latest = {row.subject: row for row in changes}
            static_table("People", COLUMNS, _rows(listed, {name: row.at for name, row in latest.items()}), "people")
        with st.container(horizontal=True, gap="small", key="people_forms"):
            with st.container(key="people_add"):
                add_form()
            if listed:
                with st.container(key="people_change"):
                    change_form(listed)
        if changes:
            heading("History")
            note_lines(history_lines(changes))


def _headline(listed: tuple[Person, ...]) -> str:
    if not listed:
        return "Nobody may sign in yet. Add an admin first."
    counts = Counter(person.role for person in listed)
    by_role = ", ".join(f"{counts[role]} {name}" for role, name in ROLES.items() if counts[role])
    return f"**{words.plural(len(listed), 'person', 'people', locale())}** may sign in: {by_role}."


def _rows(listed: tuple[Person, ...], changed_at: dict[str, dt.datetime]) -> pa.Table:
    return pa.table(
        {
            "email": [person.email for person in listed],
            "role": [ROLES[person.role] for person in listed],
            "sees": [limits_text(person) for person in listed],
            "changed": [moment(changed_at[person.email]) for person in listed],
        }
    )
