"""Audits are remembered: what was drawn, what was said, by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from cs_dash.decisions import audits
from cs_dash.decisions.audits import Audit, AuditAnswer
from cs_dash.store.workspace import Workspace
from tests.companies import day


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def add_audit(workspace: Workspace, *tickets: str) -> Audit:
    return audits.add(workspace, Audit(0, "seed", None, day("2026-02-01"), 1_000, tickets))


def test_a_sample_is_remembered_as_it_was_drawn(workspace: Workspace) -> None:
    made = add_audit(workspace, "b", "a", "c")
    assert (made.number, audits.audits(workspace)) == (1, (made,))
    other = audits.add(workspace, Audit(0, "x", day("2025-01-01"), day("2026-02-01"), 5, ("z",)))
    assert [audit.number for audit in audits.audits(workspace)] == [1, 2]
    assert audits.audits(workspace)[1] == other


def test_it_grows_at_its_end_and_nothing_is_drawn_twice(workspace: Workspace) -> None:
    made = add_audit(workspace, "b", "a")
    audits.extend(workspace, made.number, ["a", "d", "c", "d"])
    assert audits.audits(workspace)[0].sample == ("b", "a", "d", "c")
    assert len({"b", "a", "d", "c"}) == 4


def test_the_last_word_of_each_person_counts_and_can_be_taken_back(workspace: Workspace) -> None:
    made = add_audit(workspace, "a", "b")
    audits.answer(
        workspace,
        made.number,
        [AuditAnswer("a", "Ann", "how-to"), AuditAnswer("a", "Bo", "defect"), AuditAnswer("b", "Ann", None)],
    )
    audits.answer(workspace, made.number, [AuditAnswer("a", "Ann", "billing")])
    audit = audits.audits(workspace)[0]
    assert audit.people == ("Bo", "Ann")
    assert audit.kinds_of("Ann") == {"a": "billing", "b": None}
    assert audits.undo_answer(workspace, made.number, "Ann") == "a"
    assert audits.audits(workspace)[0].kinds_of("Ann") == {"a": "how-to", "b": None}
    assert audits.undo_answer(workspace, made.number, "Ann") == "b"
    assert audits.undo_answer(workspace, made.number, "Ann") == "a"
    assert audits.undo_answer(workspace, made.number, "Ann") is None
    assert audits.audits(workspace)[0].kinds_of("Bo") == {"a": "defect"}
