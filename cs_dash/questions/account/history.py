"""The score and the MRR of one account over a year, at the ends of four weeks each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.charts import Chart, LineChart
from cs_dash.look.words import count, money, month
from cs_dash.questions.request import arrow_table
from cs_dash.questions.score_change import FOUR_WEEKS

Row = dict[str, Any]
POINTS = 13
TYPES = {"day": pa.date32()}
SUBTITLE = "Every four weeks, up to the as-of date"


def history_days(last_day: dt.date) -> list[dt.date]:
    """Return the ends of 13 spans of four weeks, the oldest first, the last one `last_day`."""
    return [last_day - FOUR_WEEKS * back for back in reversed(range(POINTS))]


def history_charts(days: list[dt.date], scores: list[Row], amounts: list[Row], currency: str) -> tuple[Chart, ...]:
    """Return the charts of the score and of the MRR; one with fewer than two values is left out."""
    score_of: dict[dt.date, float | None] = {row["day"]: row["score"] for row in scores}
    mrr_of: dict[dt.date, float | None] = {row["day"]: row["mrr"] for row in amounts}
    charts: list[Chart] = []
    for name, values in (("score", score_of), ("mrr", mrr_of)):
        known = [day for day in days if values.get(day) is not None]
        if len(known) > 1:
            ends = (values[known[0]] or 0.0, values[known[-1]] or 0.0)
            rows = arrow_table([{"day": day, name: values.get(day)} for day in days], TYPES | {name: pa.float64()})
            charts.append(_chart(name, _title(name, ends, month(known[0]), currency), rows, currency))
    return tuple(charts)


def _chart(name: str, title: str, rows: pa.Table, currency: str) -> Chart:
    if name == "score":
        return LineChart(name=name, title=title, subtitle=f"Health score, 1 to 100. {SUBTITLE}", rows=rows, x="day",
                         y=name, unit="score", axis="score")  # fmt: skip
    return LineChart(name=name, title=title, subtitle=f"MRR. {SUBTITLE}", rows=rows, x="day", y=name, unit="money",
                     axis=", ".join(filter(None, ("MRR", currency))), currency=currency, stepped=True)  # fmt: skip


def _title(name: str, ends: tuple[float, float], since: str, currency: str) -> str:
    noun, verb = ("The score", "rose") if name == "score" else ("MRR", "grew")
    first, last = (count(end) if name == "score" else money(end, currency, full=True) for end in ends)
    if ends[0] == ends[1]:
        return f"{noun} is {last}, as in {since}"
    return f"{noun} {verb if ends[1] > ends[0] else 'fell'} from {first} to {last} since {since}"
