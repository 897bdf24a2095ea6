"""The rows of a chart as its drawing reads them, made once for each chart, on the thread that answers."""

from __future__ import annotations

import weakref

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.charts import Chart
from cs_dash.look import charts

ROWS: dict[tuple[int, str], pa.Table] = {}
"""By the chart's id and the language; as long as there is the chart, so no other chart can have its id."""


def rows_of(chart: Chart, locale: str) -> pa.Table:
    """Return the rows of a chart as `charts.frame` prepares them; cached answers keep their chart objects."""
    key = (id(chart), locale)
    rows = ROWS.get(key)
    if rows is None:
        rows = ROWS[key] = charts.frame(chart, locale)
        weakref.finalize(chart, ROWS.pop, key, None).atexit = False
    return rows


def prepare(answer: Answer, locale: str) -> None:
    """Make the rows of all charts of an answer."""
    for chart in answer.charts:
        rows_of(chart, locale)
