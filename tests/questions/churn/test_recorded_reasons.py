"""Recorded reasons are placed in categories by rule and by hand; a choice by hand counts at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.decisions import decided
from cs_dash.decisions.workspace_categories import category_named
from cs_dash.questions.churn.loss_types import AXES, loss_types
from cs_dash.questions.churn.reasons import reasons
from cs_dash.questions.churn.recorded_reasons import recorded
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import ReusedReader, day, version

CHURNED = [
    ("a", "Mgmt decision", 100.0, "full"), ("b", " Mgmt decision ", 50.0, "full"), ("c", "too expensive", 30.0, "full"),
    ("c", "Q", 5.0, "downsell"), ("d", None, 7.0, "full"), ("e", "Credit card declined", 8.0, "full"),
    (None, "too expensive", None, "full"),
]  # fmt: skip


def events() -> list[dict[str, Any]]:
    return [
        {"account_id": account, "churned_on": day("2024-06-10"), "reason": reason, "mrr_lost": lost, "scope": scope}
        for account, reason, lost, scope in CHURNED
    ]


@contextmanager
def company_with(rows: list[dict[str, Any]], **chosen: str) -> Iterator[Warehouse]:
    decisions = {("churn reason", reason.replace("_", " ")): kind for reason, kind in chosen.items()}
    with closing(ReusedReader(version(churn_events=rows), decided(decisions=decisions))) as opened:
        yield opened


def places(answer: Answer) -> list[tuple[str, str, str, int]]:
    return [(row["reason"], row["category"], row["placed"], row["events"]) for row in answer.rows.to_pylist()]


def test_what_no_rule_knows_comes_first() -> None:
    with company_with(events()) as warehouse:
        answer = ask(warehouse, recorded)
    assert places(answer) == [
        ("Mgmt decision", "Other or unknown", "not placed", 2),
        ("Q", "Other or unknown", "not placed", 1),
        ("too expensive", "Price or value", "by rule", 2),
        ("Credit card declined", "Payment failed", "by rule", 1),
    ]
    assert answer.figure("not_placed").value == 3
    assert answer.headline.startswith("**2 recorded reasons** without a category: 3 churn events")


def test_a_choice_counts_for_every_event_with_the_text_and_leaves_the_text_as_it_is() -> None:
    with company_with(events(), Mgmt_decision="Champion left", too_expensive="Our own") as warehouse:
        answer, raw = ask(warehouse, recorded), ask(warehouse, reasons)
        grouped = ask(warehouse, reasons, level="category")
    assert places(answer)[0] == ("Q", "Other or unknown", "not placed", 1)
    assert ("Mgmt decision", "Champion left", "by hand", 2) in places(answer)
    assert raw.rows["reason"].to_pylist()[:2] == ["Mgmt decision", "too expensive"]
    by_category = {
        row["reason"]: (row["events"], row["mrr_lost"], row["controllable"]) for row in grouped.rows.to_pylist()
    }
    assert by_category == {
        "Champion left": (2, 150, False), "Our own": (2, 30, None), "Other or unknown": (2, 12, None),
        "Payment failed": (1, 8, False),
    }  # fmt: skip


def test_a_choice_stands_above_the_files_own_group() -> None:
    rows = [event | {"category": "Money"} for event in events()]
    with company_with(rows, Mgmt_decision="Champion left") as warehouse:
        grouped = ask(warehouse, reasons, level="category")
    assert {row["reason"]: row["events"] for row in grouped.rows.to_pylist()} == {"Money": 5, "Champion left": 2}


def test_a_reason_known_to_be_unknown_is_no_question_any_more() -> None:
    with company_with(events(), Q="Other or unknown") as warehouse:
        assert ("Q", "Other or unknown", "by hand", 1) in places(ask(warehouse, recorded))


@pytest.mark.parametrize(
    ("text", "category"),
    [("price or VALUE", "Price or value"), (" Our  own ", "Our own"), ("", None), ("  ", None)],
)
def test_a_category_is_written_as_the_taxonomy_writes_it(text: str, category: str | None) -> None:
    assert category_named(text, {}) == category


def test_each_way_of_asking_adds_up_to_all_losses() -> None:
    with company_with(events(), Mgmt_decision="Champion left") as warehouse:
        answer = ask(warehouse, loss_types)
    rows = answer.rows.to_pylist()
    for axis in AXES:
        axis_rows = [row for row in rows if row["axis"] == axis]
        assert sum(row["events"] for row in axis_rows) == 7
        assert sum(row["share"] for row in axis_rows) == pytest.approx(1)
        assert sum(row["mrr_share"] or 0 for row in axis_rows) == pytest.approx(1)
        assert sum(row["mrr_lost"] or 0 for row in axis_rows) == pytest.approx(200)
    counts = {(row["axis"], row["value"]): (row["events"], row["mrr_lost"]) for row in rows}
    assert counts == {
        ("Full churn or downsell", "full churn"): (6, 195), ("Full churn or downsell", "downsell"): (1, 5),
        ("Controllable or not", "controllable"): (2, 30), ("Controllable or not", "not controllable"): (3, 158),
        ("Controllable or not", "not known"): (2, 12),
        ("Payment failure or decision", "the customer's decision"): (4, 180),
        ("Payment failure or decision", "payment failed"): (1, 8),
        ("Payment failure or decision", "not known"): (2, 12),
    }  # fmt: skip
    assert answer.figure("controllable").value == 30 / 200
    assert answer.figure("payment_failed").value == 8 / 200


def test_the_pareto_by_revenue_and_by_accounts_ends_at_all() -> None:
    with company_with(events()) as warehouse:
        money, accounts = ask(warehouse, reasons), ask(warehouse, reasons, count="accounts")
    by_money = [(r["reason"], r["mrr_lost"], r["running_share"]) for r in money.chart("reasons").rows.to_pylist()]
    assert by_money == [
        ("Mgmt decision", 150, 0.75), ("too expensive", 30, 0.9), ("Credit card declined", 8, 0.94),
        ("(none given)", 7, 0.975), ("Q", 5, 1),
    ]  # fmt: skip
    assert money.chart("reasons").title.startswith("Mgmt decision drove 75")
    by_accounts = [(r["reason"], r["accounts"], r["running_share"]) for r in accounts.chart("reasons").rows.to_pylist()]
    # "c" gave two reasons and counts once: after its first the second adds nothing.
    assert [share for *_, share in by_accounts] == [0.4, 0.6, 0.8, 1, 1]
    assert by_accounts[0] == ("Mgmt decision", 2, 0.4)
    assert {reason: accounts for reason, accounts, _ in by_accounts}["too expensive"] == 1


def test_nothing_recorded_has_nothing_to_place_and_no_kinds() -> None:
    with company_with([{"account_id": "a", "churned_on": day("2024-06-10")}]) as warehouse:
        assert ask(warehouse, recorded).headline == "No churn reason recorded up to 10 Jun 2024."
        answer = ask(warehouse, loss_types)
    assert answer.figure("controllable").value is None
    assert {row["value"] for row in answer.rows.to_pylist()} == {"full churn", "not known"}
