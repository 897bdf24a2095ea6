"""The steps of the customers' journey: how long they take, with accounts that have not got there yet."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.questions.request import QuestionRequest
from cs_dash.stats.survival import kaplan_meier

SIGNED = 1
"""Place of the first touchpoint."""
BY_CONTRACT = ("first renewal", "expansion")
"""Touchpoints that come with the contract's dates, or need not come: nobody is stuck for want of them."""
FEWEST = 5
"""With fewer accounts that made a step, nothing is usual."""


@dataclass(frozen=True)
class Step:
    """One step of the journey, from a touchpoint to the next.

    Attributes:
        from_touchpoint: where it starts.
        touchpoint: where it leads.
        place: the place of that in the journey.
        accounts: how many accounts started the step and did not skip it.
        reached: how many of them made it.
        waiting: how many of them are customers and have not made it yet.
        left: how many of them left before.
        skipped: how many more went on without it.
        median: days until half have made it, by Kaplan-Meier; None where half never did.
        quartile: days until a quarter has.
        upper_quartile: days until three quarters have.
        quartile_of_reached: days in which three quarters of those who made it did; None where nobody did.
    """

    from_touchpoint: str
    touchpoint: str
    place: int
    accounts: int
    reached: int
    waiting: int
    left: int
    skipped: int
    median: float | None
    quartile: float | None
    upper_quartile: float | None
    quartile_of_reached: float | None

    @property
    def name(self) -> str:
        """The step in words: "signed → kick-off"."""
        return f"{self.from_touchpoint} → {self.touchpoint}"

    @property
    def limit(self) -> float | None:
        """Days after which an account is stuck: those in which 75 % make the step; None where that means nothing.

        Where fewer than 75 % of all accounts ever made it, 75 % of those who did.
        """
        if self.reached < FEWEST or self.touchpoint in BY_CONTRACT:
            return None
        return self.upper_quartile if self.upper_quartile is not None else self.quartile_of_reached


@dataclass(frozen=True)
class Journey:
    """The journey of the accounts in scope.

    Attributes:
        rows: the rows of `journey_durations`.
        steps: the steps from each touchpoint to the next, in their order.
        from_signing: touchpoint -> the step from signing to it.
    """

    rows: pa.Table
    steps: tuple[Step, ...]
    from_signing: Mapping[str, Step]

    @property
    def anybody_pays(self) -> bool:
        """Whether any account pays: then only who pays is a customer, and a trial that came to nothing is not stuck."""
        return bool(pc.any(self.rows["pays"]).as_py())

    def stuck(self, step: Step) -> tuple[int, float]:
        """Return how many customers have not made a step within its limit, and their MRR."""
        if step.limit is None:
            return 0, 0.0
        rows = [
            row
            for row in self.rows.filter(_is_step(self.rows, step.place)).to_pylist()
            if row["days"] is not None and row["days"] > step.limit and not row["is_reached"] and not row["has_left"]
        ]
        customers = [row for row in rows if row["pays"] or not self.anybody_pays]
        return sum(row["accounts"] for row in customers), sum(row["mrr"] or 0.0 for row in customers)


def journey_of(request: QuestionRequest) -> Journey:
    """Return the journey of the accounts in scope up to the as-of date."""
    rows = request.rows("journey_durations", as_of_day=request.as_of, wanted=request.filters_json)
    steps = sorted(_steps(rows.filter(rows["is_next"])), key=lambda step: step.place)
    from_signing = _steps(rows.filter(pc.equal(rows["from_place"], SIGNED)))
    return Journey(rows, tuple(steps), {step.touchpoint: step for step in from_signing})


def _is_step(rows: pa.Table, place: int) -> pa.ChunkedArray:
    return pc.and_(rows["is_next"], pc.equal(rows["place"], place))


def _steps(rows: pa.Table) -> list[Step]:
    steps = []
    for place in rows["place"].unique().to_pylist():
        of_step = rows.filter(pc.equal(rows["place"], place))
        skipped = int(pc.sum(of_step.filter(of_step["is_skipped"])["accounts"]).as_py() or 0)
        made = of_step.filter(pc.invert(of_step["is_skipped"]))
        if not made.num_rows:
            continue
        counts = made["accounts"].to_numpy()
        days = np.repeat(made["days"].to_numpy(), counts)
        reached = np.repeat(made["is_reached"].to_numpy(), counts)
        taken = np.sort(days[reached])
        curve, left = kaplan_meier(days, reached), int(counts[made["has_left"].to_numpy()].sum())
        steps.append(
            Step(
                of_step["from_touchpoint"][0].as_py(), of_step["touchpoint"][0].as_py(), place, days.size,
                int(reached.sum()), days.size - int(reached.sum()) - left, left, skipped,
                curve.median, curve.quantile(0.75), curve.quantile(0.25),
                float(taken[math.ceil(0.75 * taken.size) - 1]) if taken.size else None,
            )
        )  # fmt: skip
    return steps


def stuck_rows(request: QuestionRequest, journey: Journey) -> list[dict[str, Any]]:
    """Return the customers who have not made a step within its limit: account, step, since, days, limit."""
    limits = {step.place: step.limit for step in journey.steps if step.limit is not None}
    if not limits:
        return []
    rows = request.rows("journey_waiting", as_of_day=request.as_of, wanted=request.filters_json)
    rows = rows.filter(pc.is_in(rows["place"], pa.array(list(limits), rows["place"].type)))
    if journey.anybody_pays:
        rows = rows.filter(pc.is_valid(rows["mrr"]))
    listed = (row | {"limit": limits[row["place"]]} for row in rows.to_pylist())
    return [row for row in listed if row["days"] > row["limit"]]
