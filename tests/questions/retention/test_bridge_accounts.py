"""The lines behind each bar of the bridge add up to the bar."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.errors import UnknownOption
from cs_dash.questions.retention import bridge_accounts as module
from cs_dash.questions.retention.bridge import bridge
from cs_dash.questions.retention.bridge_accounts import MOVEMENTS, bridge_accounts
from cs_dash.scope import Scope
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, rows

LOSSES = ("contraction", "churn")
COMPANY = [
    {"subscription_id": "old", "account_id": "a", "mrr": 30.0, "plan": "Team", "start_date": day("2024-01-01"),
     "end_date": day("2024-03-10")},
    {"subscription_id": "new", "account_id": "a", "mrr": 50.0, "plan": "Pro", "start_date": day("2024-03-10")},
    {"subscription_id": "kept", "account_id": "a", "mrr": 5.0, "start_date": day("2024-01-01")},
    {"subscription_id": "left", "account_id": "b", "mrr": 20.0, "start_date": day("2024-01-01"),
     "end_date": day("2024-04-01")},
]  # fmt: skip


@settings(max_examples=15)
@given(lines(), st.integers(0, DAYS), st.booleans())
def test_the_lines_add_up_to_each_bar(contract_lines: list[Line], passed: int, odd: bool) -> None:
    scope = Scope(
        period="all", as_of=FIRST + dt.timedelta(days=passed), filters=(("segment", ("odd",)),) if odd else ()
    )
    with closing(company(**rows(contract_lines))) as warehouse:
        whole = ask(warehouse, bridge, scope)
        behind = ask(warehouse, bridge_accounts, scope)
    sums: dict[tuple[dt.date, str], float] = defaultdict(float)
    account_changes: dict[tuple[dt.date, str], float] = {}
    for row in behind.rows.to_pylist():
        assert row["line_after"] - row["line_before"] == row["line_change"] != 0
        sums[row["month"], row["movement"]] += row["line_change"]
        sums[row["month"], row["account_id"]] += row["line_change"]
        account_changes[row["month"], row["account_id"]] = row["mrr_after"] - row["mrr_before"]
    assert {key: sums[key] for key in account_changes} == account_changes
    for month in whole.rows.to_pylist():
        for movement in MOVEMENTS[1:]:
            bar = -month[movement] if movement in LOSSES else month[movement]
            assert sums[month["month"], movement] == bar
    bars = {row["movement"]: row["mrr"] for chart in whole.charts for row in chart.rows.to_pylist() if row["movement"]}
    for movement, size in bars.items():
        assert sum(amount for (_, name), amount in sums.items() if name == movement) == size


def test_an_upgrade_is_told_by_its_two_lines() -> None:
    with closing(company(subscriptions=COMPANY)) as warehouse:
        answer = ask(warehouse, bridge_accounts, Scope(period="all", as_of=day("2024-04-30")), movement="expansion")
    line_rows = [
        (row["subscription_id"], row["plan"], row["what"], row["line_change"], row["mrr_before"], row["mrr_after"])
        for row in answer.rows.to_pylist()
    ]
    assert line_rows == [("old", "Team", "ended", -30, 35, 55), ("new", "Pro", "began", 50, 35, 55)]
    assert answer.figure("mrr_moved").value == 20
    assert answer.figure("accounts").value == 1


def test_one_month_is_asked_for_by_its_name() -> None:
    scope = Scope(period="all", as_of=day("2024-04-30"))
    with closing(company(subscriptions=COMPANY)) as warehouse:
        april = ask(warehouse, bridge_accounts, scope, month="2024-04")
        march = ask(warehouse, bridge_accounts, scope, month="2024-03-01", movement="churn")
        with pytest.raises(UnknownOption, match="2025-01"):
            ask(warehouse, bridge_accounts, scope, month="2025-01")
    assert [row["subscription_id"] for row in april.rows.to_pylist()] == ["left"]
    assert march.rows.num_rows == 0
    assert march.headline.startswith("No contract line started or ended")


def test_of_many_lines_the_largest_are_listed_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LISTED", 2)
    scope = Scope(period="all", as_of=day("2024-04-30"))
    with closing(company(subscriptions=COMPANY)) as warehouse:
        answer = ask(warehouse, bridge_accounts, scope)
        churn = ask(warehouse, bridge_accounts, scope, movement="new")
    assert [row["line_change"] for row in answer.rows.to_pylist()] == [-30, 50]
    assert answer.figure("lines").value == 6
    assert any("Shows the 2 largest of 6 contract lines" in note.text for note in answer.notes)
    assert churn.rows.num_rows == 3
