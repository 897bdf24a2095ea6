"""The quarterly review of the demo company as PowerPoint."""

from __future__ import annotations

from collections import Counter

import pytest

from cs_dash.charts import BarChart, CohortTriangle, HeatMap, IntervalChart, LineChart, RankedChart, SmallMultiples
from cs_dash.look import words
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.pipeline import Workspace
from cs_dash.review.contents import Quarter, review_deck
from cs_dash.review.deck import Deck
from cs_dash.review.pptx import pptx_bytes
from tests.review.pptx import reading
from tests.review.pptx.package_checks import faults
from tests.review.reviewed import ask_in, numbers_in


@pytest.fixture(scope="module")
def deck(demo_workspace: Workspace) -> Deck:
    return review_deck(ask_in(demo_workspace), Quarter(2026, 3), numbers=numbers_in(demo_workspace), company="Demo Ltd")


@pytest.fixture(scope="module")
def blob(deck: Deck) -> bytes:
    return pptx_bytes(deck)


def test_the_file_has_no_fault(blob: bytes) -> None:
    assert faults(blob) == []


def test_every_slide_has_its_finding_its_figures_and_its_numbers(deck: Deck, blob: bytes) -> None:
    for slide, native in zip(deck.shown, reading.opened(blob).slides, strict=True):
        text = reading.texts(native) + reading.notes(native)
        assert slide.title.replace("**", "") in text
        assert all(words.figure_value(figure, slide.currency) in text for figure in slide.figures)
        chart = slide.chart
        if chart is None or isinstance(chart, CohortTriangle | HeatMap | SmallMultiples):
            continue
        values = [value for value in chart.rows.column(encoding_of(chart).measure).to_pylist() if value is not None]
        (drawn,) = reading.charts(native)
        numbers = Counter(round(number, 9) for number in reading.workbook_numbers(drawn))
        if isinstance(chart, BarChart | LineChart | RankedChart | IntervalChart):
            assert not Counter(round(float(value), 9) for value in values) - numbers, slide.name
