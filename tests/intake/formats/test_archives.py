"""Damaged and odd archives: each fault of a reader of packings is one sentence about one file, never an exception."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cs_dash.errors import PasswordNeeded, UnreadableFile
from cs_dash.intake.formats import archives
from cs_dash.intake.results.problems import InputFile
from tests.intake.conftest import Read

TEXT = b"account_id,plan\n" + b"".join(b"A%d,Pro%d\n" % (n, n * n) for n in range(300))
NAME = "kund\u00e9n.csv"
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
DAMAGED = "It is damaged or incomplete. Export or send it again."
UNKNOWN = "Its compression method is not supported. Compress it as a standard zip file."
LOCKED = "It is protected by a password. Enter its password, or create it without one."


def packed(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(NAME, TEXT)
        archive.writestr("other.csv", "account_id,plan\nB1,Free\nB2,Free\n")
    return out.getvalue()


def changed(whole: bytes, at: int, to: bytes) -> bytes:
    return whole[:at] + to + whole[at + len(to) :]


def in_central(whole: bytes, offset: int, to: bytes) -> bytes:
    return changed(whole, whole.index(CENTRAL) + offset, to)


def body_broken(method: int) -> bytes:
    whole = packed(method)
    return changed(whole, whole.index(NAME.encode()) + len(NAME.encode()) + 9, b"\xff\xff\xff\xff")


def key_cut_off() -> bytes:
    """An encrypted file whose header stands at the very end, in the archive's comment."""
    whole = in_central(packed(), 8, struct.pack("<H", 0x801))
    header = whole[: 30 + len(NAME.encode())]
    whole = in_central(whole, 42, struct.pack("<I", len(whole)))
    return whole[:-2] + struct.pack("<H", len(header)) + header


ODD: dict[str, tuple[Callable[[], bytes], str]] = {
    "a local header that is another's": (lambda: changed(packed(), 0, b"PK\x07\x08"), DAMAGED),
    "a name that is no text": (lambda: changed(packed(), 34, b"\xff"), DAMAGED),
    "a place before the file": (lambda: in_central(packed(), 42, b"\xff\xff\xff\x7f"), DAMAGED),
    "an unknown packing": (lambda: in_central(packed(), 10, struct.pack("<H", 99)), UNKNOWN),
    "strong encryption": (lambda: in_central(packed(), 8, struct.pack("<H", 0x840)), UNKNOWN),
    "encrypted": (lambda: in_central(packed(), 8, struct.pack("<H", 0x801)), LOCKED),
    "another checksum": (lambda: in_central(packed(), 16, b"\x00\x00\x00\x00"), DAMAGED),
    "deflate broken": (lambda: body_broken(zipfile.ZIP_DEFLATED), DAMAGED),
    "bzip2 broken": (lambda: body_broken(zipfile.ZIP_BZIP2), DAMAGED),
    "lzma broken": (lambda: body_broken(zipfile.ZIP_LZMA), DAMAGED),
    "shorter than it says": (lambda: in_central(packed(zipfile.ZIP_STORED), 20, b"\0\0\0\x40" * 2), DAMAGED),
}


@pytest.mark.parametrize("odd", ODD)
def test_one_file_that_cannot_be_unpacked(reading: Read, odd: str) -> None:
    make, why = ODD[odd]
    ingest = reading({"all.zip": make()})
    assert [(sheet.why, sheet.asks) for sheet in ingest.ignored] == [(why, "password" if odd == "encrypted" else "")]
    assert [table.file for table in ingest.tables] == ["all.zip/other.csv"]


def test_a_key_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    path.write_bytes(key_cut_off())
    first, second = archives.unzipped(InputFile("cut.zip", path, "u"), tmp_path, "open sesame")
    assert isinstance(first, tuple)
    assert (first[1].message, type(first[1])) == ("It is damaged or incomplete.", UnreadableFile)
    assert isinstance(second, InputFile)


def test_a_wrong_password_asks_again(tmp_path: Path) -> None:
    path = tmp_path / "locked.zip"
    path.write_bytes(in_central(packed(), 8, struct.pack("<H", 0x801)))
    first = next(archives.unzipped(InputFile("locked.zip", path, "u"), tmp_path, "guess"))
    assert isinstance(first, tuple)
    assert isinstance(first[1], PasswordNeeded)
    assert first[1].message == "The password is wrong."


@pytest.mark.parametrize("content", [
    in_central(packed(), 6, struct.pack("<H", 255)),  # a version of the format that is not known
    in_central(packed(), 46, b"\xff"),  # a name that is no text
    packed()[:-30],
])  # fmt: skip
def test_an_archive_that_cannot_be_opened(reading: Read, content: bytes) -> None:
    ingest = reading({"all.zip": content})
    assert [sheet.why.split(".")[0] for sheet in ingest.ignored] == [
        "It starts like a workbook but is damaged or incomplete"
    ]


@pytest.mark.parametrize("content", [
    changed(gzip.compress(TEXT), 2, b"\x07"),  # another packing
    changed(gzip.compress(TEXT), 30, b"\xff\xff\xff"),  # broken inside
    changed(gzip.compress(TEXT), len(gzip.compress(TEXT)) - 8, b"\0\0\0\0"),  # another checksum
    changed(gzip.compress(TEXT), len(gzip.compress(TEXT)) - 4, b"\1\0\0\0"),  # another length
    gzip.compress(TEXT)[:-9],
])  # fmt: skip
def test_a_gzip_that_cannot_be_unpacked(reading: Read, content: bytes) -> None:
    assert [sheet.why for sheet in reading({"a.csv.gz": content}).ignored] == [DAMAGED]


def test_what_the_caller_raises_is_not_taken_for_a_fault_of_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(packed())
    members = archives.unzipped(InputFile("all.zip", path, "u"), tmp_path, None)
    next(members)
    assert hasattr(members, "throw")
    with pytest.raises(RuntimeError, match="of the caller"):
        members.throw(RuntimeError("of the caller"))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_bytes_changed_at_random_never_raise_anything_else(tmp_path: Path, method: int) -> None:
    path, rng, whole = tmp_path / "all.zip", random.Random(method), packed(method)
    refused = 0
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(rng.choice((1, 2, 8))):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged)
        try:
            members = list(archives.unzipped(InputFile("all.zip", path, "u"), tmp_path, None))
        except UnreadableFile:
            refused += 1
            continue
        refused += any(isinstance(file, tuple) for file in members)
    assert 0 < refused < 150
