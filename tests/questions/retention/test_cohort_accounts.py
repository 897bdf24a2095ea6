"""The accounts behind a cell: their counts and their revenue are the cell's."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.errors import UnknownOption
from cs_dash.questions.retention.cohort_accounts import BECAME, cohort_accounts
from cs_dash.questions.retention.cohorts import cohorts
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, month_end, month_starts, mrr, rows


def line(account: str, amount: float, start: str, end: str | None = None) -> dict[str, object]:
    return {
        "account_id": account, "mrr": amount, "start_date": day(start), "end_date": day(end) if end else None,
    }  # fmt: skip


def five_fates() -> dict[str, list[dict[str, object]]]:
    subscriptions = [
        line("stays", 10, "2024-01-05"),
        line("grows", 10, "2024-01-05"),
        line("grows", 5, "2024-03-01"),
        line("shrinks", 10, "2024-01-05", "2024-04-01"),
        line("shrinks", 4, "2024-04-01"),
        line("returns", 10, "2024-01-05", "2024-02-10"),
        line("returns", 30, "2024-05-01"),
        line("leaves", 10, "2024-01-31", "2024-06-30"),
        line("later", 10, "2024-02-01"),
    ]
    names: list[dict[str, object]] = [
        {"account_id": account, "account": account.upper()}
        for account in sorted({str(x["account_id"]) for x in subscriptions})
    ]
    return {"accounts": names, "subscriptions": subscriptions}


def test_each_of_the_five_fates() -> None:
    with closing(company(**five_fates())) as warehouse:
        june = ask(warehouse, cohort_accounts, Scope(as_of=day("2024-12-31")), cohort="2024-01", age="5")
        march = ask(warehouse, cohort_accounts, Scope(as_of=day("2024-12-31")), cohort="2024-01-17", age="2")
    assert {row["account_id"]: row["became"] for row in june.rows.to_pylist()} == {
        "stays": "stayed", "grows": "grew", "shrinks": "shrank", "returns": "came back", "leaves": "left",
    }  # fmt: skip
    assert {row["account_id"]: row["became"] for row in march.rows.to_pylist()} == {
        "stays": "stayed", "grows": "grew", "shrinks": "stayed", "returns": "left", "leaves": "stayed",
    }  # fmt: skip
    assert june.title == "Jan 2024 cohort, 5 months later"
    assert june.figure("active").value == 4
    assert june.rows.to_pylist()[0]["account"] == "LEAVES"


def behind_each_cell(
    warehouse: Warehouse, as_of: dt.date, by: str
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Give each cell with the accounts behind it; their counts and their revenue are the cell's."""
    for cell in ask(warehouse, cohorts, Scope(as_of=as_of), by=by).rows.to_pylist():
        options = {"cohort": cell["cohort"].isoformat(), "age": str(cell["age"]), "by": by}
        answer = ask(warehouse, cohort_accounts, Scope(as_of=as_of), **options)
        accounts = answer.rows.to_pylist()
        assert (len(accounts), answer.figure("active").value) == (cell["size"], cell["active"])
        base = sum(row["mrr_start"] for row in accounts)
        assert base == pytest.approx(cell["base_mrr"], abs=1e-6)
        assert sum(row["mrr_then"] for row in accounts) == pytest.approx(cell["nrr"] * base, abs=1e-6)
        kept_mrr = sum(min(row["mrr_start"], row["mrr_then"]) for row in accounts)
        assert kept_mrr == pytest.approx(cell["grr"] * base, abs=1e-6)
        outcomes = sum(answer.figure(outcome.replace(" ", "_")).value or 0 for outcome in BECAME["paying"])
        assert outcomes == len(accounts)
        yield cell, accounts


@settings(max_examples=8)
@given(lines(), st.integers(0, DAYS))
def test_the_accounts_tie_to_every_cell_of_quarters(contract_lines: list[Line], passed: int) -> None:
    as_of = FIRST + dt.timedelta(days=passed)
    with closing(company(**rows(contract_lines))) as warehouse:
        cells = list(behind_each_cell(warehouse, as_of, "quarter"))
    assert bool(cells) == any(line_drawn.start <= as_of for line_drawn in contract_lines)


@settings(max_examples=15)
@given(lines(), st.integers(0, DAYS))
def test_the_accounts_tie_to_every_cell_and_who_came_back_paid_nothing_at_a_month_end_between(
    contract_lines: list[Line], passed: int
) -> None:
    as_of = FIRST + dt.timedelta(days=passed)
    with closing(company(**rows(contract_lines))) as warehouse:
        for cell, accounts in behind_each_cell(warehouse, as_of, "month"):
            for row in accounts:
                starts = month_starts(row["first_day"], as_of)[: cell["age"] + 1]
                paid = [mrr(contract_lines, row["account_id"], min(month_end(start), as_of)) > 0 for start in starts]
                assert (row["became"] == "left") == (not paid[-1])
                assert (row["became"] == "came back") == (paid[-1] and not all(paid))


def test_the_accounts_of_activity_cohorts_tie_to_every_cell() -> None:
    uses = [("a", "2024-01-31"), ("a", "2024-03-01"), ("b", "2024-01-02"), ("b", "2024-02-02"), ("b", "2024-03-09"),
            ("c", "2024-02-29"), ("d", "2024-01-20")]  # fmt: skip
    usage: list[dict[str, object]] = [
        {"account_id": account, "used_on": day(on), "user_id": "u"} for account, on in uses
    ]
    scope = Scope(as_of=day("2024-04-15"))
    with closing(company(usage=usage)) as warehouse:
        for by in ("month", "quarter"):
            for cell in ask(warehouse, cohorts, scope, by=by, measure="activity").rows.to_pylist():
                options = {"cohort": cell["cohort"].isoformat(), "age": str(cell["age"]), "by": by}
                answer = ask(warehouse, cohort_accounts, scope, measure="activity", **options)
                assert (answer.rows.num_rows, answer.figure("active").value) == (cell["size"], cell["active"])
        third = ask(warehouse, cohort_accounts, scope, measure="activity", cohort="2024-01", age="2")
    assert {row["account_id"]: row["became"] for row in third.rows.to_pylist()} == {
        "a": "came back", "b": "active throughout", "d": "silent",
    }  # fmt: skip


def test_without_a_choice_it_is_the_newest_cohort_that_got_through_a_year() -> None:
    with closing(company(**five_fates())) as warehouse:
        year = ask(warehouse, cohort_accounts, Scope(as_of=day("2025-03-10")))
        young = ask(warehouse, cohort_accounts, Scope(as_of=day("2024-04-10")))
        part = ask(warehouse, cohort_accounts, Scope(as_of=day("2024-04-10")), cohort="2024-01", age="3")
    assert year.title == "Feb 2024 cohort, 12 months later"
    assert young.title == "Jan 2024 cohort, 2 months later"
    assert Counter(young.rows["became"].to_pylist()) == {"stayed": 3, "grew": 1, "left": 1}
    assert [note.text for note in part.notes] == ["The month is in progress: data up to 10 Apr 2024."]


@pytest.mark.parametrize(
    ("cohort", "age"), [("soon", "1"), ("2024-01", "x"), ("2024-01", "40"), ("2024-13", "1"), ("2024-01", "-1")]
)
def test_a_cell_that_is_none_is_refused(cohort: str, age: str) -> None:
    with closing(company(**five_fates())) as warehouse, pytest.raises(UnknownOption, match="Could not show cohort"):
        ask(warehouse, cohort_accounts, Scope(as_of=day("2024-12-31")), cohort=cohort, age=age)
