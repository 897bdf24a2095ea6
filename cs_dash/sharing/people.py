"""What a person may see and do: the role that somebody was given, as a reader."""

from __future__ import annotations

from collections.abc import Mapping

from cs_dash.decisions import people
from cs_dash.decisions.people import ADMIN, CSM, LEADER, PM, VIEWER, Person
from cs_dash.errors import NotAllowed
from cs_dash.sharing.readers import Limits, Reader
from cs_dash.store.access.sign_outs import record_sign_out, signed_out
from cs_dash.store.acting import ALL_RIGHTS, Right
from cs_dash.store.workspace import Workspace

RIGHTS: Mapping[str, frozenset[Right]] = {
    ADMIN: ALL_RIGHTS,
    LEADER: ALL_RIGHTS - {Right.PEOPLE},
    CSM: frozenset({Right.VIEWS}),
    PM: frozenset({Right.DECIDE, Right.VIEWS}),
    VIEWER: frozenset({Right.VIEWS}),
}
"""What each role may do. With limits nobody may do more than save views: a decision is about all accounts."""
CSM_DIMENSION = "csm"


def reader_of_person(workspace: Workspace, email: str) -> Reader:
    """Return the reader who signs in by an e-mail address; nobody, with this address, where it is not in the list."""
    person = people.person_of(workspace, email)
    return reader_in_role(person) if person else Reader("nobody", email.strip().lower(), pages=frozenset())


def known_person(workspace: Workspace, email: str) -> Reader:
    """Return the reader who signs in by an e-mail address. Raises NotAllowed where it is not in the list."""
    reader = reader_of_person(workspace, email)
    if reader.kind == "nobody":
        raise NotAllowed(
            "Not allowed",
            f"Could not read as {reader.id} because this person is not among those who may sign in.",
            "Ask an admin, who can add people: person add EMAIL --role ROLE.",
        )
    return reader


def reader_in_role(person: Person) -> Reader:
    """Return a person as a reader, with the rights and limits of the role."""
    filters = dict(person.filters) | ({CSM_DIMENSION: (person.csm,)} if person.role == CSM else {})
    limits = Limits(tuple(sorted(filters.items())), person.hide_names, person.hide_money)
    rights = RIGHTS[person.role] & {Right.VIEWS} if limits else RIGHTS[person.role]
    return Reader("person", person.email, person.email, rights, limits)


def end_sign_in(workspace: Workspace, sign_in: str, seconds: float) -> None:
    """End a sign-in, given by the digest of its cookie, for every process of the server, also after a restart."""
    record_sign_out(workspace.state, sign_in, seconds)


def has_ended(workspace: Workspace, sign_in: str) -> bool:
    """Return whether a sign-in, given by the digest of its cookie, has ended before its time."""
    return sign_in in signed_out(workspace.state)
