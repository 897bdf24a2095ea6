"""Names of categories and lines: whole, and clear of what stands beside them."""

from __future__ import annotations

import re
from dataclasses import replace

import pyarrow as pa
import pytest

from cs_dash.charts import LineChart
from cs_dash.look import charts
from cs_dash.look.charts.axes import wrapped_label
from tests.look import samples


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Competitor offered higher download speeds", ["Competitor offered", "higher download speeds"]),
        ("Month-to-Month (n = 3,610)", ["Month-to-Month", "(n = 3,610)"]),
    ],
)
def test_a_long_name_is_in_two_lines_and_its_count_in_one_piece(name: str, lines: list[str]) -> None:
    expression = str(wrapped_label("145")["labelExpr"])
    pattern = re.search(r"regexp\('(.*?)' \+ floor\(\(145\) / 6\.6\) \+ '(.*?)'\), '(.*?)'\)", expression)
    assert pattern is not None
    before, after, replacement = pattern.groups()
    letters = int(145 / 6.6)
    wrapped = re.sub(f"{before}{letters}{after}", replacement.replace("$", "\\"), name)
    assert wrapped.split("\n") == lines


def test_the_reference_line_ends_where_the_names_of_the_lines_begin() -> None:
    drawing = charts.spec(replace(samples.lines(), reference=(1.0, "100 %")))
    (rule,) = [layer for layer in drawing["layer"] if (layer["mark"] or {}).get("strokeDash") == [4, 3]]
    assert rule["encoding"]["x2"]["value"] == {"expr": "peek(range('x'))"}


def test_a_line_that_another_goes_on_from_has_its_name_before_its_end() -> None:
    points = [(1, "Measured", 0.66), (2, "Measured", 0.62), (2, "Expected", 0.62), (3, "Expected", 0.6)]
    chart = LineChart(
        name="goal", title="", subtitle="", x="age", y="value", color="line", unit="share",
        rows=pa.table({name: [point[at] for point in points] for at, name in enumerate(("age", "line", "value"))}),
    )  # fmt: skip
    ends = {row["color"]: row for row in charts.frame(chart).to_pylist() if row["last"]}
    assert ends["Measured"]["continued"]
    assert ends["Measured"]["end"] < 0.62  # below the point, at its left
    assert not ends["Expected"]["continued"]
    assert ends["Expected"]["end"] == 0.6
