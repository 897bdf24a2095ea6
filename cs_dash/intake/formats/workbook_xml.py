"""What the reader of workbooks does not report: formulas that were never computed, numbers of which it cuts digits."""

from __future__ import annotations

import html
import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_LARGEST = 400 << 20
_LISTED = 1_000
_BLOCK = 4 << 20
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_UNCOMPUTED = re.compile(
    rb'<c\s[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_LONG_NUMBER = re.compile(rb"<v>-?(?:\d*\.\d{9}|\d{7,}\.\d|[\d.]+[eE])")
_CELL = re.compile(rb'<c\s[^>]*?\br="([A-Z]+)[0-9]+"')
_FIRST_COLUMN = re.compile(rb'<c\s[^>]*?\br="A[0-9]')

# A part that is not there, cut off, damaged, named by no text; encrypted, or packed in a way that is not known: the
# archive's words for both are RuntimeErrors.
_UNREADABLE = (
    KeyError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, UnicodeDecodeError, OSError, RuntimeError,
)  # fmt: skip


def _part(path: Path, name: str) -> bytes | None:
    """Return one part of a workbook; None where it cannot be read or is too large to be looked through."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name) if archive.getinfo(name).file_size <= _LARGEST else None
    except _UNREADABLE:
        return None


def _book(path: Path) -> str:
    """The name of the part that lists the sheets; some programs put it elsewhere than in "xl"."""
    try:
        with zipfile.ZipFile(path) as archive:
            candidates = [name for name in archive.namelist() if posixpath.basename(name) == "workbook.xml"]
    except _UNREADABLE:
        candidates = []
    return min(candidates, key=len, default="xl/workbook.xml")


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'(?:^|\s)(?:\w+:)?{name}="([^"]*)"', tag)
    return html.unescape(match.group(1)) if match else ""


def parts(path: Path) -> dict[str, str]:
    """Return where inside the workbook each sheet's cells are, by the sheet's name; {} where that is unknown."""
    folder, name = posixpath.split(_book(path))
    book = _part(path, posixpath.join(folder, name))
    relations = _part(path, posixpath.join(folder, "_rels", f"{name}.rels"))
    if book is None or relations is None:
        return {}
    tags = _RELATION.findall(relations.decode("utf-8", "replace"))
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in tags}
    part_names = {}
    for tag in _SHEET.findall(book.decode("utf-8", "replace")):
        target = targets.get(re.sub(r".*\s\w+:id=\"([^\"]*)\".*", r"\1", tag), "")
        if target:
            inside = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            part_names[_attribute(tag, "name")] = inside
    return part_names


def counts_from_1904(path: Path) -> bool:
    """Return whether the workbook counts its days from 1904, as those of old Macintosh computers do."""
    return bool(re.search(rb"""\bdate1904=["'](?:1|true)["']""", _part(path, _book(path)) or b""))


def without_extensions(path: Path) -> bytes | None:
    """Return a workbook without the extensions in its list of sheets; None where it has none.

    The reader takes the settings of an extension for those of the workbook, and so forgets from when days count.
    """
    main = _book(path)
    book = _part(path, main) or b""
    plain = re.sub(rb"<(?:\w+:)?extLst\b.*?</(?:\w+:)?extLst>", b"", book, flags=re.S)
    if plain == book:
        return None
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(path) as archive,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as rewritten,
        ):
            for name in archive.namelist():
                rewritten.writestr(name, plain if name == main else archive.read(name))
    except _UNREADABLE:
        return None
    return out.getvalue()


_ESCAPED = re.compile(r"_x(000[0-9A-Fa-f])_")


def unescaped(column: pa.Array) -> pa.Array:
    """Return the text of cells with the line ends that Excel writes as _x000D_ and the reader leaves in formulas."""
    if not pc.any(pc.match_substring(column, "_x00")).as_py():
        return column
    return pa.array(
        [text and _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) for text in column.to_pylist()], pa.string()
    )


