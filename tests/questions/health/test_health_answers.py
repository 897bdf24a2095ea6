"""The answers about health: rows, sentences, reasons in words."""

from __future__ import annotations

from typing import Any

import pytest

from cs_dash.errors import UnknownOption
from cs_dash.questions.churn_reasons import reason, warnings
from cs_dash.questions.health.accounts import accounts
from cs_dash.questions.health.bands import bands, groups
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Warehouse
from tests.asking import ask, questions_about
from tests.companies import company, day
from tests.metrics.health.test_health_macros import PAYING, weeks_of_use

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@pytest.fixture(scope="module")
def three() -> Warehouse:
    """a is well, b fell silent lately, of c nearly nothing is known; the facts end on Sunday 28 June 2026."""
    answered = {"survey": "NPS", "answered_on": day("2026-05-01")}
    return company(
        accounts=[
            {"account_id": "a", "account": "Alpha", "segment": "SMB", "csm": "Ana"},
            {"account_id": "b", "account": "Beta", "segment": "Enterprise", "renewal_date": day("2026-08-08")},
            {"account_id": "c", "segment": "SMB"},
        ],
        subscriptions=[
            PAYING,
            PAYING | {"account_id": "b", "mrr": 700.0},
            PAYING | {"account_id": "c", "mrr": 3.0},
        ],
        usage=[
            *weeks_of_use([9] * 20, feature="Board"),
            *weeks_of_use([8] * 18 + [0, 0], "b", feature="Board"),
        ],
        surveys=[answered | {"account_id": "a", "score": 10.0}, answered | {"account_id": "b", "score": 3.0}],
        notes=[{"account_id": "b", "noted_on": day("2026-06-28"), "pulse": "at risk"}],
    )


def test_the_worst_come_first_and_who_is_not_scored_last(three: Warehouse) -> None:
    answer = ask(three, accounts)
    rows = answer.rows.to_pylist()
    assert answer.rows.column_names[:11] == [
        "account_id", "account", "score", "band", "coverage", "change_28d", "top_reason", "second_reason", "mrr",
        "renewal_date", "csm",
    ]  # fmt: skip
    assert [row["account_id"] for row in rows] == ["b", "a", "c"]
    beta, alpha, unknown = rows
    assert (alpha["band"], alpha["flags"], alpha["csm"]) == ("green", "", "Ana")
    assert (unknown["account"], unknown["score"], unknown["band"]) == ("c", None, "not scored")
    assert beta["change_28d"] < 0
    assert beta["trend"][-1] == beta["score"]
    assert len(beta["trend"]) == 12
    assert (beta["top_reason"], beta["second_reason"]) == ("NPS 3", "weekly users 8 → 4")
    assert "0 users last week vs 8 normally" in beta["flags"]
    assert f"renews in 41 days and is {beta['band']}" in beta["flags"]
    assert "1 account not scored: less than half" in answer.notes[0].text
    assert answer.chart("movers").rows["account"].to_pylist() == ["Beta"]


def test_bands_are_told_by_accounts_and_by_revenue(three: Warehouse) -> None:
    answer = ask(three, bands)
    rows = {row["band"]: row for row in answer.rows.to_pylist()}
    assert list(rows) == ["green", "yellow", "red", "not scored"]
    assert sum(row["accounts"] for row in rows.values()) == 3
    assert sum(row["mrr"] for row in rows.values()) == 803
    assert sum(row["share"] for row in rows.values()) == pytest.approx(1)
    chart = answer.chart("band_months")
    assert chart.rows["part"].to_pylist().count(True) == len({row["band"] for row in rows.values() if row["accounts"]})
    assert answer.figure("not_scored").value == 1
    assert answer.figure("red_accounts").caveat == "few accounts (n = 3)"


def test_a_filter_picks_accounts_and_moves_no_score(three: Warehouse) -> None:
    """The answer picks the accounts itself; the definitions, asked with the filter, must say the same."""
    scope = Scope(period="all").with_filter("segment", ["SMB"])
    rows = {row["account_id"]: row for row in ask(three, accounts, scope).rows.to_pylist()}
    every = {row["account_id"]: row for row in ask(three, accounts).rows.to_pylist()}
    assert rows == {name: every[name] for name in ("a", "c")}
    answer = ask(three, bands, scope)
    definition_rows = three("health_bands", on_days=[answer.as_of], wanted=scope.filters_json).to_pylist()
    by_band = {row["band"]: (row["accounts"], row["mrr"]) for row in answer.rows.to_pylist() if row["accounts"]}
    assert by_band == {row["band"]: (row["accounts"], row["mrr"]) for row in definition_rows}


