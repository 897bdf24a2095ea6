"""From a file to its sheets: its bytes tell its format, whatever its name says, and the format has its reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cs_dash.errors import UnreadableFile
from cs_dash.intake.formats.isolated_reader import IsolatedReader, Job
from cs_dash.intake.formats.registry import (
    Format,
    Sheets,
    SourceFile,
    format_by_bytes,
    format_of,
    unreadable,
)
from cs_dash.intake.results.problems import IgnoredSheet, InputFile


def jobs(files: Sequence[InputFile], options: Mapping[str, str], reader: IsolatedReader) -> list[Job]:
    """Return the files that the child process will read, so that it can begin with them; text is not looked into."""
    isolated = []
    for file in files:
        source = _source(file, options, reader, 0)
        try:
            declaration = format_by_bytes(source)
        except UnreadableFile:
            continue
        if declaration is not None and declaration.read_isolated is not None:
            isolated.append(_job(source, declaration))
    return isolated


def sheets(file: InputFile, options: Mapping[str, str], reader: IsolatedReader, depth: int = 0) -> Sheets:
    """Return the sheets of a file, of an archive those of all its files, and the reason for what cannot be read.

    Raises UnreadableFile, whose message and hint are one sentence each, and UnknownOption.
    """
    if file.path.is_dir():
        raise unreadable("It is a folder, not a file.", "Load the files inside.")
    source = _source(file, options, reader, depth)
    if not source.head:
        raise unreadable("It is empty.", "Export it again.")
    declaration = format_of(source)
    if declaration.read_isolated is not None:
        return iter(reader.read(file, _job(source, declaration), declaration.unreadable()))
    if declaration.read is not None:
        return declaration.read(source)
    raise declaration.unreadable()


def sheets_or_reason(file: InputFile, options: Mapping[str, str], reader: IsolatedReader) -> Sheets:
    """Yield the sheets of a file; where it cannot be read, the reason. Raises UnknownOption."""
    try:
        yield from sheets(file, options, reader)
    except UnreadableFile as fault:
        yield IgnoredSheet.unreadable(file.name, fault)


def _source(file: InputFile, options: Mapping[str, str], reader: IsolatedReader, depth: int) -> SourceFile:
    return SourceFile(
        file,
        options,
        depth,
        reader.new_folder,
        reader.progress_of(file.name),
        lambda unpacked: sheets(unpacked, options, reader, depth + 1),
    )


def _job(source: SourceFile, declaration: Format) -> Job:
    function = declaration.read_isolated
    assert function is not None
    return Job(source.file.path, f"{function.__module__}:{function.__qualname__}", source.options.get("password"))
