"""The lifetime value of an account and the ranges of others: worked by hand, with and without settings."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from cs_dash.answer import Answer
from cs_dash.decisions import decided
from cs_dash.questions.retention.summary import summary
from cs_dash.scope import Scope
from tests.asking import ask
from tests.companies import ReusedReader, day, version


def answered(subscriptions: list[dict[str, Any]], options: dict[str, str], **chosen: object) -> Answer:
    with closing(ReusedReader(version(subscriptions=subscriptions), decided(chosen))) as warehouse:
        return ask(warehouse, summary, Scope(as_of=day("2024-12-31")), **options)


def leaving(accounts: int, months: int) -> list[dict[str, Any]]:
    """100 an account and month; `accounts` at first, one fewer at the end of each of the first `months` of 2024."""
    return [
        {"account_id": f"{n}", "mrr": 100.0, "start_date": day("2023-01-01"),
         "end_date": day(f"2024-{n + 1:02}-28") if n < months else None}
        for n in range(accounts)
    ]  # fmt: skip


def test_revenue_per_account_times_margin_over_monthly_churn() -> None:
    """Ten of thirty leave, one a month: 10 / (30 + 29 + ... + 21 + 20 + 20) a month; 100 x 80 % x that inverted."""
    figure = answered(leaving(30, 10), {}).figure("lifetime_value")
    account_months = sum(range(21, 31)) + 2 * 20
    assert figure.value == pytest.approx(100 * 0.8 * account_months / 10)
    assert (figure.n, figure.n_label) == (10, "accounts churned in 12 months")
    assert figure.caveat.startswith("gross margin 80")
    assert "assumed" in figure.caveat


@pytest.mark.parametrize("window", ["12", "3", "1"])
def test_it_looks_at_twelve_months_whatever_the_window(window: str) -> None:
    assert answered(leaving(30, 10), {"window": window}).figure("lifetime_value").value == pytest.approx(2360)


def test_the_margin_is_a_setting() -> None:
    figure = answered(leaving(30, 10), {}, gross_margin=0.6).figure("lifetime_value")
    assert figure.value == pytest.approx(100 * 0.6 * 29.5)
    assert "assumed" not in figure.caveat
    assert answered(leaving(30, 10), {}, gross_margin=80).figure("lifetime_value").value == pytest.approx(2360)


def test_the_horizon_ends_after_sixty_months() -> None:
    figure = answered(leaving(300, 10), {}).figure("lifetime_value")
    assert figure.value == pytest.approx(100 * 0.8 * 60)
    assert "capped at 60 months" in figure.caveat


def test_nine_accounts_that_left_are_too_few_to_tell() -> None:
    figure = answered(leaving(30, 9), {}).figure("lifetime_value")
    assert figure.value is None
    assert figure.caveat == "fewer than 10 churned accounts, too few to estimate"


def test_what_others_report_stands_beside_the_figure_with_where_it_comes_from() -> None:
    answer = answered(leaving(30, 10), {})
    assert "unverified" in answer.figure("nrr").benchmark
    assert answer.figure("logo_retention").benchmark == ""
    (note,) = [entry.text for entry in answer.notes if entry.text.startswith("Industry benchmarks")]
    for part in ("SaaS Capital", "2023", "1,500 private B2B SaaS companies", "unverified"):
        assert part in note
    assert not any(figure.benchmark for figure in answered(leaving(30, 10), {"window": "3"}).figures)


def test_a_range_of_ones_own_takes_its_place() -> None:
    chosen = {
        "benchmark_logo_retention": "0.85-0.95",
        "benchmark_source": "our investor's letter",
        "benchmark_nrr": "x",
    }
    answer = answered(leaving(30, 10), {}, **chosen)
    assert answer.figure("logo_retention").benchmark.startswith("benchmark: 85")
    assert any("our investor's letter" in note.text for note in answer.notes)
    assert "2023" in answer.figure("nrr").benchmark  # what is no range changes nothing


def test_what_has_no_headline_stands_in_one_line() -> None:
    answer = answered(leaving(30, 10), {})
    (note,) = [entry.text for entry in answer.notes if entry.affects == ("arpa", "quick_ratio", "lifetime_value")]
    assert note.startswith("MRR per account **100**; Quick ratio **0**; Lifetime value per account **2,360** (gross")
    too_few = answered(leaving(30, 9), {}).notes
    assert not any("Lifetime" in entry.text for entry in too_few)
