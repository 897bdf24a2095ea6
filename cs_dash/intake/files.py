"""From a file to its sheets: what a file is, told by its bytes and not by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping

from cs_dash.errors import UnknownOption, UnreadableFile, nearest
from cs_dash.intake import delimited, encodings
from cs_dash.intake.problems import InputFile
from cs_dash.intake.sheets import Sheet
from cs_dash.intake.workbook import Workbooks

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"BM": "a bitmap picture", b"II*\x00": "a TIFF picture", b"MM\x00*": "a TIFF picture",
    b"%PDF": "a PDF document", b"\x1f\x8b": "a gzip archive", b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive", b"PAR1": "a Parquet file", b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program", b"MZ": "a program", b"ARROW1": "an Arrow file", b"{\\rtf": "a rich-text document",
}  # fmt: skip


def _unreadable(why: str, advice: str) -> UnreadableFile:
    return UnreadableFile("Could not read a file", why, advice)


def _entries(file: InputFile) -> list[str]:
    try:
        with zipfile.ZipFile(file.path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        raise _unreadable("It begins like a workbook but is damaged or cut off.", "Export or send it again.") from None


def is_workbook(file: InputFile) -> bool:
    """Return whether a file is an Excel workbook of the new kind, by its content."""
    try:
        return zipfile.is_zipfile(file.path) and "xl/workbook.xml" in _entries(file)
    except (UnreadableFile, OSError):
        return False


def _zipped(file: InputFile, options: Mapping[str, str], workbooks: Workbooks) -> list[Sheet]:
    names = {name.replace("\\", "/") for name in _entries(file)}
    folded = {name.casefold() for name in names}
    if any(name.endswith("workbook.bin") for name in folded):
        raise _unreadable("It is a binary Excel workbook (.xlsb).", "Save it as .xlsx in Excel.")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in folded):
        raise _unreadable("It is an Apple Numbers document.", "Export it as CSV or Excel in Numbers.")
    if "content.xml" in folded:
        raise _unreadable("It is an OpenDocument file.", "Save it as .xlsx.")
    if any(name.startswith("word/") for name in folded):
        raise _unreadable("It is a Word document, not a spreadsheet.", "Export the table as .xlsx or .csv.")
    if any(name.startswith("ppt/") for name in folded):
        raise _unreadable("It is a PowerPoint file, not a spreadsheet.", "Export the table as .xlsx or .csv.")
    if "xl/workbook.xml" in folded or any(name.startswith("xl/") for name in folded):
        return workbooks.read(file)
    raise _unreadable("It is a zip archive, not a spreadsheet.", "Unpack it and load the files inside.")


def _old_office(file: InputFile, options: Mapping[str, str], workbooks: Workbooks) -> list[Sheet]:
    data = file.path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _unreadable("It is protected by a password.", "Open it in Excel, remove the password and save it.")
    raise _unreadable("It is an Excel file of the old kind (.xls).", "Save it as .xlsx in Excel.")


def _text(file: InputFile, options: Mapping[str, str], workbooks: Workbooks) -> list[Sheet]:
    data = file.path.read_bytes()
    try:
        found = encodings.text(data, options.get("encoding"))
    except LookupError:
        raise UnknownOption(
            "Unknown encoding", f"Could not read by the encoding “{options['encoding']}” because there is no such one.",
            nearest(options["encoding"], ["utf-8", "utf-16", "cp1252", "cp1251", "latin-1", "shift_jis", "gb18030"]),
        ) from None  # fmt: skip
    if found is None:
        raise _unreadable("It is neither text nor a workbook.", "Export the table as .xlsx or .csv.")
    text, encoding = found
    if not text.strip():
        raise _unreadable("It is empty.", "Export it again.")
    head = text.lstrip()[:300].casefold()
    if head.startswith(("<!doctype html", "<html", "<table")):
        raise _unreadable("It is a web page, not a table.", "Save it as .xlsx or .csv.")
    if head.startswith("<?xml"):
        raise _unreadable("It is an XML document, not a table.", "Save it as .xlsx or .csv.")
    if head.startswith(('{"', "[{", "{\n", "[\n")):
        raise _unreadable("It is JSON, not a table.", "Save it as .xlsx or .csv.")
    grid, faults, _ = delimited.read(text, _delimiter(options))
    plain = encoding.replace("_", "-").removesuffix("-sig") in ("utf-8", "ascii")
    notes = () if plain else (f"The text was read as {encoding.replace('_', '-')}.",)
    return [Sheet(file.name, "", grid, file.upload, notes, faults)]


def _delimiter(options: Mapping[str, str]) -> str | None:
    chosen = options.get("delimiter")
    if chosen is None:
        return None
    mark = delimited.DELIMITERS.get(chosen.strip().casefold(), chosen.replace("\\t", "\t"))
    if len(mark) != 1:
        raise UnknownOption(
            "Unknown delimiter", f"Could not use “{chosen}” as the delimiter because it is not one character.",
            f"Known: {', '.join(delimited.DELIMITERS)}, or any one character.",
        )  # fmt: skip
    return mark


Reader = Callable[[InputFile, Mapping[str, str], Workbooks], list[Sheet]]
READERS: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")), _zipped),
    (lambda head: head.startswith(_OLD_OFFICE), _old_office),
    (lambda head: True, _text),
)
"""By the first bytes of a file: what reads it. A new format is one more line, before the last."""


def sheets(file: InputFile, options: Mapping[str, str], workbooks: Workbooks) -> list[Sheet]:
    """Return the sheets of a file.

    Raises UnreadableFile, whose message and hint are one sentence each, and UnknownOption.
    """
    if file.path.is_dir():
        raise _unreadable("It is a folder, not a file.", "Load the files inside.")
    try:
        with file.path.open("rb") as stream:
            head = stream.read(512)
    except OSError as fault:
        raise _unreadable(f"It could not be opened: {fault.strerror or fault}.", "Check the path.") from None
    if not head:
        raise _unreadable("It is empty.", "Export it again.")
    for mark, what in _PICTURES.items():
        if head.startswith(mark) and (len(mark) > 2 or b"\0" in head):
            raise _unreadable(f"It is {what}, not a table.", "Export the table as .xlsx or .csv.")
    reader = next(read for is_it, read in READERS if is_it(head))
    return reader(file, options, workbooks)
