"""The charts of renewals, by quarter: what is due, by health, and what became of past ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from cs_dash.charts import BarChart, Chart
from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.scope import ONE_DAY

BANDS = ("red", "yellow", "green", "not scored")
PAST_QUARTERS = 8
Row = dict[str, Any]


def quarter(day: dt.date) -> dt.date:
    """Return the first day of the quarter of `day`."""
    return dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def quarter_label(day: dt.date) -> str:
    """Return the label of a day's quarter.

    >>> quarter_label(dt.date(2026, 11, 22))
    'Q4 2026'
    """
    return f"Q{(day.month + 2) // 3} {day.year}"


def column_sum(rows: Iterable[Row], name: str) -> float:
    """Return the sum of a column, rounded to a millionth; missing values count as 0."""
    return round(sum(row.get(name) or 0.0 for row in rows), 6)


def calendar(request: QuestionRequest, to_come: list[Row], quarters: tuple[dt.date, ...]) -> tuple[Chart, ...]:
    """Return the chart of the MRR due in each of the quarters to come, by health; none where nothing is due."""
    open_renewals = [row for row in to_come if row["status"] == "open"]
    if not open_renewals:
        return ()
    names = [quarter_label(day) for day in quarters[:-1]]
    bars: list[Row] = [
        {"quarter": name, "band": band, "mrr": column_sum(held, "open")}
        for name in names
        for band in BANDS
        if (held := [row for row in open_renewals if row["quarter"] == name and row["band"] == band])
    ]
    with_renewals = {row["quarter"] for row in bars}
    bars += [{"quarter": name, "band": bars[0]["band"], "mrr": 0.0} for name in names if name not in with_renewals]
    bars.sort(key=lambda row: names.index(row["quarter"]))
    sums = {name: column_sum([row for row in open_renewals if row["quarter"] == name], "open") for name in names}
    largest = max(sums, key=lambda quarter_name: sums[quarter_name])
    total = column_sum(open_renewals, "open")
    until = words.date(quarters[-1] - ONE_DAY)
    part = " (remainder)" if quarters[0] <= request.as_of else ""
    return (
        BarChart(
            name="renewals",
            title=f"{largest} holds {words.share(sums[largest] / total)} of MRR due in the next four quarters",
            subtitle=f"MRR due for renewal by quarter, {names[0]}{part} up to {until}, by health",
            rows=arrow_table(bars, {"quarter": pa.string(), "band": pa.string(), "mrr": pa.float64()}),
            x="quarter",
            y="mrr",
            color="band",
            semantic=True,
            order=BANDS,
            stack="zero",
            unit="money",
            axis="MRR due" + (f", {request.currency}" if request.currency else ""),
            currency=request.currency,
        ),
    )


def history(request: QuestionRequest, settled: list[Row]) -> tuple[Chart, ...]:
    """Return the chart of renewed and lost MRR by quarter; a quarter that has not ended is in progress."""
    names = list(dict.fromkeys(row["quarter"] for row in settled))[-PAST_QUARTERS:]
    if not names:
        return ()
    held = {name: [row for row in settled if row["quarter"] == name] for name in names}
    going = quarter_label(request.as_of) if quarter(request.as_of) == quarter(request.as_of + ONE_DAY) else ""
    bars = [
        {"quarter": name, "mrr": column_sum(held[name], column), "what": outcome, "part": name == going}
        for name in names
        for outcome, column in (("Renewed", "renewed"), ("Lost", "lost"))
    ]
    due, lost = column_sum(settled, "due"), column_sum(settled, "lost")
    shares = {name: column_sum(held[name], "lost") / column_sum(held[name], "due") for name in names}
    worst = max([name for name in names if name != going] or names, key=lambda quarter_name: shares[quarter_name])
    title = "All MRR due was renewed"
    if lost:
        most = f"most in {worst} ({words.share(shares[worst])})"
        title = f"{words.share(lost / due)} of MRR due was lost, {most}"
    return (
        BarChart(
            name="renewed",
            title=title,
            subtitle=f"MRR due for renewal by quarter, {names[0]} to {names[-1]}: renewed or lost",
            rows=arrow_table(
                bars, {"quarter": pa.string(), "mrr": pa.float64(), "what": pa.string(), "part": pa.bool_()}
            ),
            x="quarter",
            y="mrr",
            color="what",
            in_progress="part",
            order=("Renewed", "Lost"),
            stack="zero",
            unit="money",
            axis="MRR due" + (f", {request.currency}" if request.currency else ""),
            currency=request.currency,
        ),
    )
