"""The page of questions: with articles, without, and with an address that is no page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cs_dash import pipeline
from cs_dash.store.workspace import Workspace
from tests.pages.conftest import Open, words
from tests.pages.html_tables import html_tables
from tests.pipeline.test_topics import lines, load

ARTICLES = """Title,URL,Updated
Exporting reports to a spreadsheet,https://help.example.com/1,2025-01-01
Inviting a colleague,javascript:alert(1),2025-01-01
"""


@pytest.fixture(scope="module")
def with_tickets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with topics and no articles."""
    folder = tmp_path_factory.mktemp("questions")
    load(Workspace(folder), lines(("export", "invite", "colour"), 1000))
    return folder


def test_the_page_follows_the_list_of_articles(with_tickets: Path, open_page: Open) -> None:
    before = open_page(with_tickets, "content-gaps")
    page_text = words(before)
    assert not before.exception
    assert "Upload a list of your help articles (title and link) to see" in page_text
    assert "Upload your help articles to see which of" in page_text
    assert "Content plan" not in page_text
    assert [element.proto.label for element in before.get("page_link")] == ["Upload help articles"]
    pipeline.load(Workspace(with_tickets), [("articles.csv", io.BytesIO(ARTICLES.encode()))])
    assert not open_page(with_tickets, "content-gaps").exception  # before anything was read
    version = Workspace(with_tickets).current()
    assert version is not None
    pipeline.derive_artifacts(Workspace(with_tickets), version)
    after = open_page(with_tickets, "content-gaps", columns="status,address")
    assert not after.exception
    assert "no help article" in words(after)
    (table,) = html_tables(after)
    links = {link for row in table.links for link in row if "://" in link}
    assert links == {"https://help.example.com/1"}  # what is no page is no link
    assert "javascript:" not in str(table.links)
    assert "Content plan" in words(after)
    assert {"Covered", "Article not enough"} & set(table.column("Coverage"))
    assert [element.proto.label for element in after.get("download_button")].count("Excel") == 2
