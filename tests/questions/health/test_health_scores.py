"""The score, its bands and early warnings: by hand, and what must hold for every company."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_dash.decisions import decided
from cs_dash.store.warehouse import Warehouse
from tests.companies import ReusedReader, company, day
from tests.metrics.health.test_health_macros import AS_OF, ON, PAYING, weeks_of_use

Drawn = TypeVar("Drawn")
Tables = dict[str, list[dict[str, Any]]]


def test_a_score_by_hand() -> None:
    """Usage 0.2 of seats (45 points) and a trend of 0.5 (20); nothing else but the contract (75)."""
    warehouse = company(subscriptions=[PAYING], usage=weeks_of_use([4] * 12 + [2] * 4, events=8.0))
    groups = {row["group_name"]: row["points"] for row in warehouse("health_groups", **ON).to_pylist()}
    assert groups == pytest.approx({"usage": 32.5, "adoption": 100, "fiscal": 75})
    (row,) = warehouse("health_scores", **ON).to_pylist()
    assert row["coverage"] == pytest.approx((30 + 15 * 0.3 + 15 * 0.6) / 100)
    assert (row["score"], row["band"]) == (None, "not scored")
    warehouse.close()


def rich(users: list[int], score: float, pulse: str, mrr: list[float], account: str = "a") -> Tables:
    """Return the tables of a company of one account of which much is known."""
    of = {"account_id": account}
    return {
        "subscriptions": [
            PAYING | of | {"mrr": amount, "start_date": day(start), "end_date": end}
            for amount, start, end in (
                (mrr[0], "2025-01-01", day("2026-04-01")), (mrr[1], "2026-04-01", None),
            )
        ],
        "usage": weeks_of_use(users, account, feature="Board"),
        "surveys": [of | {"survey": "NPS", "answered_on": day("2026-05-01"), "score": score}],
        "notes": [of | {"noted_on": day("2026-06-01"), "pulse": pulse}],
    }  # fmt: skip


def together(companies: Iterable[Tables]) -> Tables:
    """Return the tables of one company with the rows of several: making and asking one takes a while."""
    tables: Tables = {}
    for one in companies:
        for name, rows in one.items():
            tables[name] = [*tables.get(name, []), *rows]
    return tables


RICH = st.fixed_dictionaries({
    "users": st.lists(st.integers(0, 10), min_size=17, max_size=17), "score": st.integers(0, 10).map(float),
    "pulse": st.sampled_from(["1", "5", "10", "red", "green"]), "mrr": st.lists(st.sampled_from([50.0, 100.0, 150.0]),
                                                                           min_size=2, max_size=2),
})  # fmt: skip
ACCOUNTS = "abcdefghij"


def for_each_account(drawn: st.SearchStrategy[Drawn]) -> st.SearchStrategy[dict[str, Drawn]]:
    """Draw something for each of `ACCOUNTS`, which know nothing of each other."""
    drawn_of_each = st.lists(drawn, min_size=len(ACCOUNTS), max_size=len(ACCOUNTS))
    return drawn_of_each.map(lambda of: dict(zip(ACCOUNTS, of, strict=True)))


@settings(max_examples=3)
@given(for_each_account(RICH))
def test_the_points_lost_add_up_and_the_band_follows_the_score(given_rows: dict[str, dict[str, Any]]) -> None:
    warehouse = company(**together(rich(**drawn, account=account) for account, drawn in given_rows.items()))
    rows = warehouse("health_scores", **ON).to_pylist()
    reasons = warehouse("health_reasons", on_day=AS_OF, wanted="{}").to_pylist()
    warehouse.close()
    assert sorted(row["account_id"] for row in rows) == list(ACCOUNTS)
    for row in rows:
        lost = [reason["lost"] for reason in reasons if reason["account_id"] == row["account_id"]]
        assert lost == sorted(lost, reverse=True)
        if row["coverage"] < 0.5 - 1e-9:
            assert (row["score"], row["band"]) == (None, "not scored")
            continue
        assert row["score"] == pytest.approx(max(1, 100 - sum(lost)), abs=0.5 + 1e-6)
        assert row["band"] == ("red" if row["score"] < 40 else "yellow" if row["score"] < 70 else "green")


@settings(max_examples=3)
@given(for_each_account(st.tuples(RICH, st.integers(0, 10), st.floats(0, 10))))
def test_what_happens_later_never_changes_an_earlier_score(
    given_rows: dict[str, tuple[dict[str, Any], int, float]],
) -> None:
    earlier_day = AS_OF - dt.timedelta(days=7)
    tables = together(rich(**drawn, account=account) for account, (drawn, _, _) in given_rows.items())
    before = company(**tables)
    rows = before("health_scores", on_days=[earlier_day], wanted="{}").to_pylist()
    before.close()
    assert sorted(row["account_id"] for row in rows) == list(ACCOUNTS)
    for account, (_, users, score) in given_rows.items():
        tables["usage"] += weeks_of_use([users] * 4, account, AS_OF + dt.timedelta(days=28), feature="Board")
        tables["surveys"].append({"account_id": account, "survey": "NPS", "answered_on": AS_OF, "score": score})
        tables["notes"].append({"account_id": account, "noted_on": AS_OF, "pulse": "red"})
    after = company(**tables)
    again = after("health_scores", on_days=[earlier_day], wanted="{}").to_pylist()
    after.close()
    assert again == rows


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


def test_tickets_beyond_the_accounts_own_expectation_are_a_warning() -> None:
    """An account for each number of tickets before and of late."""
    counts = {f"{earlier}-{recent}": (earlier, recent) for earlier in range(0, 41, 2) for recent in range(13)}
    tickets = [
        {"ticket_id": f"{account}-{n}", "account_id": account, "created_at": created_at}
        for account, (earlier, recent) in counts.items()
        for n, created_at in enumerate(
            [dt.datetime(2025, 8, 1) + dt.timedelta(days=7 * (i % 40)) for i in range(earlier)]
            + [dt.datetime(2026, 6, 10)] * recent
        )
    ]
    warehouse = company(subscriptions=[PAYING | {"account_id": account} for account in counts], tickets=tickets)
    warning_rows = warehouse("early_warnings", on_day=AS_OF, wanted="{}").to_pylist()
    warehouse.close()
    expected = set()
    for account, (earlier, recent) in counts.items():
        mean = (earlier + 0.5) * 28 / 336
        chance = 1 - sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(recent))
        if recent >= 3 and chance < 0.01:
            expected.add(account)
    assert {row["account_id"] for row in warning_rows if row["warning"] == "tickets_rose"} == expected
