"""Every data issue is counted, named with the figures it affects, and bounded where possible."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.questions.catalogue import questions, request_of
from cs_dash.questions.data_quality.checks import checks
from cs_dash.questions.data_quality.effects import howto_bound
from cs_dash.questions.data_quality.quality import contradictions, quality
from cs_dash.store.warehouse import Warehouse
from tests.asking import EVERYTHING, ask
from tests.companies import company, day

WHEN = dt.datetime(2026, 5, 4, 10)
ALL: dict[str, Any] = {"start_days": [None], "end_days": [None]}
SEGMENTS = ("SMB", "Mid-market", "Enterprise")


def ticket(segment: str | None, howto: bool | None) -> dict[str, Any]:
    kind = None if howto is None else "how-to" if howto else "defect"
    return {"account_id": segment, "created_at": WHEN, "kind": kind, "kind_source": "column" if kind else None}


def by_segment(tickets: list[dict[str, Any]]) -> Warehouse:
    """Return a company with one account per segment."""
    return company(accounts=[{"account_id": name, "segment": name} for name in SEGMENTS], tickets=tickets)


def bounds(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    return {row["group_name"]: row for row in warehouse("howto_bounds", by_field="segment", **ALL).to_pylist()}


Truth = list[tuple[str, bool, bool]]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(SEGMENTS), st.booleans(), st.sampled_from((True, True, True, False))),
        min_size=1,
        max_size=80,
    )
)
def test_the_true_share_lies_within_its_bounds_whoever_wrote_the_tickets(truth: Truth) -> None:
    """`truth` is (segment, is how-to, account is known) per ticket; an unknown account hides the segment."""
    warehouse = by_segment([ticket(segment if has_account else None, howto) for segment, howto, has_account in truth])
    bounds_of = bounds(warehouse)
    warehouse.close()
    for segment in SEGMENTS:
        howto_flags = [howto for where, howto, _ in truth if where == segment]
        if segment in bounds_of and bounds_of[segment]["with_kind"]:
            share = sum(howto_flags) / len(howto_flags)
            assert bounds_of[segment]["lowest"] - 1e-12 <= share <= bounds_of[segment]["highest"] + 1e-12


def test_the_bound_holds_in_a_company_whose_truth_is_known_and_says_something() -> None:
    """5,000 tickets, 20, 40 and 60 % how-to by segment; 8 % lose their account, how-to tickets twice as often."""
    chance = random.Random(7)
    rate = dict(zip(SEGMENTS, (0.2, 0.4, 0.6), strict=True))
    truth = []
    for _ in range(5000):
        segment = chance.choice(SEGMENTS)
        howto = chance.random() < rate[segment]
        truth.append((segment, howto, chance.random() > (0.12 if howto else 0.06)))
    warehouse = by_segment([ticket(segment if has_account else None, howto) for segment, howto, has_account in truth])
    bounds_of = bounds(warehouse)
    outside = 0
    for segment in SEGMENTS:
        howto_flags = [howto for where, howto, _ in truth if where == segment]
        visible_flags = [howto for where, howto, has_account in truth if where == segment and has_account]
        share, row = sum(howto_flags) / len(howto_flags), bounds_of[segment]
        assert row["share"] == pytest.approx(sum(visible_flags) / len(visible_flags))
        outside += abs(row["share"] - share) > 0.005
        assert row["lowest"] <= share <= row["highest"]
        assert abs(row["share"] - share) <= row["points"] < 0.15
    assert outside, "the shares shown are off: without its bound this figure would mislead"
    answer = ask(warehouse, quality)
    (row,) = [candidate for candidate in answer.rows.to_pylist() if candidate["table"] == "tickets"]
    widest = max(bounds_of.values(), key=lambda candidate: candidate["points"])
    assert f"may be off by up to {100 * widest['points']:.1f} points ({widest['group_name']}: " in row["effect"]
    assert any(note.kind == "doubt" and "have no account" in note.text for note in answer.notes)
    warehouse.close()


def test_the_bounds_are_reached() -> None:
    """Two of four tickets in the group are how-to, and two of three tickets without an account."""
    with_account = [ticket("SMB", True), ticket("SMB", True), ticket("SMB", False), ticket("SMB", False)]
    warehouse = by_segment(
        [*with_account, ticket(None, True), ticket(None, True), ticket(None, False), ticket(None, None)]
    )
    row = bounds(warehouse)["SMB"]
    assert (row["share"], row["lowest"], row["highest"]) == (0.5, 2 / 5, 4 / 6)
    assert row["points"] == pytest.approx(1 / 6)
    assert row["unplaced"] == 3
    warehouse.close()


def test_without_orphans_nothing_is_uncertain() -> None:
    warehouse = by_segment([ticket("SMB", True), ticket("Enterprise", False)])
    assert all(row["points"] == 0 for row in bounds(warehouse).values())
    assert howto_bound(request_of(questions()["data.checks"], warehouse, EVERYTHING, {})) is None
    warehouse.close()


@pytest.fixture(scope="module")
def flawed() -> Warehouse:
    """A company loaded on 1 July 2026 with one data issue of each kind."""
    return company(
        day("2026-07-01"),
        accounts=[
            {"account_id": "a", "segment": "SMB", "signup_date": day("2025-01-01")},
            {"account_id": "b", "segment": "SMB", "signup_date": day("1900-01-01")},
        ],
        subscriptions=[
            {"account_id": "a", "mrr": 10.0, "start_date": day("2026-01-01"), "end_date": day("2027-01-01")},
        ],
        usage=[
            {"account_id": "a", "user_id": "u", "used_on": day("2026-06-30")},
            {"account_id": None, "user_id": "x", "used_on": day("2026-06-29")},
            {"account_id": None, "user_id": "y", "used_on": day("2026-06-30")},
            {"account_id": None, "user_id": "y", "used_on": day("2026-06-30")},
        ],
        tickets=[
            ticket("a", True), ticket(None, False) | {"ticket_id": "late", "created_at": dt.datetime(2030, 1, 1)},
        ],
        surveys=[{"account_id": "a", "survey": "NPS", "score": 9.0, "answered_on": day("2025-01-05")}],
        churn_events=[
            {"account_id": None, "churned_on": day("2026-03-01"), "mrr_lost": 250.0},
            {"account_id": "a", "churned_on": day("2026-12-01")},
        ],
    )  # fmt: skip


def rows_by_check(warehouse: Warehouse) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["check"], row["table"]): row for row in ask(warehouse, checks).rows.to_pylist()}


def test_each_check_names_the_figures_it_touches(flawed: Warehouse) -> None:
    rows = rows_by_check(flawed)
    assert {
        ("Without an account", "usage"), ("Without an account", "tickets"), ("Without an account", "churn_events"),
        ("Coverage", "usage"), ("Coverage", "surveys"), ("Coverage", "subscriptions"), ("Freshness", "surveys"),
        ("Impossible dates", "accounts"), ("Impossible dates", "tickets"),
    } <= rows.keys()  # fmt: skip
    assert all(row["metrics"] and row["effect"].endswith(".") for row in rows.values())
    assert (rows["Without an account", "usage"]["rows"], rows["Without an account", "usage"]["share"]) == (3, 0.75)
    assert "up to 2 more weekly active users than shown" in rows["Without an account", "usage"]["effect"]
    churned = rows["Without an account", "churn_events"]["effect"]
    assert "250 of lost MRR is in no segment" in churned
    assert "NRR, GRR and logo retention are based on contracts and not affected" in churned
    assert "latest data 5 Jan 2025" in rows["Freshness", "surveys"]["effect"].casefold().replace("jan", "Jan")
    assert rows["Coverage", "surveys"]["rows"] == 1


def test_impossible_dates_are_those_of_facts_not_of_plans(flawed: Warehouse) -> None:
    examples = {
        (row["contradiction"], row["table"]): row["examples"] for row in ask(flawed, contradictions).rows.to_pylist()
    }
    assert examples["dated after the day it was loaded", "tickets"] == "late"
    assert examples["dated before 1990", "accounts"] == "b"
    assert not [
        name for name, table in examples if table in ("subscriptions", "churn_events") and name.startswith("dated")
    ]


def test_flawless_data_have_no_shortcoming() -> None:
    warehouse = company(
        accounts=[{"account_id": "a", "signup_date": day("2026-01-01")}],
        subscriptions=[{"account_id": "a", "mrr": 1.0, "start_date": day("2026-01-01")}],
    )
    assert ask(warehouse, checks).headline == "No data issues."
    warehouse.close()
