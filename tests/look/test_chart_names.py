"""Names of categories and lines: whole, and clear of what stands beside them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

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
