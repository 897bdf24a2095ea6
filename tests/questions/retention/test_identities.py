"""What holds of every company, whatever its contract lines: identities over random small companies."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.scope import months_before
from cs_dash.store.warehouse import Warehouse
from tests.companies import company
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, rows

MONEY = ("mrr_start", "new", "reactivation", "expansion", "contraction", "churn", "fx", "mrr_end")
COUNTS = ("accounts_start", "accounts_end", "accounts_new", "accounts_returned", "accounts_left", "joined_and_left")
ODD, EVEN = '{"segment": ["odd"]}', '{"segment": ["even"]}'
EXAMPLES = 4
Tables = dict[str, list[dict[str, Any]]]
Found = dict[str, list[dict[str, Any]]]


@st.composite
def towns(draw: st.DrawFn) -> list[Line]:
    """Draw the lines of up to twenty accounts: four small companies side by side, since making one takes a while."""
    return [
        replace(line, account=f"{line.account}{number}")
        for number, town_lines in enumerate(draw(st.lists(lines(), min_size=4, max_size=4)))
        for line in town_lines
    ]


def tables(given_lines: list[Line]) -> Tables:
    """Return the tables of a company with these lines, accounts in two segments."""
    return rows(given_lines) | {
        "accounts": [
            {"account_id": account, "segment": "odd" if account[0] in "ace" else "even"}
            for account in sorted({line.account for line in given_lines})
        ]
    }


def everything(warehouse: Warehouse, as_of: dt.date) -> Found:
    """Return the rows of every retention definition on one day."""
    windows = {"start_days": [months_before(as_of, m) for m in (12, 6, 3, 1)], "end_days": [as_of] * 4}
    return {
        "bridge": warehouse("revenue_bridge", as_of_day=as_of).to_pylist(),
        "windows": warehouse("retention_windows", **windows).to_pylist(),
        "by value": warehouse("retention_by_value", by_field="segment", **windows).to_pylist(),
        "lifetime": warehouse("lifetime_value", as_of_days=[as_of]).to_pylist(),
        "cohorts": warehouse("revenue_cohorts", as_of_day=as_of, grain="month").to_pylist(),
        "quarters": warehouse("revenue_cohorts", as_of_day=as_of, grain="quarter").to_pylist(),
        "tenures": sorted(warehouse("account_tenures", as_of_day=as_of).to_pylist(), key=lambda row: row["account_id"]),
    }


def found_in(given_tables: Tables, as_of: dt.date) -> Found:
    with closing(company(**given_tables)) as warehouse:
        return everything(warehouse, as_of)


def day_after(passed: int) -> dt.date:
    return FIRST + dt.timedelta(days=passed)


@settings(max_examples=EXAMPLES)
@given(towns(), st.integers(0, DAYS))
def test_the_bridge_ties_in_every_month_and_segments_add_up_to_the_total(
    contract_lines: list[Line], passed: int
) -> None:
    with closing(company(**tables(contract_lines))) as warehouse:
        whole, odd, even = (
            warehouse("revenue_bridge", as_of_day=day_after(passed), wanted=filters_json).to_pylist()
            for filters_json in ("{}", ODD, EVEN)
        )
    for bridge in (whole, odd, even):
        before = 0.0
        for row in bridge:
            amounts = {name: row[name] or 0.0 for name in MONEY}
            gains = amounts["new"] + amounts["reactivation"] + amounts["expansion"] + amounts["fx"]
            left = amounts["mrr_start"] + gains - amounts["contraction"] - amounts["churn"]
            assert left == pytest.approx(amounts["mrr_end"])
            account_change = row["accounts_new"] + row["accounts_returned"] - row["accounts_left"]
            assert row["accounts_start"] + account_change == row["accounts_end"]
            assert amounts["mrr_start"] == before
            before = amounts["mrr_end"]
    for total, *parts in zip(whole, odd, even, strict=True):
        for name in MONEY:
            assert (total[name] or 0.0) == pytest.approx(sum(part[name] or 0.0 for part in parts)), name
        for name in COUNTS:
            assert total[name] == sum(part[name] for part in parts), name


@settings(max_examples=EXAMPLES)
@given(towns(), st.integers(30, DAYS))
def test_gross_is_between_zero_and_one_and_never_above_net(contract_lines: list[Line], passed: int) -> None:
    results = found_in(tables(contract_lines), day_after(passed))
    for row in (*results["windows"], *results["by value"]):
        if not row["accounts_start"]:
            assert row["nrr"] is row["grr"] is row["logos"] is None
            continue
        assert 0 <= row["grr"] <= 1
        assert row["grr"] <= row["nrr"] + 1e-12
        assert 0 <= row["logos"] <= 1
        assert row["grr_movements"] <= row["nrr_movements"] + 1e-12


@settings(max_examples=EXAMPLES)
@given(
    towns().flatmap(lambda line_list: st.tuples(st.just(line_list), st.permutations(line_list))), st.integers(0, DAYS)
)
def test_shuffling_rows_changes_nothing(pair: tuple[list[Line], list[Line]], passed: int) -> None:
    in_order, shuffled = (tables(line_list) for line_list in pair)
    shuffled["accounts"].reverse()
    assert found_in(in_order, day_after(passed)) == found_in(shuffled, day_after(passed))


@settings(max_examples=EXAMPLES)
@given(towns(), st.integers(0, DAYS), st.randoms(use_true_random=False))
def test_splitting_lines_into_two_that_touch_changes_nothing(
    contract_lines: list[Line], passed: int, chance: Random
) -> None:
    split = []
    for line in contract_lines:
        length = (line.end - line.start).days if line.end else 300
        cut = line.start + dt.timedelta(days=chance.randint(1, max(length - 1, 1)))
        split += [replace(line, end=cut), replace(line, start=cut)] if length > 1 else [line]
    assert found_in(tables(contract_lines), day_after(passed)) == found_in(tables(split), day_after(passed))


@settings(max_examples=EXAMPLES)
@given(towns(), st.integers(0, DAYS), st.integers(0, 200))
def test_moving_the_as_of_date_never_changes_a_finished_month(
    contract_lines: list[Line], passed: int, further: int
) -> None:
    with closing(company(**tables(contract_lines))) as warehouse:
        early, late = (everything(warehouse, day_after(days)) for days in (passed, passed + further))
    for name, keys in {"bridge": ("month",), "cohorts": ("cohort", "age"), "quarters": ("cohort", "age")}.items():
        late_rows = {tuple(row[key] for key in keys): row for row in late[name]}
        for row in early[name]:
            if row["final"]:
                assert late_rows[tuple(row[key] for key in keys)] == row
