from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cs_dash.errors import UnknownOption
from cs_dash.metrics import ROLLUPS, open_warehouse
from cs_dash.pipeline.topics import build_topics
from cs_dash.questions.support.tickets.tickets import tickets
from cs_dash.questions.support.topics.fixes import DOCUMENTATION, GUIDANCE, MISSING, TRAINING, USABILITY, fix_of
from cs_dash.questions.support.topics.topic_lists import topic_tickets
from cs_dash.questions.support.topics.topics import topics
from cs_dash.store.artifacts import NO_ARTIFACTS, DerivedArtifacts
from cs_dash.store.builder import Builder
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import table_rows

DAY = dt.date(2026, 9, 30)
SUBJECTS = {
    "export": ("How do I export a report", "Exporting reports to a spreadsheet", "Download the report table"),
    "invite": ("How can I invite a colleague", "Add another user to the team", "Send an invitation to somebody"),
    "dark": ("Please add a dark mode", "Wish for night colours on the screen", "A darker theme would help"),
}
ENDS = ("", " please", " soon", " for us", " today", " again", " now", " at all", " somehow", " quickly")


def ticket(topic: str, number: int, days_ago: int, account: str) -> dict[str, Any]:
    """Return a ticket about a topic."""
    subject = SUBJECTS[topic][number % 3] + ENDS[number // 3 % 10]
    kind = "feature request" if topic == "dark" else "how-to"
    created = dt.datetime.combine(DAY, dt.time(9)) - dt.timedelta(days=days_ago)
    return {
        "ticket_id": f"{topic}-{number:03d}", "account_id": account, "created_at": created, "kind": kind,
        "subject": subject, "language": "en",
    }  # fmt: skip


def company_with(folder: Path, tickets: list[dict[str, Any]]) -> Warehouse:
    """Return a warehouse of five paying accounts with these tickets and their topics."""
    accounts = [{"account_id": f"A{at}", "account": f"Acme {at}"} for at in range(5)]
    lines: list[dict[str, Any]] = [
        {
            "subscription_id": f"S{at}",
            "account_id": f"A{at}",
            "start_date": dt.date(2024, 1, 1),
            "mrr": 100.0 * (at + 1),
        }
        for at in range(5)
    ]
    left = {"churn_id": "C1", "account_id": "A4", "churned_on": dt.date(2026, 9, 1), "scope": "full", "mrr_lost": 500.0}
    lines[4]["end_date"] = dt.date(2026, 9, 1)
    rows: dict[str, list[dict[str, Any]]] = {
        "accounts": accounts,
        "subscriptions": lines,
        "tickets": tickets,
        "churn_events": [left],
    }
    with Builder(folder / "v.duckdb", None) as builder:
        for name, table_content in rows.items():
            builder.upsert(table_rows(name, table_content))
        builder.roll_up(ROLLUPS)
        builder.finish()
    build_topics(folder / "v.duckdb", NO_ARTIFACTS, folder / "topics.duckdb")
    return open_warehouse(folder / "v.duckdb", artifacts=DerivedArtifacts(topics=folder / "topics.duckdb"))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Steady questions about exports, many more than before about invitations, and new ones about a dark mode."""
    old = [ticket("export", at, 10 * at + 1, f"A{at % 4}") for at in range(30)]
    growing = [ticket("invite", at, 3 * at % 80 if at < 28 else 120, f"A{at % 2}") for at in range(30)]
    new = [ticket("dark", at, at % 60, "A4" if at == 29 else "A3") for at in range(30)]
    new[29]["created_at"] = dt.datetime(2026, 8, 20)
    return company_with(tmp_path_factory.mktemp("topics"), old + growing + new)


def by_subject(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return {subject: rows}, by the words in each row's example."""
    words_of = {"export": ("report",), "invite": ("invit", "colleague", "user"), "dark": ("dark", "night")}
    return {
        topic: [row for row in rows if any(word in row["example"].casefold() for word in words)]
        for topic, words in words_of.items()
    }


def test_rows_tell_tickets_accounts_money_and_trend(warehouse: Warehouse) -> None:
    rows = ask(warehouse, topics).rows.to_pylist()
    assert sum(row["tickets"] for row in rows) == 90
    rows_of = by_subject(rows)
    assert [sum(row["tickets"] for row in rows_of[topic]) for topic in ("export", "invite", "dark")] == [30, 30, 30]
    for row in rows_of["invite"]:
        assert row["accounts"] <= 2
        assert row["mrr"] == pytest.approx(300.0 if row["accounts"] == 2 else row["mrr"])
    assert sum(row["churned_mrr"] or 0 for row in rows_of["dark"]) == pytest.approx(500.0)
    assert all(row["churned_mrr"] is None for row in (*rows_of["export"], *rows_of["invite"]))
    for row in rows:
        assert len(row["trend"]) == 12
        assert row["recent"] + row["before"] <= row["tickets"]


def test_without_a_past_nothing_is_new_and_without_accounts_nobody_is_counted(tmp_path: Path) -> None:
    fresh = [ticket(topic, at, at % 80, "") | {"account_id": None} for topic in SUBJECTS for at in range(30)]
    answer = ask(company_with(tmp_path, fresh), topics)
    assert answer.headline.endswith("No tickets before 3 Jul 2026, so new and growing topics cannot be identified.")
    assert "account" not in answer.headline
    for name in ("change", "accounts", "p_value"):
        assert set(answer.rows[name].to_pylist()) == {None}
    older = tmp_path / "older"
    older.mkdir()
    defect = ticket("export", 99, 200, "A1") | {"kind": "defect"}
    assert "new" in ask(company_with(older, [*fresh, defect]), topics).rows["change"].to_pylist()


def test_the_list_of_tickets_has_the_same_topics_and_can_be_narrowed_to_one(warehouse: Warehouse) -> None:
    everything = ask(warehouse, tickets).rows.to_pylist()
    for row in ask(warehouse, topics).rows.to_pylist():
        narrowed = ask(warehouse, tickets, topic=row["topic"])
        assert narrowed.figure("tickets").value == row["tickets"]
        assert set(narrowed.rows["about"].to_pylist()) == {row["label"]}
        assert sum(ticket_row["topic"] == row["topic"] for ticket_row in everything) == row["tickets"]
        assert ask(warehouse, tickets, topic=row["label"].upper()).rows.equals(narrowed.rows)
    cut = ask(warehouse, tickets, topics="2").rows["topic"].to_pylist()
    assert len({ticket_row for ticket_row in cut if ticket_row}) == 2


def test_new_topics_come_first_then_growing_ones(tmp_path: Path, warehouse: Warehouse) -> None:
    answer = ask(warehouse, topics)
    rows = answer.rows.to_pylist()
    changes = [row["change"] for row in rows]
    ranks = [{"new": 0, "growing": 1}.get(change or "", 2) for change in changes]
    assert ranks == sorted(ranks)
    rows_of = by_subject(rows)
    assert {row["change"] for row in rows_of["dark"]} == {"new"}
    assert "growing" not in {row["change"] for row in rows_of["export"]}
    assert "is new" in answer.headline
    assert any("does not add up" in note.text for note in answer.notes)


def test_wishes_call_for_what_is_missing(warehouse: Warehouse) -> None:
    rows_of = by_subject(ask(warehouse, topics).rows.to_pylist())
    assert {row["fix"] for row in rows_of["dark"]} == {MISSING}
    assert MISSING not in {row["fix"] for row in rows_of["export"]}


@pytest.mark.parametrize(
    ("changes", "fix"),
    [
        ({"requests": 60}, MISSING),
        ({"busiest": 45}, TRAINING),
        ({"early_share": 0.4}, GUIDANCE),
        ({"again_share": 0.3}, USABILITY),
        ({}, DOCUMENTATION),
        ({"accounts": 0, "busiest": None, "early_share": None, "again_share": None}, DOCUMENTATION),
        ({"tickets": 4, "busiest": 4, "early_share": 1.0, "again_share": 1.0}, DOCUMENTATION),
    ],
)
def test_the_fix_follows_from_who_asks_and_when(changes: dict[str, Any], fix: str) -> None:
    row = {"tickets": 100, "requests": 0, "accounts": 60, "busiest": 5, "early_share": 0.1, "again_share": 0.05}
    proposed, why = fix_of(row | changes, 0.15)
    assert proposed == fix
    assert why


def test_without_accounts_nobody_is_early(warehouse: Warehouse) -> None:
    row = {"tickets": 50, "requests": 0, "accounts": 9, "busiest": 9, "early_share": 0.9, "again_share": 0.0}
    assert fix_of(row, None)[0] == DOCUMENTATION


@pytest.mark.parametrize("number", ["0", "many", "-3", "1000"])
def test_a_number_that_is_none_is_refused(warehouse: Warehouse, number: str) -> None:
    with pytest.raises(UnknownOption, match=r"topics="):
        ask(warehouse, topics, topics=number)


def test_a_topic_that_is_none_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(UnknownOption, match="no such topic"):
        ask(warehouse, topic_tickets, topic="t-none")


def test_vectors_come_back_from_a_version_as_they_were(warehouse: Warehouse) -> None:
    means = np.array(warehouse.query("select mean from topic_clusters")["mean"].to_pylist())
    assert means.shape[1] == 512
    assert np.linalg.norm(means, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_topic_that_came_up_after_an_audit_is_told(warehouse: Warehouse) -> None:
    window = {"start_day": None, "end_day": DAY + dt.timedelta(days=1), "drawn_from": None}
    rows = warehouse("audit_drift", **window, drawn_to=dt.date(2026, 8, 1)).to_pylist()
    new = {row["label"] for row in warehouse("ticket_topics", as_many=None).to_pylist() if "dark" in row["ticket_id"]}
    assert {row["area"] for row in rows} == new
    assert sum(row["tickets"] for row in rows) == 30
    assert sum(row["share"] for row in rows) == pytest.approx(30 / 90)
    assert not len(warehouse("audit_drift", **window, drawn_to=DAY))
