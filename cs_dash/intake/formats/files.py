"""From a file to its sheets: what a file is, told by its bytes and not by its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from cs_dash.errors import PasswordNeeded, UnknownOption, UnreadableFile, nearest
from cs_dash.intake.detection import regions
from cs_dash.intake.formats import archives, delimited, encodings
from cs_dash.intake.formats.isolated_reader import IsolatedReader, Job
from cs_dash.intake.results.problems import IgnoredSheet, InputFile
from cs_dash.intake.results.sheets import Sheet, TextFormat

DEEPEST = 2
"""So many archives may lie inside each other: a .csv.gz in a .zip."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLDEST_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x06\x00")
_OTHERS = {
    b"\x89PNG\r\n\x1a\n": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"BM": "a bitmap picture", b"II*\x00": "a TIFF picture", b"MM\x00*": "a TIFF picture",
    b"%PDF": "a PDF document", b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive", b"Rar!": "a RAR archive",
    b"BZh9": "a bzip2 archive", b"\xfd7zXZ": "an xz archive", b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program", b"MZ": "a program", b"ARROW1": "an Arrow file", b"{\\rtf": "a rich-text document",
}  # fmt: skip
_JSON = re.compile(r"[\[{]\s*[\[{\"}\]]")


def _unreadable(why: str, advice: str) -> UnreadableFile:
    return UnreadableFile("Could not read a file", why, advice)


def _entries(path: Path) -> set[str] | None:
    """The names inside a zip archive, folded; None where it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {name.replace("\\", "/").casefold() for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, OSError):
        # a version of the format that is not known, a name that is no text, and a file that is gone by now
        return None


def _is_workbook(names: set[str]) -> bool:
    """Whether a zip archive is a workbook, by the names inside it."""
    return any(name.startswith("xl/") or name.endswith(("workbook.bin", "workbook.xml")) for name in names) or (
        "content.xml" in names and "mimetype" in names
    )


def jobs(given: Sequence[InputFile], options: Mapping[str, str]) -> list[Job]:
    """Return the workbooks among the files, so that they can be read ahead."""
    found = []
    for file in given:
        if zipfile.is_zipfile(file.path) and _is_workbook(_entries(file.path) or set()):
            found.append(Job(file.path, "workbook", options.get("password")))
    return found


def _zipped(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int) -> Sheets:
    names = _entries(file.path)
    if names is None:
        raise _unreadable("It begins like a workbook but is damaged or cut off.", "Export or send it again.")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        raise _unreadable("It is an Apple Numbers document.", "Export it as CSV or Excel in Numbers.")
    if any(name.startswith("word/") for name in names):
        raise _unreadable("It is a Word document, not a spreadsheet.", "Export the table as .xlsx or .csv.")
    if any(name.startswith("ppt/") for name in names):
        raise _unreadable("It is a PowerPoint file, not a spreadsheet.", "Export the table as .xlsx or .csv.")
    if _is_workbook(names):
        return iter(apart.read(file, "workbook", options.get("password")))
    if depth >= DEEPEST:
        raise _unreadable("It is an archive inside an archive.", "Unpack it and load the files inside.")
    return _members(file, options, apart, depth)


def _members(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int) -> Sheets:
    any_file = False
    for member in archives.unzipped(file, apart.new_folder(), options.get("password")):
        any_file = True
        if isinstance(member, InputFile):
            yield from sheets_or_reason(member, options, apart, depth + 1)
            member.path.unlink(missing_ok=True)
        else:
            yield _ignored(*member)
    if not any_file:
        raise _unreadable("It is an archive without any file in it.", "Pack it again.")


def _gzipped(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int) -> Sheets:
    if depth >= DEEPEST:
        raise _unreadable("It is an archive inside an archive.", "Unpack it and load the files inside.")
    return sheets(archives.gunzipped(file, apart.new_folder()), options, apart, depth + 1)


def _old_office(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int) -> Sheets:
    return iter(apart.read(file, "workbook", options.get("password")))


def _parquet(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int) -> Sheets:
    return iter(apart.read(file, "parquet"))


def _text(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int) -> Sheets:
    folder = apart.new_folder()
    try:
        text = encodings.utf8(file.path, folder, options.get("encoding"))
    except LookupError:
        raise UnknownOption(
            "Unknown encoding", f"Could not read by the encoding “{options['encoding']}” because there is no such one.",
            nearest(options["encoding"], ["utf-8", "utf-16", "cp1252", "cp1251", "latin-1", "shift_jis", "gb18030"]),
        ) from None  # fmt: skip
    if text is None:
        raise _unreadable("It is neither text nor a workbook.", "Export the table as .xlsx or .csv.")
    if not text.end:
        raise _unreadable("It is empty.", "Export it again.")
    head = text.head.lstrip()[:300].casefold()
    if head.startswith(("<!doctype html", "<html", "<table")):
        raise _unreadable("It is a web page, not a table.", "Save it as .xlsx or .csv.")
    if head.startswith("<?xml"):
        raise _unreadable("It is an XML document, not a table.", "Save it as .xlsx or .csv.")
    if _JSON.match(head):
        return iter(apart.read(file, "records"))
    grid, faults, mark = delimited.read(text, _delimiter(options), apart.progress_of(file.name))
    if text.path != file.path:
        text.path.unlink()
    notes = delimited.reading_notes(text, grid, mark)
    return iter([Sheet(file.name, "", grid, file.upload, notes, faults, text=TextFormat(text.encoding, mark))])


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


Sheets = Iterator[Sheet | IgnoredSheet]
Reader = Callable[[InputFile, Mapping[str, str], IsolatedReader, int], Sheets]
READERS: tuple[tuple[tuple[bytes, ...], Reader], ...] = (
    ((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), _zipped),
    ((_OLD_OFFICE,), _old_office),
    ((b"\x1f\x8b",), _gzipped),
    ((b"PAR1",), _parquet),
    ((b"",), _text),
)
"""By the first bytes of a file: what reads it. A new format is one more line, before the last."""


def sheets(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int = 0) -> Sheets:
    """Return the sheets of a file, of an archive those of all its files; what of it cannot be read as why.

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
    for mark, what in _OTHERS.items():
        if head.startswith(mark) and (len(mark) > 2 or b"\0" in head):
            raise _unreadable(f"It is {what}, not a table.", "Export the table as .xlsx or .csv.")
    if head.startswith(_OLDEST_EXCEL):
        raise _unreadable("It is a workbook of an Excel before 1995.", "Save it as .xlsx in Excel.")
    return next(read for marks, read in READERS if head.startswith(marks))(file, options, apart, depth)


def sheets_or_reason(file: InputFile, options: Mapping[str, str], apart: IsolatedReader, depth: int = 0) -> Sheets:
    """Yield the sheets of a file; where it cannot be read, why. Raises UnknownOption."""
    try:
        for each in sheets(file, options, apart, depth):
            if isinstance(each, Sheet):
                yield from regions.split(each)
            else:
                yield each
    except UnreadableFile as fault:
        yield _ignored(file.name, fault)


def _ignored(name: str, fault: UnreadableFile) -> IgnoredSheet:
    asks = "password" if isinstance(fault, PasswordNeeded) else ""
    return IgnoredSheet(name, "", f"{fault.message} {fault.hint}".strip(), asks)
