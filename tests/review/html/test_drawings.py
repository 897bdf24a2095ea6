"""Drawings for light and dark in one: every form of chart, with all that its marks refer to."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from cs_dash.charts import Chart
from cs_dash.look.chart_images import chart_svg
from cs_dash.look.theme import ThemeName
from cs_dash.review.html.drawings import ATTRIBUTES, COLORED, TAGS, TEXT_SCALE, Palette, drawing
from tests.look import samples

CHARTS = [form() for form in samples.FORMS]
DROPPED = {"aria-hidden", "aria-label", "aria-roledescription", "role", "class", "pointer-events", "version"}
"""What a drawing has and a slide does without; the typeface is that of the slide."""
DROPPED |= {"font-family"}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_nothing_that_is_drawn_is_left_out(chart: Chart) -> None:
    whole = ElementTree.fromstring(chart_svg(chart, width=700, height=400))
    assert {node.tag.partition("}")[2] for node in whole.iter()} <= TAGS | {"title"}
    assert {name for node in whole.iter() for name in node.attrib} <= ATTRIBUTES | DROPPED


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_every_reference_leads_to_a_part_of_the_same_drawing(chart: Chart) -> None:
    made = str(drawing(chart, 700, 400, Palette(), "s3", "en"))
    parts = set(re.findall(r' id="([^"]+)"', made))
    assert set(re.findall(r"url\(#([^)]*)\)", made)) <= parts
    assert all(part.startswith("s3-") for part in parts)


def test_red_is_hatched_as_in_other_pictures() -> None:
    drawings = [str(drawing(chart, 700, 400, Palette(), "s1", "en")) for chart in CHARTS]
    assert any("<pattern" in made and 'fill="url(#' in made for made in drawings)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_both_themes_are_in_it(chart: Chart) -> None:
    palette = Palette()
    made = ElementTree.fromstring(str(drawing(chart, 700, 400, palette, "s1", "en")))
    pairs = {name: (light, dark) for name, light, dark in palette.items()}
    themes: tuple[ThemeName, ...] = ("light", "dark")
    for at, theme in enumerate(themes):
        whole = ElementTree.fromstring(chart_svg(chart, width=700, height=400, theme=theme, text_scale=TEXT_SCALE))
        expected = [
            node.attrib.get(name, "")
            for node in whole.iter()
            for name in COLORED
        ]  # fmt: skip
        resolved = [
            pairs[value[4:-1]][at] if value.startswith("var(") else value
            for node in made.iter()
            for value in (node.attrib.get(name, "") for name in COLORED)
        ]
        plain = [re.sub(r"url\(#.*", "url", value) for value in expected]
        assert [re.sub(r"url\(#.*", "url", value) for value in resolved] == plain
