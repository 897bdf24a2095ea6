"""Downloads always come, are never computed, and give back what they were made from."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from cs_dash.answer import Answer, Column, Definition, Figure, Note
from cs_dash.intake.formats import files, workbooks
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results.problems import InputFile
from cs_dash.intake.results.sheets import Sheet
from cs_dash.look import spreadsheet_text
from cs_dash.look.download import csv_bytes, csv_text, xlsx_bytes

SIGNS = "=+-@\t\r\n＝＋－＠"
HOSTILE = (
    "Ac\x1bme", "=1+1", "+49 30 1", "-x", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+x", "_x001B_", "\ufffe", "#N/A",
    "a\rb", 'say "=1"', "'=a'", "",
)  # fmt: skip
letters = st.sampled_from("=+-@\t\r\n'\"\x00\x1b\x0c\ufffe,;_x01Bab 5.😀") | st.characters(codec="utf-8")
texts = st.text(letters)


def answer_of(*values: object, name: str = "account") -> Answer:
    return Answer("test.rows", "Rows", "Some **rows**", dt.date(2026, 11, 1), rows=pa.table({name: list(values)}))


def csv_cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def read_again(file: Path) -> list[str]:
    """Return the first column of a file as a load reads it."""
    with IsolatedReader() as reader:
        (sheet,) = files.sheets(InputFile(file.name, file, "u"), {}, reader)
        assert isinstance(sheet, Sheet)
        return [cell or "" for cell in sheet.grid.column(0).to_pylist()]


@given(st.lists(texts, max_size=4), texts)
@example([*HOSTILE], "=cmd()")
def test_no_text_of_a_csv_file_is_computed_and_reading_it_gives_the_same(values: list[str], name: str) -> None:
    cells = [cell for row in csv_cells(csv_text(answer_of(*values, "", name=name))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple(SIGNS)) and not is_number(cell)]
    again = spreadsheet_text.unmarked(pa.array(cells, pa.string()))
    assert (cells if again is None else again.to_pylist()) == [name, *values, ""]


def is_number(text: str) -> bool:
    try:
        return float(text.removesuffix("%")) is not None
    except ValueError:
        return False


def test_a_loaded_csv_file_has_the_text_that_was_exported(tmp_path: Path) -> None:
    values = ["=1+1", "'=1", "'+a'", "'-b'", "@x", "-5", "plain", "O'Neil"]
    file = tmp_path / "rows.csv"
    file.write_bytes(csv_bytes(answer_of(*values, name="=head")))
    assert read_again(file) == ["=head", *values]


def test_numbers_of_a_csv_file_stay_numbers() -> None:
    assert csv_cells(csv_text(answer_of(-5, None, 7)))[1:] == [["-5"], [""], ["7"]]
    assert csv_cells(csv_text(answer_of(-0.25, 1e-9)))[1:] == [["-0.25"], ["1e-09"]]
    assert csv_cells(csv_text(answer_of("-5", "+12 %", "-3.5e-7", "-5+cmd")))[1:] == [
        ["-5"], ["'+12 %"], ["-3.5e-7"], ["'-5+cmd"],
    ]  # fmt: skip
    assert csv_cells(csv_text(answer_of(["=1"], [])))[1:] == [['["=1"]'], ["[]"]]


def sheet_of(book: bytes, name: str) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(book))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def kept(text: str) -> str:
    return spreadsheet_text.workbook_text(text).replace("\r\n", "\n").replace("\r", "\n")


@given(st.lists(texts, min_size=1, max_size=4), texts)
@example([*HOSTILE], "=cmd()")
@example(["x"], "\x1b" * 40)
@example([" "], "")
@example(["\n"], "x")
def test_a_workbook_always_comes_and_holds_text_as_text(values: list[str], name: str) -> None:
    book = xlsx_bytes(answer_of(*values, name=name))
    cells = [row[0] for row in sheet_of(book, "Rows").iter_rows()]
    expected = [kept(text) for text in (name, *values)]
    assert [cell.value or "" for cell in cells] + [""] * (len(expected) - len(cells)) == expected
    assert {cell.data_type for cell in cells if cell.value} <= {"s"}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.xlsx"
        file.write_bytes(book)
        (rows, _) = workbooks.read(file, None)
    read = [cell or "" for cell in rows["rows"].column(0).to_pylist()] if rows["rows"].num_columns else []
    plain = [
        text.replace("_x005F_", "_") if text.strip(" \t\n\r") else "" for text in expected
    ]  # blanks alone are no text
    assert [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in read] == plain[: len(read)]


def test_what_no_cell_can_hold_is_taken_out_or_cut_and_said() -> None:
    assert spreadsheet_text.workbook_text("Ac\x1bme\x00\ufffe\tb\nc") == "Acme\tb\nc"
    for text in ("x" * 40_000, "😀" * 20_000):
        short = spreadsheet_text.workbook_text(text)
        assert len(short.encode("utf-16-le")) // 2 in (32_766, 32_767)
        assert short.endswith(spreadsheet_text.CUT)
    assert spreadsheet_text.workbook_text("x" * 32_767) == "x" * 32_767


def test_words_about_an_answer_are_never_formulas() -> None:
    answer = Answer(
        "test.rows", "=title", "=headline\x1b", None, (Figure("n", "=label", 1.0, "count", caveat="=caveat"),),
        pa.table({"a": ["x"]}), (Column("a", "=A\x1b"),), (), (Note("=note\x1b"),),
        Definition("n", "N", "=explained", "=formula", "=source"),
    )  # fmt: skip
    book = xlsx_bytes(answer)
    cells = [cell for name in ("Rows", "About") for row in sheet_of(book, name).iter_rows() for cell in row]
    assert {"=title", "=headline", "=label", "=caveat", "=A", "=note", "=formula"} <= {cell.value for cell in cells}
    assert not [cell.value for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(1899, 12, 31), dt.datetime(1850, 5, 5, 12)])
def test_a_day_that_no_workbook_knows_is_text(day: dt.date) -> None:
    assert sheet_of(xlsx_bytes(answer_of(day)), "Rows")["A2"].value == day.isoformat()
    assert sheet_of(xlsx_bytes(answer_of(dt.date(1900, 3, 1))), "Rows")["A2"].value == dt.datetime(1900, 3, 1)


@given(texts)
@example("[a]:*?/\\'\x1b" * 9)
@example("😀" * 40)
def test_any_text_makes_a_sheet_name(text: str) -> None:
    title = spreadsheet_text.sheet_title(f"1 {text}")
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    book.create_sheet(title)
    book.save(out)
    assert openpyxl.load_workbook(out).sheetnames == [title]
    assert len(title.encode("utf-16-le")) // 2 <= 31


def test_files_of_a_page_hold_its_words_and_those_of_the_command_line_its_codes() -> None:
    columns = (Column("state", "State", value_labels=(("open_red", "Due soon"),)),)
    rows = pa.table({"state": ["open_red", None, "other"], "n": [1, 2, 3]})
    answer = Answer("test.rows", "Rows", "", dt.date(2026, 11, 1), rows=rows, columns=columns)
    assert csv_cells(csv_bytes(answer).decode("utf-8-sig"))[1:] == [["Due soon", "1"], ["", "2"], ["other", "3"]]
    assert csv_cells(csv_text(answer))[1] == ["open_red", "1"]
    assert sheet_of(xlsx_bytes(answer), "Rows")["A2"].value == "Due soon"


def test_amounts_below_one_keep_their_digits_in_a_workbook() -> None:
    rows = pa.table({"mrr": [0.0581, 12.5, 0.0, -0.002]})
    answered = Answer("q", "Title", "Headline.", None, rows=rows, columns=(Column("mrr", "MRR", "money"),))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(answered)))["Rows"]
    formats = [sheet.cell(row, 1).number_format for row in (2, 3, 4, 5)]
    assert formats == ["0.00####", "#,##0.00", "#,##0.00", "0.00####"]
