"""Why a figure is what it is: the rows lead to the very figure that is shown."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.metrics import open_warehouse
from cs_dash.questions import catalogue
from cs_dash.questions.retention.summary import summary
from cs_dash.questions.retention.why import FIGURES, why
from cs_dash.scope import Scope
from cs_dash.store.workspace import Workspace
from tests.asking import ask
from tests.companies import company, day
from tests.questions.retention.lines import DAYS, FIRST, Line, lines, rows


@settings(max_examples=15)
@given(lines(), st.integers(30, DAYS), st.sampled_from(["1", "3", "12"]), st.booleans())
def test_the_rows_lead_to_the_figure(contract_lines: list[Line], passed: int, window: str, odd: bool) -> None:
    scope = Scope(as_of=FIRST + dt.timedelta(days=passed), filters=(("segment", ("odd",)),) if odd else ())
    with closing(company(**rows(contract_lines))) as warehouse:
        summary_answer = ask(warehouse, summary, scope, window=window)
        why_answers = {name: ask(warehouse, why, scope, figure=name, window=window) for name in FIGURES}
    for name, answer in why_answers.items():
        assert answer.figure(name).value == summary_answer.figure(name).value
        *accounts, above, below, last = answer.rows.to_pylist()
        assert sum(row["top"] for row in accounts) == above["top"] == last["top"]
        assert sum(row["bottom"] for row in accounts) == below["bottom"] == last["bottom"]
        assert last["value"] == (last["top"] / last["bottom"] if last["bottom"] else None)


@settings(max_examples=15)
@given(lines(), st.integers(30, DAYS), st.sampled_from(["1", "3", "12"]))
def test_the_rows_lead_to_the_figure_by_movements(contract_lines: list[Line], passed: int, window: str) -> None:
    scope = Scope(as_of=FIRST + dt.timedelta(days=passed))
    with closing(company(**rows(contract_lines))) as warehouse:
        summary_answer = ask(warehouse, summary, scope, window=window, convention="movements")
        why_answers = {
            name: ask(warehouse, why, scope, figure=name, window=window, convention="movements") for name in FIGURES
        }
    for name, answer in why_answers.items():
        assert answer.figure(name).value == pytest.approx(summary_answer.figure(name).value, abs=1e-9)


def test_movements_also_count_accounts_that_joined_within_the_window() -> None:
    given_lines = [
        {"account_id": "a", "mrr": 100, "start_date": day("2024-01-01")},
        {"account_id": "joined", "mrr": 30, "start_date": day("2024-02-10"), "end_date": day("2024-04-10")},
    ]
    with closing(company(subscriptions=given_lines)) as warehouse:
        answer = ask(warehouse, why, Scope(as_of=day("2024-04-30")), figure="nrr", window="3", convention="movements")
    *accounts, above, below, last = answer.rows.to_pylist()
    assert [(row["account"], row["month_end"], row["top"], row["bottom"]) for row in accounts] == [
        ("a", day("2024-02-29"), 100, 100), ("joined", day("2024-04-30"), -30, 0),
    ]  # fmt: skip
    assert (above["top"], below["bottom"], last["value"]) == (70, 100, 0.7)


def test_gross_retention_counts_each_account_at_most_at_its_start() -> None:
    given_lines = [
        {"account_id": "a", "mrr": 100, "start_date": day("2024-01-01"), "end_date": day("2024-03-01")},
        {"account_id": "a", "mrr": 50, "start_date": day("2024-03-01")},
        {"account_id": "b", "mrr": 100, "start_date": day("2024-01-01"), "end_date": day("2024-03-01")},
        {"account_id": "b", "mrr": 150, "start_date": day("2024-03-01")},
        {"account_id": "joined", "mrr": 9, "start_date": day("2024-03-01")},
    ]
    with closing(company(subscriptions=given_lines)) as warehouse:
        answer = ask(warehouse, why, Scope(as_of=day("2024-04-30")), figure="grr", window="3")
    account_rows = [
        (row["account"], row["start"], row["end"], row["top"], row["bottom"]) for row in answer.rows.to_pylist()
    ]
    assert account_rows[:-3] == [("a", 100, 50, 50, 100), ("b", 100, 150, 100, 100)]
    assert account_rows[-1][3:] == (150, 200)
    assert "150" in answer.headline
    assert "75" in answer.headline


@pytest.mark.parametrize("name", FIGURES)
def test_the_demo_company_to_the_last_digit(demo_workspace: Workspace, name: str) -> None:
    version = demo_workspace.current()
    assert version is not None
    with closing(open_warehouse(demo_workspace.file_of(version))) as warehouse:
        for as_of in ("2026-09-30", "2025-12-15"):
            scope = Scope(as_of=day(as_of))
            summary_value = catalogue.ask(warehouse, "retention.summary", scope).figure(name).value
            assert (
                catalogue.ask(warehouse, "retention.why", scope, {"figure": name}).figure(name).value == summary_value
            )
            assert summary_value is not None
