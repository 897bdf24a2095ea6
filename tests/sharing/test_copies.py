"""Copies: only the accounts of the reader, made once, renewed where their source changed, and never written."""

from __future__ import annotations

import io
import json
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cs_dash import pipeline
from cs_dash.decisions import goals, labels, portfolio_events, programmes, roadmap, settings, topics
from cs_dash.decisions.goals import Goal
from cs_dash.decisions.kinds import all_kinds
from cs_dash.decisions.links import ShareLink
from cs_dash.decisions.programmes import Programme
from cs_dash.errors import MachineFault, NoData, NotAllowed
from cs_dash.scope import Scope
from cs_dash.sharing import LOCAL, NOBODY, Limits
from cs_dash.sharing.copies import FOLDER, name_of, workspace_for
from cs_dash.sharing.decisions import IN_COPIES, LEFT_OUT
from cs_dash.sharing.links import create_link, reader_of
from cs_dash.store.engine import spill_root
from cs_dash.store.workspace import Workspace
from tests.sharing.companies import DAY, MORE, SMALL, asking, copy_of, load, person, texts_of, tickets
from tests.workspaces import opened


def test_who_sees_all_has_the_workspace_itself(sharer: Workspace) -> None:
    assert workspace_for(sharer, LOCAL) is sharer
    assert workspace_for(sharer, person(Limits())) is sharer
    assert not (sharer.folder / FOLDER).exists()


def test_nobody_has_none(sharer: Workspace) -> None:
    with pytest.raises(NotAllowed):
        workspace_for(sharer, NOBODY)


def test_a_copy_has_only_the_rows_of_its_accounts(sharer: Workspace) -> None:
    copy = copy_of(sharer, SMALL)
    assert opened(copy).query("from accounts order by 1")["account_id"].to_pylist() == ["A-1", "A-3"]
    assert tickets(copy) == ["T-1", "T-5"]
    texts = "\n".join(texts_of(copy.folder))
    for foreign in ("A-2", "Beta", "Enterprise", "T-2", "T-3", "T-4", "Who am I", "accounts.csv", "tickets.csv"):
        assert foreign not in texts, foreign
    assert "Export fails for another customer" in texts


def test_one_account_can_be_all_that_is_in_it(sharer: Workspace) -> None:
    copy = copy_of(sharer, Limits((("account_id", ("A-3",)),)))
    assert opened(copy).query("from accounts")["account"].to_pylist() == ["Gamma Ltd"]
    assert tickets(copy) == ["T-5"]


def test_a_value_that_no_account_has_leaves_nothing(sharer: Workspace) -> None:
    copy = copy_of(sharer, Limits((("segment", ("Huge",)),)))
    assert opened(copy).query("from accounts").num_rows == 0
    assert tickets(copy) == []


def test_decisions_about_others_are_not_in_it(sharer: Workspace) -> None:
    labels.add(sharer, [("T-1", "defect"), ("T-2", "billing")])
    item = roadmap.add(sharer, "Export as Beta Ltd needs it")
    roadmap.ship(sharer, item, DAY, accounts={"A-1": DAY, "A-2": DAY})
    programmes.add(sharer, Programme("Both", DAY, ("A-1", "A-2")))
    programmes.add(sharer, Programme("Only theirs", DAY, ("A-2",)))
    portfolio_events.add(sharer, DAY, "Beta Ltd went public")
    goals.add(sharer, Goal("howto_share", 0.3, DAY, "Ana", "product"))
    create_link(sharer, ShareLink(pages=("retention",)))
    copy = copy_of(sharer, SMALL)
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


def test_a_live_copy_follows_loads_labels_settings_and_undo(sharer: Workspace) -> None:
    limits = Limits(hide_names=True)
    copy = copy_of(sharer, limits)
    folder, first = copy.folder, (copy.folder / "versions" / "000001.duckdb").stat().st_ino
    settings.choose(sharer, {"gross_margin": 0.5})
    labels.add(sharer, [("T-1", "defect")])
    copy = copy_of(sharer, limits)
    assert copy.folder == folder
    assert settings.chosen(copy) == {"gross_margin": 0.5}
    assert (folder / "versions" / "000001.duckdb").stat().st_ino == first  # only the decisions were made anew
    load(sharer, MORE)
    assert "T-9" in tickets(copy_of(sharer, limits))
    pipeline.undo(sharer)
    assert "T-9" not in tickets(copy_of(sharer, limits))


