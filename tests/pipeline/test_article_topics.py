"""Help articles beside a version: matched after every load, also when no ticket came in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.pipeline import article_topics
from cs_dash.store.workspace import Workspace
from tests.pipeline.test_topics import ask, three_topics

HEAD = "Title,URL,Updated\n"
EXPORT = "Exporting reports to a spreadsheet,https://help.example.com/1,2025-01-01\n"
INVITE = "Inviting a colleague,https://help.example.com/2,2025-01-01\n"


def covered(workspace: Workspace) -> dict[str, str]:
    """Return the address of the article of each question that has one."""
    rows = ask(workspace, "support.articles").rows.to_pylist()
    return {row["question"]: row["address"] for row in rows if row["address"]}


def bring(workspace: Workspace, text: str) -> None:
    pipeline.load(workspace, [("articles.csv", io.BytesIO((HEAD + text).encode()))])


def test_articles_that_come_after_the_tickets_are_matched_undo_forgets_them_a_rebuild_does_not(tmp_path: Path) -> None:
    workspace = three_topics(tmp_path)
    topics = {row["topic"] for row in ask(workspace, "support.topics").rows.to_pylist()}
    assert not covered(workspace)
    bring(workspace, EXPORT)
    first = covered(workspace)
    assert set(first.values()) == {"https://help.example.com/1"}
    assert {row["topic"] for row in ask(workspace, "support.topics").rows.to_pylist()} == topics
    bring(workspace, EXPORT + INVITE)
    assert set(covered(workspace).values()) == {"https://help.example.com/1", "https://help.example.com/2"}
    assert covered(workspace).items() >= first.items()
    workspace.undo()
    assert covered(workspace) == first
    pipeline.rebuild(workspace)
    assert covered(workspace) == first


def test_a_load_that_changes_neither_articles_nor_topics_compares_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = three_topics(tmp_path)
    bring(workspace, EXPORT)
    before = covered(workspace)
    monkeypatch.setattr(article_topics, "article_vectors", lambda *_: pytest.fail("The articles were read again."))
    survey = b"Survey ID,Account ID,Survey,Answered On,Score\nS-1,A-1,NPS,2025-06-01,9\n"
    pipeline.load(workspace, [("surveys.csv", io.BytesIO(survey))])
    assert covered(workspace) == before
