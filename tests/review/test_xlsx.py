"""The workbook says what the deck says: typed, unrounded, and nothing in it is computed or hidden."""

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from cs_dash.charts import Chart, CohortTriangle, HeatMap, SmallMultiples, WaterfallChart
from cs_dash.look import words
from cs_dash.look.charts.encoding import encoding_of
from cs_dash.look.theme import LIGHT
from cs_dash.review.deck import Deck, Remark
from cs_dash.review.xlsx import scope_line, sheet_names, xlsx_bytes
from cs_dash.review.xlsx.series import chart_columns
from cs_dash.review.xlsx.styles import number_format
from tests.look import samples
from tests.review import decks

NATIVE = [form for form in samples.FORMS if not isinstance(form(), CohortTriangle | HeatMap | SmallMultiples)]


def workbook(deck: Deck) -> Workbook:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension is not supported")  # openpyxl reads none
        return load_workbook(io.BytesIO(xlsx_bytes(deck)))


def cells(book: Workbook, sheet: str) -> list[Any]:
    return [cell for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


def values(book: Workbook, sheet: str) -> list[Any]:
    return [cell.value for cell in cells(book, sheet)]


def first_sheet(deck: Deck) -> tuple[Workbook, list[Any]]:
    book = workbook(deck)
    return book, cells(book, book.sheetnames[1])


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def missing_values(deck: Deck) -> list[tuple[str, Any]]:
    """Return (slide, value) of the numbers and words that the sheet of a slide does not have, unrounded."""
    book = workbook(deck)
    missing: list[tuple[str, Any]] = []
    for number, slide in deck.numbered():
        shown = values(book, sheet_names(deck)[number])
        expected: list[Any] = [slide.title, *(line.replace("**", "") for line in slide.lines), scope_line(deck)]
        expected += [f"Caveat: {doubt}" for doubt in slide.doubts]
        for figure in slide.figures:
            expected += [figure.label, figure.value, figure.n, figure.low, figure.high, figure.previous]
        for row in slide.table.rows.to_pylist() if slide.table else []:
            cells_of_row = [
                column.displayed(row[column.name]) for column in (slide.table.columns if slide.table else ())
            ]
            expected += [words.cell(cell) if isinstance(cell, list | bool) else cell for cell in cells_of_row]
        if slide.chart:
            encoding = encoding_of(slide.chart)
            for name in (encoding.measure, encoding.low, encoding.high):
                expected += slide.chart.rows.column(name).to_pylist() if name else []
        days = {value.date() if isinstance(value, dt.datetime) else as_written(value) for value in shown}
        missing += [
            (slide.name, value) for value in expected if value not in (None, "") and as_written(value) not in days
        ]
    return missing


def as_written(value: Any) -> Any:
    """A number as a workbook holds it, with 16 digits, anything else as it is."""
    return float(f"{value:.16G}") if isinstance(value, float) else value


def test_every_number_and_word_of_a_slide_is_on_its_sheet() -> None:
    assert missing_values(decks.deck()) == []


def test_every_number_and_word_of_the_demo_review_is_on_its_sheet(demo_deck: Deck) -> None:
    assert missing_values(demo_deck) == []


def test_cells_have_their_type_and_the_format_of_their_unit() -> None:
    deck = decks.deck(decks.slide("list", table=decks.table(3), figures=(decks.figure(),)))
    _, row = first_sheet(deck)
    formats = {cell.value: cell.number_format for cell in row}
    assert formats[1000.5] == number_format("money", "EUR") == '"€"#,##0.00;-"€"#,##0.00'
    assert formats[0.001] == formats[1.032] == "0.0%"
    assert formats[204] == "#,##0"
    assert formats[dt.datetime(2026, 9, 30)] == "d mmm yyyy"
    assert [cell.value for cell in row].count("Done") == 2


def test_a_missing_value_is_an_empty_cell_and_a_missing_figure_says_so() -> None:
    slide = decks.slide("list", table=decks.table(4), figures=(decks.figure(value=None, low=None, high=None),))
    book, row = first_sheet(decks.deck(slide))
    missing = next(cell for cell in row if cell.value == "Account 2")
    assert book.worksheets[1].cell(missing.row, missing.column + 2).value is None
    assert "n/a" in [cell.value for cell in row]
    assert 0 not in [cell.value for cell in row if cell.row < missing.row - 3]


def test_the_contents_lead_to_every_sheet_and_every_sheet_back() -> None:
    deck = decks.deck()
    book = workbook(deck)
    names = sheet_names(deck)
    assert book.sheetnames == ["Contents", *names.values(), "Definitions"]
    links = {cell.hyperlink.location for cell in cells(book, "Contents") if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in [*names.values(), "Definitions"]}
    for name in [*names.values(), "Definitions"]:
        assert [cell.hyperlink.location for cell in cells(book, name) if cell.hyperlink] == ["'Contents'!A1"]
    for sheet in book.worksheets:
        assert scope_line(deck) in [cell.value for row in sheet.iter_rows() for cell in row]


def test_sheet_names_are_valid_and_unique_whatever_the_sections_are_called() -> None:
    sections = [*decks.NAMES, "History", "a/b:c*d?[e]'f'", "Retention", "RETENTION", "😀" * 40, ""]
    deck = decks.deck(*(decks.slide(f"s{place}", section=section) for place, section in enumerate(sections)))
    names = workbook(deck).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)
    assert not [name for name in names if re.search(r"[\[\]:*?/\\]", name) or name.startswith("'")]


