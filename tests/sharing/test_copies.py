"""Copies: only the accounts of the reader, frozen or live, made once, removed with the link, and never written."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cs_dash import pipeline
from cs_dash.decisions import goals, labels, portfolio_events, programmes, roadmap, settings, topics
from cs_dash.decisions.goals import Goal
from cs_dash.decisions.kinds import all_kinds
from cs_dash.decisions.links import ShareLink
from cs_dash.decisions.programmes import Programme
from cs_dash.errors import MachineFault, NoData, NotAllowed
from cs_dash.pipeline import derive_artifacts
from cs_dash.scope import Scope
from cs_dash.sharing import LOCAL, NOBODY, Limits
from cs_dash.sharing.copies import FOLDER, clean_up, name_of, workspace_for
from cs_dash.sharing.decisions import IN_COPIES, LEFT_OUT
from cs_dash.sharing.links import create_link, reader_of, reader_of_link, revoke_link
from cs_dash.store.workspace import Workspace
from tests.sharing.companies import answer, asking, copy_of, person, texts_of
from tests.workspaces import copied, opened

SMALL = Limits((("segment", ("SMB",)),))
DAY = dt.date(2026, 6, 1)
FILES = {
    "accounts.csv": "account_id,account,segment,csm,mrr,start_date\nA-1,Alpha Ltd,SMB,Ana,100,2025-01-01\n"
    "A-2,Beta Ltd,Enterprise,Ben,300,2025-01-01\nA-3,Gamma Ltd,SMB,Ben,50,2025-03-01\n",
    "tickets.csv": "ticket_id,account_id,created_at,subject,type\nT-1,A-1,2026-08-01,Export fails for Beta,Bug\n"
    "T-2,A-2,2026-08-02,How do I export?,Question\nT-3,A-2,2026-08-03,How do I pay?,Question\n"
    "T-4,,2026-08-04,Who am I?,Question\nT-5,A-3,2026-08-05,How do I sort?,Question\n",
}  # fmt: skip
MORE = {"tickets.csv": "ticket_id,account_id,created_at,subject,type\nT-9,A-1,2026-08-09,How do I print?,Question\n"}


@pytest.fixture
def company(tmp_path: Path) -> Workspace:
    """Three accounts, two of them small, and five tickets."""
    return copied(tmp_path / "company", FILES, derived="kinds and topics")


def load(workspace: Workspace, files: dict[str, str]) -> None:
    pipeline.load(workspace, [(name, io.BytesIO(text.encode())) for name, text in files.items()])


def tickets(workspace: Workspace) -> list[str]:
    return [str(ticket) for ticket in opened(workspace).query("from tickets order by 1")["ticket_id"].to_pylist()]


def test_who_sees_all_has_the_workspace_itself(company: Workspace) -> None:
    assert workspace_for(company, LOCAL) is company
    assert workspace_for(company, person(Limits())) is company
    assert not (company.folder / FOLDER).exists()


def test_nobody_has_none(company: Workspace) -> None:
    with pytest.raises(NotAllowed):
        workspace_for(company, NOBODY)


def test_a_copy_has_only_the_rows_of_its_accounts(company: Workspace) -> None:
    copy = copy_of(company, SMALL)
    assert opened(copy).query("from accounts order by 1")["account_id"].to_pylist() == ["A-1", "A-3"]
    assert tickets(copy) == ["T-1", "T-5"]
    texts = "\n".join(texts_of(copy.folder))
    for foreign in ("A-2", "Beta", "Enterprise", "T-2", "T-3", "T-4", "Who am I", "accounts.csv", "tickets.csv"):
        assert foreign not in texts, foreign
    assert "Export fails for another customer" in texts


def test_one_account_can_be_all_that_is_in_it(company: Workspace) -> None:
    copy = copy_of(company, Limits((("account_id", ("A-3",)),)))
    assert opened(copy).query("from accounts")["account"].to_pylist() == ["Gamma Ltd"]
    assert tickets(copy) == ["T-5"]


def test_a_value_that_no_account_has_leaves_nothing(company: Workspace) -> None:
    copy = copy_of(company, Limits((("segment", ("Huge",)),)))
    assert opened(copy).query("from accounts").num_rows == 0
    assert tickets(copy) == []


def test_decisions_about_others_are_not_in_it(company: Workspace) -> None:
    labels.add(company, [("T-1", "defect"), ("T-2", "billing")])
    item = roadmap.add(company, "Export as Beta Ltd needs it")
    roadmap.ship(company, item, DAY, accounts={"A-1": DAY, "A-2": DAY})
    programmes.add(company, Programme("Both", DAY, ("A-1", "A-2")))
    programmes.add(company, Programme("Only theirs", DAY, ("A-2",)))
    portfolio_events.add(company, DAY, "Beta Ltd went public")
    goals.add(company, Goal("howto_share", 0.3, DAY, "Ana", "product"))
    create_link(company, ShareLink(pages=("retention",)))
    copy = copy_of(company, SMALL)
    assert labels.kinds_of_tickets(copy) == {"T-1": "defect"}
    (shipped,) = roadmap.items(copy)
    assert shipped.title == "Export as another customer needs it"
    assert shipped.parts["shipped"]["accounts"] == {"A-1": "2026-06-01"}
    assert [programme.accounts for programme in programmes.programmes(copy)] == [("A-1",)]
    assert [row.value["title"] for row in portfolio_events.events(copy)] == ["another customer went public"]
    assert len(goals.goals(copy)) == 1
    assert "retention" not in "\n".join(texts_of(copy.folder)).replace("revenue retention", "")


def test_each_kind_of_decision_has_its_place() -> None:
    assert all_kinds().keys() == {*IN_COPIES, *LEFT_OUT}


FIGURES = (
    "retention.summary", "retention.bridge", "retention.cohorts", "retention.renewals", "churn.summary",
    "churn.reasons", "health.bands", "health.accounts", "health.nps", "support.kinds", "support.howto",
    "support.topics", "support.backlog", "support.asking", "support.silent", "overview.summary",
    "roadmap.opportunities", "alignment.goals",
)  # fmt: skip


def test_figures_are_those_of_the_source_with_the_same_filter(demo_workspace: Workspace, tmp_path: Path) -> None:
    shutil.copytree(demo_workspace.folder, tmp_path / "demo")
    source = Workspace(tmp_path / "demo")
    copy = copy_of(source, SMALL)
    with asking(copy) as ask, asking(source) as ask_source:
        for question in FIGURES:
            ours = ask(question, Scope(period="12m"))
            theirs = ask_source(question, Scope(period="12m", filters=SMALL.filters))
            assert _values(ours) == pytest.approx(_values(theirs), rel=1e-9, nan_ok=True), question
            assert (ours["as_of"], len(ours["rows"])) == (theirs["as_of"], len(theirs["rows"])), question


def _values(answered: dict[str, Any]) -> dict[str, float]:
    return {figure["name"]: float(figure["value"] or 0) for figure in answered["figures"]}


def test_a_live_copy_follows_loads_labels_settings_and_undo(company: Workspace) -> None:
    limits = Limits(hide_names=True)
    copy = copy_of(company, limits)
    folder, first = copy.folder, (copy.folder / "versions" / "000001.duckdb").stat().st_ino
    settings.choose(company, {"gross_margin": 0.5})
    labels.add(company, [("T-1", "defect")])
    copy = copy_of(company, limits)
    assert copy.folder == folder
    assert settings.chosen(copy) == {"gross_margin": 0.5}
    assert (folder / "versions" / "000001.duckdb").stat().st_ino == first  # only the decisions were made anew
    load(company, MORE)
    assert "T-9" in tickets(copy_of(company, limits))
    pipeline.undo(company)
    assert "T-9" not in tickets(copy_of(company, limits))


def test_a_decision_that_changes_no_category_keeps_the_artifacts(company: Workspace) -> None:
    copy = copy_of(company, SMALL)
    before = {
        file.name: file.stat().st_ino for file in copy.folder.rglob("*") if file.suffix in (".parquet", ".duckdb")
    }
    settings.choose(company, {"gross_margin": 0.5})
    copy = copy_of(company, SMALL)
    after = {file.name: file.stat().st_ino for file in copy.folder.rglob("*") if file.suffix in (".parquet", ".duckdb")}
    assert after == before


ASKED = ("retention.summary", "support.kinds", "support.topics", "health.bands", "overview.summary")


def test_a_frozen_link_shows_the_same_after_everything_changed(company: Workspace) -> None:
    labels.add(company, [("T-1", "defect")])
    link_id, made = create_link(company, ShareLink(pages=("retention",), hide_names=True, frozen=True))
    assert made.version == 1
    before = [answer(workspace_for(company, reader_of_link(company, link_id)), question) for question in ASKED]
    for number in (1, 2, 3):
        load(company, {"tickets.csv": MORE["tickets.csv"].replace("T-9", f"T-9{number}")})
    load(company, {"accounts.csv": FILES["accounts.csv"].replace(",100,", ",900,")})
    pipeline.undo(company)
    labels.add(company, [("T-2", "billing"), ("T-1", "how-to")])
    settings.choose(company, {"gross_margin": 0.1, "health_red_below": 60.0, "health_green_from": 90.0})
    version = company.current()
    assert version is not None
    derive_artifacts(company, version)
    found_topics = [row["topic"] for row in answer(company, "support.topics")["rows"]]
    if len(found_topics) > 1:
        topics.apply(company, topics.merged(found_topics[1:2], found_topics[0], topics.decided(company)))
    reopened = Workspace(company.folder)
    again = [answer(workspace_for(reopened, reader_of_link(reopened, link_id)), question) for question in ASKED]
    assert again == before
    assert answer(company, "support.kinds") != before[1]


def test_a_frozen_copy_that_is_gone_is_not_made_again(company: Workspace) -> None:
    link_id, made = create_link(company, ShareLink(pages=("retention",), frozen=True))
    shutil.rmtree(company.folder / FOLDER / name_of(reader_of(made)))
    with pytest.raises(NoData, match="no longer stored"):
        workspace_for(company, reader_of_link(company, link_id))


def test_todays_figures_only_where_the_link_allows_it(company: Workspace) -> None:
    strict, _ = create_link(company, ShareLink(pages=("retention",), frozen=True))
    with pytest.raises(NotAllowed):
        reader_of_link(company, strict, live=True)
    link_id, _ = create_link(company, ShareLink(pages=("retention",), frozen=True, allow_live=True, hide_names=True))
    load(company, MORE)
    frozen, live = (workspace_for(company, reader_of_link(company, link_id, live=at)) for at in (False, True))
    assert ("T-9" in tickets(frozen), "T-9" in tickets(live)) == (False, True)
    ids = [opened(copy).query("from accounts order by 1")["account_id"].to_pylist() for copy in (frozen, live)]
    assert ids[0] == ids[1]


def test_a_revoked_link_takes_its_copies_along(company: Workspace) -> None:
    link_id, made = create_link(company, ShareLink(pages=("retention",), frozen=True, allow_live=True))
    other, kept = create_link(company, ShareLink(pages=("retention",)))
    for reader in (reader_of(made), reader_of(made, live=True), reader_of(kept)):
        workspace_for(company, reader)
    assert len(list((company.folder / FOLDER).glob("link-*/"))) == 3
    revoke_link(company, link_id)
    assert [folder.name for folder in (company.folder / FOLDER).glob("link-*/")] == [name_of(reader_of(kept))]
    with pytest.raises(NotAllowed):
        reader_of_link(company, link_id)
    assert workspace_for(company, reader_of_link(company, other)).current() is not None


def test_an_expired_link_takes_its_copy_along(company: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    _, made = create_link(company, ShareLink(pages=("retention",)))
    workspace_for(company, reader_of(made))
    monkeypatch.setattr(ShareLink, "has_expired", lambda *_: True)
    clean_up(company)
    assert list((company.folder / FOLDER).glob("link-*/")) == []


WRITES: dict[str, Callable[[Workspace], object]] = {
    "load": lambda w: load(w, MORE),
    "undo": pipeline.undo,
    "redo": pipeline.redo,
    "rebuild": pipeline.rebuild,
    "label": lambda w: labels.add(w, [("T-1", "defect")]),
    "label with effects": lambda w: pipeline.label(w, [("T-1", "defect")]),
    "setting": lambda w: settings.choose(w, {"gross_margin": 0.5}),
    "change": lambda w: pipeline.change(w, {"gross_margin": "50%"}),
    "item": lambda w: roadmap.add(w, "Item"),
    "goal": lambda w: goals.add(w, Goal("howto_share", 0.3, DAY, "Ana", "product")),
    "event": lambda w: portfolio_events.add(w, DAY, "Release"),
    "topic": lambda w: topics.apply(w, topics.renamed("t-1", "Name")),
    "link": lambda w: create_link(w, ShareLink(pages=("retention",))),
    "upload": lambda w: w.keep("file.csv", io.BytesIO(b"a,b\n")),
    "writing": lambda w: w.writing().__enter__(),
    "state": lambda w: w.state.transaction(write=True).__enter__(),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written_into_a_copy(company: Workspace, write: str) -> None:
    copy = Workspace(copy_of(company, SMALL).folder)
    before = "\n".join(texts_of(copy.folder / "versions")), (copy.folder / "state.sqlite").read_bytes()
    with pytest.raises(NotAllowed):
        WRITES[write](copy)
    assert ("\n".join(texts_of(copy.folder / "versions")), (copy.folder / "state.sqlite").read_bytes()) == before


def test_reading_transactions_of_a_copy_cannot_write(company: Workspace) -> None:
    copy = copy_of(company, SMALL)
    with pytest.raises(MachineFault, match="not writable"), copy.state.transaction() as connection:
        connection.execute("delete from versions")
    assert copy.current() is not None


def test_readers_who_come_together_make_one_copy(company: Workspace) -> None:
    copies: list[Workspace] = []
    threads = [threading.Thread(target=lambda: copies.append(copy_of(company, SMALL))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({copy.folder for copy in copies}) == 1
    assert [file.name for file in (copies[0].folder / "versions").iterdir()] == ["000001.duckdb"]


def test_people_with_the_same_limits_share_a_copy_and_links_have_their_own(company: Workspace) -> None:
    link = ShareLink(pages=("retention",), filters=SMALL.filters)
    of_links = {name_of(reader_of(create_link(company, link)[1])) for _ in range(2)}
    of_people = {name_of(person(SMALL, email)) for email in ("a@us.example", "b@us.example")}
    assert (len(of_links), len(of_people), of_links & of_people) == (2, 1, set())


def test_what_a_killed_process_left_counts_for_nothing(company: Workspace) -> None:
    copy = copy_of(company, SMALL)
    (copy.folder / "versions" / "000009.duckdb").write_bytes(b"half")
    (copy.folder / "kinds" / "000009-0-0.parquet").write_bytes(b"half")
    load(company, MORE)
    assert "T-9" in tickets(copy_of(company, SMALL))


def test_a_load_can_run_while_a_copy_is_made(company: Workspace) -> None:
    with company.writing():
        assert tickets(copy_of(company, SMALL)) == ["T-1", "T-5"]


def test_no_copy_where_nothing_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(NoData):
        workspace_for(Workspace(tmp_path), person(SMALL))


def test_files_of_a_copy_are_json_free_of_uploads(company: Workspace) -> None:
    version = copy_of(company, SMALL).current()
    assert version is not None
    assert list(version.summary) == ["copied"]
    assert "csv" not in json.dumps(version.summary)
