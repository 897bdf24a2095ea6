"""The forms of the page of people: to add somebody, and to change a role with its limits or remove somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cs_dash.decisions import people
from cs_dash.decisions.people import CSM, ROLES, VIEWER, WITH_LIMITS, Person
from cs_dash.look.templates import render
from cs_dash.sharing.people import CSM_DIMENSION
from cs_dash.ui.components import controls
from cs_dash.ui.components.guard import guarded
from cs_dash.ui.components.html import html, note
from cs_dash.ui.components.scope_bar import title as dimension_title
from cs_dash.ui.state import address, answers, keys, session

EDIT = "person"
"""What the address calls the person who is changed."""
NOTES = {
    "admin": "May do everything, also change who may sign in.",
    "leader": "May load, label, decide, prepare reviews, change settings and share.",
    CSM: "Reads the accounts of one CSM.",
    "pm": "May change the roadmap, goals and programmes; with limits, reads only.",
    VIEWER: "Reads only.",
}


def add_form() -> None:
    """Offer to add somebody."""
    with st.container(border=True, key="person_add"):
        html(render("components/chart_title.html", title="Add person", note="The person signs in by this address."))
        generation = st.session_state.get(keys.PEOPLE_GENERATION, 0)
        email = controls.text_input("E-mail", max_chars=people.LONGEST, key=f"person_email_{generation}", width=320)
        chosen = _fields(Person(email or "", VIEWER), f"person_new_{generation}")
        if controls.button("Add person", key="person_add_do", type="primary"):
            with guarded():
                added = people.add(session.workspace(), chosen)
                _done(f"{added.email} may sign in as {ROLES[added.role]}.")


def change_form(listed: Sequence[Person]) -> None:
    """Offer to change or remove one of these people; the address says whom."""
    by_email = {person.email: person for person in listed}
    chosen = (address.read().get(EDIT) or [""])[-1]
    before = by_email.get(chosen)
    with st.container(border=True, key="person_change"):
        html(render("components/chart_title.html", title="Change or remove", note="Counts from the next click on."))
        key = f"person_chosen_{chosen}"
        controls.selectbox(
            "Person", list(by_email), index=list(by_email).index(chosen) if before else None, key=key,
            placeholder="Choose a person", width=320,
            on_change=lambda: address.write_choice(EDIT, st.session_state[key] or ""),
        )  # fmt: skip
        if before is None:
            return
        changed = _fields(before, f"person_{chosen}_{st.session_state.get(keys.PEOPLE_GENERATION, 0)}")
        with st.container(horizontal=True):
            saved = controls.button("Save", key="person_save", type="primary", disabled=changed == before)
            with controls.popover("Remove", key="person_removal"):
                note(f"{chosen} can no longer sign in. What this person did stays recorded.")
                removed = controls.button("Remove this person", key="person_remove")
        with guarded():
            if saved:
                people.change(session.workspace(), changed)
                _done(f"{chosen} is {ROLES[changed.role]} now.")
            if removed:
                people.remove(session.workspace(), chosen)
                _done(f"{chosen} may no longer sign in.")


def _fields(before: Person, key: str) -> Person:
    """Offer the role and what belongs to it, and return the person as chosen."""
    role = controls.selectbox(
        "Role", list(ROLES), index=list(ROLES).index(before.role), format_func=ROLES.__getitem__, key=f"{key}_role",
        width=200,
    )  # fmt: skip
    role = role or before.role
    note(NOTES[role])
    values = _dimensions()
    if role == CSM:
        names = sorted({*values.get(CSM_DIMENSION, ()), *([before.csm] if before.csm else [])})
        csm = controls.selectbox(
            "CSM", names, index=names.index(before.csm) if before.csm else None, placeholder="Whose accounts",
            key=f"{key}_csm", accept_new_options=True, width=260,
        )  # fmt: skip
        return Person(before.email, role, csm or "")
    if role not in WITH_LIMITS:
        return Person(before.email, role)
    with st.container(horizontal=True):
        names_hidden = controls.checkbox("Hide names of customers", before.hide_names, key=f"{key}_names")
        money_hidden = controls.checkbox("Hide money", before.hide_money, key=f"{key}_money")
    return Person(before.email, role, "", names_hidden, money_hidden, _filters(before, values, key))


def _filters(before: Person, values: Mapping[str, Sequence[str]], key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Offer to filter by one field of the accounts; filters by more of them are made by the command and stay."""
    if len(before.filters) > 1:
        return before.filters
    field, chosen = before.filters[0] if before.filters else ("", ())
    fields = ["", *sorted({*values, *([field] if field else [])})]
    with st.container(horizontal=True):
        picked = controls.selectbox(
            "Accounts", fields, index=fields.index(field), key=f"{key}_field", width=200,
            format_func=lambda name: dimension_title(name) if name else "All accounts",
        )  # fmt: skip
        if not picked:
            return ()
        before_values = chosen if picked == field else ()
        listed = sorted({*values.get(picked, ()), *before_values})
        selected = controls.multiselect(
            "Only", listed, default=list(before_values), key=f"{key}_{picked}", placeholder="Choose values"
        )
    return ((picked, tuple(sorted(selected))),) if selected else ()


def _dimensions() -> Mapping[str, Sequence[str]]:
    version = session.current_version()
    return answers.dimensions(session.Snapshot.of(version)) if version else {}


def _done(text: str) -> None:
    st.session_state[keys.PEOPLE_MESSAGE] = text
    st.session_state[keys.PEOPLE_GENERATION] = st.session_state.get(keys.PEOPLE_GENERATION, 0) + 1
    address.write_choice(EDIT, "")
    st.rerun()
