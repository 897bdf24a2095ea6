"""The health of the accounts in scope.

Scores are queried for all accounts, because they never depend on the filters, and day by day, because they never depend
on other days. The warehouse caches both, so another segment or period queries only the days that are not cached yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from math import fsum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.questions.request import QuestionRequest

Row = dict[str, Any]
GROUP_LABELS = {
    "usage": "Usage", "adoption": "Adoption", "satisfaction": "Satisfaction", "support": "Support",
    "fiscal": "Commercial", "pulse": "CSM sentiment",
}  # fmt: skip
"""How pages write the groups of health inputs; rows and settings keep their names."""


def in_scope(request: QuestionRequest, relation: str, **parameters: Any) -> list[Row]:
    """Return the rows of a definition that has an account_id and takes `wanted`, for the accounts in scope."""
    rows: list[Row] = request.in_scope(request.rows(relation, **parameters)).to_pylist()
    return rows


def scores_on(request: QuestionRequest, days: Iterable[dt.date]) -> list[Row]:
    """Return the rows of `health_scores` on the days, for the accounts in scope."""
    rows: list[Row] = request.in_scope(request.rows.per_element("health_scores", on_days=list(days))).to_pylist()
    return rows


def bands_on(request: QuestionRequest, days: Iterable[dt.date]) -> dict[dt.date, dict[str, Row]]:
    """Return {day: {band: row with accounts and mrr}}, as `health_bands` does."""
    scores = request.in_scope(request.rows.per_element("health_scores", on_days=list(days)))
    bands: dict[dt.date, dict[str, Row]] = {}
    for day in scores["day"].unique().to_pylist():
        of_day = scores.filter(pc.equal(scores["day"], pa.scalar(day, scores["day"].type)))
        for band in of_day["band"].unique().to_pylist():
            amounts = of_day.filter(pc.equal(of_day["band"], band))["mrr"].to_pylist()
            bands.setdefault(day, {})[band] = {"band": band, "accounts": len(amounts), "mrr": round(fsum(amounts), 6)}
    return bands


def points_by_group(request: QuestionRequest, field: str) -> pa.Table:
    """Return the rows of `health_by_group` for dimension `field` on the as-of date, for the accounts in scope."""
    points = request.in_scope(request.rows.per_element("health_groups", on_days=[request.as_of]))
    value_of = values_of(request, field)
    values = pa.array([value_of.get(account) for account in points["account_id"].to_pylist()], pa.string())
    with_value = points.append_column("value", values).filter(pc.is_valid(values))
    means = with_value.group_by(["value", "group_name"], use_threads=False).aggregate(
        [("points", "mean"), ("points", "count"), ("mrr", "sum")]
    )
    means = means.sort_by([("value", "ascending"), ("group_name", "ascending")])
    columns = {
        "value": means["value"], "group_name": means["group_name"],
        "points": _millionths(means["points_mean"]), "accounts": means["points_count"],
        "mrr": _millionths(means["mrr_sum"]),
    }  # fmt: skip
    return pa.table(columns)


def _millionths(amounts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.round(amounts, ndigits=6, round_mode="half_towards_infinity")


def values_of(request: QuestionRequest, field: str) -> dict[str, str]:
    """Return {account id: its value of dimension `field`}."""
    dimensions = request.rows("account_dimensions")
    dimensions = dimensions.filter(pc.equal(dimensions["field"], field))
    return dict(zip(dimensions["account_id"].to_pylist(), dimensions["value"].to_pylist(), strict=True))
