"""The file formats that are known: each is declared by one module of this folder, and found here by its bytes.

A module declares its formats in `FORMATS`. A new format is one more module: what its files begin with, what reads them,
and the sentence for a file that cannot be read.
"""

from __future__ import annotations

import importlib
import pkgutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cs_dash.errors import UnknownOption, UnreadableFile, nearest
from cs_dash.intake import formats
from cs_dash.intake.formats.raw_sheets import RawSheet
from cs_dash.intake.results.problems import IgnoredSheet, InputFile
from cs_dash.intake.results.sheets import Sheet

if TYPE_CHECKING:  # it takes long to import, and the child process needs it for few formats
    from cs_dash.intake.formats.encodings import Text

Sheets = Iterator[Sheet | IgnoredSheet]
_HEAD_BYTES = 512
_TEXT_HEAD = 300


@dataclass(frozen=True)
class SourceFile:
    """A file while it is recognised and read.

    Attributes:
        file: the file.
        options: the options of the load.
        depth: how many archives it lies in.
        new_folder: makes a folder that is removed after the load.
        progress: takes the rows read so far and the share of the file, None where that is unknown.
        sheets_inside: reads a file that was unpacked from this one. Raises UnreadableFile.
    """

    file: InputFile
    options: Mapping[str, str]
    depth: int
    new_folder: Callable[[], Path]
    progress: Callable[[int, float | None], None]
    sheets_inside: Callable[[InputFile], Sheets]

    @cached_property
    def head(self) -> bytes:
        """The first bytes. Raises UnreadableFile where the file cannot be opened."""
        try:
            with self.file.path.open("rb") as stream:
                return stream.read(_HEAD_BYTES)
        except OSError as fault:
            raise unreadable(f"It could not be opened: {fault.strerror or fault}.", "Check the path.") from None

    @cached_property
    def zip_names(self) -> frozenset[str] | None:
        """The names inside a zip archive, folded; None where it is damaged."""
        return zip_names(self.file.path)

    @cached_property
    def text(self) -> Text | None:
        """The file as UTF-8 text; None where it is no text. Raises UnknownOption for an unknown encoding."""
        from cs_dash.intake.formats import encodings

        encoding = self.options.get("encoding")
        try:
            return encodings.utf8(self.file.path, self.new_folder(), encoding)
        except LookupError:
            raise UnknownOption(
                "Unknown encoding", f"Could not use the encoding “{encoding}” because it does not exist.",
                nearest(encoding or "", ["utf-8", "utf-16", "cp1252", "cp1251", "latin-1", "shift_jis", "gb18030"]),
            ) from None  # fmt: skip

    @cached_property
    def text_head(self) -> str:
        """The beginning of the text in lower case, without leading blanks; "" where it is no text."""
        return self.text.head.lstrip()[:_TEXT_HEAD].casefold() if self.text else ""


@dataclass(frozen=True)
class Format:
    """A file format.

    It has one of two readers, or none where it is known and cannot be read.

    Attributes:
        name: what identifies it.
        why: why a file of it cannot be read, one sentence: the reader failed, or there is no reader.
        advice: what to do then, one sentence.
        extensions: what its files' names usually end with; the bytes decide.
        reading: how it is read, for the documentation; "" leaves it out.
        magic: what its files begin with, any of them; empty for text.
        recognises: whether a file that begins so is of this format; None: every one is.
        read_isolated: reads a file in the child process, given its path and password. For everything whose reader a
            broken file can harm. It has to be a function of its module, by whose name the child imports it.
        read: reads a file in this process.
    """

    name: str
    why: str
    advice: str
    extensions: tuple[str, ...] = ()
    reading: str = ""
    magic: tuple[bytes, ...] = ()
    recognises: Callable[[SourceFile], bool] | None = None
    read_isolated: Callable[[Path, str | None], list[RawSheet]] | None = None
    read: Callable[[SourceFile], Sheets] | None = None

    def matches(self, source: SourceFile) -> bool:
        """Return whether a file is of this format."""
        if self.magic and not source.head.startswith(self.magic):
            return False
        return self.recognises is None or self.recognises(source)

    def unreadable(self) -> UnreadableFile:
        """Return the error for a file that cannot be read."""
        return unreadable(self.why, self.advice)


def unreadable(why: str, advice: str) -> UnreadableFile:
    """Return the error for a file that cannot be read: a sentence that says why, and one that says what to do."""
    return UnreadableFile("Could not read a file", why, advice)


def zip_names(path: Path) -> frozenset[str] | None:
    """Return the names inside a zip archive, folded; None where it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(name.replace("\\", "/").casefold() for name in archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, OSError):
        # an unknown version of the format, a name that is no text, or a file that is gone by now
        return None


@cache
def known_formats() -> tuple[Format, ...]:
    """Return every format that a module of this folder declares, in the order in which a file is compared with them.

    Bytes come before text, which has to be decoded first; formats without a reader, whose signs are certain, before
    those with one; special formats before general ones.
    """
    modules = [importlib.import_module(f"{formats.__name__}.{m.name}") for m in pkgutil.iter_modules(formats.__path__)]
    declared = [declaration for module in modules for declaration in getattr(module, "FORMATS", ())]
    return tuple(sorted(declared, key=_precedence))


def _precedence(declaration: Format) -> tuple[bool, bool, bool, str]:
    has_reader = declaration.read is not None or declaration.read_isolated is not None
    return not declaration.magic, has_reader, declaration.recognises is None, declaration.name


def format_by_bytes(source: SourceFile) -> Format | None:
    """Return the format that the first bytes of a file tell; None for text. Raises UnreadableFile."""
    return next(
        (file_format for file_format in known_formats() if file_format.magic and file_format.matches(source)), None
    )


def format_of(source: SourceFile) -> Format:
    """Return the format of a file that is not empty; text is the last one, so that every file has one."""
    return next(file_format for file_format in known_formats() if file_format.matches(source))