def column_number(letters: str) -> int:
    """Return the number of a spreadsheet's column, from 1.

    >>> column_number("A"), column_number("AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _pieces(path: Path, part: str) -> Iterator[bytes]:
    """Yield a sheet's cells in pieces that begin and end between cells, so that it is never held as a whole."""
    unfinished = b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            whole = unfinished + block
            cut = whole.rfind(b"<c ")
            if cut <= 0:
                unfinished = whole
                continue
            yield whole[:cut]
            unfinished = whole[cut:]
    yield unfinished


@dataclass(frozen=True)
class SheetFindings:
    """What a sheet holds that its reader does not report.

    Attributes:
        formulas: how many formulas were never computed.
        cells: (row, column, "") of the first of them; rows count from 1 as in the spreadsheet, columns from 0 at the
            first one that holds anything.
        long_columns: the columns, from 0 at the spreadsheet's first, that hold numbers with so many digits that the
            reader cuts some; None where any of them may.
        is_merged: whether cells are merged.
    """

    formulas: int
    cells: list[tuple[int, int, str]]
    long_columns: frozenset[int] | None
    is_merged: bool


def looked_through(path: Path, part: str) -> SheetFindings | None:
    """Return what the reader of a sheet does not report; None where it cannot be looked into, or is too large."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(part).file_size > _LARGEST:
                return None
        formulas: list[tuple[str, int]] = []
        long_columns: set[str] | None = set()
        begins_at_a = is_merged = False
        for piece in _pieces(path, part):
            if b"<f" in piece:
                formulas += [(column.decode(), int(row)) for column, row in _UNCOMPUTED.findall(piece)]
            begins_at_a = begins_at_a or _FIRST_COLUMN.search(piece) is not None
            is_merged = is_merged or b"mergeCell " in piece
            found = _long_columns(piece) if long_columns is not None else None
            long_columns = None if long_columns is None or found is None else long_columns | found
        first = 1
        if formulas:
            first = min(column_number(cell) for cell in _columns(path, part))
    except _UNREADABLE:
        return None
    listed = [(row, column_number(letters) - first, "") for letters, row in formulas[:_LISTED]]
    known: frozenset[int] | None = None
    if long_columns is not None and (begins_at_a or not long_columns):
        known = frozenset(column_number(letters) - 1 for letters in long_columns)
    return SheetFindings(len(formulas), sorted(listed), known, is_merged)


def _long_columns(piece: bytes) -> set[str] | None:
    """Return the letters of the columns that hold long numbers; None where they are many, or not written as usual."""
    if b":v>" in piece:
        return None
    letters: set[str] = set()
    if not _may_be_long(piece):
        return letters
    for number, match in enumerate(_LONG_NUMBER.finditer(piece)):
        cell = _CELL.match(piece, piece.rfind(b"<c ", 0, match.start()))
        if cell is None or number >= _LISTED * 10:
            return None
        letters.add(cell[1].decode())
    return letters


def _may_be_long(piece: bytes) -> bool:
    """Return whether a pattern might find a long number: to know that none does takes a tenth of its time."""
    signs = np.frombuffer(piece, np.uint8)
    is_digit = signs - ord("0") < 10  # what is less than "0" wraps around
    is_point = signs == ord(".")
    if ((is_digit | is_point)[:-1] & (signs[1:] | 0x20 == ord("e"))).any():
        return True
    points = np.flatnonzero(is_point)
    if not len(points):
        return False
    inside = points[(points >= 7) & (points < len(signs) - 9)]
    decimals = is_digit[inside[:, None] + np.arange(1, 10)].all(axis=1)
    whole = is_digit[inside[:, None] - np.arange(1, 8)].all(axis=1)
    return len(inside) < len(points) or bool((decimals | whole).any())


def _columns(path: Path, part: str) -> set[str]:
    """Return the letters of the columns that hold a cell, at least those of the first one."""
    letters: set[str] = set()
    for cells in _pieces(path, part):
        letters |= {letters.decode() for letters in set(_CELL.findall(cells))}
        if "A" in letters:
            break
    return letters