@pytest.mark.parametrize(
    "text", [decks.HOSTILE, *decks.NAMES, "=1+1", "@SUM(A1)", "+1", "-1", "{=1}", "http://x.example", "12", "_x0041_"]
)
def test_any_text_stays_text(text: str) -> None:
    slide = decks.slide(
        "any", text, subtitle=text, section=text, lines=(text,), doubts=(text,), table=decks.table(3, name=text),
        remarks=(Remark(text, text, decks.DAY, text),), figures=(decks.figure(label=text, caveat=text),),
    )  # fmt: skip
    content = xlsx_bytes(decks.deck(slide, title=text, company=text, scope_text=text))
    xml = parts(content)
    assert not [name for name, part in xml.items() if "<f>" in part and "charts/" not in name]
    shown = [cell.value for cell in first_sheet(decks.deck(slide, title=text, company=text))[1]]
    bare = text.replace("**", "")
    assert shown.count(text) + shown.count(bare) >= 7 if text != bare else shown.count(text) >= 7
    assert not [name for name, part in xml.items() if name.endswith(".rels") and "x.example" in part]


def test_control_characters_and_long_texts_open() -> None:
    slide = decks.slide("odd", "a\x00b\x1bc\ufffe", lines=("x" * 40_000,))
    shown = [cell.value for cell in first_sheet(decks.deck(slide))[1]]
    assert "abc" in shown
    assert max(len(str(value)) for value in shown) <= 32_767


def test_hidden_slides_and_notes_of_the_speaker_are_nowhere_in_the_file() -> None:
    text = "".join(parts(xlsx_bytes(decks.deck())).values())
    assert "Finding of wide" not in text
    for word in ("Hidden words", "Do not tell", "Only for the speaker", "not on the slide"):
        assert word not in text


@pytest.mark.parametrize("form", NATIVE)
def test_a_chart_is_native_and_shows_the_cells_of_its_sheet(form: Callable[[], Chart]) -> None:
    deck = decks.deck(decks.chart_slide(form()))
    content = xlsx_bytes(deck)
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[1]
    xml = parts(content)["xl/charts/chart1.xml"]
    shown: list[float] = []
    for reference in re.findall(r"<c:val><c:numRef><c:f>([^<]+)</c:f>", xml):
        name, _, place = reference.replace("&apos;", "'").rpartition("!")
        assert name.strip("'") == sheet.title
        shown += [cell.value for (cell,) in sheet[place.replace("$", "")] if cell.value is not None]
    raw = form().rows.column(encoding_of(form()).measure).to_pylist()
    values_shown = {abs(value) for value in shown}
    assert {abs(value) for value in raw} <= values_shown
    assert "<c:externalData" not in xml