@pytest.mark.parametrize("filters", [(), (("segment", ("SMB",)),), (("segment", ("Enterprise", "SMB")),)])
def test_bands_and_groups_are_those_of_their_definitions(three: Warehouse, filters: Filters) -> None:
    as_of, scope = day("2026-06-28"), Scope(period="all", filters=filters)
    points = three("health_by_group", by_field="segment", on_day=as_of, wanted=scope.filters_json)
    assert points.num_rows
    assert ask(three, groups, scope, field="segment").rows.equals(points)
    of_bands = three("health_bands", on_days=[as_of], wanted=scope.filters_json).to_pylist()
    by_band = {row["band"]: row for row in ask(three, bands, scope).rows.to_pylist() if row["accounts"]}
    assert {band: (row["accounts"], row["mrr"]) for band, row in by_band.items()} == {
        row["band"]: (row["accounts"], row["mrr"]) for row in of_bands
    }


def test_groups_of_inputs_by_segment(three: Warehouse) -> None:
    answer = ask(three, groups, field="segment")
    points = {(row["value"], row["group_name"]): row["points"] for row in answer.rows.to_pylist()}
    assert points["SMB", "satisfaction"] == 100
    assert points["Enterprise", "pulse"] == 20
    with pytest.raises(UnknownOption):
        ask(three, groups, field="zebra")


def test_without_anything_to_score_every_question_says_what_is_missing() -> None:
    warehouse = company(accounts=[{"account_id": "a"}])
    for question in questions_about("health").values():
        assert ask(warehouse, question.answer).missing_tables
    warehouse.close()


@pytest.mark.parametrize(
    ("name", "current", "before", "words"),
    [
        ("activity_trend", 12, 31, "weekly users 31 → 12"),
        ("active_share", 2.5, 20, "2.5 of 20 seats active per week"),
        ("core_breadth", 0, 5, "no key feature used in 4 weeks"),
        ("core_breadth", 2, 5, "2 of 5 key features used"),
        ("nps", 3, None, "NPS 3"),
        ("nps", 3, 9, "NPS 3, previously 9"),
        ("csat", 2.25, None, "CSAT 2.2 of 5"),
        ("ticket_load", 0, 4, "no tickets in 90 days, previously 4"),
        ("ticket_load", 12, 5, "12 tickets in 90 days, previously 5"),
        ("howto_load", 1, 0, "1 how-to ticket in 90 days"),
        ("open_overdue", 3, None, "3 tickets open for over a week"),
        ("contract_trend", 800, 1200, "MRR €1,200 → €800"),
        ("contract_trend", 800, 800, "no MRR growth in 6 months"),
        ("renewal_distance", 41, None, "renewal in 41 days"),
        ("pulse", 20, 80, "CSM sentiment 20 of 100"),
        ("depth", 1.5, None, "1.5 uses per user a week"),
    ],
)
def test_a_reason_in_words(name: str, current: float, before: float | None, words: str) -> None:
    assert reason({"input": name, "now_value": current, "before_value": before}, by_users=True, currency="EUR") == words


def test_every_input_has_words(three: Warehouse) -> None:
    for row in three("health_weights").to_pylist():
        reason_row: dict[str, Any] = {"input": row["input"], "now_value": 2.0, "before_value": 3.0}
        assert reason(reason_row, by_users=False)


def test_warnings_in_words() -> None:
    warning_rows = [
        {"warning": "tickets_rose", "now_value": 9.0, "before_value": 2.04},
        {"warning": "went_silent", "now_value": 28.0, "before_value": 9.0},
    ]
    assert warnings(warning_rows, True, -14, 41, "yellow") == [
        "score fell 14 points in 28 days",
        "9 tickets in 28 days vs 2.0 expected",
        "quiet for 28 days after 9 active weeks",
        "renews in 41 days and is yellow",
    ]
    assert warnings([], True, -9, 41, "green") == []
    assert warnings([], True, None, 91, "red") == []


def test_without_month_ends_the_day_has_the_same_bands(three: Warehouse) -> None:
    whole, day_alone = ask(three, bands), ask(three, bands, months="0")
    assert day_alone.rows.equals(whole.rows)
    for name in ("red_accounts", "red_mrr", "green_share", "not_scored"):
        assert day_alone.figure(name).value == whole.figure(name).value
    assert len(whole.figure("red_accounts").trend) == 12
    assert len(day_alone.figure("red_accounts").trend) == 1
