"""Whom to look at now: red accounts first, then drops and warnings with a renewal ahead."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

from cs_dash.questions.overview.at_risk import at_risk, ranked_accounts
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day

TODAY = day("2026-06-30")


@dataclass(frozen=True)
class _Today:
    as_of: dt.date = TODAY


def account(
    name: str, band: str, change: float | None, mrr: float, left: int | None, flags: str = ""
) -> dict[str, Any]:
    renewal = TODAY + dt.timedelta(days=left) if left is not None else None
    return {"account_id": name, "band": band, "change_28d": change, "mrr": mrr, "renewal_date": renewal, "flags": flags}


def ranks(accounts: list[dict[str, Any]], with_renewals: bool = True) -> list[tuple[str, str]]:
    rows = ranked_accounts(accounts, cast(QuestionRequest, _Today()), with_renewals)
    return [(row["account_id"], row["why_listed"]) for row in rows]


def test_red_accounts_come_first_then_drops_then_warnings_with_a_renewal_ahead() -> None:
    accounts = [
        account("warned later", "yellow", -2, 900, 60, "quiet"),
        account("warned soon", "green", None, 10, 5, "quiet"),
        account("fell 12", "yellow", -12, 900, 30),
        account("fell 30", "green", -30, 5, 90),
        account("fell, renews too late", "yellow", -30, 900, 91),
        account("fell, renewal is past", "yellow", -30, 900, -1),
        account("fell, no renewal", "yellow", -30, 900, None),
        account("fell 9", "yellow", -9, 900, 10),
        account("red, small", "red", 3, 20, None),
        account("red, large", "red", None, 200, 300),
    ]
    assert ranks(accounts) == [
        ("red, large", "red"), ("red, small", "red"), ("fell 30", "score drop"), ("fell 12", "score drop"),
        ("warned soon", "early warning"), ("warned later", "early warning"),
    ]  # fmt: skip


def test_without_any_renewal_date_drops_and_warnings_count_all_the_same() -> None:
    accounts = [account("warned", "green", 0, 10, None, "quiet"), account("fell", "green", -10, 5, None)]
    assert ranks(accounts, with_renewals=False) == [("fell", "score drop"), ("warned", "early warning")]


def test_all_red_accounts_of_the_demo_are_listed_with_their_reasons(demo_warehouse: Warehouse) -> None:
    answer = ask(demo_warehouse, at_risk, Scope())
    rows = answer.rows.to_pylist()
    reds = [row for row in rows if row["band"] == "red"]
    assert reds
    assert rows[: len(reds)] == reds
    assert f"**{len(reds)} accounts** are red" in answer.headline
    assert all(row["top_reason"] for row in reds)
    assert all(row["renewal_date"] and row["early_warning"] for row in rows[len(reds) :])
    assert {row["why_listed"] for row in rows} == {"red", "score drop", "early warning"}


def test_where_no_account_has_a_score_none_is_listed() -> None:
    lines = [{"account_id": "a", "mrr": 100.0, "start_date": day("2024-01-01")}]
    with closing(company(accounts=[{"account_id": "a"}], subscriptions=lines)) as warehouse:
        answer = ask(warehouse, at_risk, Scope())
    assert answer.headline == "Not enough data to score any account."
    assert answer.columns == ()
    assert answer.rows.num_rows == 0
