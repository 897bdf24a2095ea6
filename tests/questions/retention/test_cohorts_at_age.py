"""The accounts of all cohorts that reached an age: their share is the point of the average curve."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cs_dash.errors import UnknownOption
from cs_dash.questions.retention.cohort_compare import cohort_compare
from cs_dash.questions.retention.cohorts_at_age import cohorts_at_age
from cs_dash.scope import Scope
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, rows

TWO = [
    {"account_id": "a", "mrr": 10, "start_date": day("2024-01-05"), "end_date": day("2024-02-10")},
    {"account_id": "b", "mrr": 10, "start_date": day("2024-01-20")},
    {"account_id": "c", "mrr": 10, "start_date": day("2024-02-20")},
    {"account_id": "late", "mrr": 10, "start_date": day("2024-03-20")},
]


@settings(max_examples=15)
@given(lines(), st.integers(60, DAYS), st.sampled_from(["month", "quarter"]))
def test_the_accounts_are_those_of_the_point(contract_lines: list[Line], passed: int, by: str) -> None:
    scope = Scope(period="all", as_of=FIRST + dt.timedelta(days=passed))
    assume({"odd" if line.account in "ace" else "even" for line in contract_lines} == {"odd", "even"})
    with closing(company(**rows(contract_lines))) as warehouse:
        compared = ask(warehouse, cohort_compare, scope, by=by, field="segment", first="odd", second="even")
        for row in compared.rows.to_pylist():
            for side, value in (("first", "odd"), ("second", "even")):
                answer = ask(
                    warehouse, cohorts_at_age, scope.with_filter("segment", (value,)), by=by, age=str(row["age"])
                )
                assert answer.rows.num_rows == row[f"{side}_size"]
                assert answer.figure("active").value == row[f"{side}_active"]
                assert answer.figure("active_share").value == row[f"{side}_share"]


def test_only_cohorts_that_completed_the_age_count() -> None:
    with closing(company(subscriptions=TWO)) as warehouse:
        answer = ask(warehouse, cohorts_at_age, Scope(as_of=day("2024-03-31")), age="1")
        too_old = ask(warehouse, cohorts_at_age, Scope(as_of=day("2024-03-31")), age="9")
        with pytest.raises(UnknownOption):
            ask(warehouse, cohorts_at_age, Scope(as_of=day("2024-03-31")), age="old")
    assert {row["account_id"]: row["became"] for row in answer.rows.to_pylist()} == {
        "a": "left", "b": "stayed", "c": "stayed",
    }  # fmt: skip
    assert answer.figure("active_share").value == pytest.approx(2 / 3)
    assert answer.headline == "**67\u202f%** of 3 accounts in 2 cohorts still pay after 1 month."
    assert too_old.rows.num_rows == 0
