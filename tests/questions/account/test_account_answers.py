"""Questions about one account: figures equal those of the lists, the timeline has every row, missing is never zero."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from cs_dash.errors import UnknownOption
from cs_dash.questions import catalogue
from cs_dash.questions.account.profile import profile
from cs_dash.questions.account.summary import summary
from cs_dash.questions.account.tickets import tickets
from cs_dash.questions.account.usage import usage
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day

TABLE_OF = {
    "survey": "surveys", "note": "notes", "request": "feature_requests", "milestone": "milestones",
    "churn": "churn_events",
}  # fmt: skip
ACCOUNTS: list[dict[str, Any]] = [
    {"account_id": "a", "account": "Alpha", "segment": "SMB", "plan": "Pro", "csm": "Ana", "seats": 10.0},
    {"account_id": "b", "account": "<b>Beta</b>"},
    {"account_id": "c", "account": "Gamma", "churned": True},
]
LINES: list[dict[str, Any]] = [
    {"account_id": "a", "start_date": day("2025-01-01"), "end_date": day("2025-07-01"), "mrr": 100.0, "plan": "Team"},
    {
        "account_id": "a",
        "start_date": day("2025-07-01"),
        "mrr": 150.0,
        "plan": "Pro",
        "renewal_date": day("2026-10-22"),
    },
    {"account_id": "b", "start_date": day("2025-01-01"), "end_date": day("2026-03-01"), "mrr": 80.0, "plan": "Team"},
]
EVENTS: dict[str, Any] = {
    "churn_events": [{"account_id": "b", "churned_on": day("2026-03-01"), "reason": "Price", "comment": "Too much."}],
    "surveys": [{"account_id": "a", "answered_on": day("2026-08-12"), "survey": "NPS", "score": 4.0, "comment": "No"}],
    "notes": [{"account_id": "a", "noted_on": day("2026-07-19"), "note": "Sponsor left", "author": "Bo", "pulse": "5"}],
    "feature_requests": [
        {"account_id": "a", "requested_on": day("2026-04-14"), "title": "Gantt view", "status": "accepted", "votes": 3}
    ],
    "milestones": [
        {"account_id": "a", "reached_on": day("2025-01-01"), "milestone": "signed"},
        {"reached_on": day("2026-09-01"), "milestone": "shipped", "title": "Quick import"},
    ],
    "tickets": [
        {"account_id": "a", "created_at": dt.datetime(2026, 9, 1 + at), "kind": kind, "subject": f"Ticket {at}"}
        for at, kind in enumerate(["how-to", "how-to", "defect", None, "not a ticket"])
    ],
}  # fmt: skip
AS_OF = Scope(as_of=day("2026-09-30"))


@pytest.fixture(scope="module")
def small() -> Warehouse:
    return company(accounts=ACCOUNTS, subscriptions=LINES, **EVENTS)


@pytest.fixture(scope="module")
def bare() -> Warehouse:
    return company(accounts=ACCOUNTS[:2], subscriptions=LINES)


def figures(warehouse: Warehouse, account: str) -> dict[str, float | None]:
    answer = ask(warehouse, summary, AS_OF, account=account)
    return {figure.name: figure.value for figure in answer.figures}


def test_the_summary_of_an_account(small: Warehouse) -> None:
    answer = ask(small, summary, AS_OF, account="a")
    assert figures(small, "a") | {"score": None} == {
        "score": None, "mrr": 150.0, "tickets_90d": None, "howto_share": pytest.approx(2 / 3), "nps": 4.0, "wau": None,
        "renewal_days": 22.0,
    }  # fmt: skip
    assert answer.headline.endswith("Renews in **22 days** with **150 MRR**.")
    assert [(row["event"], row["what"]) for row in answer.rows.to_pylist()] == [
        ("ticket", "Ticket 3"),
        ("ticket", "Ticket 2"),
        ("ticket", "Ticket 1"),
        ("shipped", "Quick import"),
        ("ticket", "Ticket 0"),
        ("survey", "NPS 4: “No”"),
        ("note", "Sponsor left (Bo)"),
        ("request", "Gantt view (accepted, 3 votes)"),
        ("contract", "MRR 100 → 150 (Pro)"),
        ("contract", "Starts at 100 MRR (Team)"),
        ("milestone", "Signed"),
    ]


def test_an_account_that_has_churned_says_so_first(small: Warehouse) -> None:
    answer = ask(small, summary, AS_OF, account="b")
    assert answer.headline == "Churned on **1 Mar 2026** with **80 MRR**. Reason: Price."
    assert figures(small, "b")["mrr"] == 0
    assert figures(small, "b")["score"] is None
    assert [chart.rows.column_names[0] for chart in answer.charts] == ["day"] * len(answer.charts)
    assert answer.chart("mrr").rows["day"][-1].as_py() == day("2026-02-28")
    assert {row["what"] for row in answer.rows.to_pylist()} >= {
        "Churn (Price): “Too much.”",
        "Stops paying; MRR was 80",
    }
    assert ask(small, summary, AS_OF, account="c").headline == "Churned; churn date unknown; no reason recorded."


def test_without_a_table_a_figure_has_no_value(bare: Warehouse) -> None:
    answer = ask(bare, summary, AS_OF, account="a")
    values = {figure.name: figure.value for figure in answer.figures}
    assert [values[name] for name in ("tickets_90d", "howto_share", "nps", "wau")] == [None] * 4
    assert values["mrr"] == 150.0
    assert {note.table for note in answer.notes if note.kind == "missing"} == {"usage", "tickets", "surveys", "notes"}
    assert ask(bare, tickets, AS_OF, account="a").missing_tables == ("tickets",)
    assert ask(bare, usage, AS_OF, account="a").missing_tables == ("usage",)


def test_an_account_is_known_by_its_name_too_and_an_unknown_one_is_one_sentence(small: Warehouse) -> None:
    assert ask(small, profile, AS_OF, account="alpha").rows["account_id"].to_pylist() == ["a"]
    with pytest.raises(UnknownOption, match="Could not find account Alphb because it is not in the data") as error:
        ask(small, summary, AS_OF, account="Alphb")
    assert error.value.hint == "Did you mean Alpha?"


def test_an_event_of_an_account_that_pays_on_is_no_churn() -> None:
    warehouse = company(subscriptions=LINES[1:2], churn_events=[{"account_id": "a", "churned_on": day("2026-01-01")}])
    answer = ask(warehouse, summary, AS_OF, account="a")
    assert "Churned" not in answer.headline
    assert [note.text for note in answer.notes if note.kind == "contradiction"] == [
        "Churn event, but never stopped paying."
    ]


def test_use_by_feature_is_the_mean_of_four_whole_weeks() -> None:
    monday = day("2026-08-31")
    uses = [
        {"account_id": "a", "user_id": f"u{user}", "used_on": monday + dt.timedelta(7 * week), "feature": feature,
         "is_core": feature == "Board"}
        for week in range(-4, 4) for feature, users in (("Board", 4 if week < 0 else 2), ("Mail", 1))
        for user in range(users)
    ]  # fmt: skip
    uses.append({"account_id": "b", "user_id": "x", "used_on": monday, "feature": "Plans", "is_core": True})
    warehouse = company(subscriptions=LINES, usage=uses)
    answer = ask(warehouse, usage, AS_OF, account="a")
    rows = {row["feature"]: (row["recent"], row["earlier"], row["trend"]) for row in answer.rows.to_pylist()}
    assert rows == {"Board": (2.0, 4.0, [4.0, 2.0]), "Mail": (1.0, 1.0, [1.0, 1.0]), "Plans": (0.0, 0.0, [0.0, 0.0])}
    assert {figure.name: figure.value for figure in answer.figures} == {
        "weekly_users": 2.0, "features": 2.0, "core_features": 1.0,
    }  # fmt: skip
    assert figures(warehouse, "a")["wau"] == 2.0


def test_every_account_pays_what_the_list_of_the_day_says(demo_warehouse: Warehouse) -> None:
    as_of = demo_warehouse.newest_day()
    paying = {row["account_id"]: row["mrr"] for row in demo_warehouse("mrr_on", on_day=as_of).to_pylist()}
    for account in demo_warehouse("account_names")["account_id"].to_pylist():
        (card,) = demo_warehouse("account_card", of_account=account, as_of_day=as_of).to_pylist()
        assert (card["mrr"] or 0) == pytest.approx(paying.get(account, 0))
        assert card["has_churned"] == (card["mrr"] == 0)


def test_figures_are_those_of_the_list_of_accounts(demo_warehouse: Warehouse) -> None:
    listed = {
        row["account_id"]: row for row in catalogue.ask(demo_warehouse, "health.accounts", Scope()).rows.to_pylist()
    }
    assert len(listed) > 200
    for account in sorted(listed)[::30]:
        row, answer = listed[account], catalogue.ask(demo_warehouse, "account.summary", Scope(), {"account": account})
        figure = {figure.name: figure for figure in answer.figures}
        assert figure["score"].value == row["score"]
        assert figure["tickets_90d"].value == row["tickets_90d"]
        assert (figure["mrr"].value or 0) == pytest.approx(row["mrr"])
        assert figure["wau"].value == pytest.approx(row["weekly_users"]) or row["weekly_users"] is None
        if row["score"] is not None and row["change_28d"] is not None:
            assert row["score"] - (figure["score"].previous or 0) == row["change_28d"]
        if len([point for point in row["trend"] if point is not None]) > 1:
            assert answer.chart("score").rows["score"].to_pylist()[1:] == row["trend"]


@pytest.mark.parametrize("at", range(0, 400, 57))
def test_the_timeline_has_every_row_of_the_account(demo_warehouse: Warehouse, at: int) -> None:
    account = demo_warehouse("account_names")["account_id"].to_pylist()[at]
    as_of = demo_warehouse.newest_day()
    events = demo_warehouse("account_events", of_account=account, as_of_day=as_of).to_pylist()
    counts = Counter(row["event"] for row in events)
    counts["churn"] += counts.pop("downsell", 0)
    for event, table in TABLE_OF.items():
        sql = f"select count(*) as rows from {table} where account_id = $account"
        assert counts[event] == demo_warehouse.query(sql, {"account": account})["rows"][0].as_py(), event
    sql = "select count(*) as rows from tickets_in(null, null) where account_id = $account"
    assert counts["ticket"] == demo_warehouse.query(sql, {"account": account})["rows"][0].as_py()
    assert [row["happened_on"] for row in events] == sorted((row["happened_on"] for row in events), reverse=True)
