"""Links as readers: never wider than who makes them, and only for the questions of their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions.links import ShareLink
from cs_dash.errors import BadInput, NotAllowed, UnknownOption
from cs_dash.page_registry import by_name
from cs_dash.sharing import LOCAL, Limits, Reader
from cs_dash.sharing.links import (
    address_of,
    create_link,
    questions_for,
    reader_named,
    reader_of_link,
    require_question,
    within,
)
from cs_dash.store.acting import ALL_RIGHTS
from cs_dash.store.workspace import Workspace
from tests.workspaces import copied

ACCOUNTS = {"accounts.csv": "account_id,account,segment,mrr,start_date\nA-1,Alpha,SMB,100,2025-01-01\n"}
OWN_BOOK = Limits((("csm", ("Ana Ruiz",)), ("region", ("DACH", "UK"))), hide_money=True)


@pytest.mark.parametrize(
    ("limits", "narrow"),
    [
        (Limits(), OWN_BOOK),
        (Limits(hide_names=True), Limits(OWN_BOOK.filters, True, True)),
        (Limits((("region", ("UK",)),)), Limits((("csm", ("Ana Ruiz",)), ("region", ("UK",))), False, True)),
        (Limits((("region", ("UK", "Spain")),)), Limits((("csm", ("Ana Ruiz",)), ("region", ("UK",))), False, True)),
        (Limits((("a", ("Pro",)),)), Limits((("a", ("Pro",)), *OWN_BOOK.filters), False, True)),
    ],
)  # fmt: skip
def test_a_link_is_at_least_as_narrow_as_its_maker(limits: Limits, narrow: Limits) -> None:
    assert within(OWN_BOOK, limits) == narrow


@pytest.mark.parametrize("filters", [(("csm", ("Ben",)),), (("region", ("Spain",)),)])
def test_what_the_maker_may_not_see_is_not_shared(filters: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    with pytest.raises(NotAllowed):
        within(OWN_BOOK, Limits(filters))


def test_a_link_made_by_a_reader_with_limits_has_them(tmp_path: Path) -> None:
    workspace = copied(tmp_path, ACCOUNTS)
    maker = Reader("person", "ana@us.example", "Ana", ALL_RIGHTS, OWN_BOOK, pages=frozenset({"retention", "churn"}))
    link_id, _ = create_link(workspace, ShareLink(pages=("retention",)), maker)
    reader = reader_of_link(workspace, link_id)
    assert reader.limits == OWN_BOOK
    assert (reader.kind, reader.rights, reader.pages) == ("link", frozenset(), frozenset({"retention", "definitions"}))
    with pytest.raises(NotAllowed):
        create_link(workspace, ShareLink(pages=("roadmap",)), maker)


@pytest.mark.parametrize("page", ["settings", "upload", "loads", "audit", "classifier", "no-such-page", "../state"])
def test_pages_that_change_things_are_never_shared(tmp_path: Path, page: str) -> None:
    with pytest.raises(UnknownOption):
        create_link(Workspace(tmp_path), ShareLink(pages=(page,)))


def test_a_reader_asks_the_questions_of_the_pages(tmp_path: Path) -> None:
    link_id, _ = create_link(copied(tmp_path, ACCOUNTS), ShareLink(pages=("retention", "churn")))
    reader = reader_named(Workspace(tmp_path), f"link:{link_id}")
    allowed = questions_for(reader)
    assert allowed is not None
    assert {*by_name()["retention"].questions, *by_name()["churn"].more_questions} <= allowed
    require_question(reader, "retention.summary")
    for question in ("support.tickets", "data.quality", "health.accounts", "no.such"):
        with pytest.raises(NotAllowed):
            require_question(reader, question)
    assert questions_for(LOCAL) is None
    assert questions_for(Reader("nobody", pages=frozenset())) == frozenset()


@pytest.mark.parametrize("name", ["", "link", "link:", "person:", "local", "local:", "LINK:x", "admin:x"])
def test_other_words_name_no_reader(tmp_path: Path, name: str) -> None:
    with pytest.raises((BadInput, NotAllowed)):
        reader_named(Workspace(tmp_path), name)


def test_the_address_opens_the_first_page_with_its_period(monkeypatch: pytest.MonkeyPatch) -> None:
    link = ShareLink(pages=("retention", "churn"), period="period=6m")
    assert address_of("x_-1", link) == "http://localhost:8501/retention?link=x_-1&period=6m"
    monkeypatch.setenv("CS_DASH_ADDRESS", "https://cs.company.example/dash/")
    assert address_of("x", ShareLink(pages=("overview",))) == "https://cs.company.example/dash/?link=x"
