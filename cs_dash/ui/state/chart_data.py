"""The rows of a chart as its drawing reads them, made once for each chart, on the thread that answers."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.charts import Chart
from cs_dash.look import charts
from cs_dash.store.cache import SingleFlightCache

# The chart is cached with its rows: while they are cached, no other chart can have its id.
ROWS = SingleFlightCache[tuple[Chart, pa.Table]](64 << 20, lambda entry: 4096 + int(entry[1].nbytes))


def rows_of(chart: Chart, locale: str) -> pa.Table:
    """Return the rows of a chart as `charts.frame` prepares them; cached answers keep their chart objects."""
    return ROWS.get((id(chart), locale), lambda: (chart, charts.frame(chart, locale)))[1]


def prepare(answer: Answer, locale: str) -> None:
    """Make the rows of all charts of an answer."""
    for chart in answer.charts:
        rows_of(chart, locale)
