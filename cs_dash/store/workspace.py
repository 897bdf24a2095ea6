"""The workspace folder: kept uploads, immutable versions, one writer at a time.

    workspace/
      state.sqlite              what people decide, and the list of versions
      versions/000001.duckdb    one file per version, never changed after its rename
      uploads/<id>/<name>       every file that was loaded, as it came
      words/ kinds/ topics/     artifacts: what is derived from a version after it is published; can be derived again
      shared/<name>/            copies for readers with limits, each a workspace; `sharing` makes them
      spill/                    what queries cannot hold in memory, while they run
      temporary/                what lasts no longer than its process: uploads on their way in, first looks
      building/                 versions in the making

What a killed process left in the last three is swept by whoever opens the workspace next, and by the next writer.

A version counts from the moment `state.sqlite` names it. A process that dies before that leaves the old version, one
that dies after it the new one: never half of each.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from cs_dash.errors import NoData, NotAllowed, WorkspaceBroken, WorkspaceBusy
from cs_dash.store.artifacts import Artifacts, read_only_artifacts
from cs_dash.store.disk import copy_digested, flush
from cs_dash.store.engine import FOLDER as SPILL
from cs_dash.store.faults import REMAKE
from cs_dash.store.owned_folder import TEMPORARY, sweep, temporary_folder
from cs_dash.store.state import Connection, State
from cs_dash.store.version import Version

PUBLISHING = ".publishing"
"""Marks, in `building/`, the number of a version whose file is put in place and does not count yet."""


@dataclass(frozen=True)
class Upload:
    """A file that was kept.

    Attributes:
        id: the first 16 hexadecimal digits of its SHA-256; the same bytes have the same id.
        name: its name as it came.
        path: where it is kept.
        bytes: its size.
    """

    id: str
    name: str
    path: Path
    bytes: int


class Workspace:
    """One folder with a company's data. Raises WorkspaceBroken when it cannot be made or opened."""

    def __init__(self, folder: Path, *, lasting: bool = False) -> None:
        """Open a folder, or make it. `lasting`: for a process that stays: it keeps what it read while nobody writes."""
        self.folder = folder
        try:
            for part in ("versions", "uploads", "building"):
                (folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if not os.access(folder / "state.sqlite", os.R_OK):  # else it can be read all the same
                raise WorkspaceBroken(
                    "Cannot use the workspace folder",
                    f"Could not make {folder} because {error.strerror or error}.",
                    "Make the folder writable for the account that runs cs_dash, or choose another with --workspace.",
                ) from error
        self.state = State(folder / "state.sqlite")
        if lasting:
            self.state.keep_in_memory()
        self.artifacts = Artifacts(folder) if self.state.writable else read_only_artifacts(folder)
        self._sweep()
        if any((folder / "building").glob("*")):
            with suppress(WorkspaceBusy, NotAllowed, OSError), self.writing():
                self._clear_building()

    def _sweep(self) -> None:
        """Remove what killed processes left, as far as nobody uses it."""
        sweep(self.folder / SPILL)
        sweep(self.folder / TEMPORARY)

    def _clear_building(self) -> Path:
        """Remove the versions in the making, and a file that was put in place and never counted; return their folder.

        Call it while writing.
        """
        building = self.folder / "building"
        listed = {version.number for version in self.state.versions()}
        for mark in building.glob(f"*{PUBLISHING}"):
            if int(mark.stem) not in listed:
                self._version_file(int(mark.stem)).unlink(missing_ok=True)
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        return building

    def current(self) -> Version | None:
        """Return the version that is shown, or None in an empty workspace."""
        return self.state.current()

    def file_of(self, version: Version) -> Path:
        """Return the DuckDB file of `version`. Raises WorkspaceBroken when it is gone."""
        file = self._version_file(version.number)
        if not file.exists():
            raise WorkspaceBroken(
                "A version's file is missing",
                f"Could not open version {version.number} because {file.name} is gone; its uploads are still stored.",
                REMAKE,
            )
        return file

    def next_number(self) -> int:
        """Return the number of the next version: none whose file is there, although the list does not know it.

        Versions that only the folder knows are those of a list that was lost: they are neither shown nor overwritten.
        """
        number = self.state.next_number()
        newest = max((int(file.stem) for file in (self.folder / "versions").glob("[0-9]*.duckdb")), default=0)
        return max(number, newest + 1)

    def _version_file(self, number: int) -> Path:
        return self.folder / "versions" / f"{number:06d}.duckdb"

    def undo(self) -> Version | None:
        """Take the current version back and return the one shown now (None: empty). Raises NoData without any."""
        with self.writing():
            version = self.current()
            if version is None:
                raise NoData("Nothing to undo", "Could not undo because nothing has been loaded.", "Load a file first.")
            self.state.undo(version.number)
            return self.current()

    def redoable(self) -> Version | None:
        """Return the version that redo would show again: the last one undone, while nothing was loaded since."""
        current = self.current()
        number = current.number if current else None
        undone = [
            version
            for version in self.state.versions()
            if version.undone and version.parent == number and version.number > (number or 0)
        ]
        return undone[-1] if undone else None

    def redo(self) -> Version:
        """Show the version that was undone last again and return it. Raises NoData where there is none."""
        with self.writing():
            version = self.redoable()
            if version is None:
                raise NoData(
                    "Nothing to redo",
                    "Could not redo because no load was undone, or another load followed.",
                    "Load its files again.",
                )
            self.file_of(version)
            self.state.redo(version.number)
            return version

    def keep(self, name: str, content: IO[bytes], progress: Callable[[int], None] = lambda _: None) -> Upload:
        """Keep the bytes of an upload on disk, read in pieces, and return where. The same bytes are kept once.

        `progress` hears from time to time how many bytes are written; what it raises ends it, and nothing is left.
        """
        self.state.require_writable()
        if there := self._stored_upload(content):
            return there
        safe = Path(name.replace("\\", "/")).name.strip().replace("\x00", "") or "upload"
        with temporary_folder(self.folder) as temporary:
            upload_id, size = copy_digested(content, temporary / "coming", progress)
            folder = self.folder / "uploads" / upload_id
            folder.mkdir(exist_ok=True)
            path = folder / _safe(safe)
            (temporary / "coming").replace(path)
        self.state.add_upload(upload_id, safe, size)
        return Upload(upload_id, safe, path, size)

    def uploads_of(self, version: Version) -> tuple[Upload, ...]:
        """Return the files whose load made a version, where they are kept."""
        folder = self.folder / "uploads"
        return tuple(
            Upload(upload["id"], upload["name"], folder / upload["id"] / _safe(upload["name"]), 0)
            for upload in version.summary.get("uploads", [])
        )

    def _stored_upload(self, content: IO[bytes]) -> Upload | None:
        """Return the upload whose own file is given, so that it is neither read nor written once more."""
        if not isinstance(content, io.BufferedReader) or not content.seekable() or content.tell():
            return None
        path = Path(str(content.name))
        if path.parent.parent.absolute() != (self.folder / "uploads").absolute():
            return None
        if not path.exists() or not os.path.samestat(os.fstat(content.fileno()), path.stat()):
            return None
        return Upload(path.parent.name, path.name, path, path.stat().st_size)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace for writing.

        Raises WorkspaceBusy, at once, when somebody else does, and NotAllowed where it is a copy for readers.
        """
        self.state.require_writable()
        lock = FileLock(self.folder / "lock")
        note = self.folder / "writer.json"
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise WorkspaceBusy(
                "Another load is running",
                f"Could not start because another load holds this workspace{_since(note)}.",
                "Wait until it has finished, then try again; nothing is lost.",
            ) from None
        try:
            note.write_text(json.dumps({"pid": os.getpid(), "at": dt.datetime.now(dt.UTC).isoformat()}))
            yield
        finally:
            note.unlink(missing_ok=True)
            lock.release()

    def start_building(self) -> Path:
        """Return the path for a new version in the making. Call it while writing; it sweeps what a crash left."""
        self._sweep()
        return self._clear_building() / f"{uuid.uuid4().hex}.duckdb"

    @contextmanager
    def looking(self) -> Iterator[Path]:
        """Give the path for a version that nobody will be shown; it is gone afterwards. It needs no holding."""
        with temporary_folder(self.folder) as folder:
            yield folder / "look.duckdb"

    def publish(
        self,
        built: Path,
        newest_day: dt.date | None,
        summary: dict[str, Any],
        record: Callable[[Connection, int], object] = lambda _, __: None,
    ) -> Version:
        """Make the finished file `built` the current version and return it. Call it while writing.

        `record` is given the connection of that commit and the version's number: what it writes counts from the same
        moment.
        """
        number = self.next_number()
        before = self.current()
        target = self._version_file(number)
        flush(built)
        mark = built.with_name(f"{number}{PUBLISHING}")
        mark.touch()
        try:
            built.replace(target)
        except PermissionError:  # Windows does not rename a file that somebody has open
            shutil.copyfile(built, target)
            flush(target)
        flush(target.parent)
        self.state.add_version(
            number,
            before.number if before else None,
            newest_day,
            summary,
            lambda connection: record(connection, number),
        )
        mark.unlink(missing_ok=True)
        version = self.current()
        if version is None:  # cannot be: it was just added
            raise WorkspaceBroken("Lost version", "Could not find the version just published.", "Load again.")
        return version


def _safe(name: str) -> str:
    """Return the name under which a file is kept: file systems take no longer ones."""
    return name[-200:]


def _since(note: Path) -> str:
    """Return since when, and by which process, where the writer said so."""
    try:
        writer = json.loads(note.read_text())
        at = dt.datetime.fromisoformat(writer["at"])
        return f" since {at:%H:%M:%S} UTC (process {int(writer['pid'])})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
