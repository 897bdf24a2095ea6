"""Saved views: own ones and shared ones, each removed by its owner only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cs_dash.decisions.saved_views import LONGEST_QUERY, SavedView, remove, save, views_for
from cs_dash.errors import BadInput, NotAllowed
from cs_dash.store.acting import ALL_RIGHTS, Right, acting_as
from cs_dash.store.workspace import Workspace

CHURN = SavedView("Churn of SMB", "churn", "f.segment=SMB&period=6m")
OWN = frozenset({Right.VIEWS})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace in which Ann saved one view for herself and shares another, and Ben has one of his own."""
    workspace = Workspace(tmp_path)
    with acting_as("Ann"):
        save(workspace, CHURN)
        save(workspace, SavedView("Board", "overview", "", shared=True))
    with acting_as("Ben", OWN):
        save(workspace, SavedView("  My   book ", "accounts", "f.csm=Ben"))
    return workspace


def test_each_sees_the_own_ones_and_the_shared_ones(workspace: Workspace) -> None:
    assert [view.title for view in views_for(workspace, "Ann")] == ["Board", "Churn of SMB"]
    assert [(view.title, view.owner) for view in views_for(workspace, "Ben")] == [("My book", "Ben"), ("Board", "Ann")]
    assert [view.title for view in views_for(workspace, "Cem")] == ["Board"]


def test_the_same_name_replaces_only_the_own_view(workspace: Workspace) -> None:
    with acting_as("Ann"):
        again = save(workspace, replace(CHURN, query="period=3m"))
    with acting_as("Ben"):
        save(workspace, CHURN)
    assert [(view.view_id, view.query) for view in views_for(workspace, "Ann") if view.title == CHURN.title] == [
        (again.view_id, "period=3m")
    ]
    assert len(views_for(workspace, "Ben")) == 3


def test_a_view_is_removed_by_its_owner_or_an_admin(workspace: Workspace) -> None:
    board = views_for(workspace, "Cem")[0]
    with acting_as("Ben", OWN), pytest.raises(NotAllowed):
        remove(workspace, board.view_id)
    with acting_as("Root"):
        remove(workspace, board.view_id)
    assert views_for(workspace, "Cem") == ()
    with pytest.raises(BadInput):
        remove(workspace, board.view_id)


@pytest.mark.parametrize("view", [replace(CHURN, title=" "), replace(CHURN, query="x" * (LONGEST_QUERY + 1))])
def test_a_view_has_a_name_and_an_address_that_fits(tmp_path: Path, view: SavedView) -> None:
    with pytest.raises(BadInput):
        save(Workspace(tmp_path), view)


def test_who_may_not_share_saves_for_oneself_only(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with acting_as("Ben", OWN), pytest.raises(NotAllowed):
        save(workspace, replace(CHURN, shared=True))
    with acting_as("link", ALL_RIGHTS - {Right.VIEWS}), pytest.raises(NotAllowed):
        save(workspace, CHURN)
    assert views_for(workspace, "Ben") == ()
