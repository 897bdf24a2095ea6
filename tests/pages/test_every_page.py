"""Every page in every state of the workspace: never an exception, always a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash import page_registry as registry
from tests.pages.conftest import PAGES, STATES, Open, words
from tests.pages.html_tables import html_tables

TITLES = {page.name: page.title for page in registry.pages()}
WITHOUT_DATA = ("upload", "definitions", "settings", "people", "links", "audit-trail")
"""Pages that need nothing loaded."""
OF_NO_ANSWER = (*WITHOUT_DATA, "data-quality", "loads", "review")
LISTS = {"ticket-spikes": 2, "churn": 2, "roadmap": 2}
"""How many lists a page has, where it is not one."""
WITHOUT_FIGURES = ("topics", "content-gaps", "tickets", "classifier", "audit", "account", *OF_NO_ANSWER)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty") / "workspace"


@pytest.fixture
def folders(empty: Path, one_account: Path, no_dimensions: Path, demo: Path, broken: Path) -> dict[str, Path]:
    return {
        "empty": empty, "one account": one_account, "no dimensions": no_dimensions, "demo": demo,
        "broken": broken,
    }  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", STATES)  # one state after the other: few versions stay open
def test_a_page_never_fails(page: str, state: str, folders: dict[str, Path], shown: Open) -> None:
    app = shown(folders[state], page)
    page_text = words(app)
    assert not app.exception
    assert "This is a fault in the program" not in page_text
    expected = {
        "empty": TITLES[page] if page in WITHOUT_DATA else "Customer health, retention and churn",
        "one account": TITLES[page],
        "no dimensions": TITLES[page],
        "demo": TITLES[page],
        "broken": TITLES[page] if page in (*WITHOUT_DATA, "loads", "review") else "Cannot open the data",
    }
    assert expected[state] in page_text


@pytest.mark.parametrize("page", [name for name in PAGES if name not in WITHOUT_FIGURES])
def test_the_demo_company_fills_every_page(page: str, demo: Path, shown: Open) -> None:
    app = shown(demo, page)
    assert 'data-figure="' in words(app)
    assert app.get("vega_lite_chart")
    assert len(app.get("vega_lite_chart")) <= 4
    tables = html_tables(app)
    assert len(tables) == LISTS.get(page, 1)
    assert all(table.rows for table in tables)


@pytest.mark.parametrize("page", [name for name in PAGES if name not in WITHOUT_DATA or name == "upload"])
def test_with_nothing_loaded_both_ways_in_are_offered(page: str, empty: Path, shown: Open) -> None:
    app = shown(empty, page)
    labels = [button.label for button in app.button]
    assert "Try the demo company" in labels
    assert app.file_uploader or "Upload your files" in labels


@pytest.mark.parametrize("page", ["overview", "retention", "churn", "support-demand"])
def test_accounts_without_a_dimension_fill_a_page_all_the_same(page: str, no_dimensions: Path, shown: Open) -> None:
    page_text = words(shown(no_dimensions, page))
    assert 'data-figure="' in page_text
    assert "unknown option" not in page_text.lower()


def test_a_broken_version_can_be_taken_back(broken: Path, shown: Open) -> None:
    app = shown(broken, "loads")
    assert "Cannot open the data" in words(app)
    assert [button.label for button in app.button if button.key == "undo"] == ["Undo version 1"]


def test_names_from_data_are_never_markup(one_account: Path, shown: Open) -> None:
    for page in PAGES:
        app = shown(one_account, page)
        assert "<b>**Ann" not in words(app)


def test_what_nothing_answers_says_which_file_would(one_account: Path, shown: Open) -> None:
    page_text = words(shown(one_account, "support-demand"))
    assert "Data needed:" in page_text
    assert "Support tickets" in page_text
    assert "created at" in page_text
