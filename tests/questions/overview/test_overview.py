"""The first page: the other questions' figures, what changed, whom to call."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from cs_dash.questions.overview.act_on import act_on
from cs_dash.questions.overview.changes import changes
from cs_dash.questions.overview.summary import summary
from cs_dash.questions.retention.summary import summary as retention
from cs_dash.questions.support.howto import howto
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask, questions_about
from tests.companies import company, day
from tests.metrics.health.test_health_macros import weeks_of_use

YEAR = Scope(period="12m")


def line(account: str, mrr: float, start: str = "2024-01-01", end: str | None = None) -> dict[str, Any]:
    return {
        "account_id": account,
        "mrr": mrr,
        "start_date": day(start),
        "end_date": day(end) if end else None,
        "seats": 5.0,
    }


def asked_for(n: int, month: str, kind: str) -> list[dict[str, Any]]:
    start = dt.datetime.fromisoformat(f"{month}-02")
    return [
        {"ticket_id": f"{month}-{kind}-{i}", "account_id": "grew", "created_at": start, "kind": kind,
         "kind_source": "column", "product_area": "Reports", "subject": "How?"}
        for i in range(n)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def year() -> Warehouse:
    """A year in which one account grew, one left, one came and one fell silent; the facts end on 30 June 2026."""
    answered = {"survey": "NPS", "answered_on": day("2026-06-01")}
    return company(
        accounts=[
            {"account_id": "grew", "account": "Grew", "segment": "SMB"},
            {"account_id": "lost", "account": "Lost", "segment": "SMB"},
            {"account_id": "silent", "account": "Silent", "segment": "Enterprise", "csm": "Ana"},
            {"account_id": "new", "account": "New", "segment": "Enterprise"},
        ],
        subscriptions=[
            line("grew", 100, end="2026-01-01"), line("grew", 150, "2026-01-01"), line("lost", 100, end="2026-02-01"),
            line("silent", 200), line("new", 50, "2026-05-01"),
        ],
        usage=[
            *weeks_of_use([5] * 20, "grew", feature="x"),
            *weeks_of_use([4] * 16 + [0] * 4, "silent", feature="x"),
        ],
        surveys=[answered | {"account_id": "grew", "score": 10.0}, answered | {"account_id": "silent", "score": 0.0}],
        notes=[{"account_id": "grew", "noted_on": day("2026-06-30")}],
        tickets=[
            *asked_for(60, "2024-09", "how-to"), *asked_for(40, "2024-09", "defect"),
            *asked_for(20, "2026-03", "how-to"), *asked_for(80, "2026-03", "defect"),
        ],
    )  # fmt: skip


def test_the_figures_are_those_of_the_other_questions(year: Warehouse) -> None:
    answer = ask(year, summary, YEAR)
    retention_answer, howto_answer = ask(year, retention, YEAR), ask(year, howto, YEAR)
    for name in ("nrr", "grr"):
        assert answer.figure(name).value == retention_answer.figure(name).value
        assert answer.figure(name).previous == retention_answer.figure(name).previous
        assert answer.figure(name).trend[-1] == answer.figure(name).value
    assert answer.figure("nrr").value == pytest.approx(350 / 400)
    assert answer.figure("grr").value == pytest.approx(300 / 400)
    assert answer.figure("howto_share").value == howto_answer.figure("share").value == 0.2
    assert (answer.figure("accounts_at_risk").value, answer.figure("mrr_at_risk").value) == (1, 200)
    assert "**87.5" in answer.headline or "**88" in answer.headline
    assert "**1 account** is red" in answer.headline
    rows = answer.rows.to_pylist()
    assert len(rows) == 12
    assert rows[-1]["mrr"] == 400
    assert rows[8]["howto_share"] == 0.2


def test_changes_are_ranked_by_size_with_their_doubt(year: Warehouse) -> None:
    answer = ask(year, changes, YEAR)
    rows = {(row["figure"], row["group"]): row for row in answer.rows.to_pylist()}
    sizes = [row["size"] for row in answer.rows.to_pylist()]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size >= 1 for size in sizes)
    assert not {("mrr", "new"), ("mrr", "lost")} & rows.keys()  # of one account its own line says it
    assert rows["mover", "New"]["change"] == "New is new: 0 → 50"
    assert not rows["mover", "Lost"]["good"]
    assert rows["mover", "Lost"]["change"] == "Lost churned: 100 → 0"
    assert rows["mover", "Grew"]["good"]
    fell = rows["howto_share", "all"]
    assert (fell["before"], fell["now"], fell["good"], fell["doubt"]) == (0.6, 0.2, True, "")
    assert answer.chart("movers").rows["account"].to_pylist() == ["Grew", "New", "Lost"]
    assert answer.chart("movers").title.startswith("Lost moved MRR most")


def test_nothing_to_compare_with_is_said(year: Warehouse) -> None:
    assert "No comparison selected" in ask(year, changes, Scope(period="12m", compare="none")).headline
    answer = ask(year, summary, Scope(period="12m", compare="none"))
    assert answer.figure("nrr").previous is None


def test_chance_is_no_change() -> None:
    tickets = [*asked_for(5, "2024-09", "how-to"), *asked_for(5, "2024-09", "defect")]
    tickets += [*asked_for(4, "2025-09", "how-to"), *asked_for(6, "2025-09", "defect")]
    warehouse = company(tickets=tickets, notes=[{"account_id": "grew", "noted_on": day("2025-12-31")}])
    assert ask(warehouse, changes, YEAR).rows.num_rows == 0
    warehouse.close()


def test_whom_to_call_first(year: Warehouse) -> None:
    rows = ask(year, act_on, YEAR).rows.to_pylist()
    account, area = rows
    assert (account["what"], account["name"], account["csm"], account["mrr"]) == ("account", "Silent", "Ana", 200)
    assert "NPS answer 0" in account["why"] or "weekly users" in account["why"]
    assert (area["what"], area["name"], area["tickets"]) == ("how-to area", "Reports", 20)


def test_a_filter_holds_for_every_figure(year: Warehouse) -> None:
    scope = YEAR.with_filter("segment", ["Enterprise"])
    answer = ask(year, summary, scope)
    assert answer.figure("nrr").value == 1
    assert answer.figure("howto_share").value is None
    assert all(row["name"] != "Grew" for row in ask(year, act_on, scope).rows.to_pylist())


def test_without_data_the_first_page_says_what_it_needs() -> None:
    warehouse = company(accounts=[{"account_id": "a"}])
    for question in questions_about("overview").values():
        assert ask(warehouse, question.answer).missing_tables == ("subscriptions", "tickets", "usage")
    warehouse.close()


def test_several_new_accounts_are_counted_together() -> None:
    lines = [line("old", 100), line("first", 10, "2026-02-01"), line("second", 20, "2026-03-01")]
    warehouse = company(
        accounts=[{"account_id": name, "account": name.capitalize()} for name in ("old", "first", "second")],
        subscriptions=lines,
        notes=[{"account_id": "old", "noted_on": day("2026-06-30")}],
    )
    texts = ask(warehouse, changes, YEAR).rows["change"].to_pylist()
    assert "2 new accounts: 30 MRR" in texts
    warehouse.close()
