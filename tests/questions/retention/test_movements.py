"""Movements, windows and the bridge: worked examples, and identities over random companies."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.scope import months_before
from tests.companies import company, day
from tests.questions.retention.lines import (
    DAYS,
    FIRST,
    Line,
    lines,
    month_end,
    month_starts,
    movements,
    paid_before,
    rows,
)

PARTS = ("new", "reactivation", "expansion", "contraction", "churn", "mrr_start", "mrr_end")


def line(account: str, mrr: float, start: str, end: str | None = None) -> dict[str, object]:
    return {"account_id": account, "mrr": mrr, "start_date": day(start), "end_date": day(end) if end else None}


@settings(max_examples=25)
@given(lines(), st.integers(0, DAYS), st.booleans())
def test_the_bridge_is_what_each_account_does_and_ties_to_zero(
    contract_lines: list[Line], passed: int, odd_only: bool
) -> None:
    as_of = FIRST + dt.timedelta(days=passed)
    lines_in_scope = [
        contract_line for contract_line in contract_lines if contract_line.account in "ace" or not odd_only
    ]
    filters_json = '{"segment": ["odd"]}' if odd_only else "{}"
    with closing(company(**rows(contract_lines))) as warehouse:
        bridge = warehouse("revenue_bridge", as_of_day=as_of, wanted=filters_json).to_pylist()
    first = min(contract_line.start for contract_line in contract_lines)
    assert [row["month"] for row in bridge] == month_starts(first, as_of)
    before = 0.0
    for row in bridge:
        end = min(month_end(row["month"]), as_of)
        expected = movements(lines_in_scope, row["month"] - dt.timedelta(days=1), end)
        assert {name: row[name] for name in PARTS} == {name: expected[name] for name in PARTS}
        gains = row["new"] + row["reactivation"] + row["expansion"]
        assert row["mrr_start"] + gains - row["contraction"] - row["churn"] + row["fx"] == row["mrr_end"]
        assert row["mrr_start"] == before
        assert row["accounts_end"] == expected["accounts_end"]
        assert row["final"] == (month_end(row["month"]) <= as_of)
        joined = [
            account
            for account in {contract_line.account for contract_line in lines_in_scope}
            if not paid_before(lines_in_scope, account, row["month"] - dt.timedelta(days=1))
            and paid_before(lines_in_scope, account, end)
        ]
        assert row["joined_and_left"] == sum(
            all(x.on(end) == 0 for x in lines_in_scope if x.account == a) for a in joined
        )
        before = row["mrr_end"]


@settings(max_examples=25)
@given(lines(), st.integers(60, DAYS), st.sampled_from([1, 3, 6, 12]))
def test_retention_over_a_window(contract_lines: list[Line], passed: int, months: int) -> None:
    as_of = FIRST + dt.timedelta(days=passed)
    start = months_before(as_of, months)
    days = [months_before(as_of, back) for back in range(months, -1, -1)]
    with closing(company(**rows(contract_lines))) as warehouse:
        windows = warehouse("retention_windows", start_days=[start], end_days=[as_of]).to_pylist()
        parts = warehouse("retention_conventions", start_day=start, end_day=as_of).to_pylist()
    assert len(windows) == 1
    row, whole = windows[0], movements(contract_lines, start, as_of)
    steps = [movements(contract_lines, a, b) for a, b in pairwise(days)]
    losses = sum(step["churn"] + step["contraction"] for step in steps)
    gains = sum(step["new"] + step["reactivation"] + step["expansion"] for step in steps)
    assert row["mrr_start"] == whole["mrr_start"]
    assert row["mrr_end"] == whole["mrr_end"]
    assert (row["accounts_start"], row["accounts_end"]) == (whole["accounts_start"], whole["accounts_end"])
    assert row["quick"] == (pytest.approx(gains / losses) if losses else None)
    assert row["arpa"] == (pytest.approx(whole["mrr_end"] / whole["accounts_end"]) if whole["accounts_end"] else None)
    base = whole["mrr_start"]
    if not base:
        assert row["nrr"] is row["grr"] is row["logos"] is row["nrr_movements"] is None
        return
    assert row["grr"] <= 1
    assert row["grr"] <= row["nrr"]
    assert row["nrr"] == pytest.approx((base + whole["expansion"] - whole["contraction"] - whole["churn"]) / base)
    assert row["grr"] == pytest.approx((base - whole["contraction"] - whole["churn"]) / base)
    assert row["logos"] == pytest.approx(whole["accounts_kept"] / whole["accounts_start"])
    grown = sum(step["expansion"] for step in steps)
    assert row["nrr_movements"] == pytest.approx(1 - (losses - grown) / base)
    assert row["grr_movements"] == pytest.approx(1 - losses / base)
    between = parts[0]
    assert row["nrr"] * base + between["nrr_newcomers"] - between["nrr_returns"] == pytest.approx(
        row["nrr_movements"] * base, abs=1e-6
    )
    assert row["grr"] * base - between["grr_newcomers"] - between["grr_made_good"] == pytest.approx(
        row["grr_movements"] * base, abs=1e-6
    )


def test_many_windows_at_once_are_each_window_alone() -> None:
    given_lines = [
        line("a", 100, "2024-01-01", "2024-05-10"),
        line("a", 70, "2024-06-15"),
        line("b", 40, "2024-02-20"),
        line("b", 9, "2024-03-31", "2024-07-01"),
    ]
    ends = [dt.date(2024, month, 28) for month in range(3, 9)] + [day("2024-08-31")]
    starts = [months_before(end_day, 3) for end_day in ends]
    with closing(company(subscriptions=given_lines)) as warehouse:
        together = warehouse("retention_windows", start_days=starts, end_days=ends).to_pylist()
        for start, end in zip(starts, ends, strict=True):
            alone = warehouse("retention_windows", start_days=[start], end_days=[end]).to_pylist()
            assert alone == [row for row in together if row["window_end"] == end]
            single_window = warehouse("net_revenue_retention", start_day=start, end_day=end).to_pylist()[0]
            assert single_window["nrr"] == alone[0]["nrr"]
            gross = warehouse("gross_revenue_retention", start_day=start, end_day=end).to_pylist()[0]
            assert gross["grr"] == alone[0]["grr"]
            logos = warehouse("logo_retention", start_day=start, end_day=end).to_pylist()[0]
            assert (logos["logo_retention"], logos["accounts_kept"]) == (alone[0]["logos"], alone[0]["accounts_kept"])
            quick = warehouse("quick_ratio", start_day=start, end_day=end).to_pylist()[0]
            assert quick["quick_ratio"] == alone[0]["quick"]
            end_day = warehouse("revenue_per_account", on_day=end).to_pylist()[0]
            assert (end_day["arpa"], end_day["mrr"]) == (alone[0]["arpa"], alone[0]["mrr_end"])
    assert len(together) == len(ends)


def test_gross_churn_20_and_net_churn_10_percent() -> None:
    """ChartMogul's example: 100 at the start, 10 churned, 10 contracted, 10 expanded."""
    given_lines = [
        line("stays", 60, "2024-01-01"),
        line("leaves", 10, "2024-01-01", "2024-06-10"),
        line("shrinks", 20, "2024-01-01", "2024-06-10"),
        line("shrinks", 10, "2024-06-10"),
        line("grows", 10, "2024-01-01"),
        line("grows", 10, "2024-06-10"),
    ]
    with closing(company(subscriptions=given_lines)) as warehouse:
        window_row = warehouse(
            "retention_windows", start_days=[day("2024-05-31")], end_days=[day("2024-06-30")]
        ).to_pylist()[0]
    assert window_row["mrr_start"] == 100
    assert 1 - window_row["grr"] == pytest.approx(0.20)
    assert 1 - window_row["nrr"] == pytest.approx(0.10)
    assert (window_row["grr_movements"], window_row["nrr_movements"]) == (pytest.approx(0.8), pytest.approx(0.9))


