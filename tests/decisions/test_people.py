"""People: one entry per e-mail address, a role that fits the limits, and never a list without an admin."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions import people
from cs_dash.decisions.people import Person
from cs_dash.errors import BadInput
from cs_dash.store.acting import acting_as
from cs_dash.store.workspace import Workspace

ADMIN = Person("ana@example.com", "admin")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    people.add(made, ADMIN)
    return made


def test_an_address_is_one_person_in_any_letters_case(workspace: Workspace) -> None:
    people.add(workspace, Person("  Bo@Example.COM ", "viewer"))
    assert people.person_of(workspace, "BO@example.com") == Person("bo@example.com", "viewer")
    assert people.person_of(workspace, "eve@example.com") is None
    with pytest.raises(BadInput, match="bo@example.com because this person is viewer already"):
        people.add(workspace, Person("bo@EXAMPLE.com", "admin"))


def test_what_is_said_of_a_person_comes_back(workspace: Workspace) -> None:
    pm = Person("pm@example.com", "pm", "", True, True, (("segment", ("SMB", "Mid-market", "SMB")),))
    recorded = people.add(workspace, pm)
    assert recorded.filters == (("segment", ("Mid-market", "SMB")),)
    assert people.people(workspace) == (ADMIN, recorded)
    assert people.people(Workspace(workspace.folder)) == (ADMIN, recorded)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person("ana", "viewer"), "not an e-mail address"),
        (Person("", "viewer"), "not an e-mail address"),
        (Person("a b@example.com", "viewer"), "not an e-mail address"),
        (Person("a@b@example.com", "viewer"), "not an e-mail address"),
        (Person("a@example", "viewer"), "not an e-mail address"),
        (Person("a@example.com\nx", "viewer"), "not an e-mail address"),
        (Person(f"{'a' * 250}@example.com", "viewer"), "not an e-mail address"),
        (Person("bo@example.com", "owner"), "owner as a role"),
        (Person("bo@example.com", ""), "no role as a role"),
        (Person("bo@example.com", "csm"), "no CSM is named"),
        (Person("bo@example.com", "viewer", "Jo Fox"), "a CSM is named"),
        (Person("bo@example.com", "leader", hide_names=True), "limits are for pm and viewer only"),
        (Person("bo@example.com", "admin", hide_money=True), "limits are for pm and viewer only"),
        (Person("bo@example.com", "csm", "Jo Fox", filters=(("segment", ("SMB",)),)), "limits are for"),
    ],
)
def test_what_does_not_fit_is_refused(person: Person, why: str, workspace: Workspace) -> None:
    with pytest.raises(BadInput, match=why):
        people.add(workspace, person)
    assert people.people(workspace) == (ADMIN,)


def test_the_list_is_never_without_an_admin(workspace: Workspace, tmp_path: Path) -> None:
    people.add(workspace, Person("bo@example.com", "viewer"))
    for leaving in (
        lambda: people.remove(workspace, "ANA@example.com"),
        lambda: people.change(workspace, Person("ana@example.com", "leader")),
        lambda: people.add(Workspace(tmp_path / "other"), Person("bo@example.com", "leader")),
    ):
        with pytest.raises(BadInput, match="there would be no admin"):
            leaving()
    people.change(workspace, Person("bo@example.com", "admin"))
    people.remove(workspace, "ana@example.com")
    assert people.people(workspace) == (Person("bo@example.com", "admin"),)


def test_a_change_and_a_removal_name_who_is_in_the_list(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="Could not find an@example.com") as refused:
        people.remove(workspace, "an@example.com")
    assert refused.value.hint == "Did you mean ana@example.com?"
    with pytest.raises(BadInput, match="Could not find eve@example.com"):
        people.change(workspace, Person("eve@example.com", "admin"))


def test_the_history_says_who_changed_what(workspace: Workspace) -> None:
    with acting_as("ana@example.com"):
        people.add(workspace, Person("bo@example.com", "viewer", hide_money=True))
        people.remove(workspace, "bo@example.com")
    assert [(row.subject, row.value, row.person) for row in people.history(workspace)][1:] == [
        ("bo@example.com", {"role": "viewer", "hide": ["money"]}, "ana@example.com"),
        ("bo@example.com", None, "ana@example.com"),
    ]


def test_somebody_who_was_removed_can_come_back(workspace: Workspace) -> None:
    people.add(workspace, Person("bo@example.com", "leader"))
    people.remove(workspace, "bo@example.com")
    people.add(workspace, Person("bo@example.com", "viewer"))
    assert people.person_of(workspace, "bo@example.com") == Person("bo@example.com", "viewer")
