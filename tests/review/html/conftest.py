"""A deck of the demo company, and its HTML."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions import current_decisions
from cs_dash.metrics import open_warehouse
from cs_dash.questions import catalogue
from cs_dash.review.deck import Deck
from cs_dash.review.html import html_bytes
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.review.html.decks import deck_of


def asker(workspace: Workspace) -> Callable[..., Answer]:
    """Return what answers a question about a workspace as it is now."""
    version = workspace.current()
    assert version is not None
    artifacts = pipeline.derived_artifacts(workspace, version)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
    return lambda question, **options: catalogue.ask(warehouse, question, Scope(), options)


@pytest.fixture(scope="module")
def deck(demo_workspace: Workspace) -> Deck:
    return deck_of(asker(demo_workspace))


@pytest.fixture(scope="module")
def html(deck: Deck) -> str:
    return html_bytes(deck).decode()
