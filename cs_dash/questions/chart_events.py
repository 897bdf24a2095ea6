"""What happened meanwhile, on every chart over time: shipped items, releases, price changes, a bot's first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.charts import BarChart, Chart, ChartEvent, LineChart, place_of

Row = dict[str, Any]


def is_over_time(chart: Chart) -> bool:
    """Return whether a chart's horizontal axis is time: bars or lines over days or months."""
    return isinstance(chart, BarChart | LineChart) and pa.types.is_date(chart.rows.schema.field(chart.x).type)


def with_events(answer: Answer, rows: Sequence[Row]) -> Answer:
    """Return an answer with the events on its charts over time; `rows`: those of `portfolio_events`.

    A chart has those that stand somewhere on its axis; one that has events of its own keeps these.
    """
    if not rows:
        return answer
    return replace(answer, charts=tuple(_marked(chart, rows) for chart in answer.charts))


def _marked(chart: Chart, rows: Sequence[Row]) -> Chart:
    if not is_over_time(chart) or chart.events:
        return chart
    places = sorted({day for day in chart.rows[chart.x].to_pylist() if day is not None})
    events = tuple(
        ChartEvent(row["happened_on"], row["title"]) for row in rows if place_of(row["happened_on"], places) is not None
    )
    return replace(chart, events=events) if events else chart
