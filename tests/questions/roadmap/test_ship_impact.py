"""What shipping did, on simulated companies: nothing but a true effect makes a verdict."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.random import Generator

from cs_dash.questions.roadmap.ship_impact import (
    FELL,
    ROSE,
    TOO_EARLY,
    UNCHANGED,
    UNKNOWN,
    ShipImpact,
    ship_impact,
)

SHIPPED = dt.date(2026, 3, 1)
AS_OF = dt.date(2026, 7, 26)
DAYS = {"earlier": 182.0, "before": 84.0, "after": 134.0}
Row = dict[str, Any]


def company(
    rng: Generator, *, change: float = 0.0, accounts: int = 150, rate: float = 0.006, growth: float = 0.0,
    season: float = 0.2, burst: float = 0.5, topics: int = 1,
) -> list[list[Row]]:  # fmt: skip
    """Return the rows of `ship_windows` of some topics of one company; what shipped changed the first one only."""
    writes = rng.gamma(0.8, 1 / 0.8, accounts)
    joined = rng.random(accounts) < growth
    days = {name: np.full(accounts, length) for name, length in DAYS.items()}
    days["earlier"] = np.where(joined, 0, days["earlier"])
    days["before"] = np.where(joined, days["before"] * rng.random(accounts), days["before"])
    factor = {name: float(np.exp(rng.normal(0, season))) for name in DAYS}
    interest = rng.gamma(1.0, 1.0, (topics, accounts))
    others_interest = rng.gamma(2.0, 3.0, accounts)

    def counts(liking: Any, name: str, effect: float) -> Any:
        return rng.poisson(
            writes * liking * rate * days[name] * factor[name] * effect * rng.gamma(1 / burst, burst, accounts)
        )

    others = {name: counts(others_interest, name, 1.0) for name in DAYS}
    listed = []
    for topic in range(topics):
        mine = {
            name: counts(interest[topic], name, 1 + change if name == "after" and topic == 0 else 1.0) for name in DAYS
        }
        listed.append(
            [
                {
                    **{name: int(mine[name][at]) for name in DAYS},
                    **{f"others_{name}": int(others[name][at]) for name in DAYS},
                    **{f"days_{name}": float(days[name][at]) for name in DAYS},
                }
                for at in range(accounts)
            ]
        )
    return listed


def judged(rows: list[Row]) -> ShipImpact:
    return ship_impact(rows, [], SHIPPED, AS_OF)


def holds(outcome: ShipImpact, change: float) -> bool:
    effect = outcome.effect
    return effect is not None and effect.low <= change <= (np.inf if effect.high is None else effect.high)


@pytest.mark.parametrize("change", [-0.5, -0.3, 0.4])
def test_the_interval_holds_the_true_effect(change: float) -> None:
    rng = np.random.default_rng(11)
    outcomes = [judged(company(rng, change=change)[0]) for _ in range(500)]
    assert 0.93 <= np.mean([holds(outcome, change) for outcome in outcomes]) <= 0.97
    wrong = ROSE if change < 0 else FELL
    assert np.mean([outcome.verdict == wrong for outcome in outcomes]) < 0.01


@pytest.mark.parametrize(
    "circumstances",
    [{}, {"season": 0.6}, {"growth": 0.5}, {"burst": 2.0}, {"accounts": 60, "rate": 0.015}],
    ids=["a placebo", "a season", "a portfolio that grows", "heavy askers in bursts", "few accounts"],
)
def test_nothing_fell_where_nothing_changed(circumstances: dict[str, Any]) -> None:
    rng = np.random.default_rng(12)
    verdicts = Counter(judged(company(rng, **circumstances)[0]).verdict for _ in range(500))
    assert verdicts[FELL] / 500 <= 0.035, verdicts
    assert verdicts[ROSE] / 500 <= 0.035, verdicts
    assert verdicts[UNCHANGED] > 400


def growth_before(rows: list[Row]) -> float:
    return float(sum(row["before"] for row in rows) / (20 + sum(row["earlier"] for row in rows)))


def test_a_topic_that_was_picked_at_its_peak_does_not_fall_by_itself() -> None:
    """Of 12 topics, the one that stood out most in the 12 weeks before it shipped; nothing helped."""
    rng = np.random.default_rng(13)
    verdicts: Counter[str] = Counter()
    for _ in range(200):
        topics = company(rng, topics=12)
        peak = max(
            topics, key=lambda rows: sum(row["before"] for row in rows) / (20 + sum(row["earlier"] for row in rows))
        )
        verdicts[judged(peak).verdict] += 1
    assert verdicts[FELL] / 200 <= 0.035, verdicts


def test_it_is_too_early_within_four_weeks_and_with_few_tickets() -> None:
    rng = np.random.default_rng(14)
    rows = company(rng, change=-0.9)[0]
    assert ship_impact(rows, [], SHIPPED, SHIPPED + dt.timedelta(days=40)).verdict == TOO_EARLY
    assert ship_impact(rows, [], SHIPPED, SHIPPED + dt.timedelta(days=41)).verdict != TOO_EARLY
    few = judged(company(rng, rate=0.0002)[0])
    assert few.verdict == TOO_EARLY
    assert few.avoided is None


def test_without_tickets_before_nothing_can_be_measured() -> None:
    rows = [dict.fromkeys((*DAYS, *(f"others_{name}" for name in DAYS)), 0) | {f"days_{n}": 50.0 for n in DAYS}]
    assert judged(rows).verdict == UNKNOWN
    assert ship_impact([], [], SHIPPED, AS_OF).verdict == UNKNOWN


def test_tickets_avoided_are_what_was_expected_less_what_came() -> None:
    rows = [
        {"earlier": 0, "before": 6, "after": 3, "others_earlier": 0, "others_before": 20, "others_after": 10,
         "days_earlier": 0.0, "days_before": 84.0, "days_after": 84.0}
        for _ in range(60)
    ]  # fmt: skip
    outcome = judged(rows)
    assert outcome.verdict == UNCHANGED  # the others halved, too
    assert outcome.avoided == pytest.approx(0)
    for row in rows:
        row["others_after"] = 20
    outcome = judged(rows)
    assert (outcome.verdict, outcome.observed) == (FELL, 180)
    assert outcome.expected == pytest.approx(360)
    assert outcome.avoided == pytest.approx(180)


def test_topics_that_grew_in_the_same_accounts_are_named() -> None:
    rows = [
        {"earlier": 0, "before": 6, "after": 2, "others_earlier": 0, "others_before": 20, "others_after": 20,
         "days_earlier": 0.0, "days_before": 84.0, "days_after": 84.0}
        for _ in range(60)
    ]  # fmt: skip
    topics = [
        {"topic": "a", "label": "Moved", "before": 10, "after": 60},
        {"topic": "b", "label": "As before", "before": 40, "after": 45},
    ]
    assert ship_impact(rows, topics, SHIPPED, AS_OF).moved_to == ("Moved",)


def test_accounts_with_the_same_numbers_in_one_row_count_as_one_each() -> None:
    (rows,) = company(np.random.default_rng(7), change=-0.4, growth=0.3)
    alike: dict[tuple[tuple[str, Any], ...], int] = {}
    for row in rows:
        numbers = tuple(row.items())
        alike[numbers] = alike.get(numbers, 0) + 1
    table = pa.Table.from_pylist([dict(numbers) | {"accounts": count} for numbers, count in alike.items()])
    assert table.num_rows < len(rows)
    single, together = ship_impact(rows, [], SHIPPED, AS_OF), ship_impact(table, [], SHIPPED, AS_OF)
    assert single.effect is not None
    assert together.effect is not None
    assert (together.verdict, together.observed) == (single.verdict, single.observed)
    assert [together.effect.low, together.effect.high] == pytest.approx([single.effect.low, single.effect.high])
