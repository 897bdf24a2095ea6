"""The log: the newest decision about a subject holds, and undoing it makes the earlier one hold again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions import CurrentDecisions, current_decisions, log, settings
from cs_dash.decisions.kinds import all_kinds
from cs_dash.decisions.log import Entry
from cs_dash.metrics import definition_files
from cs_dash.store.definitions import read_definition
from cs_dash.store.workspace import Workspace

KIND = "topic name"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def values(workspace: Workspace) -> dict[str, object]:
    return {row.subject: row.value for row in log.in_force(workspace, KIND)}


def test_the_newest_decision_holds_until_it_is_undone(workspace: Workspace) -> None:
    log.record(workspace, [Entry(KIND, "t1", "Exports"), Entry(KIND, "t2", "Invoices")], person="Ana")
    log.record(workspace, [Entry(KIND, "t1", "Reports")], person="Bo")
    log.record(workspace, [Entry(KIND, "t2", None)])
    assert values(workspace) == {"t1": "Reports"}
    newest = log.newest_batch(workspace, KIND, "Bo")
    assert newest is not None
    assert (newest.size, log.undo(workspace, newest.number), log.undo(workspace, newest.number)) == (1, 1, 0)
    assert values(workspace) == {"t1": "Exports"}
    assert log.undo(workspace, 3) == 1
    assert values(Workspace(workspace.folder)) == {"t1": "Exports", "t2": "Invoices"}
    assert [(row.subject, row.value, row.person) for row in log.history(workspace, KIND)] == [
        ("t1", "Exports", "Ana"), ("t2", "Invoices", "Ana"),
    ]  # fmt: skip


def test_what_was_decided_together_is_undone_together(workspace: Workspace) -> None:
    log.record(workspace, [Entry(KIND, "t1", "Exports"), Entry("topic split", "t2", True)])
    assert log.undo(workspace, 1) == 2
    assert not log.in_force(workspace, KIND, "topic split")


def test_a_change_records_only_what_differs(workspace: Workspace) -> None:
    log.change(workspace, [Entry(KIND, "t1", "Exports")])
    assert log.change(workspace, [Entry(KIND, "t1", "Exports"), Entry(KIND, "t9", None)]) == ()
    assert log.change(workspace, [Entry(KIND, "t1", None)]) == (Entry(KIND, "t1", None),)
    assert len(log.history(workspace, KIND)) == 2


def test_a_batch_that_fails_leaves_nothing(workspace: Workspace) -> None:
    with pytest.raises(TypeError):
        log.record(workspace, [Entry(KIND, "t1", "Exports"), Entry(KIND, "t2", object())])
    assert values(workspace) == {}


def test_the_revision_of_one_kind_does_not_follow_another(workspace: Workspace) -> None:
    assert log.revision(workspace, KIND) == "0-0"
    log.record(workspace, [Entry("label", "1", "defect")])
    assert log.revision(workspace, KIND) == "0-0"
    assert log.revision(workspace, "label") != "0-0"


def test_a_version_is_opened_with_settings_and_with_the_decisions_that_sql_reads(workspace: Workspace) -> None:
    settings.choose(workspace, {"gross_margin": 0.4})
    log.record(
        workspace, [Entry("topic split", "t2", True), Entry(KIND, "t1", "Exports"), Entry("label", "1", "other")]
    )
    assert current_decisions(workspace) == CurrentDecisions(
        (("gross_margin", "0.4"),), ((KIND, "t1", "Exports"), ("topic split", "t2", "true"))
    )


def test_every_kind_has_a_title_and_sql_reads_just_those_that_say_so() -> None:
    kinds = all_kinds()
    assert {"label", "audit", "account", "layout", "setting", "ticket type", "churn reason"} <= kinds.keys()
    assert all(kind.title for kind in kinds.values())
    sql = " ".join(read_definition(file).sql for file in definition_files())
    named = {name for name in kinds if f"kind = '{name}'" in sql}
    assert named == {kind.name for kind in kinds.values() if kind.in_sql and kind.name != "setting"}


def test_settings_are_chosen_given_back_and_every_change_is_listed(workspace: Workspace) -> None:
    settings.choose(workspace, {"currency": "EUR", "few": 20})
    assert settings.chosen(Workspace(workspace.folder)) == {"currency": "EUR", "few": 20}
    settings.choose(workspace, {"currency": None, "few": 20})
    assert settings.chosen(workspace) == {"few": 20}
    assert [(change.name, change.before, change.after) for change in settings.changes(workspace)] == [
        ("currency", None, "EUR"), ("few", None, 20), ("currency", "EUR", None),
    ]  # fmt: skip