def test_a_waterfall_stands_on_invisible_columns_also_below_zero() -> None:
    steps = [("start", 50.0, "total"), ("loss", -80.0, "loss"), ("gain", 10.0, "gain"), ("end", -20.0, "total")]
    rows = pa.Table.from_pylist([{"step": name, "size": size, "kind": kind} for name, size, kind in steps])
    chart = replace(samples.waterfall(), rows=rows)
    assert isinstance(chart, WaterfallChart)
    drawn = {column.series: list(column.sheet_column.values) for column in chart_columns(chart)}
    assert drawn["change"] == [50, -80, 10, -20]
    assert drawn["base"] == [0, 0, -20, 0]
    assert drawn["loss"] == [None, 50, None, None]
    assert drawn["below zero"] == [None, -30, None, None]
    assert drawn["gain"] == [None, None, -10, None]
    assert drawn["total"] == [50, None, None, -20]
    reached = [sum(drawn[name][place] or 0 for name in ("base", "gain", "loss", "total")) for place in (0, 3)]
    assert reached == [50, -20]


def test_intervals_are_error_bars_and_a_reference_is_a_dashed_line() -> None:
    xml = parts(xlsx_bytes(decks.deck(decks.chart_slide(samples.lines()))))["xl/charts/chart1.xml"]
    tree = ElementTree.fromstring(xml)
    names = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    plus = [float(value.text or 0) for value in tree.findall(".//c:errBars/c:plus//c:v", names)]
    first = samples.lines().rows.to_pylist()[0]
    assert plus[0] == pytest.approx(first["high"] - first["grr"])
    assert 'prstDash val="dash"' in xml
    assert LIGHT.muted.removeprefix("#") in xml


@pytest.mark.parametrize("form", [samples.triangle, samples.heat])
def test_cohorts_and_heat_maps_are_coloured_cells(form: Callable[[], Chart]) -> None:
    book = workbook(decks.deck(decks.chart_slide(form())))
    rules = book.worksheets[1].conditional_formatting
    assert [rule.type for entry in rules for rule in entry.rules] == ["colorScale"]


def test_small_multiples_are_lines_in_cells() -> None:
    xml = parts(xlsx_bytes(decks.deck(decks.chart_slide(samples.multiples()))))["xl/worksheets/sheet2.xml"]
    assert xml.count("<x14:sparkline>") == 3


def test_a_list_keeps_its_heads_in_sight_and_says_what_it_leaves_out() -> None:
    book, row = first_sheet(decks.deck(decks.slide("list", table=decks.table(8))))
    head = next(cell for cell in row if cell.value == "Account")
    assert book.worksheets[1].freeze_panes == f"B{head.row + 1}"
    assert "The first 8 of 12 rows." in [cell.value for cell in row]


def test_definitions_name_formula_source_slides_and_the_questions_to_ask_again() -> None:
    deck = decks.deck()
    shown = values(workbook(deck), "Definitions")
    assert {decks.NRR.title, decks.NRR.formula, decks.NRR.source, decks.NRR.explanation} <= set(shown)
    assert "2, 3, 4, 5, 6, 7, 8, 9" in shown
    assert {"retention.summary", "window=12", "Jul 2026 to Sep 2026, all accounts"} <= set(shown)


def test_red_bars_of_health_are_hatched_and_so_differ_from_green_without_colour() -> None:
    xml = parts(xlsx_bytes(decks.deck(decks.chart_slide(samples.bars()))))["xl/charts/chart1.xml"]
    assert xml.count("pattFill") == 2, "the opening and the closing tag of one series"
    assert 'prst="wdUpDiag"' in xml


def test_lines_far_from_zero_do_not_begin_there_and_bars_do() -> None:
    def least(chart: Chart) -> list[str]:
        return re.findall(
            r'<c:min val="([^"]+)"', parts(xlsx_bytes(decks.deck(decks.chart_slide(chart))))["xl/charts/chart1.xml"]
        )

    assert [float(value) for value in least(samples.lines())] == [pytest.approx(0.7)]
    assert least(samples.bars()) == least(samples.ranked()) == []
