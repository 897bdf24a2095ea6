"""Roadmap items of topics: what people do to topics and categories later does not change what an item stands for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.decisions import roadmap
from cs_dash.decisions import topics as topic_decisions
from cs_dash.store.workspace import Workspace
from tests.pipeline.test_topics import HEAD, SAID, ask, lines, listed, load, three_topics

Row = dict[str, Any]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return three_topics(tmp_path / "workspace")


def topic_about(workspace: Workspace, word: str) -> str:
    """Return the id of the topic whose example has a word."""
    (topic,) = [name for name, row in listed(workspace).items() if word in row["example"].lower()]
    return topic


def only_row(workspace: Workspace, question: str = "roadmap.opportunities") -> Row:
    (row,) = ask(workspace, question).rows.to_pylist()
    return dict(row)


def test_an_item_keeps_its_tickets_when_its_topic_is_renamed_merged_or_restored(workspace: Workspace) -> None:
    invite, export = topic_about(workspace, "invit"), topic_about(workspace, "report")
    item = roadmap.add(workspace, "Invite link", evidence={"topics": [invite]})
    before = only_row(workspace)
    assert before["tickets"] == 30
    topic_decisions.apply(workspace, topic_decisions.renamed(invite, "Inviting people"))
    renamed = only_row(workspace)
    assert (renamed["tickets"], renamed["topic"]) == (30, "Inviting people")
    topic_decisions.apply(workspace, topic_decisions.merged([invite], export, topic_decisions.decided(workspace)))
    merged = only_row(workspace)
    assert (merged["item"], merged["tickets"]) == (item, 60)  # of the topic that has its tickets now
    topic_decisions.apply(workspace, topic_decisions.restored(invite, topic_decisions.decided(workspace)))
    assert only_row(workspace)["tickets"] == 30


def test_an_item_keeps_its_tickets_when_its_topic_is_split(workspace: Workspace) -> None:
    invite = topic_about(workspace, "invit")
    roadmap.add(workspace, "Invite link", evidence={"topics": [invite]})
    topic_decisions.apply(workspace, topic_decisions.split(invite))
    row = only_row(workspace)
    assert row["tickets"] == 30  # of all its parts
    assert row["topic"].count("; ") >= 1


def test_a_rebuild_and_later_tickets_leave_the_item_its_topic(workspace: Workspace) -> None:
    roadmap.add(workspace, "Invite link", evidence={"topics": [topic_about(workspace, "invit")]})
    load(workspace, lines(("invite",), 5000, month="2026-06"))
    assert only_row(workspace)["tickets"] == 60
    pipeline.rebuild(workspace)
    assert only_row(workspace)["tickets"] == 60


@pytest.mark.parametrize("with_defects", [False, True])
def test_what_is_labelled_after_the_ship_makes_no_verdict(workspace: Workspace, with_defects: bool) -> None:
    """Half of the tickets after it become defects, or defects after it become how-to tickets, by labels."""
    item = roadmap.add(workspace, "Invite link", evidence={"topics": [topic_about(workspace, "invit")]})
    text = lines(("invite", "export"), 5000, month="2026-08")
    if with_defects:
        *defects, _ = lines(("invite",), 7000, month="2026-08").replace("Question", "Problem").split("\n")
        text += "\n".join(defects[1:]) + "\n"
    load(workspace, text)
    roadmap.ship(workspace, item, dt.date(2026, 6, 15))
    before, evidence = only_row(workspace, "roadmap.impact"), only_row(workspace)
    assert before["pre_rate"] > 0
    tickets = [row["ticket_id"] for row in ask(workspace, "support.tickets", most="500").rows.to_pylist()]
    if with_defects:
        labels = [(ticket, "how-to") for ticket in tickets if ticket.startswith("invite-7")]
    else:
        labels = [(ticket, "defect") for ticket in tickets if ticket.startswith("invite-5")][::2]
    assert len(labels) >= 15
    pipeline.label(workspace, labels)
    assert only_row(workspace)["tickets"] == evidence["tickets"] + len(labels) * (1 if with_defects else -1)
    after = only_row(workspace, "roadmap.impact")
    same = ("pre_rate", "post_rate", "verdict")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    if not with_defects:  # else more tickets to find topics from: single tickets that were like no topic are now
        assert after == before
    load(workspace, lines(("hours",), 9000, 1, "2026-08"))  # a version more
    again = only_row(workspace, "roadmap.impact")
    assert {name: again[name] for name in ("pre_rate", "post_rate")} == {
        name: before[name] for name in ("pre_rate", "post_rate")
    }


@pytest.mark.parametrize(
    ("settings", "cost"),
    [
        ({}, None),
        ({"cost_per_hour": "60"}, 10 * 30),
        ({"howto_ticket_cost": "7"}, 60 * 7),
        ({"cost_per_hour": "60", "howto_minutes": "10"}, 10 * 30 + 50 * 10),
        ({"cost_per_hour": "60", "howto_ticket_cost": "7"}, 10 * 30 + 50 * 7),
    ],
)
def test_handling_costs_minutes_or_what_is_set_for_a_ticket(
    tmp_path: Path, settings: dict[str, str], cost: float | None
) -> None:
    """Sixty tickets on a topic: ten of 30 minutes, fifty whose minutes nobody told."""
    workspace = three_topics(tmp_path / "workspace")
    text = lines(("invite",), 1000)
    header, *rows = text.splitlines()
    timed = [f"{row},{30 if row.split(',')[4].startswith(SAID['invite'][0]) else ''}" for row in rows]
    assert header + "\n" == HEAD
    load(workspace, "\n".join([f"{header},Handling minutes", *timed]) + "\n")
    roadmap.add(workspace, "Invite link", evidence={"topics": [topic_about(workspace, "invit")]})
    pipeline.change(workspace, settings)
    row = only_row(workspace)
    assert (row["tickets"], row["cost"]) == (60, cost)
