"""Third-party data: their contradictions are shown, together with the figures they affect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cs_dash.questions.data_quality.loads import loads
from cs_dash.questions.data_quality.quality import contradictions, quality
from cs_dash.questions.health.accounts import accounts
from cs_dash.questions.overview.summary import summary
from cs_dash.questions.support.howto import howto
from cs_dash.questions.support.kind_shares import kind_shares
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.questions.others import loaded


@pytest.fixture(scope="module")
def ravenstack(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    yield from loaded(shared_data / "ravenstack", "*.csv", tmp_path_factory.mktemp("ravenstack"))


def test_contradictions_of_ravenstack(shared_data: Path, ravenstack: Warehouse) -> None:
    rows = {row["table"]: row for row in ask(ravenstack, quality).rows.to_pylist()}
    assert "110 marked as churned, 352 with a churn event, 75 both" in rows["churn_events"]["contradictions"]
    assert rows["tickets"]["contradictions"] == "1,077 dated before the account's signup"
    assert rows["usage"]["duplicates"] == 21
    assert {name: row["rows"] for name, row in rows.items() if row["rows"]} == {
        "accounts": 500, "subscriptions": 5000, "usage": 24979, "tickets": 2000, "churn_events": 600,
    }  # fmt: skip
    conflicts = {row["contradiction"]: row["rows"] for row in ask(ravenstack, contradictions).rows.to_pylist()}
    assert conflicts["dated before the account's signup"] == 1077
    for row in ask(ravenstack, loads).rows.to_pylist():
        parts = ("loaded", "updated", "unchanged", "rejected", "duplicates")
        assert row["read"] == sum(row[part] for part in parts)


def test_tickets_of_ravenstack_have_no_kind_and_the_doubt_is_told(shared_data: Path, ravenstack: Warehouse) -> None:
    answer = ask(ravenstack, howto)
    assert (answer.figure("share").value, answer.figure("tickets").value) == (None, 2000)
    assert answer.figure("without_kind").value == 2000
    assert any("1,077 of 2,000 tickets are dated before" in note.text for note in answer.notes)
    assert any(note.kind == "missing" and note.table == "tickets" for note in answer.notes)


def test_health_of_ravenstack_says_how_little_is_known(shared_data: Path, ravenstack: Warehouse) -> None:
    answer = ask(ravenstack, accounts)
    rows = answer.rows.to_pylist()
    assert len(rows) == 500
    assert sum(row["mrr"] for row in rows) == 10_159_608
    assert all(row["band"] != "green" for row in rows if row["coverage"] < 0.5)
    assert all(row["weekly_users"] is None for row in rows)
    assert {note.table for note in answer.notes if note.kind == "missing"} == {"surveys", "notes"}


def test_the_overview_of_ravenstack(shared_data: Path, ravenstack: Warehouse) -> None:
    answer = ask(ravenstack, summary, Scope(period="12m"))
    assert answer.figure("nrr").value == pytest.approx(2.922709, abs=5e-7)
    assert answer.figure("grr").value == pytest.approx(0.995900, abs=5e-7)


def test_kinds_of_a_desk_that_names_its_types(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("desk")
    for warehouse in loaded(shared_data / "tickets", "teresgeo*.csv", folder):
        tickets_by_kind = {row["kind"]: row["tickets"] for row in ask(warehouse, kind_shares).rows.to_pylist()}
        assert tickets_by_kind == {
            "defect": 324, "feature request": 184, "how-to": 174, "billing": 163, "account and access": 155,
        }  # fmt: skip
        answer = ask(warehouse, howto)
        assert answer.figure("share").value == 0.174
        assert any("General Inquiry as how-to (174)" in note.text for note in answer.notes)
