"""Roadmap items: what is decided of them, by whom, and what happens when two people edit one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cs_dash.decisions import current_decisions, roadmap, shipped_items
from cs_dash.errors import BadInput, Conflict
from cs_dash.store.workspace import Workspace
from tests.companies import day


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_an_item_is_added_scored_decided_and_shipped(workspace: Workspace) -> None:
    item_id = roadmap.add(workspace, " Invite  link ", fix="usability", evidence={"topics": ["t1", "t1", "t2"]})
    assert item_id == "R-1"
    roadmap.score(workspace, item_id, impact=2, confidence=0.8)
    roadmap.score(workspace, item_id, effort=1.5)
    roadmap.decide(
        workspace, item_id, "accepted", owner="M. Okafor", team="product", reason="Asked most", target=-0.3,
        due=day("2026-12-31"), person="ana",
    )  # fmt: skip
    roadmap.ship(workspace, item_id, day("2026-02-03"), accounts={"A-1": day("2026-02-10")})
    item = roadmap.item(workspace, item_id)
    assert (item.title, item.fix, item.evidence["topics"]) == ("Invite link", "usability", ("t1", "t2"))
    assert item.parts["score"] == {"impact": 2, "confidence": 0.8, "effort": 1.5}
    assert item.parts["decision"]["owner"] == "M. Okafor"
    assert item.parts["decision"]["due"] == "2026-12-31"
    assert item.parts["shipped"] == {"on": "2026-02-03", "accounts": {"A-1": "2026-02-10"}}
    assert [row.person for row in roadmap.history(workspace, item_id)][-2] == "ana"
    kinds = {kind for kind, *_ in current_decisions(workspace).decisions}
    assert kinds == {"roadmap item", "item score", "item decision", "item shipped"}


def test_what_is_removed_goes_with_its_parts_and_its_id_is_not_given_again(workspace: Workspace) -> None:
    first = roadmap.add(workspace, "One")
    roadmap.score(workspace, first, effort=1)
    roadmap.remove(workspace, first)
    assert roadmap.items(workspace) == ()
    assert current_decisions(workspace).decisions == ()
    assert roadmap.add(workspace, "Two") == "R-2"
    with pytest.raises(BadInput, match="Could not find the item R-1"):
        roadmap.score(workspace, first, effort=1)


def test_ids_are_ordered_as_numbers(workspace: Workspace) -> None:
    for number in range(11):
        roadmap.add(workspace, f"Item {number}")
    assert [item.item_id for item in roadmap.items(workspace)][-2:] == ["R-10", "R-11"]


@pytest.mark.parametrize("owner", ["", "  ", "Ana, Bo", "Ana and Bo", "Ana & Bo", "Ana/Bo", "Ana; Bo"])
def test_a_decision_has_exactly_one_owner(workspace: Workspace, owner: str) -> None:
    item_id = roadmap.add(workspace, "One")
    with pytest.raises(BadInput, match="exactly one accountable owner"):
        roadmap.decide(workspace, item_id, "accepted", owner=owner, team="cs")
    assert "decision" not in roadmap.item(workspace, item_id).parts


def test_an_owner_may_be_called_anderson(workspace: Workspace) -> None:
    item_id = roadmap.add(workspace, "One")
    roadmap.decide(workspace, item_id, "deferred", owner="Sandy Anderson", team="cs")
    assert roadmap.item(workspace, item_id).parts["decision"]["owner"] == "Sandy Anderson"


@pytest.mark.parametrize(
    ("impact", "confidence", "effort"),
    [(4, None, None), (None, 0.9, None), (None, None, 0), (None, None, -1), (None, None, float("nan"))],
)
def test_scores_stay_on_their_scales(
    workspace: Workspace, impact: float | None, confidence: float | None, effort: float | None
) -> None:
    item_id = roadmap.add(workspace, "One")
    with pytest.raises(BadInput):
        roadmap.score(workspace, item_id, impact=impact, confidence=confidence, effort=effort)


def test_words_that_are_not_known_are_refused(workspace: Workspace) -> None:
    item_id = roadmap.add(workspace, "One")
    with pytest.raises(BadInput, match="because acepted is not one"):
        roadmap.decide(workspace, item_id, "acepted", owner="Ana", team="cs")
    with pytest.raises(BadInput, match="Could not give R-1 to the team sales"):
        roadmap.decide(workspace, item_id, "accepted", owner="Ana", team="sales")
    with pytest.raises(BadInput, match="has no title"):
        roadmap.add(workspace, "  ")
    with pytest.raises(BadInput, match="kind of fix"):
        roadmap.add(workspace, "Two", fix="magic")
    with pytest.raises(BadInput, match="from rumours"):
        roadmap.add(workspace, "Two", evidence={"rumours": ["x"]})


def test_the_second_of_two_editors_sees_what_changed_and_loses_nothing(workspace: Workspace) -> None:
    item_id = roadmap.add(workspace, "One")
    seen = roadmap.item(workspace, item_id).seen
    roadmap.score(workspace, item_id, impact=2, seen=seen, person="ana")
    with pytest.raises(Conflict, match="because ana changed the score of R-1 since you opened it"):
        roadmap.decide(workspace, item_id, "accepted", owner="Bo", team="cs", seen=seen, person="bo")
    assert roadmap.item(workspace, item_id).parts["score"] == {"impact": 2}
    roadmap.decide(
        workspace, item_id, "accepted", owner="Bo", team="cs", seen=roadmap.item(workspace, item_id).seen, person="bo"
    )
    assert roadmap.item(workspace, item_id).parts["decision"]["decision"] == "accepted"


def test_who_was_told_and_what_the_tracker_says_is_kept(workspace: Workspace) -> None:
    item_id = roadmap.add(workspace, "One")
    shipped_items.tell(workspace, item_id, {"A-1": True, "A-2": True})
    shipped_items.tell(workspace, item_id, {"A-2": False})
    shipped_items.track(workspace, {item_id: {"key": "APP-7", "state": "Done", "released": "2026-02-03"}})
    kept = {(kind, subject) for kind, subject, _ in current_decisions(workspace).decisions}
    assert ("item told", '["R-1", "A-1"]') in kept
    assert ("item told", '["R-1", "A-2"]') not in kept
    assert roadmap.item(workspace, item_id).parts["tracked"]["state"] == "Done"
    assert roadmap.history(workspace, item_id)[0].at <= dt.datetime.now(dt.UTC)
