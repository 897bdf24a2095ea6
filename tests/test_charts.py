"""The forms of charts: each has the fields that it uses, and says what they are."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from typing import Any, get_args

import pyarrow as pa
import pytest

from cs_dash.charts import Chart, ChartBase, CohortTriangle, LineChart, RankedChart
from cs_dash.look.charts import DRAWINGS
from cs_dash.look.charts.alt_text import NAMES

FORMS = get_args(Chart)
COMMON: dict[str, Any] = {
    "name": "c", "title": "C", "subtitle": "", "rows": pa.table({"x": [1], "y": [2.0]}), "x": "x", "y": "y",
}  # fmt: skip


def test_every_form_has_a_drawing_and_a_name() -> None:
    assert set(FORMS) == set(ChartBase.__subclasses__()) == set(DRAWINGS) == set(NAMES)


@pytest.mark.parametrize("form", [ChartBase, *FORMS])
def test_the_docstring_of_a_form_lists_its_own_fields(form: type[ChartBase]) -> None:
    own = [field.name for field in fields(form) if field.name in form.__annotations__]
    assert re.findall(r"^        (\w+): ", form.__doc__ or "", re.MULTILINE) == own


@pytest.mark.parametrize(
    ("form", "foreign"), [(LineChart, "stack"), (RankedChart, "small_base"), (CohortTriangle, "color")]
)
def test_a_field_of_another_form_is_refused(form: Any, foreign: str) -> None:
    with pytest.raises(TypeError, match=foreign):
        form(**COMMON, **{foreign: "z"})


def test_a_chart_never_changes() -> None:
    chart: Any = LineChart(**COMMON)
    with pytest.raises(FrozenInstanceError):
        chart.title = "D"
