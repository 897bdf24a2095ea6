"""Labels: the newest counts, undo takes back what was said together."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_the_newest_label_of_a_ticket_counts(workspace: Workspace) -> None:
    labels = workspace.labels
    assert labels.say([("1", "how-to"), ("2", "defect")], person="Ana") == 2
    labels.say([("1", "billing")], person="Bo")
    assert labels.kinds() == {"1": "billing", "2": "defect"}
    assert [(each.ticket_id, each.person) for each in labels.said()] == [("1", "Ana"), ("2", "Ana"), ("1", "Bo")]
    labels.say([("2", None)])
    assert labels.kinds() == {"1": "billing"}


def test_undo_takes_back_what_was_said_together(workspace: Workspace) -> None:
    labels = workspace.labels
    labels.say([("1", "how-to")], person="Ana")
    labels.say([("1", "defect"), ("2", "defect")], person="Bo")
    assert labels.undo(person="Bo") == 2
    assert labels.kinds() == {"1": "how-to"}
    assert labels.undo() == 1
    assert labels.kinds() == {}
    assert labels.undo() == 0


def test_the_last_labels_of_one_person_can_be_taken_back_once(workspace: Workspace) -> None:
    labels = workspace.labels
    labels.say([("1", "how-to"), ("2", "how-to")])
    labels.say([("3", "defect")], person="Bo")
    last = labels.last("")
    assert last is not None
    assert (last.labels, last.number) == (2, 1)
    assert labels.last("Ana") is None
    assert labels.undo(batch=last.number) == 2
    assert labels.undo(batch=last.number) == 0
    assert labels.kinds() == {"3": "defect"}
    assert labels.last("") is None


def test_the_mark_changes_with_every_word(workspace: Workspace) -> None:
    marks = [workspace.labels.mark()]
    workspace.labels.say([("1", "how-to")])
    marks.append(workspace.labels.mark())
    workspace.labels.undo()
    marks.append(workspace.labels.mark())
    workspace.labels.say([("1", "how-to")])
    marks.append(workspace.labels.mark())
    assert len(set(marks)) == 4
    assert Workspace(workspace.folder).labels.mark() == marks[-1]
