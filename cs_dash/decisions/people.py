"""Who may sign in, and in which role: persons by their e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cs_dash.decisions import log
from cs_dash.decisions.log import Decision, Entry, Kind
from cs_dash.errors import BadInput, nearest
from cs_dash.store.acting import Right
from cs_dash.store.state import Connection
from cs_dash.store.workspace import Workspace

PERSON = Kind("person", "Who may sign in, in which role, and what they see", Right.PEOPLE)
KINDS = (PERSON,)
ADMIN, LEADER, CSM, PM, VIEWER = "admin", "leader", "csm", "pm", "viewer"
ROLES: Mapping[str, str] = {
    ADMIN: "Admin", LEADER: "CS leader", CSM: "CSM", PM: "Product manager", VIEWER: "Viewer",
}  # fmt: skip
"""Role -> what it is called on pages."""
WITH_LIMITS = (PM, VIEWER)
"""The roles for which names and money can be hidden, and accounts be filtered."""
LONGEST = 254
_ADDRESS = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+\.[^@\s.\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in.

    Attributes:
        email: the address by which they sign in, in small letters.
        role: one of `ROLES`.
        csm: the name of the CSM whose accounts a CSM sees, as the data have it; "" for the other roles.
        hide_names: names of customers are hidden from them.
        hide_money: amounts are hidden from them.
        filters: the accounts that they see: dimension -> values; empty for all.
    """

    email: str
    role: str
    csm: str = ""
    hide_names: bool = False
    hide_money: bool = False
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()


def people(workspace: Workspace) -> tuple[Person, ...]:
    """Return everybody who may sign in, by e-mail address."""
    with workspace.state.transaction() as connection:
        return tuple(_people(connection).values())


def person_of(workspace: Workspace, email: str) -> Person | None:
    """Return who has an e-mail address, written in any letters' case; None where nobody who may sign in has it."""
    return next((person for person in people(workspace) if person.email == _folded(email)), None)


def add(workspace: Workspace, added: Person) -> Person:
    """Let somebody sign in, and return them as recorded.

    Raises BadInput for what `checked` refuses, for an address that is in the list already, and for anybody but an
    admin while there is no admin: nobody could change it any more.
    """
    recorded = checked(added)
    with workspace.state.transaction(write=True) as connection:
        listed = _people(connection)
        if recorded.email in listed:
            raise BadInput(
                "Already in the list",
                f"Could not add {recorded.email} because this person is {listed[recorded.email].role} already.",
                "Change the role instead.",
            )
        _record(connection, listed | {recorded.email: recorded}, recorded.email)
    return recorded


def change(workspace: Workspace, changed: Person) -> Person:
    """Give somebody another role or other limits, and return them as recorded.

    Raises BadInput for what `checked` refuses, for an unknown address, and where no admin would be left.
    """
    recorded = checked(changed)
    with workspace.state.transaction(write=True) as connection:
        listed = _people(connection)
        _known(listed, recorded.email)
        _record(connection, listed | {recorded.email: recorded}, recorded.email)
    return recorded


def remove(workspace: Workspace, email: str) -> None:
    """Let somebody sign in no longer. Raises BadInput for an unknown address, and where no admin would be left."""
    with workspace.state.transaction(write=True) as connection:
        listed = _people(connection)
        removed = _known(listed, email)
        _record(connection, {name: one for name, one in listed.items() if name != removed.email}, removed.email)


def history(workspace: Workspace) -> tuple[Decision, ...]:
    """Return every change of the list, oldest first; the value None: removed."""
    return log.history(workspace, PERSON.name)


def checked(person: Person) -> Person:
    """Return a person as recorded. Raises BadInput for what is no address or role, and for limits that do not fit."""
    email = _folded(person.email)
    if not _ADDRESS.fullmatch(email) or len(email) > LONGEST:
        raise BadInput(
            "Not an e-mail address",
            f"Could not add {email or 'a person'} because that is not an e-mail address.",
            "Write the address by which the person signs in.",
        )
    if person.role not in ROLES:
        raise BadInput(
            "Not a role", f"Could not use {person.role or 'no role'} as a role.", nearest(person.role, ROLES)
        )
    csm = " ".join(person.csm.split())
    if (person.role == CSM) != bool(csm):
        raise BadInput(
            "Whose accounts?",
            f"Could not save {email} because {'no CSM is' if not csm else 'a CSM is'} named.",
            "Name the CSM as the accounts have it." if not csm else "Only a person with the role csm has own accounts.",
        )
    filters = tuple(sorted((name, tuple(sorted(set(values)))) for name, values in person.filters if values))
    if person.role not in WITH_LIMITS and (person.hide_names or person.hide_money or filters):
        raise BadInput(
            "No limits for this role",
            f"Could not save {email} because limits are for {' and '.join(WITH_LIMITS)} only.",
            "Choose another role, or leave the limits out.",
        )
    return replace(person, email=email, csm=csm, filters=filters)


def from_recorded(email: str, value: Mapping[str, Any]) -> Person:
    """Return a person as the log has them."""
    filters = tuple((name, tuple(values)) for name, values in sorted(value.get("where", {}).items()))
    hidden = value.get("hide", ())
    return Person(email, value["role"], value.get("csm", ""), "names" in hidden, "money" in hidden, filters)


def recorded_value(person: Person) -> dict[str, Any]:
    """Return what the log records of a person: the role, and what else was said."""
    hidden = [name for name, hide in (("names", person.hide_names), ("money", person.hide_money)) if hide]
    more = {"csm": person.csm, "hide": hidden, "where": {name: list(values) for name, values in person.filters}}
    return {"role": person.role} | {name: value for name, value in more.items() if value}


def _people(connection: Connection) -> dict[str, Person]:
    rows = sorted(log.in_force_within(connection, [PERSON.name]), key=lambda row: row.subject)
    return {row.subject: from_recorded(row.subject, row.value) for row in rows if row.value is not None}


def _record(connection: Connection, after: Mapping[str, Person], email: str) -> None:
    """Record what becomes of a person. Raises BadInput where the list would be without an admin."""
    if not _has_admin(after.values()):
        raise BadInput(
            "No admin",
            f"Could not save {email} because there would be no admin, and nobody could change the list any more.",
            "Make somebody else an admin first.",
        )
    value = recorded_value(after[email]) if email in after else None
    log.change_within(connection, [Entry(PERSON.name, email, value)])


def _has_admin(listed: Iterable[Person]) -> bool:
    return any(person.role == ADMIN for person in listed)


def _known(listed: Mapping[str, Person], email: str) -> Person:
    if _folded(email) not in listed:
        raise BadInput(
            "No such person", f"Could not find {email.strip()} among those who may sign in.", nearest(email, listed)
        )
    return listed[_folded(email)]


def _folded(email: str) -> str:
    return email.strip().lower()
