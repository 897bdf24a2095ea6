"""The demo company with its roadmap, and its deck."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.pipeline import Workspace
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.deck import Deck
from tests.review.reviewed import ask_in, numbers_in


@pytest.fixture(scope="session")
def demo(demo_workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(Path(shutil.copytree(demo_workspace.folder, tmp_path_factory.mktemp("review") / "demo")))
    version = workspace.current()
    assert version is not None
    pipeline.record_demo_roadmap(workspace, version)
    return workspace


@pytest.fixture(scope="session")
def demo_deck(demo: Workspace) -> Deck:
    return review_deck(ask_in(demo), Quarter(2026, 3), numbers=numbers_in(demo))
