"""A sample of every registered format: the same accounts in those that hold a table, the first bytes of the others."""

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

PASSWORD = "open sesame"
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


def text(delimiter: str = ",") -> bytes:
    out = io.StringIO()
    written = csv.DictWriter(out, NAMES, delimiter=delimiter)
    written.writeheader()
    written.writerows(ROWS)
    return out.getvalue().encode()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (NAMES, *(tuple(row.values()) for row in ROWS)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt(PASSWORD, out)
    return out.getvalue()


def ods() -> bytes:
    def cell(value: str) -> str:
        escaped = value.replace("&", "&amp;")
        return f'<table:table-cell office:value-type="string"><text:p>{escaped}</text:p></table:table-cell>'

    rows = "".join(
        f"<table:table-row>{''.join(cell(value) for value in row)}</table:table-row>"
        for row in (NAMES, *(tuple(row.values()) for row in ROWS))
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
        encoded = name.encode("utf-16-le")
        numbers = (len(encoded) + 2, 2 if at else 5, 1, none, right, none if at else 1, 0xFFFFFFFE, 0)
        directory += struct.pack("<64sHBBIII36xIQ", encoded, *numbers)
    return header + struct.pack("<128I", *sectors, *[none] * 126) + directory.ljust(512, b"\0")


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


TABLES: dict[str, dict[str, Callable[[], bytes]]] = {
    "text": {"accounts.tsv": lambda: text("\t"), "accounts.txt": lambda: text("|"), "accounts.csv": text},
    "workbook": {"accounts.xlsx": workbook, "accounts.ods": ods},
    "old office": {"locked.xlsx": locked},
    "parquet": {"accounts.parquet": parquet},
    "json": {"accounts.jsonl": lambda: records(lines=True), "accounts.json": lambda: records(lines=False)},
    "gzip": {"accounts.csv.gz": lambda: gzip.compress(text())},
    "zip": {
        "accounts.zip": lambda: zipped(**{"accounts.csv": text()}),
        "deep.zip": lambda: zipped(**{"more/accounts.csv.gz": gzip.compress(text())}),
    },
}
"""Format -> file -> its bytes, for the formats that have a reader."""
NOT_TABLES: dict[str, tuple[str, bytes]] = {
    "png": ("logo.png", b"\x89PNG\r\n\x1a\n"),
    "jpeg": ("logo.jpg", b"\xff\xd8\xff\xe0"),
    "gif": ("logo.gif", b"GIF89a"),
    "bitmap": ("logo.bmp", b"BM\x36\0\0\0"),
    "tiff": ("scan.tif", b"II*\x00"),
    "pdf": ("report.pdf", b"%PDF-1.7\n"),
    "7-zip": ("all.7z", b"7z\xbc\xaf\x27\x1c"),
    "rar": ("all.rar", b"Rar!\x1a\x07"),
    "bzip2": ("all.bz2", b"BZh91AY"),
    "xz": ("all.xz", b"\xfd7zXZ\0"),
    "sqlite": ("crm.db", b"SQLite format 3\0"),
    "elf": ("tool", b"\x7fELF\2\1"),
    "exe": ("tool.exe", b"MZ\x90\0\3"),
    "arrow": ("table.arrow", b"ARROW1\0\0"),
    "rtf": ("letter.rtf", b"{\\rtf1 "),
    "excel before 1995": ("old.xls", b"\x09\x08\x06\x00\x00\x05"),
    "apple numbers": ("sheet.numbers", zipped(**{"Index/Document.iwa": b"x"})),
    "word": ("letter.docx", zipped(**{"word/document.xml": b"<x/>"})),
    "powerpoint": ("deck.pptx", zipped(**{"ppt/presentation.xml": b"<x/>"})),
    "html": ("page.html", b"<!DOCTYPE html><html>"),
    "xml": ("feed.xml", b"<?xml version='1.0'?><feed/>"),
}
"""Format -> file and its bytes, for the formats that are refused."""
