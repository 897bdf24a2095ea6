"""The score, its bands and early warnings: by hand, and what must hold for every company."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.decisions import decided
from cs_dash.store.warehouse import Warehouse
from tests.companies import ReusedReader, company, day
from tests.metrics.health.test_health_macros import AS_OF, ON, PAYING, weeks_of_use


def test_a_score_by_hand() -> None:
    """Usage 0.2 of seats (45 points) and a trend of 0.5 (20); nothing else but the contract (75)."""
    warehouse = company(subscriptions=[PAYING], usage=weeks_of_use([4] * 12 + [2] * 4, events=8.0))
    groups = {row["group_name"]: row["points"] for row in warehouse("health_groups", **ON).to_pylist()}
    assert groups == pytest.approx({"usage": 32.5, "adoption": 100, "fiscal": 75})
    (row,) = warehouse("health_scores", **ON).to_pylist()
    assert row["coverage"] == pytest.approx((30 + 15 * 0.3 + 15 * 0.6) / 100)
    assert (row["score"], row["band"]) == (None, "not scored")
    warehouse.close()


def rich(users: list[int], score: float, pulse: str, mrr: list[float]) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of a company of one account of which much is known."""
    return {
        "subscriptions": [
            PAYING | {"mrr": amount, "start_date": day(start), "end_date": end}
            for amount, start, end in (
                (mrr[0], "2025-01-01", day("2026-04-01")), (mrr[1], "2026-04-01", None),
            )
        ],
        "usage": weeks_of_use(users, feature="Board"),
        "surveys": [{"account_id": "a", "survey": "NPS", "answered_on": day("2026-05-01"), "score": score}],
        "notes": [{"account_id": "a", "noted_on": day("2026-06-01"), "pulse": pulse}],
    }  # fmt: skip


RICH = st.fixed_dictionaries({
    "users": st.lists(st.integers(0, 10), min_size=17, max_size=17), "score": st.integers(0, 10).map(float),
    "pulse": st.sampled_from(["1", "5", "10", "red", "green"]), "mrr": st.lists(st.sampled_from([50.0, 100.0, 150.0]),
                                                                           min_size=2, max_size=2),
})  # fmt: skip


@settings(max_examples=15)
@given(RICH)
def test_the_points_lost_add_up_and_the_band_follows_the_score(given_rows: dict[str, Any]) -> None:
    warehouse = company(**rich(**given_rows))
    (row,) = warehouse("health_scores", **ON).to_pylist()
    why = warehouse("health_reasons", on_day=AS_OF, wanted="{}").to_pylist()
    warehouse.close()
    exact = 100 - sum(reason["lost"] for reason in why)
    assert [reason["lost"] for reason in why] == sorted((reason["lost"] for reason in why), reverse=True)
    if row["coverage"] < 0.5 - 1e-9:
        assert (row["score"], row["band"]) == (None, "not scored")
        return
    assert row["score"] == pytest.approx(max(1, exact), abs=0.5 + 1e-6)
    assert row["band"] == ("red" if row["score"] < 40 else "yellow" if row["score"] < 70 else "green")


@settings(max_examples=12)
@given(RICH, st.integers(0, 10), st.floats(0, 10))
def test_what_happens_later_never_changes_an_earlier_score(
    given_rows: dict[str, Any], users: int, score: float
) -> None:
    earlier_day = AS_OF - dt.timedelta(days=7)
    tables = rich(**given_rows)
    before = company(**tables)
    (row,) = before("health_scores", on_days=[earlier_day], wanted="{}").to_pylist()
    before.close()
    tables["usage"] += weeks_of_use([users] * 4, last=AS_OF + dt.timedelta(days=28), feature="Board")
    tables["surveys"].append({"account_id": "a", "survey": "NPS", "answered_on": AS_OF, "score": score})
    tables["notes"].append({"account_id": "a", "noted_on": AS_OF, "pulse": "red"})
    after = company(**tables)
    (again,) = after("health_scores", on_days=[earlier_day], wanted="{}").to_pylist()
    after.close()
    assert again == row


def test_settings_move_the_bands_and_the_weights() -> None:
    warehouse = company(**rich([5] * 17, 9.0, "8", [100.0, 100.0]))
    (plain,) = warehouse("health_scores", **ON).to_pylist()
    chosen = {"health_green_from": 95, "health_weight_usage": 0, "health_weight_pulse": 50}
    changed = ReusedReader(warehouse.file, decided(chosen))
    (row,) = changed("health_scores", **ON).to_pylist()
    groups = changed("health_groups", **ON)["group_name"].to_pylist()
    warehouse.close()
    changed.close()
    assert plain["band"] == "green"
    assert row["band"] == "yellow"
    assert "usage" not in groups


def test_bands_hold_every_account_and_its_revenue_once() -> None:
    warehouse = company(
        subscriptions=[PAYING, PAYING | {"account_id": "b", "mrr": 7.0}, PAYING | {"account_id": "c", "mrr": 3.0}],
        usage=[*weeks_of_use([10] * 16, feature="x"), *weeks_of_use([10] * 12 + [0] * 4, "b", feature="x")],
        surveys=[
            {"account_id": account, "survey": "NPS", "answered_on": day("2026-05-01"), "score": score}
            for account, score in (("a", 10.0), ("b", 0.0))
        ],
    )
    rows = {row["band"]: (row["accounts"], row["mrr"]) for row in warehouse("health_bands", **ON).to_pylist()}
    assert rows == {"green": (1, 100), "red": (1, 7), "not scored": (1, 3)}
    warehouse.close()


def warnings(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    return {row["warning"]: row for row in warehouse("early_warnings", on_day=AS_OF, wanted="{}").to_pylist()}


def test_use_below_half_of_the_usual_is_a_warning() -> None:
    assert "usage_fell" in warnings(company(subscriptions=[PAYING], usage=weeks_of_use([6] * 15 + [2])))
    assert "usage_fell" not in warnings(company(subscriptions=[PAYING], usage=weeks_of_use([6] * 15 + [3])))


def test_silence_after_a_busy_quarter_is_a_warning() -> None:
    quiet = weeks_of_use([3] * 13 + [0] * 3)
    other = weeks_of_use([1] * 16, "b")
    warning_rows = warnings(company(subscriptions=[PAYING], usage=[*quiet, *other]))
    assert (warning_rows["went_silent"]["now_value"], warning_rows["went_silent"]["before_value"]) == (21, 12)
    ticket = {"ticket_id": "1", "account_id": "a", "created_at": dt.datetime(2026, 6, 20)}
    with_ticket = company(subscriptions=[PAYING], usage=[*quiet, *other], tickets=[ticket])
    assert "went_silent" not in warnings(with_ticket)


@settings(max_examples=12)
@given(earlier=st.integers(0, 40), recent=st.integers(0, 12))
def test_tickets_beyond_the_accounts_own_expectation_are_a_warning(earlier: int, recent: int) -> None:
    tickets = [
        {
            "ticket_id": f"e{i}",
            "account_id": "a",
            "created_at": dt.datetime(2025, 8, 1) + dt.timedelta(days=7 * (i % 40)),
        }
        for i in range(earlier)
    ] + [{"ticket_id": f"n{i}", "account_id": "a", "created_at": dt.datetime(2026, 6, 10)} for i in range(recent)]
    warehouse = company(subscriptions=[PAYING], tickets=tickets)
    warning_rows = warnings(warehouse)
    warehouse.close()
    mean = (earlier + 0.5) * 28 / 336
    chance = 1 - sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(recent))
    assert ("tickets_rose" in warning_rows) == (recent >= 3 and chance < 0.01)
