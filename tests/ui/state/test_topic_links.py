"""The address of a topic leads to its tickets, whatever became of the topic since."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.decisions import topics
from cs_dash.questions import catalogue
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from cs_dash.ui.state import session
from cs_dash.ui.state.topic_links import current_topic
from tests.pipeline.test_topics import lines, load, three_topics, topics_of


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = three_topics(tmp_path / "workspace")
    monkeypatch.setenv(session.FOLDER, str(workspace.folder))
    return workspace


def leads_to(topic: str) -> str:
    """Return the topic that the address of a topic leads to now; it is one that can be asked for."""
    version = session.current_version()
    assert version is not None
    snapshot = session.Snapshot.of(version)
    target = current_topic(snapshot, topic)
    answer = catalogue.ask(snapshot.warehouse, "support.topic_tickets", Scope(period="all"), {"topic": target})
    assert set(answer.rows["topic"].to_pylist()) == {target}
    return target


def with_most(of: dict[str, str], tickets: list[str]) -> set[str]:
    """Return the topics that have most of some tickets, all of them where several have equally many."""
    counts = Counter(of[ticket] for ticket in tickets if ticket in of)
    return {topic for topic, count in counts.items() if count == max(counts.values())}


def members(of: dict[str, str], topic: str) -> list[str]:
    return [ticket for ticket, own in of.items() if own == topic]


def test_renaming_merging_and_splitting(workspace: Workspace) -> None:
    before = topics_of(workspace)
    one, other, *_ = sorted(set(before.values()))
    topics.apply(workspace, topics.renamed(one, "Getting data out"))
    assert leads_to(one) == one
    topics.apply(workspace, topics.merged([other], one, topics.decided(workspace)))
    assert leads_to(other) == one
    topics.apply(workspace, topics.split(other))
    parts = topics_of(workspace)
    assert other not in parts.values()
    assert leads_to(other) in with_most(parts, members(before, other))


def test_a_load_that_makes_topics_anew_its_undo_and_its_redo(workspace: Workspace) -> None:
    before = topics_of(workspace)
    load(workspace, lines(("hours", "invite", "export"), 5000, 10, "2026-07"))
    after = topics_of(workspace)
    for topic in set(before.values()):
        target = leads_to(topic)
        assert target == topic if topic in after.values() else target in with_most(after, members(before, topic))
    pipeline.undo(workspace)
    for topic in set(after.values()):
        known = [ticket for ticket in members(after, topic) if ticket in before]
        if topic in before.values():
            assert leads_to(topic) == topic
        elif known:
            assert leads_to(topic) in with_most(before, known)
    pipeline.redo(workspace)
    assert {leads_to(topic) for topic in set(after.values())} == set(after.values())


def test_a_rebuild_after_which_topics_have_other_ids(workspace: Workspace) -> None:
    load(workspace, lines(("hours",), 3000, 8, "2026-06"))
    before = topics_of(workspace)
    pipeline.rebuild(workspace)
    version = workspace.current()
    assert version is not None
    pipeline.derive_artifacts(workspace, version)
    after = topics_of(workspace)
    for topic in set(before.values()):
        target = leads_to(topic)
        assert target == topic if topic in after.values() else target in with_most(after, members(before, topic))


def test_what_no_version_ever_had_stays_as_it_is(workspace: Workspace) -> None:
    version = session.current_version()
    assert version is not None
    assert current_topic(session.Snapshot.of(version), "never") == "never"
