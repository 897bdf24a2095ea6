"""One invented chart of each form, small enough to read."""

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.charts import (
    BarChart,
    CohortTriangle,
    HeatMap,
    IntervalChart,
    LineChart,
    RankedChart,
    SmallMultiples,
    WaterfallChart,
)

MONTHS = [dt.date(2025, 10, 1), dt.date(2025, 11, 1), dt.date(2025, 12, 1), dt.date(2026, 1, 1)]


def rows(*records: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(records))


def bars(**more: Any) -> BarChart:
    table = rows(
        *(
            {"month": month, "band": band, "mrr": 1000.0 * (place + 1), "open": place == 3}
            for place, month in enumerate(MONTHS)
            for band in ("red", "green", "yellow")
        )
    )
    options: dict[str, Any] = {
        "color": "band",
        "in_progress": "open",
        "unit": "money",
        "currency": "EUR",
        "axis": "MRR, EUR",
        "order": ("green", "yellow", "red"),
        "semantic": True,
        "stack": "zero",
    } | more
    return BarChart(
        name="bands", title="A third is red", subtitle="MRR by band", rows=table, x="month", y="mrr", **options
    )


def lines(**more: Any) -> LineChart:
    table = rows(
        *(
            {
                "month": month,
                "segment": segment,
                "grr": start - place / 50,
                "low": 0.7,
                "high": 0.99,
                "open": place == 3,
            }
            for segment, start in (("SMB", 0.9), ("Enterprise", 0.91))
            for place, month in enumerate(MONTHS)
        )
    )
    options: dict[str, Any] = {
        "axis": "gross retention, %",
        "reference": (0.85, "benchmark 85 %"),
        "color": "segment",
        "low": "low",
        "high": "high",
        "in_progress": "open",
        "unit": "share",
    } | more
    return LineChart(
        name="grr",
        title="SMB falls",
        subtitle="by segment",
        rows=table,
        x="month",
        y="grr",
        **options,
    )


def ranked(**more: Any) -> RankedChart:
    table = rows({"reason": "Pricing", "mrr": 91_000.0}, {"reason": "Budget", "mrr": 104_000.0})
    options: dict[str, Any] = {"unit": "money", "currency": "EUR", "highlight": "Budget"} | more
    return RankedChart(
        name="why", title="Budget first", subtitle="MRR lost", rows=table, x="mrr", y="reason", **options
    )


def waterfall(**more: Any) -> WaterfallChart:
    table = rows(
        {"step": "Sep 2025", "size": 810_000.0, "kind": "total"},
        {"step": "Expansion", "size": 150_000.0, "kind": "gain"},
        {"step": "Churn", "size": -41_000.0, "kind": "loss"},
        {"step": "Sep 2026", "size": 919_000.0, "kind": "total"},
    )
    options: dict[str, Any] = {"step_type": "kind", "unit": "money", "currency": "EUR"} | more
    return WaterfallChart(
        name="bridge",
        title="It grew",
        subtitle="MRR",
        rows=table,
        x="step",
        y="size",
        **options,
    )


def triangle(**more: Any) -> CohortTriangle:
    table = rows(
        *(
            {"cohort": month, "age": age, "logos": 1 - age / 20, "open": place + age == 3}
            for place, month in enumerate(MONTHS)
            for age in range(4 - place)
        )
    )
    options: dict[str, Any] = {"value": "logos", "in_progress": "open", "unit": "share"} | more
    return CohortTriangle(
        name="cohorts", title="They stay", subtitle="share", rows=table, x="age", y="cohort", **options
    )


def heat(**more: Any) -> HeatMap:
    table = rows(
        {"group": "Usage", "segment": "SMB", "score": 31.0},
        {"group": "Support", "segment": "SMB", "score": 75.0},
        {"group": "Usage", "segment": "Enterprise", "score": 88.0},
    )
    options: dict[str, Any] = {"value": "score", "unit": "score", "semantic": True} | more
    return HeatMap(
        name="heat",
        title="SMB is weak",
        subtitle="score",
        rows=table,
        x="group",
        y="segment",
        **options,
    )


def intervals(**more: Any) -> IntervalChart:
    table = rows({"age": "new", "share": 0.6, "low": 0.55, "high": 0.65}, {"age": "old", "share": 0.3})
    options: dict[str, Any] = {"low": "low", "high": "high", "unit": "share", "reference": (0.36, "benchmark")} | more
    return IntervalChart(
        name="howto", title="New ask more", subtitle="share", rows=table, x="share", y="age", **options
    )


def multiples(**more: Any) -> SmallMultiples:
    table = rows(
        *(
            {"month": month, "segment": segment, "kept": share + at / 50, "all": 0.85, "said": "85 % of 200 accounts"}
            for segment, share in (("SMB", 0.7), ("Enterprise", 0.9))
            for at, month in enumerate(MONTHS)
        )
    )
    options: dict[str, Any] = {
        "value": "kept",
        "overall": "all",
        "tooltip_text": "said",
        "unit": "share",
        "axis": "kept, %",
    } | more
    return SmallMultiples(
        name="strips", title="SMB rose", subtitle="by segment", rows=table, x="month", y="segment", **options
    )


FORMS = (bars, lines, ranked, waterfall, triangle, heat, intervals, multiples)
