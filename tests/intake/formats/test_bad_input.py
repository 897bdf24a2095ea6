from __future__ import annotations

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cs_dash.errors import UnknownOption
from cs_dash.intake.ingest import read
from cs_dash.intake.results.problems import IngestResult, InputFile, LoadContext
from tests.intake.conftest import Read

GOOD = "account_id,plan\nA1,Pro\nA2,Free\n"


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
LYING = archive(xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml="no sheet")
CUT = workbook(("a",))[:500]
ARCHIVE = archive(a_xml="x")
RUBBISH = struct.pack("<256I", *range(0, 2**32, 2**24))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("nothing.csv", b"", "It is empty. Export it again."),
        ("blanks.csv", b" \n\n \n", "It is empty. Export it again."),
        ("picture.xlsx", PICTURE, "It is a PNG picture, not a table. Export the table as .xlsx or .csv."),
        ("rubbish.csv", RUBBISH, "It is neither text nor a workbook. Export the table as .xlsx or .csv."),
        ("cut.xlsx", CUT, "It starts like a workbook but is damaged or incomplete. Export or send it again."),
        ("page.csv", b"<!DOCTYPE html><html>", "It is a web page, not a table. Save it as .xlsx or .csv."),
        ("title.csv", b"Customer report\n", "It holds a title or a single row, and no table."),
        ("title.xlsx", workbook(("Customer report",)), "It holds a title or a single row, and no table."),
        ("blank.xlsx", workbook(), "It is empty."),
        ("names.csv", b"account_id,plan\n", "It holds a title or a single row, and no table."),
    ],
)  # fmt: skip
def test_one_sentence_and_the_other_files_go_on(reading: Read, name: str, content: bytes, why: str) -> None:
    ingest = reading({name: content, "accounts.csv": GOOD})
    assert [(sheet.file, sheet.why) for sheet in ingest.ignored] == [(name, why)]
    assert [table.read for table in ingest.tables] == [2]


def test_a_zip_that_lies(reading: Read) -> None:
    ingest = reading(
        {"lie.xlsx": LYING, "accounts.xlsx": workbook(("account_id", "plan"), ("A1", "Pro"), ("A2", "Pro"))}
    )
    assert [sheet.file for sheet in ingest.ignored] == ["lie.xlsx"]
    assert ingest.ignored[0].why.startswith("It is not a complete workbook")
    assert [table.read for table in ingest.tables] == [2]


def test_a_workbook_that_kills_its_reader_costs_only_itself(
    reading: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child is made to die on one file, as it does where its reader runs out of memory."""
    deadly = tmp_path / "sitecustomize.py"
    deadly.write_text(
        "import os, sys\n"
        "if 'cs_dash.intake.formats.child' in sys.orig_argv:\n"
        "    import cs_dash.intake.formats.child as child\n"
        "    real = child._answer\n"
        "    child._answer = lambda job: os._exit(1) if 'deadly' in job['path'] else real(job)\n"
        "    sys.modules['cs_dash.intake.formats.child'] = child\n"
        "    child.main()\n"
        "    os._exit(0)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(__file__).parents[3]}")
    sheet = workbook(("account_id", "plan"), ("A1", "Pro"), ("A2", "Pro"))
    ingest = reading({"one.xlsx": sheet, "deadly.xlsx": sheet, "two.xlsx": sheet})
    assert [table.file for table in ingest.tables] == ["one.xlsx", "two.xlsx"]
    assert ingest.ignored[0].why.startswith("It is damaged and crashes the reader")


def test_a_folder(tmp_path: Path) -> None:
    ingest = read([InputFile("folder", tmp_path, "u")], LoadContext(loaded_on=date(2026, 11, 22)))
    assert ingest == IngestResult((), ingest.ignored)
    assert ingest.ignored[0].why == "It is a folder, not a file. Load the files inside."


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    ingest = read([InputFile("x.csv", tmp_path / "x", "u")], LoadContext(loaded_on=date(2026, 11, 22)))
    assert "could not be opened" in ingest.ignored[0].why


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_other_encodings_simply_work(reading: Read, encoding: str) -> None:
    text = "account_id,account_name\n" + "".join(f"A{n},Müller & Söhne Größe {n}\n" for n in range(30))
    ingest = reading({"accounts.csv": text.encode(encoding)})
    assert ingest.tables[0].rows.rows["account"].to_pylist()[0] == "Müller & Söhne Größe 0"


def test_a_name_that_lies_about_the_format(reading: Read) -> None:
    ingest = reading({"accounts.csv": workbook(("account_id", "plan"), ("A1", "Pro")), "accounts.xlsx": GOOD})
    assert [table.read for table in ingest.tables] == [1, 2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"datse": "dmy"}, "Could not use datse=dmy because there is no such option."),
        ({"dates": "ymd"}, "Could not use dates=ymd because it is not one of the choices."),
        ({"snapshot": "May"}, "Could not use snapshot=May because it is not a date."),
        ({"encoding": "utf-99"}, "Could not use the encoding “utf-99” because it does not exist."),
        ({"delimiter": "::"}, "Could not use “::” as the delimiter because it is not one character."),
    ],
)
def test_options_that_do_not_exist(reading: Read, options: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownOption, match="Could not") as caught:
        reading({"accounts.csv": GOOD}, options=options)
    assert caught.value.message == message


def test_a_table_that_does_not_exist(reading: Read) -> None:
    with pytest.raises(UnknownOption) as caught:
        reading({"accounts.csv": GOOD}, as_table="acounts")
    assert caught.value.hint == "Did you mean accounts?"
