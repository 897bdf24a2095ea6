"""What becomes of an answer on the screen, as text: nothing from data is markup, nothing missing is a zero."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from cs_dash.answer import Answer, Better, Column, Definition, Figure, Note
from cs_dash.charts import BarChart, CohortTriangle, HeatMap, LineChart
from cs_dash.look import charts
from cs_dash.look.templates import bold
from cs_dash.ui.components.show.charts import CHOICES_HEIGHT, in_rows, row_heights
from cs_dash.ui.components.show.figures import base, card, change, sparkline
from cs_dash.ui.components.show.grid import drawable
from cs_dash.ui.components.show.notes import notes_html
from cs_dash.ui.components.tables.html_table import offered_columns
from tests.look import samples

NASTY = '<img src=x onerror=alert(1)> & "quoted" **bold**'
DEFINITION = Definition(
    "kept", "Kept", explanation="Who is still here.", formula="a / b", sql="create macro kept() as 1 < 2"
)


def answer(**parts: Any) -> Answer:
    return replace(Answer("test.q", "T", "S", dt.date(2026, 9, 30)), **parts)


def test_a_signed_amount_stays_on_one_line() -> None:
    assert bold("moved most: −€1,200k") == 'moved most: <span class="cs-whole">−€1,200k</span>'
    assert "cs-whole" not in bold("a - b costs €4")
    assert "cs-whole" not in bold("2 − 1")


def test_text_from_data_is_escaped_and_only_stars_are_bold() -> None:
    assert bold(NASTY) == "&lt;img src=x onerror=alert(1)&gt; &amp; &#34;quoted&#34; <b>bold</b>"


def test_a_figure_without_a_value_says_so() -> None:
    missing = Figure("kept", NASTY, None, "share", previous=0.5, caveat="nobody paid")
    html = card(missing, answer(definition=DEFINITION), {}, "en")
    assert "n/a" in html
    assert "0" not in html.partition('class="cs-value')[2].partition("</div>")[0].replace("n/a", "")
    assert "<img" not in html
    assert "1 &lt; 2" in html
    assert change(missing, "", "en") == ""


@pytest.mark.parametrize(
    ("better", "value", "news", "arrow"),
    [("up", 0.9, "good", "↑"), ("up", 0.7, "bad", "↓"), ("down", 0.9, "bad", "↑"), ("neither", 0.9, "even", "↑")],
)
def test_the_colour_of_a_change_is_what_it_means(better: Better, value: float, news: str, arrow: str) -> None:
    html = change(Figure("f", "F", value, "share", previous=0.8, better=better), "", "en")
    assert f"cs-{news}" in html
    assert arrow in html


def test_no_change_is_said_in_words() -> None:
    assert "unchanged" in change(Figure("f", "F", 4.0, "count", previous=4.0, better="down"), "", "en")


def test_the_grey_line_holds_interval_base_and_doubt() -> None:
    figure = Figure("f", "F", 0.4, "share", n=12, n_label="tickets", low=0.2, high=0.6, caveat="few tickets (n = 12)")
    assert base(figure, "", "en") == "95 % CI 20–60\u202f% · few tickets (n = 12)"


@pytest.mark.parametrize(
    ("n", "label", "value", "line"),
    [
        (1, "accounts", 0.4, "1 account"), (1, "how-to tickets with a cost", 0.4, "1 how-to ticket with a cost"),
        (2, "accounts", 0.4, "2 accounts"), (0, "accounts", 0.0, "0 accounts"), (0, "accounts", None, ""),
    ],
)  # fmt: skip
def test_the_base_agrees_with_its_noun_and_nothing_is_no_base_of_the_unknown(
    n: int, label: str, value: float | None, line: str
) -> None:
    assert base(Figure("f", "F", value, "share", n=n, n_label=label), "", "en") == line


def test_a_sparkline_leaves_gaps_and_needs_two_points() -> None:
    assert sparkline((1.0, None)) == ""
    assert sparkline((1.0, 2.0, None, 3.0, 1.0)).count("polyline%20points") == 2
    assert "nan" not in sparkline((2.0, 2.0))


def test_contradictions_come_first_and_in_words() -> None:
    notes = (Note("A fact.", "fact"), Note("75 both.", "contradiction"), Note("75 both.", "contradiction"))
    html = notes_html([answer(notes=notes)])
    assert html.count("75 both.") == 1
    assert html.index("<b>Data conflict:</b> 75 both.") < html.index("A fact.")


def test_a_column_without_values_or_marked_hidden_is_not_shown() -> None:
    rows = pa.table({"a": ["x"], "b": pa.array([None], pa.string()), "c": ["y"]})
    visible = offered_columns(
        answer(rows=rows, columns=(Column("a", "A"), Column("b", "B"), Column("c", "C", hidden=True)))
    )
    assert [column.name for column in visible] == ["a"]


def test_gaps_of_a_trend_are_left_out_and_nothing_is_made_up() -> None:
    rows = pa.table({"t": [[None, 1.0, None, 2.0], [None, None], None]})
    assert drawable(rows, (Column("t", "T", "trend"),))["t"].to_pylist() == [[1.0, 2.0], None, None]


def test_a_triangle_has_a_row_of_its_own() -> None:
    common: dict[str, Any] = {"title": "", "subtitle": "", "rows": pa.table({}), "x": "x", "y": "y"}
    a, b = BarChart(name="a", **common), LineChart(name="b", **common)
    c, d = CohortTriangle(name="c", value="v", **common), HeatMap(name="d", value="v", **common)
    assert [[chart.name for chart in row] for row in in_rows([a, b, c, d])] == [["a", "b"], ["c"], ["d"]]


def test_drawings_of_one_row_end_together_whatever_choices_stand_above_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cs_dash.ui.components.show.charts.on_a_phone", lambda: False)
    low, high = samples.ranked(), samples.lines()
    first, second = row_heights([low, high], [True, False])
    assert second - first == CHOICES_HEIGHT
    assert second >= charts.spec(high)["height"]
    assert row_heights([low], [True]) == [0]
    monkeypatch.setattr("cs_dash.ui.components.show.charts.on_a_phone", lambda: True)
    assert row_heights([low, high], [True, False]) == [0, 0]
