"""Formats of numbers and scales of axes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.look.locales import READER
from cs_dash.review.pptx.charts.formats import number_format
from cs_dash.review.pptx.charts.lines import label_heights
from cs_dash.review.pptx.charts.scales import Scale, scale_of
from cs_dash.units import INDEX

THIN = "\u202f"


@pytest.mark.parametrize(
    ("unit", "currency", "values", "expected"),
    [
        ("share", "", [0.5, 1.0], f'0"{THIN}"%;"−"0"{THIN}"%'),
        ("share", "", [0.513], f'0.0"{THIN}"%;"−"0.0"{THIN}"%'),
        ("money", "EUR", [999.0], '"€"#,##0;"−""€"#,##0'),
        ("money", "EUR", [2_000.0, 412_345.0], '[>=9999.5]"€"#,##0,"k";"€"#,##0'),
        ("money", "EUR", [-2_000.0, 412_345.0], '"€"#,##0,"k";"−""€"#,##0,"k"'),
        ("money", "EUR", [1_234_000.0], '[>=999500]"€"#,##0.00,,"M";[>=9999.5]"€"#,##0,"k";"€"#,##0'),
        ("money", INDEX, [12.4], f'0.0"{THIN}pts";"−"0.0"{THIN}pts"'),
        ("count", "", [7.0, 12.0], '#,##0;"−"#,##0'),
        ("count", "", [12_000.0], '[>=9999.5]#,##0,"k";#,##0'),
        ("number", "", [1.5, 3.0], '0.0;"−"0.0'),
        ("number", "", [1.25], '0.00;"−"0.00'),
        ("days", "", [41.0], f'#,##0"{THIN}days";"−"#,##0"{THIN}days"'),
    ],
)
def test_a_unit_has_its_format(unit: str, currency: str, values: list[float], expected: str) -> None:
    assert number_format(unit, currency, values) == expected  # type: ignore[arg-type]


def test_a_format_follows_the_reader_s_language() -> None:
    token = READER.set("de")
    try:
        assert number_format("money", "EUR", [2_000_000.0]).endswith(f'"{THIN}€"')
    finally:
        READER.reset(token)


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-6), min_size=1, max_size=9),
       st.booleans())  # fmt: skip
def test_a_scale_holds_its_values_and_has_few_steps(values: list[float], zero: bool) -> None:
    scale = scale_of(values, zero)
    assert scale is not None
    assert scale.low <= min(values) + scale.step * 1e-6
    assert scale.high >= max(values) - scale.step * 1e-6
    assert 1 <= round((scale.high - scale.low) / scale.step) <= 8
    assert not zero or scale.low <= 0 <= scale.high


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1), min_size=1, max_size=6))
def test_labels_at_the_ends_of_lines_do_not_cover_each_other(values: dict[str, float]) -> None:
    heights = sorted(label_heights(values, Scale(0.0, 1.0, 0.2), 200.0).values())
    assert all(later - earlier >= 12.2 / 200 - 1e-9 for earlier, later in pairwise(heights))
    assert heights[-1] <= 1.0