def test_a_decision_that_changes_no_category_keeps_the_artifacts(sharer: Workspace) -> None:
    copy = copy_of(sharer, SMALL)
    before = {
        file.name: file.stat().st_ino for file in copy.folder.rglob("*") if file.suffix in (".parquet", ".duckdb")
    }
    settings.choose(sharer, {"gross_margin": 0.5})
    copy = copy_of(sharer, SMALL)
    after = {file.name: file.stat().st_ino for file in copy.folder.rglob("*") if file.suffix in (".parquet", ".duckdb")}
    assert after == before


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
def test_nothing_is_written_into_a_copy(sharer: Workspace, write: str) -> None:
    copy = Workspace(copy_of(sharer, SMALL).folder)
    before = "\n".join(texts_of(copy.folder / "versions")), (copy.folder / "state.sqlite").read_bytes()
    with pytest.raises(NotAllowed):
        WRITES[write](copy)
    assert ("\n".join(texts_of(copy.folder / "versions")), (copy.folder / "state.sqlite").read_bytes()) == before


def test_reading_transactions_of_a_copy_cannot_write(sharer: Workspace) -> None:
    copy = copy_of(sharer, SMALL)
    with pytest.raises(MachineFault, match="not writable"), copy.state.transaction() as connection:
        connection.execute("delete from versions")
    assert copy.current() is not None


def test_readers_who_come_together_make_one_copy(sharer: Workspace) -> None:
    copies: list[Workspace] = []
    threads = [threading.Thread(target=lambda: copies.append(copy_of(sharer, SMALL))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({copy.folder for copy in copies}) == 1
    assert [file.name for file in (copies[0].folder / "versions").iterdir()] == ["000001.duckdb"]


def test_people_with_the_same_limits_share_a_copy_and_links_have_their_own(sharer: Workspace) -> None:
    link = ShareLink(pages=("retention",), filters=SMALL.filters)
    of_links = {name_of(reader_of(create_link(sharer, link)[1])) for _ in range(2)}
    of_people = {name_of(person(SMALL, email)) for email in ("a@us.example", "b@us.example")}
    assert (len(of_links), len(of_people), of_links & of_people) == (2, 1, set())


def test_what_a_killed_process_left_counts_for_nothing(sharer: Workspace) -> None:
    copy = copy_of(sharer, SMALL)
    (copy.folder / "versions" / "000009.duckdb").write_bytes(b"half")
    (copy.folder / "kinds" / "000009-0-0.parquet").write_bytes(b"half")
    load(sharer, MORE)
    assert "T-9" in tickets(copy_of(sharer, SMALL))


def test_a_load_can_run_while_a_copy_is_made(sharer: Workspace) -> None:
    with sharer.writing():
        assert tickets(copy_of(sharer, SMALL)) == ["T-1", "T-5"]


def test_no_copy_where_nothing_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(NoData):
        workspace_for(Workspace(tmp_path), person(SMALL))


def test_files_of_a_copy_are_json_free_of_uploads(sharer: Workspace) -> None:
    version = copy_of(sharer, SMALL).current()
    assert version is not None
    assert list(version.summary) == ["copied"]
    assert "csv" not in json.dumps(version.summary)


def test_a_copy_shares_the_memory_of_its_source(sharer: Workspace) -> None:
    copy = copy_of(sharer, SMALL)
    files = [workspace.file_of(version) for workspace in (sharer, copy) if (version := workspace.current())]
    assert {spill_root(file) for file in files} == {sharer.folder / "spill"}
    opened(copy).query("from accounts")
    assert not (copy.folder / "spill").exists()


def test_no_topic_is_called_by_a_ticket_from_outside(demo_workspace: Workspace, tmp_path: Path) -> None:
    shutil.copytree(demo_workspace.folder, tmp_path / "demo")
    source = Workspace(tmp_path / "demo")
    limits = Limits((("csm", ("Timur Asanov",)), ("segment", ("SMB",))))
    copy = copy_of(source, limits)
    inside = {str(ticket) for ticket in opened(copy).query("from tickets")["ticket_id"].to_pylist()}
    subjects = opened(source).query("select ticket_id, subject from tickets where length(subject) > 20").to_pylist()
    foreign = {row["subject"] for row in subjects if row["ticket_id"] not in inside}
    foreign -= {row["subject"] for row in subjects if row["ticket_id"] in inside}
    (file,) = (copy.folder / "topics").iterdir()
    with duckdb.connect(str(file), read_only=True) as connection:
        nodes = connection.execute("select label, example from topic_nodes where label is not null").fetchall()
    assert len(nodes) > 20
    assert all(example is None or example in inside for _, example in nodes)
    assert not {label.partition(" · ")[0] for label, _ in nodes} & foreign
    assert len(foreign) > 100
