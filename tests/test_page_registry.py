"""The registry of pages: complete, in order, and true to what the files declare."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cs_dash import page_registry as registry
from cs_dash.questions.catalogue import questions
from cs_dash.schema.tables import TABLES
from cs_dash.ui.components.navigation import page_at

ROOT = Path(__file__).resolve().parents[1]


def test_every_file_is_a_page_and_stands_somewhere_of_its_own() -> None:
    pages = registry.pages()
    assert {page.name for page in pages} == {file.stem.replace("_", "-") for file in (ROOT / "pages").glob("*.py")}
    places = [(page.section, page.position) for page in pages]
    assert len(set(places)) == len(places)
    assert {page.section for page in pages} <= set(registry.SECTIONS)
    assert registry.home().name == "overview"


def test_an_address_of_before_is_nobodys_now_and_belongs_to_one_page() -> None:
    addresses = [address for page in registry.pages() for address in page.old_addresses]
    assert len(set(addresses)) == len(addresses)
    assert not set(addresses) & {page.name for page in registry.pages()}
    assert {address: page.name for address, page in registry.by_old_address().items()} == {
        "health": "accounts",
        "asking": "ticket-spikes",
        "support": "support-demand",
        "questions": "content-gaps",
        "waiting": "response-times",
        "labelling": "classifier",
        "data": "upload",
    }


def test_the_rail_lists_what_is_no_detail_of_something_else() -> None:
    assert {page.name for page in registry.pages() if not page.in_rail} <= {"why", "account"}
    assert {page.needs_table for page in registry.pages()} <= {"", *TABLES}


def test_pages_ask_known_questions_and_each_page_with_figures_asks_some() -> None:
    asking = registry.pages_by_question()
    assert set(asking) <= set(questions())
    without = {page.name for page in registry.pages()} - {page.name for pages in asking.values() for page in pages}
    assert without == {"upload", "definitions", "settings", "people", "links", "audit-trail"}


def test_a_question_knows_its_pages() -> None:
    asking = {question: [page.name for page in pages] for question, pages in registry.pages_by_question().items()}
    assert asking["retention.cohorts"] == ["retention", "cohorts", "review"]
    assert asking["retention.why"] == ["overview", "retention", "why"]
    assert asking["retention.summary"] == [
        "overview",
        "retention",
        "review",
        "loads",
    ]


def script() -> None:
    import streamlit as st

    from cs_dash.ui.components.navigation import navigation_pages

    st.session_state["pages"] = navigation_pages()


def test_streamlit_knows_every_page_in_order() -> None:
    app = AppTest.from_function(script, default_timeout=30).run()
    assert not app.exception
    expected = [
        (f"{page.title} \u2013 CS Dash", "" if page == registry.home() else page.name) for page in registry.pages()
    ]
    assert [(page.title, page.url_path) for page in app.session_state["pages"]] == expected


def test_every_run_has_page_objects_of_its_own() -> None:
    """Streamlit's page objects carry the state of a session: shared, they break the pages of other sessions."""
    app = AppTest.from_function(script, default_timeout=30).run()
    first = app.session_state["pages"]
    second = app.run().session_state["pages"]
    assert len(first) == len(second) == len(registry.pages())
    assert not {id(page) for page in first} & {id(page) for page in second}
    with pytest.raises(KeyError):
        page_at("nowhere")


def test_a_declaration_is_read_without_running_the_file(tmp_path: Path) -> None:
    file = tmp_path / "renewals_by_month.py"
    file.write_text(
        "raise SystemExit\n"
        "PAGE = Page(__file__, title='Renewals by month', section='Monitor', position=9, "
        "questions=('retention.renewals',))\n"
    )
    page = registry.read_page(file)
    assert (page.name, page.title, page.questions) == (
        "renewals-by-month",
        "Renewals by month",
        ("retention.renewals",),
    )
    file.write_text("PAGES = 3\n")
    with pytest.raises(ValueError, match="PAGE = Page"):
        registry.read_page(file)
