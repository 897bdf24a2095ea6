"""The answers of the churn questions."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from cs_dash.charts import IntervalChart
from cs_dash.errors import UnknownOption
from cs_dash.look.locales import THIN
from cs_dash.questions.churn.events import events
from cs_dash.questions.churn.reasons import reasons
from cs_dash.questions.churn.summary import summary
from cs_dash.scope import Scope
from tests.asking import ask, questions_about
from tests.companies import company, day

YEAR = Scope(period="12m", as_of=day("2024-12-31"))


def a_company() -> dict[str, list[dict[str, Any]]]:
    """80 accounts in two segments and two regions; 20 of the 40 small ones churn in 2024, and 4 accounts in 2023."""
    names = [f"{n:02d}" for n in range(80)]
    accounts = [
        {"account_id": n, "account": f"Account {n}", "segment": "small" if int(n) < 40 else "large",
         "region": "east" if int(n) % 2 else "west", "tier": "gone" if int(n) < 20 else "here"}
        for n in names
    ]  # fmt: skip
    ends = dict.fromkeys(names[:20], day("2024-06-10")) | dict.fromkeys(names[76:], day("2023-06-10"))
    lines = [{"account_id": n, "mrr": 10.0, "start_date": day("2022-01-01"), "end_date": ends.get(n)} for n in names]
    reasons_given = ["too expensive"] * 8 + ["missing feature"] * 7 + ["unknown"] * 4 + [None]
    left = [
        {"account_id": n, "churned_on": ends[n], "reason": reason}
        for n, reason in zip(names[:20], reasons_given, strict=True)
    ]
    left += [{"account_id": n, "churned_on": ends[n], "reason": "too expensive"} for n in names[76:]]
    return {"accounts": accounts, "subscriptions": lines, "churn_events": left}


def test_how_many_left_against_the_period_before() -> None:
    with closing(company(**a_company())) as warehouse:
        answer = ask(warehouse, summary, YEAR)
        ever = ask(warehouse, summary)
    figures = {figure.name: (figure.value, figure.previous) for figure in answer.figures}
    assert figures == {
        "churn_share": (20 / 76, 4 / 80), "churned_accounts": (20, 4), "mrr_lost": (200, 40), "accounts": (76, 80),
        "controllable": (0.75, None), "warned": (None, None),
    }  # fmt: skip
    assert answer.headline == (
        f"**20** of 76 accounts (**26{THIN}%**) churned from 1 Jan 2024 to 31 Dec 2024,"
        " 21.3 points higher than in the previous period."
    )
    assert {figure.name: figure.value for figure in ever.figures}["churn_share"] == 24 / 80
    assert ever.figure("churn_share").previous is None


def test_the_dimension_shown_is_the_one_that_differs_beyond_chance() -> None:
    with closing(company(**a_company())) as warehouse:
        answer = ask(warehouse, summary, YEAR)
        chosen = ask(warehouse, summary, YEAR, by="region")
        with pytest.raises(UnknownOption, match="Could not show churn by regoin"):
            ask(warehouse, summary, YEAR, by="regoin")
    chart = answer.chart("churn_by_dimension")
    assert chart.title == f"small churns most (50{THIN}%), large least (0{THIN}%)"
    assert [row["value"] for row in chart.rows.to_pylist()] == ["small", "large"]
    assert chosen.chart("churn_by_dimension").title == "No significant difference in churn by region"
    assert {row["field"] for row in answer.rows.to_pylist()} == {"region", "segment", "tier", "tenure", "cohort"}


def test_groups_of_few_accounts_are_told_apart() -> None:
    rows = a_company()
    for account in rows["accounts"][:3]:
        account["segment"] = "tiny"
    with closing(company(**rows)) as warehouse:
        chart = ask(warehouse, summary, YEAR, by="segment").chart("churn_by_dimension")
    assert [(row["name"], row["base"]) for row in chart.rows.to_pylist()] == [
        ("tiny (n = 3)", "few accounts"),
        ("small (n = 37)", "20 accounts or more"),
        ("large (n = 36)", "20 accounts or more"),
    ]
    assert isinstance(chart, IntervalChart)
    assert (chart.color, chart.highlight) == ("base", "20 accounts or more")
    assert chart.title == f"small churns most (46{THIN}%), large least (0{THIN}%)"


def test_reasons_as_recorded_and_by_category() -> None:
    with closing(company(**a_company())) as warehouse:
        raw = ask(warehouse, reasons, YEAR)
        by_category = ask(warehouse, reasons, YEAR, level="category")
        with pytest.raises(UnknownOption):
            ask(warehouse, reasons, YEAR, level="fine")
    assert raw.rows.column_names[:6] == ["reason", "category", "events", "accounts", "mrr_lost", "share"]
    assert [(r["reason"], r["category"], r["events"], r["mrr_lost"], r["share"]) for r in raw.rows.to_pylist()] == [
        ("too expensive", "Price or value", 8, 80, 0.4),
        ("missing feature", "Product gap", 7, 70, 0.35),
        ("unknown", "Other or unknown", 4, 40, 0.2),
        ("(none given)", "Other or unknown", 1, 10, 0.05),
    ]
    assert [(r["reason"], r["events"]) for r in by_category.rows.to_pylist()] == [
        ("Price or value", 8), ("Product gap", 7), ("Other or unknown", 5),
    ]  # fmt: skip
    assert [note.text for note in raw.notes] == [
        f"25{THIN}% of churn events have no usable reason: record one whenever an account churns."
    ]
    assert raw.chart("reasons").title == f"Too expensive drove 40{THIN}% of MRR lost"
    assert sum(row["events"] for row in raw.chart("reasons_by_month").rows.to_pylist()) == 20


def test_the_files_own_categories_stand_as_they_are() -> None:
    rows = a_company()
    for event in rows["churn_events"]:
        event["category"] = "Money & more"
    with closing(company(**rows)) as warehouse:
        answer = ask(warehouse, reasons, YEAR, level="category")
    assert [(r["reason"], r["taxonomy"]) for r in answer.rows.to_pylist()] == [("Money & more", "Price or value")]


def test_reasons_that_tie_are_named_together() -> None:
    churned = [{"account_id": n, "churned_on": day("2024-06-10"), "reason": r} for n, r in (("a", "fee"), ("b", "bug"))]
    with closing(company(churn_events=churned)) as warehouse:
        answer = ask(warehouse, reasons)
    assert answer.headline == (
        "Bug and fee account for **1** each of **2 churn events** up to 10 Jun 2024. Few events (n = 2)."
    )
    assert answer.figure("mrr_lost").value is None
    assert answer.chart("reasons").x == "events"


def test_months_are_not_drawn_where_days_were_assumed() -> None:
    rows = a_company()
    rows["churn_events"] = [event | {"assumed": True} for event in rows["churn_events"]]
    with closing(company(**rows)) as warehouse:
        answer = ask(warehouse, reasons, YEAR)
    assert [chart.name for chart in answer.charts] == ["reasons"]
    assert "20 events have an assumed churn date: the monthly split is unreliable." in [n.text for n in answer.notes]


def test_the_events_with_what_does_not_fit() -> None:
    lines = [{"account_id": "pays", "mrr": 10.0, "start_date": day("2024-01-01")}]
    churned = [
        {
            "account_id": "pays",
            "churned_on": day("2024-06-10"),
            "reason": "pricing",
            "comment": "switched to competitor",
        },
        {"account_id": "left", "churned_on": day("2024-05-10"), "reason": "pricing", "comment": "too expensive"},
        {"account_ref": "?", "churned_on": day("2024-04-10"), "reason": "other"},
        {"account_id": "pays", "churned_on": day("2024-03-10"), "reason": "fee", "scope": "downsell"},
    ]
    with closing(company(subscriptions=lines, churn_events=churned)) as warehouse:
        answer = ask(warehouse, events)
        small = ask(warehouse, events, Scope(period="custom", start=day("2024-05-01"), end=day("2024-06-01")))
    assert answer.rows["contradiction"].to_pylist() == [
        "never stopped paying; reason says price or value, comment says competitor", None, "fits no account", None,
    ]  # fmt: skip
    assert answer.rows["full"].to_pylist() == [True, True, True, False]
    assert answer.figure("contradictions").value == 2
    assert small.rows["account_id"].to_pylist() == ["left"]


def test_an_assumed_day_says_so_in_its_row_and_at_the_figure() -> None:
    churned = [
        {"account_id": "a", "churned_on": day("2024-06-10"), "assumed": True},
        {"account_id": "b", "churned_on": day("2024-05-10"), "assumed": False},
    ]
    with closing(company(churn_events=churned)) as warehouse:
        answer = ask(warehouse, events)
    assert answer.rows["day_basis"].to_pylist() == ["assumed", "given"]
    assert answer.figure("events").caveat == "1 with an assumed date"
    assert any("1 event has an assumed churn date" in note.text for note in answer.notes)


def test_a_period_without_events_is_answered() -> None:
    wishes = [{"account_id": "79", "requested_on": day("2024-01-05"), "title": "Export"}]
    with closing(company(**a_company(), feature_requests=wishes)) as warehouse:
        for question in questions_about("churn").values():
            answer = ask(warehouse, question.answer, Scope(period="1m", as_of=day("2024-12-31")))
            assert answer.headline
            assert not answer.missing_tables
        assert ask(warehouse, reasons, Scope(period="1m", as_of=day("2024-12-31"))).charts == ()


@pytest.mark.parametrize("name", sorted(questions_about("churn")))
def test_without_events_the_missing_table_is_named(name: str) -> None:
    with closing(company(accounts=[{"account_id": "a", "signup_date": day("2024-01-01")}])) as warehouse:
        answer = ask(warehouse, questions_about("churn")[name].answer, Scope(as_of=day("2024-06-30")))
    assert answer.missing_tables == ("churn_events",)


def test_tenure_and_cohort_are_shown_when_asked_for() -> None:
    with closing(company(**a_company())) as warehouse:
        tenure, cohort = (ask(warehouse, summary, YEAR, by=field) for field in ("tenure", "cohort"))
        before = Scope(period="custom", start=day("2019-01-01"), end=day("2019-02-01"), as_of=day("2024-12-31"))
        nobody = ask(warehouse, summary, before, by="tenure")
    assert [row["value"] for row in tenure.chart("churn_by_dimension").rows.to_pylist()] == ["over 2 years"]
    assert [row["value"] for row in cohort.chart("churn_by_dimension").rows.to_pylist()] == ["2022 Q1"]
    assert nobody.charts == ()


def test_a_company_without_a_recorded_warning_says_so() -> None:
    with closing(company(**a_company())) as warehouse:
        figure = ask(warehouse, summary, YEAR).figure("warned")
    assert (figure.value, figure.n, figure.caveat) == (None, 0, "not enough history before the churn dates")


def test_few_churn_events_make_no_finding() -> None:
    tables = a_company()
    tables["churn_events"] = tables["churn_events"][:3]
    with closing(company(**tables)) as warehouse:
        answer = ask(warehouse, reasons, YEAR)
    assert answer.chart("reasons").title == "MRR lost by recorded reason"
    assert "peaked" not in answer.chart("reasons_by_month").title
