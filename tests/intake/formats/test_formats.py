"""The same table in every format gives the same rows."""

from __future__ import annotations

import csv
import gzip
import io
import json
import struct
import zipfile
from collections.abc import Callable

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cs_dash.intake.formats import archives
from tests.intake.conftest import Read

ROWS = [
    {"account_id": "A-1", "account": "Müller & Söhne", "plan": "Pro", "seats": "12", "signup_date": "2025-03-01"},
    {"account_id": "A-2", "account": "“Quoted”, Inc.", "plan": "n/a", "seats": "1200", "signup_date": "2025-12-31"},
    {"account_id": "A-3", "account": "東京商事", "plan": "", "seats": "", "signup_date": ""},
]
NAMES = tuple(ROWS[0])
ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Accounts">{rows}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)


def text(mark: str = ",") -> bytes:
    out = io.StringIO()
    written = csv.DictWriter(out, NAMES, delimiter=mark)
    written.writeheader()
    written.writerows(ROWS)
    return out.getvalue().encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (NAMES, *(tuple(each.values()) for each in ROWS)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt("open sesame", out)
    return out.getvalue()


def ods() -> bytes:
    def cell(value: str) -> str:
        escaped = value.replace("&", "&amp;")
        return f'<table:table-cell office:value-type="string"><text:p>{escaped}</text:p></table:table-cell>'

    rows = "".join(
        f"<table:table-row>{''.join(cell(value) for value in row)}</table:table-row>"
        for row in (NAMES, *(tuple(each.values()) for each in ROWS))
    )
    return zipped(
        **{
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.format(rows=rows).encode(),
            "META-INF/manifest.xml": b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            b'<m:file-entry m:full-path="/" m:media-type="x"/></m:manifest>',
        }
    )


def parquet() -> bytes:
    out = io.BytesIO()
    seats = pa.array([int(row["seats"]) if row["seats"] else None for row in ROWS], pa.int32())
    columns = {name: pa.array([row[name] or None for row in ROWS]) for name in NAMES} | {"seats": seats}
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def records(*, lines: bool) -> bytes:
    typed = [
        {name: int(value) if name == "seats" and value else value or None for name, value in row.items()}
        for row in ROWS
    ]
    return ("\n".join(json.dumps(row) for row in typed) if lines else json.dumps({"data": typed})).encode()


def old_office(*streams: str) -> bytes:
    """The file of an Office before 2007 with empty streams of these names: a header, its table, its directory."""
    none, sectors = 0xFFFFFFFF, (0xFFFFFFFD, 0xFFFFFFFE)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[none] * 108)
    directory = b""
    for at, name in enumerate(("Root Entry", *streams)):
        right = at + 1 if 0 < at < len(streams) else none
        said = name.encode("utf-16-le")
        more = (len(said) + 2, 2 if at else 5, 1, none, right, none if at else 1, 0xFFFFFFFE, 0)
        directory += struct.pack("<64sHBBIII36xIQ", said, *more)
    return header + struct.pack("<128I", *sectors, *[none] * 126) + directory.ljust(512, b"\0")


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


FORMATS: dict[str, Callable[[], bytes]] = {
    "accounts.tsv": lambda: text("\t"),
    "accounts.txt": lambda: text("|"),
    "accounts.xlsx": workbook,
    "accounts.ods": ods,
    "accounts.parquet": parquet,
    "accounts.jsonl": lambda: records(lines=True),
    "accounts.json": lambda: records(lines=False),
    "accounts.csv.gz": lambda: gzip.compress(text()),
    "accounts.zip": lambda: zipped(**{"accounts.csv": text()}),
    "deep.zip": lambda: zipped(**{"more/accounts.csv.gz": gzip.compress(text())}),
    "locked.xlsx": locked,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_rows(reading: Read, name: str) -> None:
    wanted = reading({"accounts.csv": text()}).tables[0].rows.rows
    found = reading({name: FORMATS[name]()}, options={"password": "open sesame"})
    assert not found.ignored
    assert [fed.table for fed in found.tables] == ["accounts"]
    assert found.tables[0].rows.rows.select(wanted.column_names).to_pylist() == wanted.to_pylist()


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
    found = reading({"all.zip": content})
    assert [fed.file for fed in found.tables] == ["all.zip/a/accounts.csv", "all.zip/w.xlsx"]
    assert [(each.file, each.why[:19]) for each in found.ignored] == [("all.zip/picture.png", "It is a PNG picture")]


def test_what_unpacks_to_far_more_than_its_size_is_refused(reading: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SMALL", 1 << 20)
    zeros = b"0" * (50 << 20)
    found = reading({"bomb.csv.gz": gzip.compress(zeros), "bomb.zip": zipped(**{"a.csv": zeros, "b.csv": text()})})
    assert not found.tables
    assert [each.file for each in found.ignored] == ["bomb.csv.gz", "bomb.zip/a.csv"]
    assert all("far more than its size" in each.why for each in found.ignored)


def test_archives_that_are_cut_off_or_empty(reading: Read) -> None:
    inside = zipped(**{"b.zip": zipped(**{"c.zip": zipped(**{"a.csv": text()})})})
    found = reading({"cut.csv.gz": gzip.compress(text() * 99)[:-20], "none.zip": zipped(), "deep.zip": inside})
    assert [each.why.split(".")[0] for each in found.ignored] == [
        "It is damaged or cut off", "It is an archive without any file in it", "It is an archive inside an archive",
    ]  # fmt: skip


def test_a_password_is_asked_for(reading: Read) -> None:
    content = locked()
    found = reading({"locked.xlsx": content, "accounts.csv": text()})
    assert [(each.file, each.asks) for each in found.ignored] == [("locked.xlsx", "password")]
    assert found.ignored[0].why == "It is protected by a password. Give its password, or save it without one."
    assert [fed.file for fed in found.tables] == ["accounts.csv"]
    wrong = reading({"locked.xlsx": content}, options={"password": "guess"})
    assert wrong.ignored[0].why.startswith("The password does not open it.")


def test_broken_lines_of_json_are_named(reading: Read) -> None:
    lines = records(lines=True).decode().splitlines()
    fed = reading({"accounts.jsonl": "\n".join([lines[0], '{"account_id": "A-9", "acc', *lines[1:]])}).tables[0]
    assert (fed.read, fed.rejected) == (4, 1)
    assert [(problem.row, problem.what) for problem in fed.problems if problem.fatal] == [
        (3, "The line is not a JSON record.")
    ]
    assert reading({"a.json": "[[1], [2]]"}).ignored[0].why.startswith("It is not a list of JSON records")


def test_old_documents_of_other_programs(reading: Read) -> None:
    found = reading({
        "a.xls": old_office("WordDocument", "1Table"), "b.xls": old_office("PowerPoint Document"),
        "c.xls": old_office("Workbook") + "WordDocument".encode("utf-16-le"),  # a workbook with a document inside
    })  # fmt: skip
    assert [each.why.split(".")[0] for each in found.ignored] == [
        "It is a Word document, not a spreadsheet", "It is a PowerPoint file, not a spreadsheet",
        "It is not a whole workbook",
    ]  # fmt: skip
