"""The cost of churn events, the accounts they count, and their contradictions: rows in, rows out."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.questions.churn.events_in_scope import by_month, by_reason
from cs_dash.questions.churn.loss_types import loss_types
from tests.asking import ask
from tests.companies import company, day

ALL = {"start_day": None, "end_day": day("2025-01-01"), "as_of_day": day("2024-12-31")}
PERIODS = ("window_start", "window_end", "looked_from")


def lists(*periods: dict[str, Any]) -> dict[str, list[Any]]:
    """Return several periods as the list parameters of a definition."""
    return {f"{name}s": [period[name] for period in periods] for name in ALL}


def facts(table: pa.Table) -> list[dict[str, Any]]:
    """Return the rows without the columns that name the period."""
    rows: list[dict[str, Any]] = table.drop_columns(list(PERIODS)).to_pylist()
    return rows


def line(account: str, mrr: float, start: str, end: str | None = None) -> dict[str, Any]:
    return {"account_id": account, "mrr": mrr, "start_date": day(start), "end_date": day(end) if end else None}


def event(account: str | None, on: str, **more: Any) -> dict[str, Any]:
    return {"account_id": account, "churned_on": day(on), **more}


def test_revenue_lost_is_stated_or_the_fall_of_the_month() -> None:
    lines = [
        line("leaves", 100, "2024-01-01", "2024-06-10"),
        line("shrinks", 100, "2024-01-01", "2024-06-10"),
        line("shrinks", 30, "2024-06-10"),
        line("twice", 90, "2024-01-01", "2024-06-10"),
        line("grows", 10, "2024-01-01"),
        line("grows", 10, "2024-06-15"),
        line("stated", 50, "2024-01-01", "2024-06-10"),
    ]
    events = [
        event("leaves", "2024-06-10"),
        event("shrinks", "2024-06-10", scope="Downsell"),
        event("twice", "2024-06-05"),
        event("twice", "2024-06-20"),
        event("grows", "2024-06-20"),
        event("stated", "2024-06-10", mrr_lost=45.5),
        event("never paid", "2024-06-10"),
    ]
    with closing(company(subscriptions=lines, churn_events=events)) as warehouse:
        losses = warehouse("churn_losses", **lists(ALL)).to_pylist()
        totals = facts(warehouse("churn_totals", **lists(ALL)))
    lost = [
        (row["account_id"], row["mrr_lost"], row["is_full"]) for row in sorted(losses, key=lambda row: row["churn_id"])
    ]
    assert lost == [
        ("leaves", 100, True), ("shrinks", 70, False), ("twice", 45, True), ("twice", 45, True), ("grows", 0, True),
        ("stated", 45.5, True), ("never paid", None, True),
    ]  # fmt: skip
    assert totals == [{"events": 7, "downsells": 1, "mrr_lost": 305.5}]


def test_the_month_of_the_as_of_date_is_looked_at_on_that_date() -> None:
    lines = [line("a", 100, "2024-01-01", "2024-06-20")]
    with closing(company(subscriptions=lines, churn_events=[event("a", "2024-06-05")])) as warehouse:
        ever = {"start_day": None, "end_day": None}
        days = [ever | {"as_of_day": day("2024-06-10")}, ever | {"as_of_day": day("2024-06-25")}]
        losses = warehouse("churn_losses", **lists(*days)).to_pylist()
    assert {row["looked_from"]: row["mrr_lost"] for row in losses} == {day("2024-06-10"): 0, day("2024-06-25"): 100}


@pytest.mark.parametrize(
    ("scope", "full"),
    [
        (None, True), ("", True), ("full", True), ("Full churn", True), ("Kündigung", True), ("Downsell", False),
        ("down-grade", False), ("Partial churn", False), ("Contraction", False), ("Teilkündigung", False),
        ("частичный отток", False), ("降级", False),
    ],
)  # fmt: skip
def test_full_or_downsell(scope: str | None, full: bool) -> None:
    with closing(company(churn_events=[event("a", "2024-06-05", scope=scope)])) as warehouse:
        assert warehouse("churn_lines")["is_full"].to_pylist() == [full]


def test_events_of_no_account_count_while_nothing_is_filtered() -> None:
    accounts = [{"account_id": "a", "segment": "small"}, {"account_id": "b", "segment": "large"}]
    events = [event("a", "2024-06-05"), event("b", "2024-06-05"), event(None, "2024-06-05")]
    with closing(company(accounts=accounts, churn_events=events)) as warehouse:
        everything = warehouse("churn_losses", **lists(ALL), wanted="{}").num_rows
        small = warehouse("churn_losses", **lists(ALL), wanted='{"segment": ["small"]}').to_pylist()
        doubts = warehouse("churn_doubts", **ALL).to_pylist()
    assert everything == 3
    assert [row["account_id"] for row in small] == ["a"]
    assert doubts == [{"events": 3, "without_account": 1, "assumed": 0}]


def test_who_could_leave_in_a_period() -> None:
    accounts: list[dict[str, Any]] = [
        {"account_id": "later", "signup_date": day("2024-08-01")},
        {"account_id": "trial", "signup_date": day("2024-01-01")},
        {"account_id": "undated"},
    ]
    lines = [
        line("stays", 10, "2023-01-01"),
        line("left before", 10, "2023-01-01", "2024-02-01"),
        line("leaves", 10, "2023-01-01", "2024-05-01"),
        line("leaves twice", 10, "2023-01-01", "2024-05-01"),
        line("shrinks", 10, "2023-01-01"),
    ]
    events = [
        event("left before", "2024-02-01"),
        event("leaves", "2024-05-01"),
        event("leaves twice", "2024-05-01"),
        event("leaves twice", "2024-06-01"),
        event("shrinks", "2024-05-01", scope="downsell"),
        event("gone, no lines", "2024-01-05"),
        event("after", "2024-09-05"),
    ]
    period = {"start_day": day("2024-04-01"), "end_day": day("2024-07-01"), "as_of_day": day("2024-12-31")}
    with closing(company(accounts=accounts, subscriptions=lines, churn_events=events)) as warehouse:
        base = {row["account_id"]: row["churned"] for row in warehouse("churn_base", **lists(period)).to_pylist()}
        share, ever = facts(warehouse("churn_share", **lists(period, ALL)))
    assert base == {
        "trial": False, "undated": False, "stays": False, "leaves": True, "leaves twice": True, "shrinks": False,
        "after": False,
    }  # fmt: skip
    assert share == {"accounts": 7, "churned_accounts": 2, "churn_share": 2 / 7}
    assert ever == {"accounts": 10, "churned_accounts": 5, "churn_share": 0.5}


def test_no_account_gives_no_share() -> None:
    with closing(company(accounts=[{"account_id": "a", "signup_date": day("2024-08-01")}])) as warehouse:
        shares = facts(warehouse("churn_share", **lists(ALL | {"end_day": day("2024-01-01")})))
    assert shares == [{"accounts": 0, "churned_accounts": 0, "churn_share": None}]


def test_several_periods_at_once_are_each_period_alone() -> None:
    lines = [line(name, 10 * place, f"2023-0{place}-01") for place, name in enumerate("abcd", 1)]
    lines.append(line("a", 5, "2023-01-01", "2024-06-08"))
    events = [event("a", "2024-06-05"), event("a", "2024-06-20"), event("b", "2024-03-05"), event(None, "2024-06-07")]
    accounts = [{"account_id": name, "segment": "small" if name in "ab" else "large"} for name in "abcd"]
    first = {"start_day": None, "end_day": day("2024-06-10"), "as_of_day": day("2024-06-09")}
    second = {"start_day": day("2024-06-01"), "end_day": None, "as_of_day": day("2024-08-31")}
    with closing(company(accounts=accounts, subscriptions=lines, churn_events=events)) as warehouse:
        for filters_json in ("{}", '{"segment": ["small"]}', '{"segment": ["large"]}'):
            for relation in ("churn_base", "churn_losses", "churn_share", "churn_totals"):
                alone = [facts(warehouse(relation, **lists(window), wanted=filters_json)) for window in (first, second)]
                cached = warehouse.per_element(relation, **lists(first, second), wanted=filters_json)
                together = warehouse(relation, **lists(first, second), wanted=filters_json)
                assert sorted(map(repr, facts(cached))) == sorted(repr(row) for rows in alone for row in rows)
                assert sorted(map(repr, facts(together))) == sorted(map(repr, facts(cached)))


@pytest.mark.parametrize(
    ("churned", "events", "lines", "contradiction"),
    [
        (True, [], [], "marked as churned without an event"),
        (True, [], [("2024-01-01", None)], "marked as churned without an event, and still paying"),
        (True, ["2024-06-10"], [("2024-01-01", "2024-06-10")], None),
        (False, ["2024-06-10"], [("2024-01-01", None)], "churn event, but never stopped paying"),
        (False, ["2024-06-10"], [("2024-01-01", "2024-06-10"), ("2024-08-01", None)], None),
        (
            True,
            ["2024-06-10"],
            [("2024-01-01", "2024-06-10"), ("2024-08-01", None)],
            "marked as churned, but paying again",
        ),
        (False, ["2024-06-10"], [("2024-01-01", "2024-06-10")], "churn event, but not marked as churned"),
        (False, ["2025-06-10"], [("2024-01-01", None)], "not listed"),
    ],
)
def test_marks_events_and_lines_against_each_other(
    churned: bool, events: list[str], lines: list[tuple[str, str | None]], contradiction: str | None
) -> None:
    accounts: list[dict[str, Any]] = [
        {"account_id": "a", "churned": churned},
        {"account_id": "other", "churned": True},
    ]
    tables = {
        "churn_events": [event("a", on) for on in events],
        "subscriptions": [line("a", 10, start, end) for start, end in lines],
    }
    with closing(company(accounts=accounts, **tables)) as warehouse:
        marks = warehouse("churn_marks", as_of_day=day("2024-12-31")).to_pylist()
    listed = {row["account_id"]: row["contradiction"] for row in marks}
    assert listed.get("a", "not listed") == contradiction


REASONS = ("price", "support", " Price ", None, "", "because")


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"), st.sampled_from(REASONS), st.integers(0, 300), st.sampled_from([None, 1.5, 20.25])
        ),
        max_size=12,
    ),
    st.sampled_from(["raw", "category"]),
    st.integers(0, 300),
)
def test_reasons_add_up_to_the_events(
    churned: list[tuple[str, str | None, int, float | None]], level: str, begins: int
) -> None:
    first = day("2024-01-01")
    start = first + dt.timedelta(days=begins)
    kinds = {"price": "Price or value", "Price": "Price or value", "support": "Service"}
    events = [
        {"account_id": account, "reason": reason, "churned_on": first + dt.timedelta(days=after), "mrr_lost": lost}
        for account, reason, after, lost in churned
    ]
    json = '{"price": "Price or value", "Price": "Price or value", "support": "Service"}'
    chosen = {**ALL, "start_day": start, "grouping_level": level, "kinds": json}
    with closing(company(accounts=[{"account_id": "a"}], churn_events=events)) as warehouse:
        reasons = warehouse("churn_reasons", **chosen).to_pylist()
        months = warehouse("churn_reason_months", **chosen).to_pylist()
        listed = warehouse("churn_event_list", **ALL | {"start_day": start}, kinds=json).to_pylist()
    assert by_reason(listed, level) == reasons
    assert by_month(listed, level, day("2024-12-31")) == months
    expected: dict[str, list[tuple[str, float | None]]] = {}
    for account, reason, after, lost in churned:
        if first + dt.timedelta(days=after) >= start:
            reason_text = (reason or "").strip()
            kind = kinds.get(reason_text, "Other or unknown")
            expected.setdefault(kind if level == "category" else reason_text or "(none given)", []).append(
                (account, lost)
            )
    assert {row["reason"] for row in reasons} == expected.keys()
    total = sum(len(losses) for losses in expected.values())
    for row in reasons:
        losses = expected[row["reason"]]
        amounts = [lost for _, lost in losses if lost is not None]
        assert row["events"] == len(losses)
        assert row["accounts"] == len({account for account, _ in losses})
        assert row["mrr_lost"] == (sum(amounts) if amounts else None)
        assert row["share"] == pytest.approx(len(losses) / total)
    assert [row["events"] for row in reasons] == sorted((row["events"] for row in reasons), reverse=True)
    assert sum(row["events"] for row in months) == total


def test_tenure_and_cohort_are_told_for_those_that_left_and_those_that_stayed() -> None:
    starts = {"new": "2024-05-10", "half": "2023-12-01", "year": "2023-06-01", "two": "2022-04-02", "old": "2020-02-29"}
    lines = [line(name, 10, start, "2024-06-08" if name in ("half", "old") else None) for name, start in starts.items()]
    accounts: list[dict[str, Any]] = [
        {"account_id": "signed", "signup_date": day("2023-11-30")},
        {"account_id": "none"},
    ]
    left = [event("half", "2024-06-08"), event("old", "2024-06-08")]
    window = {"start_day": day("2024-04-01"), "end_day": day("2024-07-01"), "as_of_day": day("2024-12-31")}
    with closing(company(accounts=accounts, subscriptions=lines, churn_events=left)) as warehouse:
        rows = warehouse("churn_by_dimension", **window).to_pylist()
        ever = warehouse("churn_by_dimension", **ALL).to_pylist()
    counts = {(row["field"], row["value"]): (row["accounts"], row["churned_accounts"]) for row in rows}
    assert counts == {
        ("tenure", "new in the period"): (1, 0), ("tenure", "under 6 months"): (2, 1),
        ("tenure", "6 to 12 months"): (1, 0), ("tenure", "1 to 2 years"): (1, 0), ("tenure", "over 2 years"): (1, 1),
        ("tenure", "(none)"): (1, 0),
        ("cohort", "2024 Q2"): (1, 0), ("cohort", "2023 Q4"): (2, 1), ("cohort", "2023 Q2"): (1, 0),
        ("cohort", "2022 Q2"): (1, 0), ("cohort", "2020 Q1"): (1, 1), ("cohort", "(none)"): (1, 0),
    }  # fmt: skip
    assert {row["value"] for row in ever if row["field"] == "tenure"} == {"new in the period", "(none)"}


def test_events_without_a_reason_are_not_uncontrollable() -> None:
    with closing(company(churn_events=[event("a", "2024-05-01"), event("b", "2024-06-01")])) as warehouse:
        answer = ask(warehouse, loss_types)
        for name in ("controllable", "payment_failed"):
            assert answer.figure(name).value is None
            assert answer.figure(name).caveat == "no event has a reason that tells"
    reasons = [event("a", "2024-05-01", reason="Missing feature"), event("b", "2024-06-01", reason="Company closed")]
    with closing(company(churn_events=reasons)) as warehouse:
        answer = ask(warehouse, loss_types)
        assert answer.figure("controllable").value == 0.5
        assert answer.figure("payment_failed").value == 0
