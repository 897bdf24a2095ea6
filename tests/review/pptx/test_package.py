"""PowerPoint files without a fault, whatever the deck says."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import pyarrow as pa
import pytest

from cs_dash.answer import Column
from cs_dash.charts import Chart
from cs_dash.review.deck import Deck, SlideTable
from cs_dash.review.pptx import pptx_bytes
from tests.look import samples
from tests.review import decks
from tests.review.pptx import reading
from tests.review.pptx.package_checks import faults

FORMULA = '=HYPERLINK("http://evil.example","x")&cmd|\' /C calc\'!A0'
CONTROL = "a\x00b\x07c\x0bd\x1fe\ufffef"
MARKUP = "</a:t><a:t xml:space='preserve'>&lt;&amp;<![CDATA[x]]> \"'"
LONG = "Every account is asked about " * 70
HOSTILE = (FORMULA, CONTROL, MARKUP, LONG, *decks.NAMES, "x" * 2000, "_x0041_", "", "**", "a\nb\r\nc\td")


def test_a_deck_of_every_form_has_no_fault() -> None:
    assert faults(pptx_bytes(decks.deck())) == []


def hostile_chart(chart: Chart, text: str) -> Chart:
    """Return a chart with a text in place of each of its words, and after each of its names."""
    columns = {
        name: pa.array(
            [f"{text} {value}" if value is not None else None for value in chart.rows.column(name).to_pylist()]
        )
        if pa.types.is_string(chart.rows.schema.field(name).type)
        else chart.rows.column(name)
        for name in chart.rows.column_names
    }
    changed = {"title": text, "subtitle": text, "axis": text, "name": text, "rows": pa.table(columns)}
    if getattr(chart, "reference", None):
        changed["reference"] = (0.85, text)
    if getattr(chart, "order", None):
        changed["order"] = ()
    return dataclasses.replace(chart, **changed)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    charts = [hostile_chart(form(), text) for form in samples.FORMS]
    table = SlideTable(
        (Column("a", text), Column("b", "B", "money")), pa.table({"a": [text, text], "b": [1.5, None]}), 9
    )
    slides = [decks.chart_slide(chart, lines=(text, f"**{text}**"), doubts=(text,)) for chart in charts]
    slides.append(decks.slide("table", text, table=table, subtitle=text, figures=(decks.figure(label=text),)))
    slides.append(decks.slide("title", text, form="title", subtitle=text, lines=(text,)))
    deck = decks.deck(*slides, title=text, company=text, scope_text=text, data_text=text)
    assert faults(pptx_bytes(deck)) == []


def test_formulas_stay_text_in_the_workbooks_of_charts() -> None:
    chart = hostile_chart(samples.ranked(), FORMULA)
    (native,) = reading.charts(reading.opened(pptx_bytes(decks.deck(decks.chart_slide(chart)))).slides[0])
    names = [row[0] for row in reading.workbook_rows(native)[1:]]
    assert all(str(name).startswith("=HYPERLINK") for name in names)


def test_a_deck_without_data_says_so() -> None:
    empty = [dataclasses.replace(form(), rows=form().rows.slice(0, 0)) for form in samples.FORMS]
    no_rows = SlideTable((Column("a", "A"),), pa.table({"a": pa.array([], pa.string())}), 0)
    slides = [decks.chart_slide(chart) for chart in empty] + [
        decks.slide("none", table=no_rows),
        decks.slide("bare", ""),
    ]
    blob = pptx_bytes(dataclasses.replace(decks.deck(*slides), as_of=None, company="", scope_text="", data_text=""))
    assert faults(blob) == []
    assert all("No data" in reading.texts(slide) for slide in list(reading.opened(blob).slides)[:-1])


@pytest.mark.parametrize("form", samples.FORMS)
def test_a_chart_of_missing_values_is_not_drawn(form: object) -> None:
    chart: Chart = form()  # type: ignore[operator]
    nothing = {
        name: pa.nulls(chart.rows.num_rows, chart.rows.schema.field(name).type)
        if pa.types.is_floating(chart.rows.schema.field(name).type)
        else chart.rows.column(name)
        for name in chart.rows.column_names
    }
    blob = pptx_bytes(decks.deck(decks.chart_slide(dataclasses.replace(chart, rows=pa.table(nothing)))))
    assert faults(blob) == []
    assert "No data" in reading.texts(reading.opened(blob).slides[0])


def test_a_deck_without_slides_is_a_file() -> None:
    assert faults(pptx_bytes(Deck("T", "", None, "", "", ()))) == []


def test_hidden_slides_leave_no_trace() -> None:
    blob = pptx_bytes(decks.deck())
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        assert not any(b"Do not tell" in archive.read(name) for name in archive.namelist())


def test_the_document_has_a_title_and_nobody_s_name() -> None:
    properties = reading.opened(pptx_bytes(decks.deck())).core_properties
    assert properties.title == "Roadmap review Q3 2026"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(pptx_bytes(decks.deck()))) as archive:
        names = archive.namelist()
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name or "printer" in name]


def test_the_first_slide_links_to_the_app() -> None:
    slide = reading.opened(pptx_bytes(decks.deck())).slides[0]
    links = [run.hyperlink.address for shape in slide.placeholders for paragraph in shape.text_frame.paragraphs
             for run in paragraph.runs if run.hyperlink.address]  # fmt: skip
    assert links == ["http://localhost:8600"]
    other = dataclasses.replace(decks.deck(), address="javascript:alert(1)")
    assert "Open in the app" not in reading.texts(reading.opened(pptx_bytes(other)).slides[0])


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("ppt/slides/slide2.xml", 'id="2"', 'id="3"', "shape id 3 is there 2 times"),
        ("ppt/slides/_rels/slide2.xml.rels", "notesSlide2.xml", "notesSlide99.xml", "is not there"),
        ("ppt/charts/chart1.xml", "<c:v>1000</c:v>", "<c:v>1001</c:v>", "the chart has '1001'"),
        (
            "[Content_Types].xml",
            "/ppt/slides/slide2.xml",
            "/ppt/slides/slide98.xml",
            "has a content type but is not there",
        ),
    ],
)
def test_the_checks_notice_a_fault(part: str, old: str, new: str, fault: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pptx_bytes(decks.deck()))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8", "surrogateescape")
            assert name != part or old in content
            content = content.replace(old, new, 1) if name == part else content
            target.writestr(name, content.encode("utf-8", "surrogateescape"))
    lines = faults(out.getvalue())
    assert any(fault in line for line in lines)
