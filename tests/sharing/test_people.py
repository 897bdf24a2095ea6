"""Roles: what a person who signs in may do and see."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions import people
from cs_dash.decisions.people import ROLES, Person
from cs_dash.errors import NotAllowed
from cs_dash.sharing import ALL_RIGHTS, Limits, Right
from cs_dash.sharing.links import reader_named
from cs_dash.sharing.people import RIGHTS, reader_in_role, reader_of_person
from cs_dash.store.workspace import Workspace

MAIL = "bo@example.com"


OWN_VIEWS = frozenset({Right.VIEWS})


@pytest.mark.parametrize(
    ("person", "rights", "limits"),
    [
        (Person(MAIL, "admin"), ALL_RIGHTS, Limits()),
        (Person(MAIL, "leader"), ALL_RIGHTS - {Right.PEOPLE}, Limits()),
        (Person(MAIL, "csm", "Jo Fox"), OWN_VIEWS, Limits((("csm", ("Jo Fox",)),))),
        (Person(MAIL, "pm"), OWN_VIEWS | {Right.DECIDE}, Limits()),
        (Person(MAIL, "pm", hide_money=True), OWN_VIEWS, Limits(hide_money=True)),
        (Person(MAIL, "pm", hide_names=True), OWN_VIEWS, Limits(hide_names=True)),
        (Person(MAIL, "pm", filters=(("segment", ("SMB",)),)), OWN_VIEWS, Limits((("segment", ("SMB",)),))),
        (Person(MAIL, "viewer"), OWN_VIEWS, Limits()),
        (Person(MAIL, "viewer", "", True, True), OWN_VIEWS, Limits((), True, True)),
    ],
)
def test_a_role_is_rights_and_limits(person: Person, rights: frozenset[Right], limits: Limits) -> None:
    reader = reader_in_role(person)
    assert (reader.kind, reader.id, reader.actor.name) == ("person", MAIL, MAIL)
    assert (reader.rights, reader.limits, reader.sees_all) == (rights, limits, not limits)
    assert reader.pages is None


def test_every_role_has_its_rights() -> None:
    assert RIGHTS.keys() == ROLES.keys()


def test_an_address_that_is_not_in_the_list_is_nobody(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert reader_of_person(workspace, "Eve@example.com").kind == "nobody"
    people.add(workspace, Person("ana@example.com", "admin"))
    people.add(workspace, Person(MAIL, "viewer"))
    assert reader_of_person(workspace, "BO@EXAMPLE.com").kind == "person"
    people.remove(workspace, MAIL)
    nobody = reader_of_person(workspace, MAIL)
    assert (nobody.kind, nobody.id, nobody.rights, nobody.pages) == ("nobody", MAIL, frozenset(), frozenset())


def test_a_command_reads_as_a_person_by_name(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    people.add(workspace, Person("ana@example.com", "admin"))
    people.add(workspace, Person(MAIL, "csm", "Jo Fox"))
    assert reader_named(workspace, "person:BO@example.com") == reader_in_role(Person(MAIL, "csm", "Jo Fox"))
    with pytest.raises(NotAllowed, match="eve@example.com because this person is not among those who may sign in"):
        reader_named(workspace, "person:eve@example.com")
