"""The score and the MRR of one account over a year, at the ends of four weeks each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.charts import Chart, LineChart
from cs_dash.look.words import count, money
from cs_dash.questions.request import arrow_table
from cs_dash.questions.score_change import FOUR_WEEKS

Row = dict[str, Any]
POINTS = 13
SUBTITLE = "Every four weeks, up to the last day that is looked at"


def history_days(last_day: dt.date) -> list[dt.date]:
    """Return the ends of 13 spans of four weeks, the oldest first, the last one `last_day`."""
    return [last_day - FOUR_WEEKS * back for back in reversed(range(POINTS))]


def history_charts(days: list[dt.date], scores: list[Row], amounts: list[Row], currency: str) -> tuple[Chart, ...]:
    """Return the charts of the score and of the MRR; one with fewer than two values is left out."""
    score_of: dict[dt.date, float | None] = {row["day"]: row["score"] for row in scores}
    mrr_of: dict[dt.date, float | None] = {row["day"]: row["mrr"] for row in amounts}
    charts: list[Chart] = []
    points = [{"day": day, "score": score_of.get(day)} for day in days]
    known = [value for value in map(score_of.get, days) if value is not None]
    if len(known) > 1:
        chart = LineChart(name="score", title=_score_title(known), subtitle=f"Health score, 1 to 100. {SUBTITLE}",
                          rows=arrow_table(points, {"day": pa.date32(), "score": pa.float64()}), x="day", y="score",
                          unit="score", axis="score")  # fmt: skip
        charts.append(chart)
    paid = [{"day": day, "mrr": mrr_of.get(day)} for day in days]
    known = [value for value in map(mrr_of.get, days) if value is not None]
    if len(known) > 1:
        chart = LineChart(name="mrr", title=_mrr_title(known, currency), subtitle=f"MRR. {SUBTITLE}",
                          rows=arrow_table(paid, {"day": pa.date32(), "mrr": pa.float64()}), x="day", y="mrr",
                          unit="money", axis=", ".join(filter(None, ("MRR", currency))), currency=currency,
                          stepped=True)  # fmt: skip
        charts.append(chart)
    return tuple(charts)


def _score_title(scores: list[float]) -> str:
    first, last = scores[0], scores[-1]
    if first == last:
        return f"The score is {count(last)}, as a year ago" if len(scores) == POINTS else f"The score is {count(last)}"
    return f"The score {'rose' if last > first else 'fell'} from {count(first)} to {count(last)}"


def _mrr_title(amounts: list[float], currency: str) -> str:
    first, last = amounts[0], amounts[-1]
    if first == last:
        return f"MRR is unchanged at {money(last, currency, full=True)}"
    verb = "grew" if last > first else "fell"
    return f"MRR {verb} from {money(first, currency, full=True)} to {money(last, currency, full=True)}"
