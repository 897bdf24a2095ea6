"""Archives: the files inside a zip or gzip, unpacked into a folder of the load, with bounds on their size."""

from __future__ import annotations

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from cs_dash.errors import PasswordNeeded, UnreadableFile
from cs_dash.intake.formats.registry import Format, Sheets, SourceFile, unreadable
from cs_dash.intake.results.problems import IgnoredSheet, InputFile

MAX_DEPTH = 2
"""So many archives may lie inside each other: a .csv.gz in a .zip."""
MOST_FILES = 1_000
MOST_BYTES = 8 << 30
SMALL = 256 << 20
"""Bytes that an archive may always become."""
MOST_TIMES = 200
"""So many times its own size it may become beyond that: text packs tenfold, traps a thousandfold."""
_BLOCK = 1 << 20


def _trap(name: str) -> UnreadableFile:
    return UnreadableFile(
        "Could not read an archive",
        f"It unpacks to far more than its size ({name}), as malicious archives do.",
        "Unpack it yourself and load the files inside.",
    )


def _damaged() -> UnreadableFile:
    return UnreadableFile("Could not read an archive", "It is damaged or incomplete.", "Export or send it again.")


class Unpacked:
    """What may still be unpacked of one archive.

    Attributes:
        left: bytes.
    """

    def __init__(self, archive: Path) -> None:
        self.left = min(MOST_BYTES, max(SMALL, MOST_TIMES * archive.stat().st_size))

    def copy(self, source: IO[bytes] | gzip.GzipFile, target: Path, name: str) -> None:
        """Write a file out, counting what really comes. Raises UnreadableFile where it is too much or damaged."""
        with target.open("wb") as sink:
            while block := _next(source):
                self.left -= len(block)
                if self.left < 0:
                    raise _trap(name)
                sink.write(block)


# What the decompressors raise for bytes that are cut off or changed; gzip's own error is an OSError too.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError)


def _next(source: IO[bytes] | gzip.GzipFile) -> bytes:
    """The next bytes of a packed file. Raises UnreadableFile where it is damaged."""
    try:
        return source.read(_BLOCK)
    except _DAMAGED:
        raise _damaged() from None


def gunzipped(file: InputFile, folder: Path) -> InputFile:
    """Return the file inside a gzip. Raises UnreadableFile."""
    name = file.name[:-3] if file.name.casefold().endswith(".gz") else file.name
    target = folder / "unpacked"
    with gzip.open(file.path) as stream:
        Unpacked(file.path).copy(stream, target, name)
    return InputFile(name, target, file.upload)


def unzipped(file: InputFile, folder: Path, password: str | None) -> Iterator[InputFile | tuple[str, UnreadableFile]]:
    """Yield the files inside a zip as "archive/name"; one that cannot be read as its name and the error.

    Raises UnreadableFile where the archive itself cannot be read.
    """
    try:
        archive = zipfile.ZipFile(file.path)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError):  # the last: a name that is not text
        raise _damaged() from None
    with archive:
        members = [info for info in archive.infolist() if not info.is_dir() and _is_user_file(info.filename)]
        if len(members) > MOST_FILES:
            why = f"It holds {len(members):,} files, and the limit is {MOST_FILES:,}."
            raise UnreadableFile("Could not read an archive", why, "Unpack it and load only the files you need.")
        unpacked = Unpacked(file.path)
        for at, member in enumerate(members):
            name, target = f"{file.name}/{member.filename}", folder / str(at)
            unpacked_file: InputFile | tuple[str, UnreadableFile] = InputFile(name, target, file.upload)
            try:
                with _opened(archive, member, password) as stream:
                    unpacked.copy(stream, target, member.filename)
            except UnreadableFile as fault:
                unpacked_file = (name, fault)
            yield unpacked_file
            if unpacked.left < 0:
                return


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, password: str | None) -> IO[bytes]:
    """Open a file of an archive. Raises UnreadableFile, and PasswordNeeded where a password is missing or wrong."""
    try:
        return archive.open(member, pwd=password.encode() if password else None)
    except NotImplementedError:  # a subclass of RuntimeError, so it comes first
        why = "Its compression method is not supported."
        raise UnreadableFile("Could not read a file", why, "Compress it as a standard zip file.") from None
    except RuntimeError:  # what zipfile raises for a missing or wrong password
        why = "It is protected by a password." if password is None else "The password is wrong."
        raise PasswordNeeded("Could not read a file", why, "Enter its password, or create it without one.") from None
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError, IndexError):
        # a wrong header, a name that is not text, a negative offset, a truncated key
        raise _damaged() from None


def _is_user_file(name: str) -> bool:
    """Return whether a name in an archive is a file of the user's, not of the packing program's."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and parts[0] != "__MACOSX" and not any(part.startswith(".") for part in parts)


def _refuse_deep(source: SourceFile) -> None:
    if source.depth >= MAX_DEPTH:
        raise unreadable("It is an archive inside an archive.", "Unpack it and load the files inside.")


def read_zip(source: SourceFile) -> Sheets:
    """Return the sheets of all files of a zip. Raises UnreadableFile."""
    if source.zip_names is None:
        raise ZIP.unreadable()
    _refuse_deep(source)
    return _members(source)


def _members(source: SourceFile) -> Sheets:
    is_empty = True
    for member in unzipped(source.file, source.new_folder(), source.options.get("password")):
        is_empty = False
        if not isinstance(member, InputFile):
            yield IgnoredSheet.unreadable(*member)
            continue
        try:
            yield from source.sheets_inside(member)
        except UnreadableFile as fault:
            yield IgnoredSheet.unreadable(member.name, fault)
        member.path.unlink(missing_ok=True)
    if is_empty:
        raise unreadable("The archive is empty.", "Create it again.")


def read_gzip(source: SourceFile) -> Sheets:
    """Return the sheets of the file inside a gzip. Raises UnreadableFile."""
    _refuse_deep(source)
    return source.sheets_inside(gunzipped(source.file, source.new_folder()))


_READING = "every file inside; an archive that unpacks to far more than its size is rejected"
ZIP = Format(
    "zip",
    why="It starts like a workbook but is damaged or incomplete.",
    advice="Export or send it again.",
    extensions=(".zip",),
    reading=_READING,
    magic=(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
    read=read_zip,
)
GZIP = Format(
    "gzip",
    why="It is damaged or incomplete.",
    advice="Export or send it again.",
    extensions=(".gz",),
    reading=_READING,
    magic=(b"\x1f\x8b",),
    read=read_gzip,
)
FORMATS = (ZIP, GZIP)
