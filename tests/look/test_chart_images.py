"""Pictures of charts: every form, in our typeface, from what is on this machine."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from cs_dash.charts import Chart
from cs_dash.look import chart_images, charts
from cs_dash.look.chart_images import chart_png, chart_svg, png_of
from tests.look import samples

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [text for node in ElementTree.fromstring(svg).iter(f"{SVG}text") if (text := "".join(node.itertext()))]


def size(svg: str) -> tuple[float, float]:
    root = ElementTree.fromstring(svg)
    return float(root.attrib["width"]), float(root.attrib["height"])


@pytest.mark.parametrize("form", samples.FORMS)
def test_each_form_fits_the_size_and_writes_its_labels(form: Callable[[], Chart]) -> None:
    chart = form()
    drawing = chart_svg(chart, width=640, height=360, text_scale=1.3)
    width, height = size(drawing)
    assert width == 640
    assert 100 < height <= 360
    labels = {label for label in charts.frame(chart).column("label").to_pylist() if label}
    if charts.DRAWINGS[type(chart)].row_height and labels:
        assert labels & set(texts(drawing))
    assert texts(drawing)
    assert "signal" not in drawing
    assert ElementTree.fromstring(drawing).attrib["aria-label"] == charts.description(chart)


def test_text_is_as_large_as_asked_and_many_rows_are_drawn_smaller_instead_of_over_each_other() -> None:
    def scale(svg: str) -> float:
        root = ElementTree.fromstring(svg)
        return float(root.attrib["width"]) / float(root.attrib["viewBox"].split()[2])

    assert scale(chart_svg(samples.bars(), width=640, height=360)) == pytest.approx(1)
    assert scale(chart_svg(samples.bars(), width=640, height=360, text_scale=1.5)) == pytest.approx(1.5)
    ranked = samples.ranked()
    row = ranked.rows.slice(0, 1).to_pylist()[0]
    many = replace(ranked, order=(), rows=pa.Table.from_pylist([row | {ranked.y: f"reason {n}"} for n in range(40)]))
    drawing = chart_svg(many, width=640, height=360, text_scale=1.5)
    assert scale(drawing) < 0.5
    assert size(drawing)[1] <= 360
    assert {f"reason {n}" for n in range(40)} <= set(texts(drawing))


def test_several_drawings_in_one_page_share_no_names() -> None:
    first, second = (chart_svg(samples.triangle(), width=width, height=300) for width in (600, 700))
    names = [re.findall(r' id="([^"]+)"', drawing) for drawing in (first, second)]
    assert names[0]
    assert not set(names[0]) & set(names[1])
    assert set(re.findall(r"url\(#([^)]+)\)", first)) <= set(names[0])


def test_the_typeface_is_ours_and_not_that_of_the_system() -> None:
    def picture(family: str, weight: int) -> bytes:
        text = f'<text y="40" font-family="{family}" font-weight="{weight}" font-size="40">Hamburg Жук 0123</text>'
        return png_of(f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60">{text}</svg>')

    ours = {picture("Inter", 400), picture("Inter", 600)}
    assert len(ours) == 2
    assert picture("no such font", 400) not in ours
    assert "Inter" in chart_svg(samples.bars(), width=640, height=360)


def test_hostile_names_stay_text() -> None:
    ranked = samples.ranked()
    hostile = '<script>alert(1)</script> & "x" ]]>'
    rows = [row | {ranked.y: hostile} for row in ranked.rows.slice(0, 1).to_pylist()]
    drawing = chart_svg(
        replace(ranked, order=(), highlight=None, rows=pa.Table.from_pylist(rows)), width=900, height=200
    )
    assert not [node for node in ElementTree.fromstring(drawing).iter() if "script" in node.tag]
    assert any("<script>" in text for text in texts(drawing))


@pytest.mark.parametrize("name", ["客户服务中心" * 12, "Donaudampfschifffahrtsgesellschaftskapitän" * 2])
def test_long_names_leave_room_for_the_bars(name: str) -> None:
    ranked = samples.ranked()
    rows = [row | {ranked.y: name} for row in ranked.rows.slice(0, 1).to_pylist()]
    drawing = chart_svg(
        replace(ranked, order=(), highlight=None, rows=pa.Table.from_pylist(rows)), width=736, height=200
    )
    (shown,) = [text for text in texts(drawing) if text[:4] == name[:4]]
    assert shown.endswith("…")
    assert len(shown) < len(name) / 2


def test_no_address_is_read() -> None:
    with pytest.raises(ValueError, match="External data url not allowed"):
        chart_images._svg_of({"data": {"url": "https://example.com/rows.json"}, "mark": "point"})


def test_threads_get_the_same_drawings() -> None:
    forms = [form() for form in samples.FORMS] * 2
    with ThreadPoolExecutor(4) as pool:
        drawings = list(pool.map(lambda chart: chart_svg(chart, width=500, height=300, locale="de"), forms))
    assert drawings[: len(samples.FORMS)] == drawings[len(samples.FORMS) :]


def test_a_png_has_the_pixels_of_its_scale() -> None:
    picture = chart_png(samples.lines(), width=300, height=200, theme="dark", scale=3)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 900
    assert int.from_bytes(picture[20:24]) == 600


def test_red_bars_of_health_are_hatched_and_so_differ_from_green_without_colour() -> None:
    drawing = chart_svg(samples.bars(), width=640, height=360)
    pattern = re.findall(r'<pattern id="([^"]+)"', drawing)
    assert len(pattern) == 1
    filled = drawing.count(f'fill="url(#{pattern[0]})"')
    assert filled == len(samples.MONTHS) + 1, "each red bar, and the legend"
    assert "<pattern" not in chart_svg(samples.bars(semantic=False), width=640, height=360)
