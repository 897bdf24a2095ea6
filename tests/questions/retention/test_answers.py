"""What the retention questions say, and what they leave unsaid."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from cs_dash.charts import CohortTriangle, LineChart
from cs_dash.errors import UnknownOption
from cs_dash.look.locales import THIN
from cs_dash.questions.retention.bridge import bridge
from cs_dash.questions.retention.cohorts import cohorts
from cs_dash.questions.retention.summary import summary
from cs_dash.questions.retention.survival import survival
from cs_dash.scope import Scope
from tests.asking import ask, questions_about
from tests.companies import company, day


def line(account: str, mrr: float, start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    dates = {"start_date": day(start), "end_date": day(end) if end else None}
    return {"account_id": account, "mrr": mrr, **dates, **more}


def a_company() -> dict[str, list[dict[str, Any]]]:
    """30 accounts since January 2023; five leave, three return, one grows; four came later."""
    lines = [line(f"old-{n}", 100, "2023-01-01") for n in range(22)]
    lines += [line(f"gone-{n}", 100, "2023-01-01", "2024-03-05") for n in range(5)]
    lines += [line(f"back-{n}", 100, "2023-01-01", "2024-02-05") for n in range(3)]
    lines += [line(f"back-{n}", 60, "2024-05-05") for n in range(3)]
    lines += [line("old-0", 80, "2024-04-01")]
    lines += [line(f"new-{n}", 50, "2024-06-01") for n in range(4)]
    accounts = [
        {"account_id": account, "segment": "small" if account.startswith(("gone", "new")) else "large"}
        for account in sorted({x["account_id"] for x in lines})
    ]
    return {"accounts": accounts, "subscriptions": lines}


def test_the_figures_that_other_tools_rely_on() -> None:
    with closing(company(**a_company())) as warehouse:
        answer = ask(warehouse, summary, Scope(period="12m", as_of=day("2024-12-31")))
    figures = {figure.name: figure.value for figure in answer.figures}
    assert figures == {
        "nrr": (22 * 100 + 80 + 3 * 60) / 3000, "grr": (22 * 100 + 3 * 60) / 3000, "logo_retention": 25 / 30,
        "mrr_start": 3000, "mrr_end": 2660, "accounts_start": 30, "accounts_end": 29,
        "quick_ratio": (180 + 80 + 200) / (500 + 300), "arpa": 2660 / 29,
        "lifetime_value": None,
            "renewal_rate": None,
    }  # fmt: skip
    logo_retention = answer.figure("logo_retention")
    assert (logo_retention.n, round(logo_retention.low or 0, 4), round(logo_retention.high or 0, 4)) == (
        30,
        0.6644,
        0.9266,
    )
    assert len(answer.figure("nrr").trend) == 12
    assert answer.figure("nrr").trend[-1] == answer.figure("nrr").value
    assert f"**82{THIN}%**" in answer.headline
    assert "**25** of 30 accounts" in answer.headline
    for figure in answer.figures:
        assert figure.definition


def test_the_window_follows_the_period_unless_it_is_chosen() -> None:
    with closing(company(**a_company())) as warehouse:
        three = ask(warehouse, summary, Scope(period="3m", as_of=day("2024-05-31")))
        chosen = ask(warehouse, summary, Scope(period="3m", as_of=day("2024-05-31")), window="1")
        by_hand = ask(warehouse, summary, Scope(as_of=day("2024-05-31")), window="3")
        with pytest.raises(UnknownOption, match="window=2"):
            ask(warehouse, summary, window="2")
    assert three.figures == by_hand.figures
    assert three.figure("logo_retention").value == 22 / 27
    assert chosen.figure("logo_retention").value == 1
    assert chosen.figure("nrr").previous_label == "1 month to Apr 2024"


def test_the_two_conventions_and_the_way_from_one_to_the_other() -> None:
    with closing(company(**a_company())) as warehouse:
        answer = ask(warehouse, summary, Scope(as_of=day("2024-12-31")), convention="movements")
    assert answer.figure("nrr").value == pytest.approx(1 - (500 + 300 - 80) / 3000)
    assert answer.figure("grr").value == pytest.approx(1 - 800 / 3000)
    assert answer.figure("logo_retention").value == 25 / 30
    steps = answer.rows["mrr"].to_pylist()
    assert steps == pytest.approx([2460, 0, -180, 2280, 2380, 0, -180, 2200])
    assert sum(steps[:3]) == steps[3]
    assert sum(steps[4:7]) == steps[7]


def test_filters_narrow_every_figure() -> None:
    scope = Scope(as_of=day("2024-12-31")).with_filter("segment", ["small"])
    with closing(company(**a_company())) as warehouse:
        answer = ask(warehouse, summary, scope)
        months = ask(warehouse, bridge, scope)
    assert answer.figure("accounts_start").value == 5
    assert answer.figure("logo_retention").value == 0
    assert answer.figure("logo_retention").caveat == "few accounts (n = 5)"
    assert months.rows["mrr_end"].to_pylist()[-1] == 200


def test_nobody_to_retain_is_not_zero() -> None:
    with closing(company(subscriptions=[line("a", 10, "2024-06-15")])) as warehouse:
        answer = ask(warehouse, summary, Scope(as_of=day("2024-06-30")))
    assert answer.figure("nrr").value is None
    assert answer.figure("nrr").caveat == "no paying accounts at the start of the window"
    assert answer.figure("mrr_end").value == 10
    assert answer.headline.startswith("No paying accounts on 30 Jun 2023")


@pytest.mark.parametrize("name", sorted(questions_about("retention")))
def test_without_data_the_missing_table_is_named(name: str) -> None:
    with closing(company(accounts=[{"account_id": "a", "signup_date": day("2024-01-01")}])) as warehouse:
        answer = ask(warehouse, questions_about("retention")[name].answer, Scope(as_of=day("2024-06-30")))
    assert "subscriptions" in answer.missing_tables
    assert answer.figures == ()


@pytest.mark.parametrize("name", sorted(questions_about("retention")))
def test_an_as_of_date_before_all_data_is_answered(name: str) -> None:
    with closing(company(**a_company())) as warehouse:
        answer = ask(warehouse, questions_about("retention")[name].answer, Scope(as_of=day("2020-06-30")))
    assert answer.headline
    assert all(figure.value in (None, 0) for figure in answer.figures)


def test_the_bridge_over_a_period() -> None:
    with closing(company(**a_company())) as warehouse:
        answer = ask(warehouse, bridge, Scope(period="6m", as_of=day("2024-06-30")))
    steps = {row["step"]: row["mrr"] for row in answer.chart("bridge").rows.to_pylist()}
    assert steps == {
        "Start": 3000, "New": 200, "Won back": 180, "Expansion": 80, "Contraction": 0, "Churn": -800, "End": 2660,
    }  # fmt: skip
    assert answer.rows.num_rows == 18
    assert "reconciles (unexplained: 0)" in answer.chart("bridge").subtitle
    assert answer.chart("bridge").title.startswith("Losses exceed gains; churn is")


def test_the_bridge_says_when_the_period_is_not_whole_months() -> None:
    with closing(company(**a_company())) as warehouse:
        whole = ask(warehouse, bridge, Scope(period="3m", as_of=day("2024-06-30")))
        part = ask(warehouse, bridge, Scope(period="3m", as_of=day("2024-06-10")))
    note_texts = [note.text for note in part.notes]
    assert "The period does not start and end with a month: the bridge shows all months it touches." in note_texts
    assert "Jun 2024 is in progress: data up to 10 Jun 2024." in note_texts
    assert not whole.notes


def test_what_fits_no_account_is_said() -> None:
    lines = [*a_company()["subscriptions"], {"account_ref": "?", "mrr": 75.0, "start_date": day("2024-01-01")}]
    with closing(company(subscriptions=lines)) as warehouse:
        answer = ask(warehouse, summary, Scope(as_of=day("2024-12-31")))
    assert [note.text for note in answer.notes if note.kind == "doubt"] == [
        "1 contract line matches no account: 75 of MRR is in none of these figures."
    ]


def test_marks_that_contradict_the_contract_lines_are_said() -> None:
    rows = a_company()
    rows["accounts"][-1]["churned"] = True
    rows["churn_events"] = [{"account_id": "old-1", "churned_on": day("2024-03-05")}]
    with closing(company(**rows)) as warehouse:
        answer = ask(warehouse, summary, Scope(as_of=day("2024-12-31")))
    assert {note.text for note in answer.notes if note.kind == "contradiction"} == {
        "1 account marked as churned still pays: counted as retained.",
        "1 account has a churn event but never stopped paying: counted as retained.",
    }


def test_where_dates_were_assumed_months_are_not_told() -> None:
    lines = [line | {"assumed": True} for line in a_company()["subscriptions"]]
    with closing(company(subscriptions=lines)) as warehouse:
        answer = ask(warehouse, summary, Scope(as_of=day("2024-12-31")))
        triangle = ask(warehouse, cohorts, Scope(as_of=day("2024-12-31")))
        curve = ask(warehouse, survival, Scope(as_of=day("2024-12-31")))
    assert (answer.charts, answer.figure("nrr").trend, answer.figure("nrr").previous) == ((), (), None)
    assert triangle.charts == ()
    assert all(figure.value is None for figure in triangle.figures)
    assert curve.figure("left").value == 8


def test_cohorts_by_month_and_quarter() -> None:
    with closing(company(**a_company())) as warehouse:
        months = ask(warehouse, cohorts, Scope(as_of=day("2024-12-31")))
        quarters = ask(warehouse, cohorts, Scope(as_of=day("2024-12-31")), by="quarter")
    assert months.rows.column_names == ["cohort", "age", "size", "base_mrr", "active", "logos", "grr", "nrr", "final"]
    assert months.rows.num_rows == 24 + 7
    assert quarters.rows.num_rows == 8 + 3
    assert months.figure("logos_12").value == 1
    assert quarters.figure("logos_12").value == 22 / 30
    assert {type(chart) for chart in months.charts} == {CohortTriangle, LineChart}


def test_survival_by_group() -> None:
    with closing(company(**a_company())) as warehouse:
        whole = ask(warehouse, survival, Scope(as_of=day("2024-12-31")))
        grouped = ask(warehouse, survival, Scope(as_of=day("2024-12-31")), group="segment")
        with pytest.raises(UnknownOption, match="Could not group by segmant"):
            ask(warehouse, survival, group="segmant")
    assert whole.rows.column_names == ["time", "at_risk", "events", "survival", "low", "high", "group"]
    assert [(r["time"], r["at_risk"], r["events"]) for r in whole.rows.to_pylist()] == [
        (0, 34, 0), (7, 34, 0), (13, 30, 3), (14, 27, 5), (24, 22, 0),
    ]  # fmt: skip
    assert whole.rows["survival"].to_pylist()[-1] == pytest.approx(27 / 30 * 22 / 27)
    assert set(grouped.rows["group"].to_pylist()) == {"small", "large"}
    assert "log-rank p < 0.001" in grouped.headline
