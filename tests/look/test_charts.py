"""Every form in both colours: valid, free of data, built once, and drawing what the rows say."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import altair
import pyarrow as pa
import pytest

from cs_dash.charts import (
    Chart,
    LineChart,
)
from cs_dash.look import charts
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.charts.shape import shape_of
from cs_dash.look.theme import ThemeName
from tests.look import samples

T = "\u202f"


def fields_of(node: Any) -> set[str]:
    """All fields that a specification reads."""
    fields: set[str] = set()
    if isinstance(node, dict):
        fields |= {node["field"]} if isinstance(node.get("field"), str) else set()
        for value in node.values():
            fields |= fields_of(value)
    elif isinstance(node, list):
        for value in node:
            fields |= fields_of(value)
    return fields


def test_every_form_has_a_sample() -> None:
    assert {type(form()) for form in samples.FORMS} == set(get_args(Chart))


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("form", samples.FORMS)
def test_each_form_is_valid_without_data_and_reads_only_fields_of_its_frame(
    form: Callable[[], Chart], theme: ThemeName, narrow: bool
) -> None:
    chart = form()
    spec = charts.spec(chart, theme, narrow, selectable=True)
    altair.LayerChart.from_dict({"data": {"name": "x"}, **spec}, validate=True)
    text = json.dumps(spec)
    assert '"data"' not in text
    assert '"datasets"' not in text
    assert fields_of(spec["layer"]) - {"rows"} <= set(charts.frame(chart).column_names)
    assert "title" not in spec
    assert spec["width"] == "container"
    assert spec["height"] > 40


@pytest.mark.parametrize("form", samples.FORMS)
def test_the_colours_of_the_theme_are_used(form: Callable[[], Chart]) -> None:
    light, dark = charts.spec(form(), "light"), charts.spec(form(), "dark")
    assert light["config"]["background"] == "#FFFFFF"
    assert dark["config"]["background"] == "#12161D"
    assert light["layer"] != dark["layer"]


@pytest.mark.parametrize("form", samples.FORMS)
def test_other_rows_of_the_same_shape_reuse_the_drawing(form: Callable[[], Chart]) -> None:
    chart = form()
    charts.spec(chart)
    before = charts._specification.cache_info()
    renamed = replace(chart, title="another finding", rows=chart.rows.take(list(range(chart.rows.num_rows))))
    again = charts.spec(renamed)
    after = charts._specification.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)
    again["layer"].clear()
    assert charts.spec(chart)["layer"], "a caller that changes its copy must not harm the kept one"


@pytest.mark.parametrize("form", samples.FORMS)
def test_no_rows_give_an_empty_frame_and_a_valid_drawing(form: Callable[[], Chart]) -> None:
    chart = form()
    empty = replace(chart, rows=chart.rows.slice(0, 0))
    assert charts.frame(empty).num_rows == 0
    assert charts.spec(empty)["layer"]
    assert charts.description(empty).endswith("without data.")


@pytest.mark.parametrize("form", samples.FORMS)
def test_missing_values_are_gaps_never_zeros(form: Callable[[], Chart]) -> None:
    chart = form()
    encoding = encoding_of(chart)
    column = encoding.measure
    at = chart.rows.column_names.index(column)
    gaps = pa.array([None] * chart.rows.num_rows, pa.float64())
    table = charts.frame(replace(chart, rows=chart.rows.set_column(at, column, gaps))).to_pylist()
    assert all(row[encoding.measured_on] is None for row in table)
    assert all(row["y_text"].startswith("n/a") for row in table)


def test_hostile_column_names_never_reach_the_drawing() -> None:
    bad = "a.b[0]'\"\\ {x}"
    plain = samples.ranked()
    hostile = replace(plain, x=bad, rows=plain.rows.rename_columns(["reason", bad]))
    assert bad not in fields_of(charts.spec(hostile))
    assert charts.frame(hostile).column("x").to_pylist() == [91_000.0, 104_000.0]


@pytest.mark.parametrize("name", ["image", "title"])
def test_no_column_becomes_a_picture_or_a_heading_in_a_tooltip(name: str) -> None:
    """Vega makes these of lines with exactly such a title."""
    chart = samples.bars(color=name, order=(), semantic=False)
    spec = charts.spec(replace(chart, rows=chart.rows.rename_columns(["month", name, "mrr", "open"])))
    assert f'"title": "{name.capitalize()}"' in json.dumps(spec)
    assert f'"title": "{name}"' not in json.dumps(spec)


def test_a_hostile_category_is_quoted_in_every_expression() -> None:
    name = 'O\'Brien "& Co" \\ }'
    text = json.dumps(charts.spec(replace(samples.ranked(), highlight=name)))
    assert json.dumps(f"datum.y === {json.dumps(name)}") in text


def test_a_stack_is_in_the_given_order_and_says_its_share() -> None:
    table = charts.frame(samples.bars(stack="normalize")).to_pylist()
    assert {row["color"]: row["rank"] for row in table} == {"green": 0, "yellow": 1, "red": 2}
    assert table[0]["y_text"] == f"€1,000 (33.3{T}%)"
    assert table[-1]["x_text"] == "Jan 2026 (in progress)"


@pytest.mark.parametrize("form", [samples.ranked, samples.intervals, samples.waterfall])
def test_words_stand_by_the_place_that_their_row_gives(form: Callable[[], Chart]) -> None:
    """The drawing stays when its rows change: an order of first appearance would be that of the rows before."""
    spec = charts.spec(form())
    axes = [
        (name, layer["encoding"][name])
        for layer in spec["layer"]
        for name in ("x", "y")
        if layer.get("encoding", {}).get(name, {}).get("type") == "ordinal"
    ]
    assert axes
    assert all(axis["sort"] == {"field": f"{name}_at", "op": "min"} for name, axis in axes)


def test_months_are_in_order_whatever_the_order_of_the_rows() -> None:
    chart = samples.bars()
    backwards = replace(chart, rows=chart.rows.take(list(reversed(range(chart.rows.num_rows)))))
    months = list(dict.fromkeys(charts.frame(backwards).column("x").to_pylist()))
    assert months == ["2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01"]


def test_ages_are_numbers_so_that_ten_follows_nine() -> None:
    chart = samples.triangle()
    ages = pa.array([10 - age for age in chart.rows.column("age").to_pylist()])
    table = charts.frame(replace(chart, rows=chart.rows.set_column(1, "age", ages)))
    assert table.schema.field("x").type == pa.float64()


def test_a_first_point_in_progress_is_not_joined_to_the_last_one() -> None:
    rows = pa.table(
        {
            "month": pa.array([f"2026-0{at}" for at in range(1, 6)]),
            "share": pa.array([0.1, 0.2, 0.3, 0.4, 0.5]),
            "part": pa.array([True, False, False, False, True]),
        }
    )
    chart = LineChart(
        name="x", title="x", subtitle="x", rows=rows, x="month", y="share", in_progress="part", unit="share"
    )
    table = charts.frame(chart).to_pylist()
    assert [row["solid"] for row in table] == [False, True, True, True, False]
    assert [row["tail"] for row in table] == [False, False, False, True, True]


def test_a_line_ends_dashed_with_its_name_clear_of_the_next() -> None:
    table = charts.frame(samples.lines()).to_pylist()
    smb = [row for row in table if row["color"] == "SMB"]
    assert [row["solid"] for row in smb] == [True, True, True, False]
    assert [row["tail"] for row in smb] == [False, False, True, True]
    ends = sorted(row["end"] for row in table if row["last"])
    assert ends[1] - ends[0] >= (0.99 - 0.7) * 15 / 200 - 1e-9, "names nearer than a line of words would touch"
    assert smb[-1]["end_text"] == f"SMB 84{T}%"


def test_a_waterfall_stands_each_step_on_the_one_before() -> None:
    table = charts.frame(samples.waterfall()).to_pylist()
    assert [(row["from"], row["to"]) for row in table] == [
        (0, 810_000),
        (810_000, 960_000),
        (960_000, 919_000),
        (0, 919_000),
    ]
    assert [row["label"] for row in table] == ["810k", "+150k", "−41k", "919k"]


def test_a_loss_given_as_a_positive_size_still_goes_down() -> None:
    chart = samples.waterfall()
    sizes = pa.array([abs(size) for size in chart.rows.column("size").to_pylist()])
    table = charts.frame(replace(chart, rows=chart.rows.set_column(1, "size", sizes))).to_pylist()
    assert table[2]["to"] == 919_000
    assert table[2]["label"] == "−41k"


def test_cells_say_their_value_and_holes_say_so() -> None:
    assert charts.frame(samples.triangle()).to_pylist()[1]["label"] == "95"
    table = charts.frame(samples.heat()).to_pylist()
    holes = [(row["x"], row["y"]) for row in table if row["label"] == "n/a"]
    assert holes == [("Support", "Enterprise")]


def test_tooltips_say_the_interval() -> None:
    table = charts.frame(samples.intervals()).to_pylist()
    assert [row["band_text"] for row in table] == [f"55–65{T}%", "n/a"]


def test_the_reader_s_language() -> None:
    table = charts.frame(samples.bars(), locale="de").to_pylist()
    assert table[0]["y_text"] == f"1.000{T}€"
    assert table[0]["x_text"] == "Okt. 2025"
    assert "'Okt.'" in json.dumps(charts.spec(samples.bars(), locale="de"), ensure_ascii=False)


@pytest.mark.parametrize("form", samples.FORMS)
def test_only_where_asked_a_click_picks(form: Callable[[], Chart]) -> None:
    selections = [param["name"] for param in charts.spec(form(), selectable=True).get("params", [])]
    assert selections == ["picked"]
    assert "params" not in charts.spec(form())


def test_what_was_picked_leads_back_to_its_rows() -> None:
    cell = charts.frame(samples.triangle()).to_pylist()[1]
    rows = charts.selected_rows(samples.triangle(), [{"x": cell["x"], "y": cell["y"]}])
    assert rows == [{"cohort": samples.MONTHS[0], "age": 1, "logos": 0.95, "open": False}]
    bar = charts.selected_rows(samples.bars(), [{"x": "2025-10-01", "color": "red"}])
    assert [(row["month"], row["band"]) for row in bar] == [(samples.MONTHS[0], "red")]
    assert charts.selected_rows(samples.bars(), []) == []
    assert charts.selected_rows(samples.bars(), [{}]) == []


def test_a_chart_in_words() -> None:
    assert charts.description(samples.ranked()) == (
        "Budget first. MRR lost. Ranked bars from Pricing to Budget; "
        "lowest €91,000 (Pricing), highest €104,000 (Budget)."
    )
    assert "from Oct 2025 to Jan 2026" in charts.description(samples.lines())
    assert "of SMB, Enterprise" in charts.description(samples.lines())


@pytest.mark.parametrize("form", samples.FORMS)
def test_a_drawing_is_called_the_same_whatever_its_rows(form: Callable[[], Chart]) -> None:
    chart = form()
    assert charts.drawing_name(chart) == charts.drawing_name(
        replace(chart, rows=chart.rows.slice(1), title="Another finding")
    )
    assert charts.drawing_name(chart)


def test_small_multiples_share_one_scale_and_write_the_newest_value_of_each_strip() -> None:
    chart = samples.multiples()
    rows = charts.frame(chart).to_pylist()
    assert [row["y"] for row in rows if row["last"]] == ["SMB", "Enterprise"]
    assert [row["label"] for row in rows if row["last"]] == [f"{share}{T}%" for share in ("76", "96")]
    offsets = [layer["encoding"]["yOffset"] for layer in charts.spec(chart)["layer"] if "yOffset" in layer["encoding"]]
    assert {offset["field"] for offset in offsets} == {"color", "low"}
    assert all(offset["scale"] == {"zero": False, "nice": False} for offset in offsets)


@pytest.mark.parametrize("form", samples.FORMS)
def test_the_mark_that_the_address_opens_stands_out_in_the_drawing(form: Callable[[], Chart]) -> None:
    chart = form()
    drawn = charts.frame(chart)
    for row in chart.rows.to_pylist():
        rows = charts.with_opened(drawn, chart, row)
        opened = [drawn_row for drawn_row in rows.to_pylist() if drawn_row["opened"]]
        assert opened
        assert charts.mark_key(chart, row) == charts.mark_key(chart, charts.selected_rows(chart, opened)[0])
        assert len(opened) < drawn.num_rows
    assert charts.with_opened(drawn, chart, {}) is drawn
    for theme in ("light", "dark"):
        text = json.dumps(charts.spec(chart, theme, selectable=True))
        assert "datum.opened === " in text, "else nothing shows which mark is open"
        assert "datum.opened" not in json.dumps(charts.spec(chart, theme))


@pytest.mark.parametrize("form", samples.FORMS)
def test_a_drawing_is_stretched_beside_a_higher_one_but_not_torn_apart(form: Callable[[], Chart]) -> None:
    own = charts.spec(form())["height"]
    assert charts.spec(form(), least_height=own - 10)["height"] == own
    assert charts.spec(form(), least_height=own + 10)["height"] == own + 10
    rows = max(shape_of(form()).row_count, 1)
    assert charts.spec(form(), least_height=5000)["height"] <= max(charts.HIGHEST, own + rows * charts.HIGHEST_ROW)