def test_the_minimum_is_taken_per_account() -> None:
    given_lines = [
        line("a", 100, "2024-01-01", "2024-03-01"),
        line("a", 50, "2024-03-01"),
        line("b", 100, "2024-01-01", "2024-03-01"),
        line("b", 150, "2024-03-01"),
    ]
    with closing(company(subscriptions=given_lines)) as warehouse:
        window_row = warehouse(
            "retention_windows", start_days=[day("2024-01-31")], end_days=[day("2024-04-30")]
        ).to_pylist()[0]
    assert (window_row["nrr"], window_row["grr"]) == (1.0, 0.75)


def test_logo_retention_90_of_100() -> None:
    """12 churn events in the window: one by an account that joined inside it, one by an account that came back."""
    given_lines = [line(f"stays {n}", 10, "2023-01-01") for n in range(89)]
    given_lines += [line(f"leaves {n}", 10, "2023-01-01", "2024-05-10") for n in range(10)]
    given_lines += [line("returns", 10, "2023-01-01", "2024-03-10"), line("returns", 10, "2024-07-01")]
    given_lines += [line("passes", 10, "2024-02-01", "2024-08-10")]
    window = {"start_days": [day("2023-12-31")], "end_days": [day("2024-12-31")]}
    with closing(company(subscriptions=given_lines)) as warehouse:
        window_row = warehouse("retention_windows", **window).to_pylist()[0]
        left = sum(row["accounts_left"] for row in warehouse("revenue_bridge", as_of_day=day("2024-12-31")).to_pylist())
    assert left == 12
    assert (window_row["accounts_start"], window_row["accounts_kept"], window_row["logos"]) == (100, 90, 0.9)


