"""Cohorts and tenures: rows in, rows out."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.questions.retention.cohorts import averages
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, month_end, month_starts, mrr, rows


def expected_cells(contract_lines: list[Line], as_of: dt.date, months: int) -> list[dict[str, object]]:
    """Return the cohort triangle the long way; `months` is 1 for months, 3 for quarters."""
    firsts = {a: min(x.start for x in contract_lines if x.account == a) for a in {x.account for x in contract_lines}}

    def period(of: dt.date) -> dt.date:
        return of.replace(day=1, month=of.month - (of.month - 1) % months)

    members = {a: period(first) for a, first in firsts.items() if first <= as_of}
    cells = []
    for cohort in sorted(set(members.values())):
        accounts = [a for a, its in members.items() if its == cohort]
        base = {a: mrr(contract_lines, a, firsts[a]) for a in accounts}
        for age, begins in enumerate(month_starts(cohort, as_of)[::months]):
            last = month_end((begins + dt.timedelta(days=31 * (months - 1))).replace(day=1))
            mrr_at_age = {a: mrr(contract_lines, a, min(last, as_of)) for a in accounts}
            cells.append({
                "cohort": cohort, "age": age, "size": len(accounts), "base_mrr": sum(base.values()),
                "active": sum(value > 0 for value in mrr_at_age.values()),
                "kept_mrr": sum(min(base[a], mrr_at_age[a]) for a in accounts), "mrr": sum(mrr_at_age.values()),
                "final": last <= as_of,
            })  # fmt: skip
    return cells


@settings(max_examples=20)
@given(lines(), st.integers(0, DAYS), st.sampled_from([("month", 1), ("quarter", 3)]))
def test_the_triangle(contract_lines: list[Line], passed: int, by: tuple[str, int]) -> None:
    as_of = FIRST + dt.timedelta(days=passed)
    with closing(company(**rows(contract_lines))) as warehouse:
        cells = warehouse("revenue_cohorts", as_of_day=as_of, grain=by[0]).to_pylist()
    expected = expected_cells(contract_lines, as_of, by[1])
    assert [{name: row[name] for name in cell} for row, cell in zip(cells, expected, strict=True)] == expected
    for row in cells:
        assert row["logos"] == row["active"] / row["size"]
        assert row["grr"] == pytest.approx(row["kept_mrr"] / row["base_mrr"])
        assert row["nrr"] == pytest.approx(row["mrr"] / row["base_mrr"])
        assert row["grr"] <= min(1, row["nrr"]) + 1e-12


def test_a_cohort_holds_those_who_joined_and_left_in_its_month() -> None:
    subscriptions = [
        {"account_id": "stays", "mrr": 10.0, "start_date": day("2024-01-05")},
        {"account_id": "passes", "mrr": 30.0, "start_date": day("2024-01-05"), "end_date": day("2024-01-20")},
    ]
    with closing(company(subscriptions=subscriptions)) as warehouse:
        first = warehouse("revenue_cohorts", as_of_day=day("2024-02-10"), grain="month").to_pylist()
    assert [(r["age"], r["size"], r["active"], r["logos"], r["grr"], r["final"]) for r in first] == [
        (0, 2, 1, 0.5, 0.25, True),
        (1, 2, 1, 0.5, 0.25, False),
    ]


def test_the_average_is_weighted_and_leaves_out_what_is_in_progress() -> None:
    """Cohorts of 10 and 1,000 with 5 and 20 left: 25 / 1,010 = 2.5 %, not 26 %."""

    def cell(size: int, active: int, final: bool) -> dict[str, object]:
        base = {"base_mrr": 2.0 * size, "kept_mrr": 1.0 * active, "mrr": 3.0 * active}
        return {"age": 1, "size": size, "active": active, "final": final, **base}

    average = averages([cell(10, 5, True), cell(1000, 20, True), cell(500, 500, False)])[1]
    assert average["logos"] == pytest.approx(25 / 1010)
    assert (average["cohorts"], average["size"], average["active"]) == (2, 1010, 25)
    assert (average["grr"], average["nrr"]) == (pytest.approx(25 / 2020), pytest.approx(75 / 2020))
    assert average["low"] < 25 / 1010 < average["high"]


def test_activity_cohorts() -> None:
    uses = [("a", "2024-01-31"), ("a", "2024-03-01"), ("b", "2024-01-02"), ("b", "2024-02-02"), ("c", "2024-02-29")]
    usage = [{"account_id": account, "used_on": day(on), "user_id": "u"} for account, on in uses]
    usage += [
        {"account_ref": "nobody", "used_on": day("2024-01-01")},
        {"account_id": "a", "used_on": day("2024-04-02")},
    ]
    with closing(company(usage=usage)) as warehouse:
        cells = warehouse("activity_cohorts", as_of_day=day("2024-03-15"), grain="month").to_pylist()
        quarters = warehouse("activity_cohorts", as_of_day=day("2024-04-15"), grain="quarter").to_pylist()
        orphans = warehouse("activity_doubts", as_of_day=day("2024-03-15")).to_pylist()
    assert [(r["cohort"].month, r["age"], r["size"], r["active"], r["final"]) for r in cells] == [
        (1, 0, 2, 2, True), (1, 1, 2, 1, True), (1, 2, 2, 1, False), (2, 0, 1, 1, True), (2, 1, 1, 0, False),
    ]  # fmt: skip
    assert [(r["age"], r["size"], r["active"], r["final"]) for r in quarters] == [(0, 3, 3, True), (1, 3, 1, False)]
    assert orphans == [{"uses": 6, "without_account": 1}]


@pytest.mark.parametrize(
    ("spans", "months", "left_on"),
    [
        ([("2024-01-01", None)], 6, None),
        ([("2024-01-01", "2024-04-01")], 3, "2024-04-01"),
        ([("2024-01-15", "2024-04-14")], 2, "2024-04-14"),
        ([("2024-01-01", "2024-03-10"), ("2024-03-20", None)], 6, None),
        ([("2024-01-01", "2024-03-10"), ("2024-04-01", None)], 2, "2024-03-10"),
        ([("2024-01-01", "2024-03-10"), ("2024-02-01", "2024-05-31"), ("2024-05-31", None)], 6, None),
        ([("2024-06-29", "2024-07-15")], 0, None),
        ([("2024-06-01", "2024-06-20")], 0, "2024-06-20"),
        ([("2023-12-31", None)], 6, None),
    ],
)
def test_tenure_runs_to_the_first_churn(spans: list[tuple[str, str | None]], months: int, left_on: str | None) -> None:
    """A gap inside one month is no churn; what ends after the as-of date has not ended yet."""
    subscriptions = [
        {"account_id": "a", "mrr": 10.0, "start_date": day(start), "end_date": day(end) if end else None}
        for start, end in spans
    ]
    with closing(company(subscriptions=subscriptions)) as warehouse:
        tenures = warehouse("account_tenures", as_of_day=day("2024-06-30")).to_pylist()
    assert [(row["months"], row["left_on"], row["has_left"]) for row in tenures] == [
        (months, day(left_on) if left_on else None, left_on is not None)
    ]


@settings(max_examples=20)
@given(lines(), st.integers(0, DAYS))
def test_who_has_left_is_who_the_bridge_saw_leaving(contract_lines: list[Line], passed: int) -> None:
    """First churn is a month end, or the as-of date, without revenue after one paying day."""
    as_of = FIRST + dt.timedelta(days=passed)
    with closing(company(**rows(contract_lines))) as warehouse:
        tenures = {row["account_id"]: row for row in warehouse("account_tenures", as_of_day=as_of).to_pylist()}
    firsts = {a: min(x.start for x in contract_lines if x.account == a) for a in {x.account for x in contract_lines}}
    assert tenures.keys() == {a for a, first in firsts.items() if first <= as_of}
    for account, row in tenures.items():
        looked_at = [min(month_end(begins), as_of) for begins in month_starts(firsts[account], as_of)]
        silent = [at for at in looked_at if mrr(contract_lines, account, at) == 0]
        assert row["has_left"] == bool(silent)
        if silent:
            assert row["left_on"] <= silent[0]
            assert mrr(contract_lines, account, row["left_on"]) == 0
            assert mrr(contract_lines, account, row["left_on"] - dt.timedelta(days=1)) > 0
