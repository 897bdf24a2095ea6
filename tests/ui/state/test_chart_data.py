"""The rows that a chart's drawing reads live as long as the chart."""

from __future__ import annotations

import gc

from cs_dash.ui.state import chart_data
from tests.look import samples


def test_the_rows_of_a_chart_are_made_once_and_gone_with_it() -> None:
    before = len(chart_data.ROWS)
    chart = samples.bars()
    rows = chart_data.rows_of(chart, "en")
    assert chart_data.rows_of(chart, "en") is rows
    assert len(chart_data.ROWS) == before + 1
    del chart
    gc.collect()
    assert len(chart_data.ROWS) == before
