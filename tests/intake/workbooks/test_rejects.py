"""Rejected rows as a workbook that can be mended and loaded again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.ingest import read
from cs_dash.intake.results.problems import InputFile, LoadContext, Problem
from cs_dash.intake.results.sheets import Sheet
from cs_dash.intake.workbooks.rejects import ADDED, rejected_rows
from cs_dash.look import spreadsheet_text

ROWS = [
    ["subscription_id", "account_id", "start_date", "mrr"],
    ["S1", "A1", "2025-01-01", "10"], ["S2", "A2", "soon", "20"], ["S3", "A3", "", ""],
]  # fmt: skip


def rows_of(book: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    return list(sheet.values)


def locked(folder: Path) -> InputFile:
    book, plain, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    book.save(plain)
    OOXMLFile(plain).encrypt("open sesame", out)
    path = folder / "locked.xlsx"
    path.write_bytes(out.getvalue())
    return InputFile("locked.xlsx", path, "u")


def test_the_rejected_rows_of_an_encrypted_workbook(tmp_path: Path) -> None:
    file, options = locked(tmp_path), {"password": "open sesame"}
    table = read([file], LoadContext(date(2026, 11, 22), options=options)).tables[0]
    assert (table.read, table.rejected) == (3, 2)
    problems = [((table.file, table.sheet), problem) for problem in table.problems]
    advice = "Write dates as year-month-day, for example 2026-09-14.", "Fill it in; it is required."
    assert rows_of(rejected_rows([file], problems, options)) == [
        ("subscription_id", "account_id", "start_date", "mrr", *ADDED),
        ("S2", "A2", "soon", "20", "Not a date.", advice[0], "locked.xlsx", 3),
        ("S3", "A3", None, None, "No start date.", advice[1], "locked.xlsx", 4),
    ]
    assert rows_of(rejected_rows([file], problems)) == [
        ("locked.xlsx: It is protected by a password. Enter its password, or save it without one.",)
    ]


def test_the_mended_rows_load_again(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text("subscription_id;account_id;start_date;mrr\nS1;A1;2025-01-01;10\nS2;A2;soon;20\n")
    mended = InputFile("subscriptions.csv", path, "u")
    table = read([mended], LoadContext(date(2026, 11, 22))).tables[0]
    book = openpyxl.load_workbook(
        io.BytesIO(rejected_rows([mended], [((table.file, table.sheet), problem) for problem in table.problems]))
    )
    book.worksheets[0]["C2"] = "2025-02-03"
    book.save(tmp_path / "mended.xlsx")
    again = read([InputFile("mended.xlsx", tmp_path / "mended.xlsx", "v")], LoadContext(date(2026, 11, 22))).tables
    assert [(problem.table, problem.read, problem.rejected) for problem in again] == [("subscriptions", 1, 0)]
    assert again[0].rows.rows["start_date"].to_pylist() == [date(2025, 2, 3)]


def test_hostile_text_breaks_no_workbook_and_comes_back_when_it_is_loaded_again(tmp_path: Path) -> None:
    """A name with a control character, a formula as a name, as a column's name and as a sheet's name."""
    names, problem = (
        ["Ac\x1bme", "=1+1", "+49", "x" * 40_000, "_x0041_"],
        Problem(None, "mrr", "", "=bad\x1b", "", True),
    )
    path = tmp_path / "=a\x1b.csv"
    path.write_text("account,=head\x1b,mrr\n" + "".join(f"{name},=x,1\n" for name in names))
    file = InputFile(path.name, path, "u")
    problems = [((file.name, ""), replace(problem, row=at)) for at in range(2, 7)]
    book = rejected_rows([file], problems)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    (tmp_path / "again.xlsx").write_bytes(book)
    with IsolatedReader() as reader:
        (again,) = files.sheets(InputFile("again.xlsx", tmp_path / "again.xlsx", "v"), {}, reader)
    assert isinstance(again, Sheet)
    assert again.grid.column(1).to_pylist() == ["=head", *["=x"] * 5]
    shortened = spreadsheet_text.workbook_text(names[3])
    assert again.grid.column(0).to_pylist() == ["account", "Acme", "=1+1", "+49", shortened, "_x0041_"]


def test_rows_of_a_file_that_is_gone(tmp_path: Path) -> None:
    assert rows_of(rejected_rows([], [])) == [("Rejected rows cannot be shown: the file is no longer stored.",)]
