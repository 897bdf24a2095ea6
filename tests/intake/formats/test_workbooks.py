from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import fastexcel
import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cs_dash.intake.formats import workbook_xml
from tests.intake.conftest import Read


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_kind_of_cell(reading: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ticket ID", "Account ID", "Created At", "Solved At", "First reply time", "Satisfaction", "Subject"])
    sheet.append([1, "A1", datetime(2025, 3, 1, 9, 30, 15), date(2025, 3, 2), time(2, 30), 4.5, " Hi "])
    sheet.append([2.0, 7, "2025-03-02", None, None, "5", True])
    rows = reading({"tickets.xlsx": saved(book)}).tables[0].rows.rows.to_pylist()
    assert rows[0] == {
        "ticket_id": "1", "account_ref": "A1", "created_at": datetime(2025, 3, 1, 9, 30, 15),
        "solved_at": datetime(2025, 3, 2), "first_reply_minutes": 150.0, "satisfaction": 4.5, "subject": "Hi",
        "_row": 2,
    }  # fmt: skip
    assert rows[1]["ticket_id"] == "2"
    assert rows[1]["account_ref"] == "7"


def test_rows_are_numbered_as_the_spreadsheet_shows_them(reading: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    columns: dict[str, tuple[str | int, ...]] = {"C": ("Account ID", "A1", "A2"), "D": ("Seats", 3, "many")}
    for column, cells in columns.items():
        for row, cell in enumerate(cells):
            sheet[f"{column}{row + 5}"] = cell
    table = reading({"accounts.xlsx": saved(book)}).tables[0]
    assert table.rows.rows["_row"].to_pylist() == [6, 7]
    assert [(problem.row, problem.column, problem.value) for problem in table.problems] == [(7, "Seats", "many")]


def test_cells_that_hold_an_error_or_no_value_yet_are_named(reading: Read) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([None, "Account ID", "Seats", "Plan"])
    sheet.append([None, "A1", "#DIV/0!", "Pro"])
    sheet.append([None, "A2", "=1+1", "Pro"])
    table = reading({"accounts.xlsx": saved(book)}).tables[0]
    assert [(problem.row, problem.column, problem.what) for problem in table.problems] == [
        (2, "Seats", "The cell holds the error #DIV/0!."),
        (3, "Seats", "The cell holds a formula without a stored result."),
    ]
    assert table.rows.rows["seats"].null_count == 2
    assert set(table.assumptions) >= {
        "1 cell holds an error (#DIV/0! in 1) and counts as empty.",
        "1 cell holds a formula without a stored result and counts as empty.",
    }


def test_a_hidden_sheet_is_read_and_said(reading: Read) -> None:
    book = openpyxl.Workbook()
    visible = book.active
    assert visible is not None
    visible.append(["Account ID", "Plan"])
    visible.append(["A1", "Pro"])
    hidden = book.create_sheet("Old customers")
    hidden.sheet_state = "hidden"
    hidden.append(["Account ID", "Plan"])
    hidden.append(["A2", "Pro"])
    table = reading({"book.xlsx": saved(book)}).tables
    assert [table.sheet for table in table] == ["Sheet", "Old customers"]
    assert any("is hidden" in assumption for assumption in table[1].assumptions)


def from_1904(*rows: list[str | int | datetime]) -> bytes:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["Subscription ID", "Account ID", "Start Date", "MRR"])
    for row in rows:
        sheet.append(row)
    return saved(book)


def test_days_counted_from_1904(reading: Read) -> None:
    book = from_1904(["S1", "A1", datetime(2025, 3, 1), 10], ["S2", "A1", 44255, 10])
    rows = reading({"subscriptions.xlsx": book}).tables[0].rows.rows
    assert rows["start_date"].to_pylist() == [date(2025, 3, 1)] * 2


def test_days_counted_from_1904_on_a_macintosh(reading: Read) -> None:
    """An extension of the list of sheets has settings of its own, which are not the workbook's."""
    extension = (
        b'<extLst><ext uri="{79F54976-1DA5-4618-B147-4CDE4B953A38}" xmlns:x14="http://schemas.microsoft.com/office/'
        b'spreadsheetml/2009/9/main"><x14:workbookPr defaultImageDpi="32767"/></ext></extLst></workbook>'
    )
    out = io.BytesIO()
    plain = io.BytesIO(from_1904(["S1", "A_x000D_1", datetime(2025, 3, 1), 10]))
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(out, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            changed.writestr(name, content.replace(b"</workbook>", extension) if name == "xl/workbook.xml" else content)
    rows = reading({"subscriptions.xlsx": out.getvalue()}).tables[0].rows.rows
    assert rows["start_date"].to_pylist() == [date(2025, 3, 1)]
    assert rows["account_ref"].to_pylist() == ["A\r1"]


def test_a_damaged_workbook_is_never_more_than_cells_not_looked_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(50):
        sheet.append([f"A{row}", row, "=1+1"])
    whole = saved(book)
    file = tmp_path / "book.xlsx"
    file.write_bytes(whole)
    assert workbook_xml.parts(file) == {"Sheet": "xl/worksheets/sheet1.xml"}
    at_first = workbook_xml.looked_through(file, "xl/worksheets/sheet1.xml")
    assert at_first is not None
    assert at_first.formulas == 50
    lost = 0
    rng = random.Random(1)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        file.write_bytes(damaged)
        workbook_xml.parts(file)
        workbook_xml.counts_from_1904(file)
        lost += workbook_xml.looked_through(file, "xl/worksheets/sheet1.xml") is None
    assert 0 < lost < 300


@pytest.mark.parametrize(
    ("number", "is_long"),
    [
        ("5", False), ("12.5", False), ("0.12345678", False), ("123456.5", False), ("45203.25", False),
        ("0.123456789", True), (".123456789", True), ("1234567.5", True), ("-1234567.5", True), ("1e20", True),
        ("1E-12", True), ("1.5e3", True), ("12.e3", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", [b"", b'<c r="A1"><v>7.5</v></c>' * 3])
def test_long_numbers_are_told_whatever_stands_around_them(number: str, is_long: bool, before: bytes) -> None:
    cells = before + f'<c r="C2" s="1"><v>{number}</v></c>'.encode()
    assert workbook_xml._long_columns(cells) == ({"C"} if is_long else set())


@pytest.mark.parametrize("empty_columns", [0, 2])
def test_columns_with_long_numbers_and_merged_cells_are_told(tmp_path: Path, empty_columns: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    file, part = tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml"
    for row in (["Who", "Use", "Seats", "Cost"], ["Ann", 0.1234567890123, 5, 12.5], ["Bob", 0.5, 7, 1e-12]):
        sheet.append([None] * empty_columns + row)
    file.write_bytes(saved(book))
    findings = workbook_xml.looked_through(file, part)
    # Where the first column is empty, the reader counts from another one: then any may hold them.
    expected = None if empty_columns else frozenset({1, 3})
    assert findings == workbook_xml.SheetFindings(0, [], expected, is_merged=False)
    sheet.merge_cells("A5:B5")
    file.write_bytes(saved(book))
    merged = workbook_xml.looked_through(file, part)
    assert merged
    assert merged.is_merged


def changed(book: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as archive, zipfile.ZipFile(out, "w") as again:
        for name in archive.namelist():
            content = archive.read(name)
            assert name != part or old in content
            again.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def every_kind() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Subscription ID", "Account ID", "Start Date", "MRR", "Auto renew", "Plan"])
    sheet.append(["S1", 17, datetime(2025, 3, 1), 10.25, True, "Pro"])
    sheet.append(["S2", 18.0, date(2025, 4, 1), 1200, False, "#N/A"])
    sheet.append(["S3", "A3", datetime(2025, 3, 1, 9, 30), 0.1 + 0.2, None, None])
    return book


def test_what_the_first_reader_gives_up_on_is_read_by_the_second(reading: Read) -> None:
    plain = saved(every_kind())
    odd = changed(plain, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:F4"', b'<dimension ref="A"')
    with pytest.raises(fastexcel.FastExcelError):
        fastexcel.read_excel(odd).load_sheet(0, header_row=None, skip_rows=0)
    odd_table, expected = (reading({"subscriptions.xlsx": book}).tables[0] for book in (odd, plain))
    assert odd_table.rows.rows.to_pylist() == expected.rows.rows.to_pylist()
    assert any("could not be checked for" in assumption for assumption in odd_table.assumptions)


def test_a_sheet_that_cannot_be_read_is_named_and_the_others_are_read(reading: Read) -> None:
    book = every_kind()
    book.create_sheet("Broken").append(["x"])
    odd = changed(saved(book), "xl/worksheets/sheet2.xml", b"<dimension ", b'<dimension ref="A"/>< <')
    ingest = reading({"subscriptions.xlsx": odd})
    assert [(table.sheet, table.read) for table in ingest.tables] == [("Sheet", 3)]
    assert [(table.sheet, table.why) for table in ingest.ignored] == [
        ("Broken", "It is damaged, or a chart; the other sheets were read.")
    ]
    whole = changed(odd, "xl/worksheets/sheet1.xml", b"<dimension ", b'<dimension ref="A"/>< <')
    assert [table.why.split(".")[0] for table in reading({"subscriptions.xlsx": whole}).ignored] == [
        "It is not a complete workbook"
    ]


def test_a_workbook_whose_parts_stand_in_no_folder(reading: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(every_kind()))) as archive, zipfile.ZipFile(out, "w") as flat:
        for name in archive.namelist():
            flat.writestr(name.replace("xl/", ""), archive.read(name).replace(b"/xl/", b"/").replace(b'"xl/', b'"'))
    table = reading({"subscriptions.xlsx": out.getvalue()}).tables[0]
    assert table.read == 3
    assert [problem.what for problem in table.problems] == ["The cell holds the error #N/A."]


def test_the_child_that_reads_a_workbook_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["Who", "Use"], ["Ann", 0.1234567890123]):
        book.active.append(row)
    (tmp_path / "book.xlsx").write_bytes(saved(book))
    job = {
        "path": str(tmp_path / "book.xlsx"), "into": str(tmp_path / "sheet"), "password": None,
        "reader": "cs_dash.intake.formats.workbooks:read",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cs_dash.intake.formats.child", "5000"],
        input=json.dumps(job), capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert [sheet["name"] for sheet in json.loads(done.stdout)["sheets"]] == ["Sheet"]
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "fastexcel" in imported
    assert not imported & {"pandas.core", "duckdb", "streamlit", "openpyxl"}
