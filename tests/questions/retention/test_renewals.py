"""Renewals: due = renewed + lost + open for each, capped at the amount due; what is known of the days is said."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.answer import Answer
from cs_dash.metrics import open_warehouse
from cs_dash.questions import catalogue
from cs_dash.questions.retention.renewal_charts import quarter_label
from cs_dash.questions.retention.renewals import quarters_ahead, renewals
from cs_dash.scope import ONE_DAY, Scope, months_before
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, month_end, mrr, rows

AS_OF = day("2026-06-30")


def contract(account: str, mrr: float, start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"account_id": account, "mrr": mrr, "start_date": day(start), "end_date": day(end) if end else None} | more


def of(answer: Answer, account: str) -> list[dict[str, Any]]:
    return [row for row in answer.rows.to_pylist() if row["account_id"] == account]


def asked_of(
    *contracts: dict[str, Any], accounts: list[dict[str, Any]] | None = None, as_of: dt.date = AS_OF
) -> Answer:
    with closing(company(subscriptions=list(contracts), accounts=accounts or [])) as warehouse:
        return ask(warehouse, renewals, Scope(period="12m", as_of=as_of))


@st.composite
def towns(draw: st.DrawFn) -> list[tuple[Line, int]]:
    """Draw five small companies side by side, since making one takes a while: their lines, each with its term."""
    return [
        (replace(line, account=f"{line.account}{number}"), term)
        for number in range(5)
        for term in [draw(st.sampled_from([2, 3, 6]))]
        for line in draw(lines())
    ]


@settings(max_examples=6)
@given(towns(), st.integers(0, DAYS), st.booleans())
def test_each_renewal_adds_up_and_ties_to_the_lines(drawn: list[tuple[Line, int]], passed: int, odd: bool) -> None:
    as_of = FIRST + dt.timedelta(days=passed)
    contract_lines = [line for line, _ in drawn]
    tables = rows(contract_lines)
    for account in tables["accounts"]:
        account["segment"] = "odd" if account["account_id"][0] in "ace" else "even"
    for subscription, (_, term) in zip(tables["subscriptions"], drawn, strict=True):
        subscription["term_months"] = term
    last = as_of + dt.timedelta(days=400)
    with closing(company(**tables)) as warehouse:
        due_rows = warehouse(
            "renewals_due", as_of_day=as_of, start_day=FIRST, end_day=last,
            wanted='{"segment": ["odd"]}' if odd else "{}",
        ).to_pylist()  # fmt: skip
        earlier = warehouse("renewals_due", as_of_day=as_of, start_day=FIRST, end_day=as_of + ONE_DAY).to_pylist()
        later = warehouse("renewals_due", as_of_day=last, start_day=FIRST, end_day=as_of + ONE_DAY).to_pylist()
        notices = set(warehouse("lines_under_notice", as_of_day=as_of)["subscription_id"].to_pylist())
    assert earlier == later, "the as-of date never changes what is settled"
    expected: dict[tuple[str, dt.date], float] = {}
    for number, (line, term) in enumerate(drawn):
        if odd and line.account[0] not in "ace":
            continue
        for k in range(1, 40):
            due_on = _later(line.start, k * term)
            gave_notice = due_on > as_of and f"subscriptions-{number}" in notices
            if due_on < last and line.on(due_on - ONE_DAY) and not gave_notice:
                key = (line.account, due_on)
                expected[key] = expected.get(key, 0.0) + line.mrr
    assert {(row["account_id"], row["due_on"]): row["due"] for row in due_rows} == expected
    for row in due_rows:
        assert row["renewed"] + row["lost"] + row["still_open"] == row["due"]
        assert 0 <= row["renewed"] <= row["due"]
        assert row["lost"] >= 0
        assert bool(row["still_open"]) == (row["due_on"] > as_of)
        assert row["due"] <= mrr(contract_lines, row["account_id"], row["due_on"] - ONE_DAY)
        if row["due_on"] <= as_of:
            assert row["renewed"] <= mrr(contract_lines, row["account_id"], row["due_on"])


def _later(start: dt.date, months: int) -> dt.date:
    """Return the day so many months after a day; the last of the month where that has fewer days."""
    first = months_before(start.replace(day=1), -months)
    return min(first + dt.timedelta(days=start.day - 1), month_end(first))


def test_growth_at_one_renewal_does_not_hide_the_loss_of_another() -> None:
    answer = asked_of(
        contract("grows", 100, "2025-03-01", "2026-03-01", renewal_date=day("2026-03-01")),
        contract("grows", 150, "2026-03-01", renewal_date=day("2027-03-01")),
        contract("shrinks", 100, "2025-04-01", "2026-04-01", renewal_date=day("2026-04-01")),
        contract("shrinks", 40, "2026-04-01", renewal_date=day("2027-04-01")),
        contract("leaves", 100, "2025-05-01", "2026-05-01", renewal_date=day("2026-05-01")),
    )
    assert answer.figure("renewal_rate").value == pytest.approx(140 / 300)
    assert answer.figure("mrr_due").value == 300
    assert answer.figure("mrr_renewed").value == 140
    assert answer.figure("mrr_lost").value == 160
    assert {row["account_id"]: row["status"] for row in answer.rows.to_pylist() if row["renewed"] or row["lost"]} == {
        "grows": "renewed", "shrinks": "shrank", "leaves": "lost",
    }  # fmt: skip


def test_a_line_that_is_not_due_is_not_what_was_renewed() -> None:
    """Another line of the account goes on, and a third is replaced on the very day: neither renews it."""
    answer = asked_of(
        contract("a", 100, "2025-03-01", "2026-03-01", renewal_date=day("2026-03-01")),
        contract("a", 70, "2025-08-01", renewal_date=day("2026-08-01")),
        contract("a", 30, "2025-09-01", "2026-03-01", renewal_date=day("2026-09-01")),
        contract("a", 50, "2026-03-01", renewal_date=day("2027-03-01")),
    )
    due = next(row for row in of(answer, "a") if row["due_on"] == day("2026-03-01"))
    assert (due["due"], due["renewed"], due["lost"]) == (100, 20, 80)


def test_notice_is_apart_and_the_end_of_a_term_is_not_notice() -> None:
    answer = asked_of(
        contract("gave notice", 100, "2025-03-01", "2026-09-15", renewal_date=day("2027-03-01")),
        contract("moves", 50, "2025-03-01", "2026-09-15", renewal_date=day("2027-03-01")),
        contract("moves", 30, "2026-09-15", renewal_date=day("2027-09-15")),
        contract("fixed term", 70, "2025-10-01", "2026-10-01", term_months=12.0),
        contract("cancelled", 20, "2025-10-01", "2026-10-01", term_months=12.0, status="Cancelled"),
    )
    notices = {row["account_id"]: row["leaving"] for row in answer.rows.to_pylist() if row["status"] == "notice"}
    assert notices == {"gave notice": 100, "moves": 20, "cancelled": 20}
    assert answer.figure("mrr_notice").value == 140
    assert [row["open"] for row in of(answer, "fixed term")] == [70]
    assert answer.figure("mrr_open").value == 70


def test_month_to_month_lines_and_untold_days_are_said_and_not_made_up() -> None:
    answer = asked_of(
        contract("monthly", 10, "2025-03-01", billing="monthly", renewal_date=day("2026-07-01")),
        contract("untold", 20, "2025-03-01"),
        contract("counted", 40, "2025-09-01", billing="annual"),
    )
    assert {row["account_id"]: row["told_by"] for row in answer.rows.to_pylist()} == {"counted": "counted"}
    notes_text = " ".join(note.text for note in answer.notes)
    assert "No renewal dates in the data" in notes_text
    assert "1 month-to-month subscription (10 MRR) has no renewal date." in notes_text
    assert "1 subscription (20 MRR) has neither a renewal date nor a term." in notes_text
    assert next(note for note in answer.notes if "computed in whole terms" in note.text).kind == "assumption"


def test_where_nothing_tells_when_lines_renew_the_amount_due_is_unknown_and_not_0() -> None:
    answer = asked_of(contract("untold", 20, "2025-03-01"), contract("monthly", 10, "2025-03-01", billing="monthly"))
    assert answer.headline == "No renewal dates in the data."
    assert [figure.value for figure in answer.figures] == [None] * len(answer.figures)
    dated = asked_of(contract("counted", 20, "2025-03-01", "2027-03-01", term_months=24))
    assert "No renewal dates" not in dated.headline
    assert dated.figure("mrr_open").value is not None


def test_monthly_billing_of_yearly_contracts_is_no_month_to_month() -> None:
    answer = asked_of(
        contract("a", 10, "2025-11-01", billing="Monthly", renewal_date=day("2026-11-01")),
        contract("b", 20, "2026-01-15", billing="Monthly", renewal_date=day("2027-01-15")),
    )
    assert [(row["due_on"], row["open"]) for row in of(answer, "a")] == [(day("2026-11-01"), 10)]
    assert [(row["due_on"], row["open"]) for row in of(answer, "b")] == [(day("2027-01-15"), 20)]


def test_an_account_may_tell_the_day_of_its_lines() -> None:
    accounts = [{"account_id": "a", "renewal_date": day("2026-12-01"), "account": "Nordwind"}]
    answer = asked_of(contract("a", 10, "2024-02-01"), accounts=accounts)
    assert [(row["due_on"], row["status"], row["told_by"]) for row in of(answer, "a")] == [
        (day("2026-12-01"), "open", "account"), (day("2025-12-01"), "renewed", "account"),
    ]  # fmt: skip


def test_a_stated_day_that_is_past_is_overdue_as_it_stands_and_none_is_counted_on_from_it() -> None:
    answer = asked_of(
        contract("late", 100, "2024-02-10", renewal_date=day("2025-02-10")),
        contract("undated", 50, "2026-06-30", renewal_date=day("2024-11-25"), assumed=True),
        contract("by itself", 30, "2024-02-10", renewal_date=day("2026-02-10"), auto_renew=True),
        contract("renewed", 20, "2026-01-01", renewal_date=day("2026-01-01")),
        contract("given", 10, "2025-09-01", renewal_date=day("2026-09-01")),
    )
    overdue = [(row["account_id"], row["due_on"], row["due"]) for row in answer.rows.to_pylist()
               if row["status"] == "overdue"]  # fmt: skip
    assert overdue == [("undated", day("2024-11-25"), 50), ("late", day("2025-02-10"), 100)]
    figure = answer.figure("mrr_overdue")
    assert (figure.value, figure.n) == (150, 2)
    assert not [row for row in of(answer, "late") if row["due_on"] > day("2025-02-10")]
    to_come = {row["account_id"]: (row["due_on"], row["day_basis"]) for row in answer.rows.to_pylist()
               if row["status"] == "open"}  # fmt: skip
    assert to_come == {
        "by itself": (day("2027-02-10"), "computed"), "renewed": (day("2027-01-01"), "computed"),
        "given": (day("2026-09-01"), "given"),
    }  # fmt: skip
    assert answer.figure("mrr_open").value == 60
    assert answer.figure("mrr_open").caveat == "2 dates computed"
    assert "overdue" in answer.headline


def test_a_stated_day_years_ahead_shows_that_the_term_is_not_one_year() -> None:
    answer = asked_of(contract("three years", 10, "2025-09-01", renewal_date=day("2028-09-01")))
    assert of(answer, "three years") == []


def test_the_calendar_has_four_quarters() -> None:
    assert [quarter_label(first_day) for first_day in quarters_ahead(AS_OF)] == [
        "Q3 2026",
        "Q4 2026",
        "Q1 2027",
        "Q2 2027",
        "Q3 2027",
    ]
    assert quarter_label(quarters_ahead(day("2026-02-11"))[0]) == "Q1 2026"
    answer = asked_of(contract("a", 10, "2025-11-01", renewal_date=day("2026-11-01")))
    bars = [(row["quarter"], row["mrr"]) for row in answer.chart("renewals").rows.to_pylist()]
    assert bars == [("Q3 2026", 0), ("Q4 2026", 10), ("Q1 2027", 0), ("Q2 2027", 0)]


def test_without_contract_lines_nothing_is_said_to_be_due() -> None:
    with closing(company(accounts=[{"account_id": "a"}])) as warehouse:
        answer = ask(warehouse, renewals)
    assert answer.missing_tables == ("subscriptions", "accounts")
    assert answer.rows.num_rows == 0


def test_the_demo_company_ties_to_its_revenue(demo_workspace: Workspace) -> None:
    newest = demo_workspace.current()
    assert newest is not None
    with closing(open_warehouse(demo_workspace.file_of(newest))) as warehouse:
        answer = catalogue.ask(warehouse, "retention.renewals", Scope(as_of=day("2026-09-30")))
        paid = sum(row["mrr"] for row in warehouse("mrr_on", on_day=day("2026-09-30")).to_pylist())
        day_sources = warehouse("renewal_doubts", as_of_day=day("2026-09-30")).to_pylist()
        rate = catalogue.ask(warehouse, "retention.summary", Scope(as_of=day("2026-09-30"))).figure("renewal_rate")
    assert sum(row["mrr"] for row in day_sources) == pytest.approx(paid)
    yearly = sum(row["mrr"] for row in day_sources if row["told_by"] != "monthly")
    assert answer.figure("mrr_open").value == pytest.approx(yearly), "each yearly line is due once within a year"
    assert rate.value == answer.figure("renewal_rate").value
    assert sum(row["mrr"] for row in answer.chart("renewals").rows.to_pylist()) == pytest.approx(yearly)
