"""Whether a roadmap decision was kept: of that decision alone, with who and when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cs_dash.decisions import roadmap
from cs_dash.decisions.item_reviews import review
from cs_dash.errors import BadInput, Conflict
from cs_dash.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    roadmap.add(made, "Map")
    return made


def test_a_review_is_kept_with_its_decision_who_and_when(workspace: Workspace) -> None:
    roadmap.decide(
        workspace, "R-1", "accepted", owner="Ana", team="cs", due=dt.date(2026, 6, 1), on=dt.date(2026, 1, 1)
    )
    review(workspace, "R-1", "missed", note=" Too big ", on=dt.date(2026, 7, 1), person="Bo")
    assert roadmap.item(workspace, "R-1").parts["review"] == {
        "outcome": "missed", "note": "Too big", "on": "2026-07-01", "by": "Bo",
        "decided": {"decision": "accepted", "owner": "Ana", "due": "2026-06-01", "on": "2026-01-01"},
    }  # fmt: skip
    assert roadmap.history(workspace, "R-1")[-1].person == "Bo"
    review(workspace, "R-1", None)
    assert "review" not in {name for name, value in roadmap.item(workspace, "R-1").parts.items() if value}
    roadmap.remove(workspace, "R-1")
    assert roadmap.items(workspace) == ()


def test_what_cannot_be_reviewed_is_said(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="nothing was decided"):
        review(workspace, "R-1", "kept")
    roadmap.decide(workspace, "R-1", "declined", owner="Ana", team="cs")
    with pytest.raises(BadInput, match="Could not say fine"):
        review(workspace, "R-1", "fine")
    before = roadmap.item(workspace, "R-1").seen
    roadmap.score(workspace, "R-1", effort=2)
    with pytest.raises(Conflict):
        review(workspace, "R-1", "kept", seen=before)