def test_ending_one_of_two_lines_is_contraction() -> None:
    given_lines = [line("a", 30, "2024-01-01"), line("a", 20, "2024-01-01", "2024-02-15")]
    with closing(company(subscriptions=given_lines)) as warehouse:
        february = warehouse("revenue_bridge", as_of_day=day("2024-02-29")).to_pylist()[1]
    assert (february["contraction"], february["churn"], february["accounts_left"]) == (20, 0, 0)


def test_an_upgrade_on_the_day_the_old_line_ends_is_expansion() -> None:
    given_lines = [line("a", 30, "2024-01-01", "2024-02-15"), line("a", 50, "2024-02-15")]
    with closing(company(subscriptions=given_lines)) as warehouse:
        february = warehouse("revenue_bridge", as_of_day=day("2024-02-29")).to_pylist()[1]
    assert (february["expansion"], february["churn"], february["new"], february["reactivation"]) == (20, 0, 0, 0)


def test_adding_up_in_another_order_is_no_growth() -> None:
    """0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in floating point; no revenue moved."""
    given_lines = [line("a", amount, "2024-01-01", "2024-02-10") for amount in (0.1, 0.2, 0.3)]
    given_lines += [line("a", amount, "2024-02-10") for amount in (0.3, 0.2, 0.1)]
    with closing(company(subscriptions=given_lines)) as warehouse:
        february = warehouse("revenue_bridge", as_of_day=day("2024-02-29")).to_pylist()[1]
    assert (february["expansion"], february["contraction"], february["mrr_end"]) == (0, 0, 0.6)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2024-05-31", ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]),
        ("2024-05-30", ["2024-02-29", "2024-03-30", "2024-04-30", "2024-05-30"]),
        ("2024-02-29", ["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29"]),
        ("2024-05-15", ["2024-02-15", "2024-03-15", "2024-04-15", "2024-05-15"]),
    ],
)
def test_a_window_steps_from_month_end_to_month_end(end: str, expected: list[str]) -> None:
    with closing(company(accounts=[{"account_id": "a"}])) as warehouse:
        steps = warehouse("month_steps", start_days=[months_before(day(end), 3)], end_days=[day(end)]).to_pylist()
    step_days = sorted({row["step_start"] for row in steps} | {row["step_end"] for row in steps})
    assert [step_day.isoformat() for step_day in step_days] == expected
