"""The same table in every format gives the same rows."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from cs_dash.intake.formats import archives
from tests.intake.conftest import Read
from tests.intake.formats.samples import PASSWORD, TABLES, locked, old_office, records, text, workbook, zipped


@pytest.mark.parametrize(
    ("file", "content"), [pytest.param(*sample, id=sample[0]) for files in TABLES.values() for sample in files.items()]
)
def test_every_format_gives_the_same_rows(reading: Read, file: str, content: Callable[[], bytes]) -> None:
    expected = reading({"accounts.csv": text()}).tables[0].rows.rows
    ingest = reading({file: content()}, options={"password": PASSWORD})
    assert not ingest.ignored
    assert [loaded.table for loaded in ingest.tables] == ["accounts"]
    assert ingest.tables[0].rows.rows.select(expected.column_names).to_pylist() == expected.to_pylist()


def test_numbers_keep_every_digit(reading: Read) -> None:
    big = '{"account_id": 12345678901234567890, "account": "A", "seats": 7, "arr": 0.1234567890123456789}'
    rows = reading({"accounts.jsonl": f"{big}\n{big.replace('890,', '891,')}"}).tables[0].rows.rows
    assert rows["account_id"].to_pylist() == ["12345678901234567890", "12345678901234567891"]


def test_an_archive_is_read_file_by_file(reading: Read) -> None:
    content = zipped(
        **{
            "a/accounts.csv": text(),
            "picture.png": b"\x89PNG\r\n\x1a\n",
            "__MACOSX/x": b"x",
            ".hidden": b"x",
            "w.xlsx": workbook(),
        }
    )
    ingest = reading({"all.zip": content})
    assert [table.file for table in ingest.tables] == ["all.zip/a/accounts.csv", "all.zip/w.xlsx"]
    assert [(sheet.file, sheet.why[:19]) for sheet in ingest.ignored] == [
        ("all.zip/picture.png", "It is a PNG picture")
    ]


def test_what_unpacks_to_far_more_than_its_size_is_refused(reading: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SMALL", 1 << 20)
    zeros = b"0" * (50 << 20)
    ingest = reading({"bomb.csv.gz": gzip.compress(zeros), "bomb.zip": zipped(**{"a.csv": zeros, "b.csv": text()})})
    assert not ingest.tables
    assert [sheet.file for sheet in ingest.ignored] == ["bomb.csv.gz", "bomb.zip/a.csv"]
    assert all("far more than its size" in sheet.why for sheet in ingest.ignored)


def test_archives_that_are_cut_off_or_empty(reading: Read) -> None:
    inside = zipped(**{"b.zip": zipped(**{"c.zip": zipped(**{"a.csv": text()})})})
    ingest = reading({"cut.csv.gz": gzip.compress(text() * 99)[:-20], "none.zip": zipped(), "deep.zip": inside})
    assert [sheet.why.split(".")[0] for sheet in ingest.ignored] == [
        "It is damaged or incomplete", "The archive is empty", "It is an archive inside an archive",
    ]  # fmt: skip


def test_a_password_is_asked_for(reading: Read) -> None:
    content = locked()
    ingest = reading({"locked.xlsx": content, "accounts.csv": text()})
    assert [(sheet.file, sheet.asks) for sheet in ingest.ignored] == [("locked.xlsx", "password")]
    assert ingest.ignored[0].why == "It is protected by a password. Enter its password, or save it without one."
    assert [table.file for table in ingest.tables] == ["accounts.csv"]
    wrong = reading({"locked.xlsx": content}, options={"password": "guess"})
    assert wrong.ignored[0].why.startswith("The password is wrong.")


def test_broken_lines_of_json_are_named(reading: Read) -> None:
    lines = records(lines=True).decode().splitlines()
    table = reading({"accounts.jsonl": "\n".join([lines[0], '{"account_id": "A-9", "acc', *lines[1:]])}).tables[0]
    assert (table.read, table.rejected) == (4, 1)
    assert [(problem.row, problem.what) for problem in table.problems if problem.fatal] == [
        (3, "The line is not a JSON record.")
    ]
    assert reading({"a.json": "[[1], [2]]"}).ignored[0].why.startswith("It is not a list of JSON records")


def test_old_documents_of_other_programs(reading: Read) -> None:
    ingest = reading({
        "a.xls": old_office("WordDocument", "1Table"), "b.xls": old_office("PowerPoint Document"),
        "c.xls": old_office("Workbook") + "WordDocument".encode("utf-16-le"),  # a workbook with a document inside
    })  # fmt: skip
    assert [sheet.why.split(".")[0] for sheet in ingest.ignored] == [
        "It is a Word document, not a spreadsheet", "It is a PowerPoint file, not a spreadsheet",
        "It is not a complete workbook",
    ]  # fmt: skip
