"""A workspace that an earlier release made opens, answers as it did, and goes on: `tests/data/workspace_before.zip`."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.decisions import (
    accounts,
    audits,
    churn_categories,
    churn_reasons,
    current_decisions,
    labels,
    layouts,
    settings,
    ticket_types,
    topics,
)
from cs_dash.errors import WorkspaceBroken
from cs_dash.metrics import open_warehouse
from cs_dash.questions import catalogue
from cs_dash.scope import scope_from_options
from cs_dash.store.state import MIGRATIONS, State
from cs_dash.store.workspace import Workspace

DATA = Path(__file__).parents[1] / "data"
BEFORE = DATA / "workspace_before.zip"
KINDS = (
    "setting", "ticket type", "churn category", "churn reason", "topic name", "topic into", "topic split",
    "topic ignored", "lexicon",
)  # fmt: skip
"""Kinds of decisions that the release before stored as settings."""
AS_OF = "2026-09-30"
"""The newest day for the release before, which counted no solved tickets: one was solved a day later."""
ANSWERS: dict[str, dict[str, Any]] = json.loads((DATA / "workspace_before_answers.json").read_text(encoding="utf-8"))


def unpacked(folder: Path) -> Path:
    with zipfile.ZipFile(BEFORE) as archive:
        archive.extractall(folder)
    return folder / "workspace_before"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(unpacked(tmp_path_factory.mktemp("before")))


@pytest.fixture(scope="module")
def answers(before: Workspace) -> Iterator[dict[str, Answer]]:
    version = before.current()
    assert version is not None
    assert pipeline.is_derived(before, version)  # what the release before derived is still valid
    artifacts = pipeline.derive_artifacts(before, version)
    scope = scope_from_options("", "", AS_OF, [])
    with closing(open_warehouse(before.file_of(version), current_decisions(before), artifacts)) as warehouse:
        yield {name: catalogue.ask(warehouse, name, scope, {}, audits.audits(before)) for name in ANSWERS}


def unknown(figures: dict[str, float | None]) -> set[str]:
    return {name for name, value in figures.items() if value is None}


@pytest.mark.parametrize("question", sorted(ANSWERS))
def test_it_answers_as_the_release_before_did(question: str, answers: dict[str, Answer]) -> None:
    answer, expected = answers[question], ANSWERS[question]
    figures = {figure.name: figure.value for figure in answer.figures}
    if question == "support.howto":  # its audit of a few tickets is too wide to take the place of the unadjusted share
        assert figures["share"] == figures["share_uncorrected"]
        figures["share"] = answers["support.audit"].figure("share").value
    if question == "support.asking":  # no account has a spike, so the MRR of those that have is 0, and not unknown
        assert (figures["rising"], figures["rising_mrr"], expected["figures"]["rising_mrr"]) == (0, 0, None)
        figures["rising_mrr"] = None
    assert unknown(figures) == unknown(expected["figures"])
    assert {name: value for name, value in figures.items() if value is not None} == pytest.approx(
        {name: value for name, value in expected["figures"].items() if value is not None}, rel=1e-6, abs=1e-6
    )
    assert answer.rows.num_rows == expected["rows"]
    sums = {
        name: pc.sum(pc.cast(answer.rows[name], pa.float64())).as_py() or 0.0
        for name in expected["sums"]
        if pa.types.is_primitive(answer.rows.schema.field(name).type)
    }
    assert sums == pytest.approx({name: expected["sums"][name] for name in sums}, rel=1e-6, abs=1e-6)


def test_what_people_decided_is_all_there(before: Workspace) -> None:
    chosen = settings.chosen(before)
    assert (len(chosen), chosen["gross_margin"], chosen["benchmark_nrr"]) == (14, 0.72, "1.02-1.12")
    assert sum(len(settings.changes(before, kind)) for kind in KINDS) == 35
    assert ticket_types.decided(before) == {
        "E-mail": "says nothing", "Tier 2": "defect", "vip_desk": "account and access",
    }  # fmt: skip
    assert churn_reasons.decided(before) == {
        "Board decision": "Decided at the top", "Season ended early": "Seasonal", "Went back to paper": "Competitor",
    }  # fmt: skip
    categories = churn_categories.decided(before)
    assert {key: (category.name, category.controllable, category.words) for key, category in categories.items()} == {
        "Product gap": ("Missing things", True, ("missing feature",)),
        "Seasonal": ("Seasonal business", False, ("season", "harvest")),
    }
    topic = topics.decided(before)
    assert (topic.names, topic.into) == ({"t-0050ddd1": "Getting reports out"}, {"t-53301892": "t-533a1358"})
    assert (set(topic.split), set(topic.ignored)) == ({"t-9ea221cb"}, {"t-5c786f70"})
    matches = accounts.decided(before)
    assert [(match.verdict, match.account_id, match.account_name) for match in matches] == [
        ("same", "BW-101", "Marlow Bakry"), ("other", "BW-120", "Orrery Bookshop"), ("new", None, "Vesper Lighting"),
        ("other", "BW-125", "Thornbury Farm Supplies"), ("forget", None, "Thornbury Farm Supplies"),
    ]  # fmt: skip
    assert [(layout.mapping.get("Monthly Take"), layout.table) for layout in layouts.decided(before)] == [
        ("mrr", None), (None, ""),
    ]  # fmt: skip
    samples = audits.audits(before)
    assert [(audit.seed, len(audit.sample), audit.tickets) for audit in samples] == [
        ("a1a1a1a1a1a1a1a1", 20, 259), ("b2b2b2b2b2b2b2b2", 36, 259),
    ]  # fmt: skip
    assert [{person: len(audit.kinds_of(person)) for person in audit.people} for audit in samples] == [
        {"Ada": 20}, {"Ada": 18, "Bo": 12},
    ]  # fmt: skip
    assert [sum(answer.kind is None for answer in audit.answers) for audit in samples] == [0, 1]
    people = [label.person for label in labels.history(before)]
    assert {person: people.count(person) for person in people} == {"Ada": 40, "Bo": 3, "": 1}
    newest = labels.newest(before, "Bo")
    assert newest is not None
    assert newest.size == 3


def test_it_takes_a_load_an_undo_and_a_label(tmp_path: Path) -> None:
    workspace = Workspace(unpacked(tmp_path))
    decided = current_decisions(workspace)
    migrated = workspace.current()
    report = pipeline.load(
        workspace, [("more.csv", io.BytesIO(b"account_id,account\nBW-900,Late Comer\n"))], as_table="accounts"
    )
    assert report.usable
    current = workspace.current()
    assert migrated is not None
    assert current is not None
    assert (current.number, current.parent) == (8, migrated.number)
    assert workspace.undo() == migrated
    (ticket, kind) = next(iter(labels.kinds_of_tickets(workspace).items()))
    other = "billing" if kind != "billing" else "defect"
    assert pipeline.label(workspace, [(ticket, other)], person="Cleo") == 1
    assert labels.kinds_of_tickets(workspace)[ticket] == other
    assert pipeline.unlabel(workspace, person="Cleo") == 1
    assert labels.kinds_of_tickets(workspace)[ticket] == kind
    assert current_decisions(workspace) == decided


def release_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (release,) = connection.execute("pragma user_version").fetchone()
    return int(release)


def test_a_workspace_is_migrated_once_and_a_new_one_begins_at_the_newest(tmp_path: Path) -> None:
    file = unpacked(tmp_path) / "state.sqlite"
    assert release_of(file) == 0
    State(file)
    assert release_of(file) == len(MIGRATIONS)
    State(file)
    State(tmp_path / "new.sqlite")
    assert release_of(tmp_path / "new.sqlite") == len(MIGRATIONS)
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(tmp_path / "new.sqlite")) as new:
        sql = "select type, name, sql from sqlite_schema where name not like 'sqlite_%' order by type, name"
        assert old.execute(sql).fetchall() == new.execute(sql).fetchall()


def test_a_migration_that_fails_leaves_the_workspace_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = unpacked(tmp_path) / "state.sqlite"
    bad = tmp_path / "002_bad.sql"
    bad.write_text("create table decisions (id integer);\ndrop table labels;\nselect no_such_thing();\n")
    monkeypatch.setattr("cs_dash.store.state.MIGRATIONS", (MIGRATIONS[0], bad))
    with pytest.raises(WorkspaceBroken):
        State(file)
    assert release_of(file) == 1
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("select count(*) from labels").fetchone() == (47,)
        assert not connection.execute("select name from sqlite_schema where name = 'decisions'").fetchall()


def test_a_workspace_of_a_newer_release_is_refused_in_one_sentence(tmp_path: Path) -> None:
    Workspace(tmp_path)
    with closing(sqlite3.connect(tmp_path / "state.sqlite")) as connection:
        connection.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(WorkspaceBroken, match=r"a newer release of cs_dash wrote it") as refused:
        Workspace(tmp_path)
    assert refused.value.message.count(". ") == 0
