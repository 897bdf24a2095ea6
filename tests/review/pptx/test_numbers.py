"""Every number of a deck stands in its PowerPoint file as it is: in charts, their workbooks, tables and texts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from pptx.oxml.ns import qn

from cs_dash.charts import BarChart, Chart, ChartEvent, CohortTriangle, HeatMap, SmallMultiples, WaterfallChart
from cs_dash.look import words
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.review.deck import Deck, Slide
from cs_dash.review.pptx import pptx_bytes
from cs_dash.review.pptx.slides import table_texts
from tests.look import samples
from tests.review import decks
from tests.review.pptx import reading

PRECISE = 12
"""Digits behind the point: a workbook has sixteen figures."""


def native_slide(slide: Slide) -> Any:
    return reading.opened(pptx_bytes(decks.deck(slide))).slides[0]


def rounded(values: list[Any]) -> Counter[float]:
    return Counter(round(float(value), PRECISE) for value in values if value is not None)


def measured(chart: Chart, column: str | None) -> list[Any]:
    return chart.rows.column(column).to_pylist() if column in chart.rows.column_names else []


PLOTS = (samples.bars(), samples.bars(stack=None), samples.bars(stack="normalize"), samples.lines(), samples.ranked())


@pytest.mark.parametrize("chart", PLOTS, ids=lambda chart: type(chart).__name__)
def test_the_workbook_of_a_chart_has_its_values(chart: Chart) -> None:
    (native,) = reading.charts(native_slide(decks.chart_slide(chart)))
    values = [value for series in reading.series_values(native).values() for value in series]
    expected = measured(chart, encoding_of(chart).measure)
    reference = getattr(chart, "reference", None)
    if reference:
        expected += [reference[0]] * len(set(measured(chart, chart.x)))
    assert rounded(values) == rounded(expected)
    assert rounded(values) - rounded(reading.workbook_numbers(native)) == Counter()


def test_bars_have_their_intervals_as_distances_from_their_values() -> None:
    chart = BarChart(name="hazard", title="t", subtitle="", x="age", y="rate", unit="share", low="low", high="high",
                     rows=samples.rows({"age": "0–3", "rate": 0.1, "low": 0.07, "high": 0.16},
                                       {"age": "4–6", "rate": 0.2, "low": None, "high": None}))  # fmt: skip
    (native,) = reading.charts(native_slide(decks.chart_slide(chart)))
    _, first, second = reading.workbook_rows(native)[:3]
    assert first[:2] == ("0–3", 0.1)
    assert first[1] + first[2] == pytest.approx(0.16)
    assert first[1] - first[3] == pytest.approx(0.07)
    assert second == ("4–6", 0.2, None, None)


def test_a_month_is_a_day_in_the_workbook() -> None:
    (native,) = reading.charts(native_slide(decks.chart_slide(samples.bars())))
    days = [row[0].date() for row in reading.workbook_rows(native)[1:]]
    assert days == samples.MONTHS


def test_a_waterfall_has_its_sizes_on_a_base_that_leads_to_them() -> None:
    chart = samples.waterfall()
    (native,) = reading.charts(native_slide(decks.chart_slide(chart)))
    series = reading.series_values(native)
    sizes = {name: values for name, values in series.items() if name not in ("Base", "Top")}
    heights = [sum(value for values in sizes.values() if (value := values[at])) for at in range(len(series["Base"]))]
    assert [round(size, 6) for size in heights] == [round(abs(value or 0), 6) for value in measured(chart, chart.y)]
    level = 0.0
    for at, step_type in enumerate(measured(chart, chart.step_type)):
        size = measured(chart, chart.y)[at] or 0.0
        before, level = level, size if step_type == "total" else level + (-abs(size) if step_type == "loss" else size)
        start = 0.0 if step_type == "total" else before
        assert (series["Base"][at] or 0.0) == pytest.approx(min(start, level))
        assert series["Top"][at] == pytest.approx(max(start, level))


def test_a_waterfall_below_zero_is_cut_at_zero() -> None:
    steps = (("Start", 100.0, "total"), ("Churn", -250.0, "loss"), ("End", -150.0, "total"))
    rows = samples.rows(*({"step": step, "mrr": size, "kind": kind} for step, size, kind in steps))
    chart = WaterfallChart(name="w", title="t", subtitle="", rows=rows, x="step", y="mrr", step_type="kind")
    (native,) = reading.charts(native_slide(decks.chart_slide(chart)))
    series = reading.series_values(native)
    assert (series["Loss"][1], series["Loss below zero"][1]) == (100, -150)
    assert series["Total below zero"][2] == -150


def test_points_have_their_values_and_the_ends_of_their_intervals() -> None:
    chart = samples.intervals()
    (native,) = reading.charts(native_slide(decks.chart_slide(chart)))
    across = reading.series_values(native, "c:xVal")
    points = [value for name, values in across.items() if not name.endswith("interval") and name != "Names"
              for value in values]  # fmt: skip
    expected = measured(chart, chart.x)
    assert chart.reference is not None
    expected += [chart.reference[0]] * 2
    assert rounded(points) == rounded(expected)
    bars = [value for name, values in across.items() if name.endswith("interval") for value in values]
    assert rounded(bars) == rounded(measured(chart, chart.low) + measured(chart, chart.high))


@pytest.mark.parametrize("chart", [samples.triangle(), samples.heat()], ids=["triangle", "heat"])
def test_cells_are_a_table_with_every_value(chart: CohortTriangle | HeatMap) -> None:
    (table,) = reading.tables(native_slide(decks.chart_slide(chart)))
    cells = [cell for row in table[1:] for cell in row[1:] if cell and cell != words.MISSING]
    scale = 100 if chart.unit == "share" else 1
    expected = [words.number(value * scale, 0 if scale == 100 else None)
                for value in measured(chart, chart.value) if value is not None]  # fmt: skip
    assert Counter(cells) == Counter(expected)


def test_small_multiples_are_charts_on_one_scale() -> None:
    chart = samples.multiples()
    assert isinstance(chart, SmallMultiples)
    natives = reading.charts(native_slide(decks.chart_slide(chart)))
    groups = list(dict.fromkeys(measured(chart, chart.y)))
    assert len(natives) == len(groups)
    assert len({(native.value_axis.minimum_scale, native.value_axis.maximum_scale) for native in natives}) == 1
    own = [value for native in natives for value in list(reading.series_values(native).values())[1]]
    assert rounded(own) == rounded(measured(chart, chart.value))


def test_steps_hold_a_value_until_the_next_one() -> None:
    chart = samples.lines(stepped=True, color=None, low=None, high=None, in_progress=None, reference=None)
    rows = samples.rows(*({"month": float(age), "grr": 1 - age / 20} for age in (0, 2, 5)))
    (native,) = reading.charts(native_slide(decks.chart_slide(chart_with(chart, rows))))
    across, up = reading.series_values(native, "c:xVal"), reading.series_values(native, "c:yVal")
    (xs,), (ys,) = across.values(), up.values()
    assert list(zip(xs, ys, strict=True)) == [(0, 1.0), (2, 1.0), (2, 0.9), (5, 0.9), (5, 0.75)]


def chart_with(chart: Chart, rows: Any) -> Chart:
    from dataclasses import replace

    return replace(chart, rows=rows)


def test_a_table_has_the_texts_of_its_rows_and_how_many_are_left_out() -> None:
    slide = decks.slide("long", table=decks.table(90))
    native = native_slide(slide)
    (table,) = reading.tables(native)
    assert slide.table is not None
    assert table[1:] == table_texts(slide.table, "EUR")[: len(table) - 1]
    assert f"{90 - (len(table) - 1)} more rows in the workbook." in reading.texts(native)


def test_figures_lines_and_notes_are_on_the_slide() -> None:
    deck: Deck = decks.deck()
    slide = deck.slides[1]
    native = reading.opened(pptx_bytes(deck)).slides[1]
    text = reading.texts(native)
    for figure in slide.figures[:1]:
        assert words.figure_value(figure, slide.currency) in text
        assert words.interval(figure.low, figure.high, figure.unit, slide.currency) in text
    notes = reading.notes(native)
    all_text = text + notes
    assert all(part in all_text for line in slide.lines for part in line.split("**"))
    assert slide.doubts[0] in all_text
    assert "Net revenue retention. MRR of the customers of a year ago" in notes
    assert "Source: retention.summary window=12; Jul 2026 to Sep 2026, all accounts" in notes
    assert "load 14 of 2 Oct 2026, frozen" in notes


def test_what_only_the_speaker_sees_is_in_the_notes() -> None:
    native = reading.opened(pptx_bytes(decks.deck())).slides[-1]
    assert "Only for the speaker" in reading.notes(native)
    assert "Only for the speaker" not in reading.texts(native)


def test_charts_and_tables_are_described_for_screen_readers() -> None:
    for slide in reading.opened(pptx_bytes(decks.deck())).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_an_event_is_a_dot_at_its_month_with_a_line_to_the_floor() -> None:
    event = ChartEvent(dt.date(2025, 11, 20), "Invite link")
    (native,) = reading.charts(native_slide(decks.chart_slide(samples.lines(events=(event,)))))
    values = reading.series_values(native)["Events"]
    top = native.value_axis.maximum_scale
    assert values == [None, top, None, None]
    marks = next(series for series in native._chartSpace.iter(qn("c:ser")) if "Events" in "".join(series.itertext()))
    (length,) = [float(point.find(qn("c:v")).text) for point in marks.find(f".//{qn('c:minus')}").iter(qn("c:pt"))]
    assert top - length == pytest.approx(native.value_axis.minimum_scale)
    assert "Invite link" in reading.texts(native_slide(decks.chart_slide(samples.lines(events=(event,)))))


def test_lines_at_uneven_distances_have_an_axis_of_numbers_and_their_intervals() -> None:
    chart = samples.lines(color=None, in_progress=None, reference=None)
    rows = samples.rows(*({"month": float(x), "grr": 0.5, "low": 0.4, "high": 0.7} for x in (0, 1, 4)))
    (native,) = reading.charts(native_slide(decks.chart_slide(chart_with(chart, rows))))
    assert list(reading.series_values(native, "c:xVal").values()) == [[0, 1, 4]]
    above = [
        float(point.find(qn("c:v")).text) for point in native._chartSpace.find(f".//{qn('c:plus')}").iter(qn("c:pt"))
    ]
    assert above == pytest.approx([0.2, 0.2, 0.2])
