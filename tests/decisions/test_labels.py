"""Labels: the newest counts, undo takes back what was said together."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions import labels
from cs_dash.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def test_the_newest_label_of_a_ticket_counts(workspace: Workspace) -> None:
    assert labels.add(workspace, [("1", "how-to"), ("2", "defect")], person="Ana") == 2
    labels.add(workspace, [("1", "billing")], person="Bo")
    assert labels.kinds_of_tickets(workspace) == {"1": "billing", "2": "defect"}
    assert [(label.subject, label.person) for label in labels.history(workspace)] == [
        ("1", "Ana"),
        ("2", "Ana"),
        ("1", "Bo"),
    ]
    labels.add(workspace, [("2", None)])
    assert labels.kinds_of_tickets(workspace) == {"1": "billing"}


def test_undo_takes_back_what_was_said_together(workspace: Workspace) -> None:
    labels.add(workspace, [("1", "how-to")], person="Ana")
    labels.add(workspace, [("1", "defect"), ("2", "defect")], person="Bo")
    assert labels.undo(workspace, person="Bo") == 2
    assert labels.kinds_of_tickets(workspace) == {"1": "how-to"}
    assert labels.undo(workspace) == 1
    assert labels.kinds_of_tickets(workspace) == {}
    assert labels.undo(workspace) == 0


def test_the_last_labels_of_one_person_can_be_taken_back_once(workspace: Workspace) -> None:
    labels.add(workspace, [("1", "how-to"), ("2", "how-to")])
    labels.add(workspace, [("3", "defect")], person="Bo")
    last = labels.newest(workspace, "")
    assert last is not None
    assert (last.size, last.number) == (2, 1)
    assert labels.newest(workspace, "Ana") is None
    assert labels.undo(workspace, batch=last.number) == 2
    assert labels.undo(workspace, batch=last.number) == 0
    assert labels.kinds_of_tickets(workspace) == {"3": "defect"}
    assert labels.newest(workspace, "") is None


def test_the_revision_changes_with_every_label_and_every_undo(workspace: Workspace) -> None:
    revisions = [labels.revision(workspace)]
    labels.add(workspace, [("1", "how-to")])
    revisions.append(labels.revision(workspace))
    labels.undo(workspace)
    revisions.append(labels.revision(workspace))
    labels.add(workspace, [("1", "how-to")])
    revisions.append(labels.revision(workspace))
    assert len(set(revisions)) == 4
    assert labels.revision(Workspace(workspace.folder)) == revisions[-1]
