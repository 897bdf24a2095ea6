"""The worked examples of the metric definitions, as the answers give them; those of data of others are in their slices
(`retention/test_shared_data.py`, `churn/test_shared_data.py`).
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.questions.catalogue import ask
from cs_dash.scope import Scope
from tests.companies import company, day


def line(account: str, mrr: float, start: str, end: str | None = None) -> dict[str, Any]:
    return {"account_id": account, "mrr": mrr, "start_date": day(start), "end_date": day(end) if end else None}


def answered(question: str, subscriptions: list[dict[str, Any]], as_of: str, **options: str) -> Answer:
    with closing(company(subscriptions=subscriptions)) as warehouse:
        return ask(warehouse, question, Scope(as_of=day(as_of)), options)


@pytest.mark.parametrize("convention", ["snapshot", "movements"])
def test_chartmogul_gross_churn_20_percent_net_10_percent(convention: str) -> None:
    """100 Starting MRR, 10 churned, 10 contracted, 10 expanded."""
    lines = [
        line("stays", 60, "2024-01-01"),
        line("leaves", 10, "2024-01-01", "2024-06-10"),
        line("shrinks", 20, "2024-01-01", "2024-06-10"), line("shrinks", 10, "2024-06-10"),
        line("grows", 10, "2024-01-01"), line("grows", 10, "2024-06-10"),
    ]  # fmt: skip
    answer = answered("retention.summary", lines, "2024-06-30", window="1", convention=convention)
    assert answer.figure("mrr_start").value == 100
    assert 1 - (answer.figure("grr").value or 0) == pytest.approx(0.20)
    assert 1 - (answer.figure("nrr").value or 0) == pytest.approx(0.10)


def test_logos_90_of_100_with_12_churn_events() -> None:
    """Twelve events in the window: one by an account that joined inside it, one by an account that came back."""
    lines = [line(f"stays {n}", 10, "2023-01-01") for n in range(89)]
    lines += [line(f"leaves {n}", 10, "2023-01-01", "2024-05-10") for n in range(10)]
    lines += [line("returns", 10, "2023-01-01", "2024-03-10"), line("returns", 10, "2024-07-01")]
    lines += [line("passes", 10, "2024-02-01", "2024-08-10")]
    answer = answered("retention.summary", lines, "2024-12-31", window="12")
    assert answer.figure("accounts_start").value == 100
    assert answer.figure("logo_retention").value == 0.90
    assert answer.figure("lifetime_value").n == 12


def test_gross_retention_per_account_75_percent_not_100() -> None:
    """A 100 -> 50, B 100 -> 150."""
    lines = [
        line("a", 100, "2024-01-01", "2024-03-01"), line("a", 50, "2024-03-01"),
        line("b", 100, "2024-01-01", "2024-03-01"), line("b", 150, "2024-03-01"),
    ]  # fmt: skip
    answer = answered("retention.summary", lines, "2024-04-30", window="3")
    assert answer.figure("nrr").value == 1
    assert answer.figure("grr").value == 0.75


def test_cohort_average_2_5_percent_not_26() -> None:
    """Cohorts of 10 and 1,000 with 5 and 20 left after three months, and one in progress that is left out."""
    lines = [line(f"small {n}", 1, "2024-01-05", None if n < 5 else "2024-02-10") for n in range(10)]
    lines += [line(f"large {n}", 1, "2024-02-05", None if n < 20 else "2024-03-10") for n in range(1000)]
    lines += [line(f"young {n}", 1, "2024-03-05") for n in range(500)]
    answer = answered("retention.cohorts", lines, "2024-06-10")
    assert answer.figure("logos_3").value == pytest.approx(25 / 1010)
