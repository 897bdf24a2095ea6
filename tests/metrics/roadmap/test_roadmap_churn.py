"""Churn after asking for an item, beside similar accounts: worked out by hand, and on simulated companies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from cs_dash.decisions import decided
from cs_dash.questions.roadmap.asker_churn import LESS, MORE, UNCLEAR, asker_churn
from cs_dash.stats.proportions import share_ratio_interval
from tests.companies import ReusedReader, company, day

AS_OF = day("2026-06-30")
Row = dict[str, Any]


def churn_rows(items: list[str], **tables: list[Row]) -> dict[str, Row]:
    """Return the rows of `roadmap_churn` by the title of the feature request that an item is made from."""
    decisions = {
        ("roadmap item", f"R-{at}"): {"title": title, "requests": [title]} for at, title in enumerate(items, 1)
    }
    warehouse = ReusedReader(company(**tables).file, decided(decisions=decisions))
    rows = warehouse("roadmap_churn", as_of_day=AS_OF).to_pylist()
    warehouse.close()
    return {items[int(row["item"][2:]) - 1]: row for row in rows}


def contract(account: str, end: str | None = None, start: str = "2024-01-01") -> Row:
    return {"account_id": account, "mrr": 10.0, "start_date": day(start), "end_date": day(end) if end else None}


def wish(account: str, asked_on: str) -> Row:
    return {"account_id": account, "title": "Map", "requested_on": day(asked_on)}


def test_worked_out_by_hand() -> None:
    """42 accounts had not asked, 10 of which churned; of 4 of the same segment and one of another that asked, 2 did."""
    others = [f"O-{at}" for at in range(40)]
    accounts = [{"account_id": name, "segment": "SMB"} for name in [*others, "A", "B", "C", "D", "E", "F", "G"]]
    row = churn_rows(
        ["Map", "Nobody"],
        accounts=[*accounts, {"account_id": "Z", "segment": "Enterprise"}],
        subscriptions=[
            *(contract(name, "2025-09-01" if at < 10 else None) for at, name in enumerate(others)),
            contract("A", "2025-08-15"), contract("B", "2026-01-28"),  # within 180 days of 1 August 2025
            contract("C", "2026-01-29"), contract("D"),  # not within them
            contract("E", "2025-07-20"),  # no longer pays on 1 August
            contract("F"),  # asked again, and too late to have been observed at all
            contract("G", "2026-06-10"), contract("Z"),
        ],
        feature_requests=[
            wish("A", "2025-07-01"), wish("B", "2025-07-31"), wish("C", "2025-07-05"), wish("D", "2025-07-05"),
            wish("D", "2026-05-05"), wish("E", "2025-07-05"), wish("F", "2026-02-05"), wish("F", "2026-06-05"),
            wish("G", "2026-06-01"), wish("Z", "2025-07-09"),
        ],
    )  # fmt: skip
    map_row = row["Map"]
    assert (map_row["accounts"], map_row["churned"], map_row["waiting"]) == (5, 2, 1)
    # Of SMB: 10 of O, none of F and G until 28 January: 42 that had not asked. Of Enterprise: nobody, so all of them.
    assert map_row["expected"] == pytest.approx(5 * 10 / 42)
    assert (map_row["others"], map_row["matched"]) == (42, 4)
    outcome = asker_churn(map_row)
    assert outcome.ratio == pytest.approx(2 / (5 * 10 / 42))
    assert outcome.verdict == UNCLEAR
    assert row["Nobody"]["accounts"] == 0
    assert asker_churn(row["Nobody"]).sentence.startswith("No account asked for it in a ticket")


def test_a_recorded_reason_does_not_prove_itself() -> None:
    """Accounts that churned for a reason are not those that asked: all of them would have churned."""
    decisions = {("roadmap item", "R-1"): {"title": "Map", "reasons": ["no map"]}}
    made = company(
        subscriptions=[contract("A", "2025-08-15"), contract("B")],
        churn_events=[{"account_id": "A", "churned_on": day("2025-08-15"), "reason": "No map"}],
    )
    warehouse = ReusedReader(made.file, decided(decisions=decisions))
    (row,) = warehouse("roadmap_churn", as_of_day=AS_OF).to_pylist()
    warehouse.close()
    assert (row["accounts"], row["churned"]) == (0, 0)


def simulated(rng: np.random.Generator, times: float, items: int, accounts: int = 600) -> list[Row]:
    """Return the rows of items that a fifth of the accounts ask for; who asks churns `times` as often afterwards."""
    start = day("2024-01-01")
    segments = rng.choice(["SMB", "Enterprise"], accounts)
    hazard = np.where(segments == "SMB", 1 / 900, 1 / 2500)
    wishes, contracts = [], []
    names = [f"w{at}" for at in range(items)]
    asked_on = np.full((items, accounts), 10_000)
    for at in range(items):
        askers = rng.random(accounts) < 0.2
        asked_on[at, askers] = rng.integers(30, 700, askers.sum())
    first = asked_on.min(axis=0) if times != 1 else np.full(accounts, 10_000)
    lives = rng.exponential(1 / hazard)
    lives = np.where(lives > first, first + (lives - first) / times, lives)
    for account in range(accounts):
        end = start + dt.timedelta(days=int(lives[account]))
        contracts.append(
            {"account_id": f"A{account}", "mrr": 1.0, "start_date": start, "end_date": end if end <= AS_OF else None}
        )
        for at, name in enumerate(names):
            if asked_on[at, account] < lives[account]:
                asked = start + dt.timedelta(days=int(asked_on[at, account]))
                wishes.append({"account_id": f"A{account}", "title": name, "requested_on": asked})
    rows = churn_rows(
        names,
        accounts=[{"account_id": f"A{at}", "segment": segment} for at, segment in enumerate(segments)],
        subscriptions=contracts,
        feature_requests=wishes,
    )
    return list(rows.values())


def test_what_has_nothing_to_do_with_churn_is_not_said_to() -> None:
    rng = np.random.default_rng(5)
    outcomes = [asker_churn(row) for _ in range(5) for row in simulated(rng, 1.0, 40)]
    assert np.mean([outcome.verdict == UNCLEAR for outcome in outcomes]) >= 0.93
    assert np.mean([outcome.ratio for outcome in outcomes if outcome.ratio]) == pytest.approx(1, abs=0.05)


def test_a_true_difference_is_seen() -> None:
    rng = np.random.default_rng(6)
    assert [asker_churn(row).verdict for row in simulated(rng, 4.0, 1, 1500)] == [MORE]
    assert [asker_churn(row).verdict for row in simulated(rng, 0.1, 1, 1500)] == [LESS]


@pytest.mark.parametrize(
    ("p", "n", "q", "m"), [(0.1, 30, 0.1, 100), (0.05, 200, 0.1, 1000), (0.2, 150, 0.1, 300), (0.3, 40, 0.15, 150)]
)
def test_the_interval_of_a_ratio_holds_the_true_one(p: float, n: int, q: float, m: int) -> None:
    rng = np.random.default_rng(7)
    pairs = zip(rng.binomial(n, p, 4000), rng.binomial(m, q, 4000), strict=True)
    ends = [share_ratio_interval((x / n, n), (y / m, m)) for x, y in pairs if y]
    assert 0.94 <= np.mean([low <= p / q <= high for low, high in filter(None, ends)]) <= 0.98


def test_without_an_event_the_lower_end_is_zero_and_without_a_base_there_is_none() -> None:
    ends = share_ratio_interval((0.0, 20), (0.1, 100))
    assert ends is not None
    assert ends[0] == 0
    assert share_ratio_interval((0.1, 20), (0.0, 100)) is None
    assert share_ratio_interval((0.1, 0), (0.1, 100)) is None
    with pytest.raises(ValueError, match="not shares"):
        share_ratio_interval((1.1, 20), (0.1, 100))
