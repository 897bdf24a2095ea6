"""The triangle as it is drawn: what each cell says, what is grey, what a click opens."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from cs_dash.charts import Chart
from cs_dash.look import charts
from cs_dash.questions.retention.cohorts import cohorts
from cs_dash.scope import Scope
from cs_dash.stats.intervals import wilson
from tests.asking import ask
from tests.companies import company, day


def triangle_chart(**options: str) -> Chart:
    """A cohort of 25 in January 2024, of which 5 leave and one doubles, and one of 3 in February."""
    ends = day("2024-02-15")
    lines: list[dict[str, Any]] = [
        {"account_id": f"a{n}", "mrr": 100.0, "start_date": day("2024-01-01"), "end_date": ends if n < 5 else None}
        for n in range(25)
    ]
    lines += [{"account_id": "a9", "mrr": 100.0, "start_date": day("2024-02-10")}]
    lines += [{"account_id": f"b{n}", "mrr": 100.0, "start_date": day("2024-02-01")} for n in range(3)]
    with closing(company(subscriptions=lines)) as warehouse:
        return ask(warehouse, cohorts, Scope(as_of=day("2024-05-10")), **options).chart("cohorts")


def cells(chart: Chart) -> dict[tuple[str, int], dict[str, Any]]:
    return {(row["cohort"], row[chart.x]): row for row in chart.rows.to_pylist()}


def test_each_cell_has_its_interval_its_base_and_what_it_opens() -> None:
    cell_rows = cells(triangle_chart())
    january = cell_rows["Jan 2024 · 25 · 2,500", 2]
    assert (january["share"], january["low"], january["high"]) == (20 / 25, *(wilson(20, 25) or ()))
    assert january["who"] == "25 accounts, 20 still pay; initial MRR 2,500"
    assert (january["cell"], january["few"], january["part"]) == ("month.2024-01-01.2", False, False)
    assert cell_rows["Feb 2024 · 3 · 300", 1]["few"]
    assert cell_rows["Feb 2024 · 3 · 300", 3]["part"]


def test_the_average_is_a_row_of_its_own_without_what_is_in_progress() -> None:
    cell_rows = cells(triangle_chart())
    assert cell_rows["Average", 2]["share"] == 23 / 28
    assert cell_rows["Average", 3]["share"] == 20 / 25
    assert ("Average", 4) not in cell_rows
    assert cell_rows["Average", 2]["cell"] == ""
    assert cell_rows["Average", 2]["who"] == "28 accounts in 2 cohorts of this age"


@pytest.mark.parametrize(("measure", "share"), [("paying", 0.8), ("grr", 0.8), ("nrr", 0.84)])
def test_the_measure_fills_the_cells(measure: str, share: float) -> None:
    january = cells(triangle_chart(measure=measure))["Jan 2024 · 25 · 2,500", 2]
    assert january["share"] == pytest.approx(share)
    assert (january["low"] is None) == (measure != "paying")


def test_the_tooltip_says_it_and_a_click_finds_the_cell() -> None:
    chart = triangle_chart()
    row = charts.frame(chart).to_pylist()[0]
    assert row["tooltip_text"].startswith("25 accounts")
    assert row["band_text"]
    february = next(row for row in charts.frame(chart).to_pylist() if row["y"] == "Feb 2024 · 3 · 300")
    assert february["y_text"].endswith("(few accounts)")
    selected = charts.selected_rows(chart, [{"x": 1, "y": "Feb 2024 · 3 · 300"}])
    assert [row["cell"] for row in selected] == ["month.2024-02-01.1"]
    tips = str(charts.spec(chart, selectable=True))
    assert "band_text" in tips
    assert "datum.small_base" in tips
