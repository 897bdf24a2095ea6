"""Which workspace is shown, which version of it, and that version opened once for everybody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cs_dash import pipeline
from cs_dash.decisions import CurrentDecisions, current_decisions
from cs_dash.decisions.audits import Audit, audits
from cs_dash.metrics import DerivedArtifacts, Warehouse, open_warehouse
from cs_dash.pipeline import Version, Workspace
from cs_dash.sharing import Reader
from cs_dash.sharing.copies import workspace_for
from cs_dash.ui.server.script_run import script_run
from cs_dash.ui.state.reader import FRESH, reader
from cs_dash.ui.state.workspace_folder import FOLDER, folder, whole_workspace, workspace_in

__all__ = [
    "FOLDER", "Snapshot", "VersionFile", "current_version", "decided", "folder", "open_version", "read_as",
    "version_file", "warehouse", "workspace", "workspace_of",
]  # fmt: skip

OPEN_VERSIONS = 8
"""The one that is shown, the one before it, copies of readers with limits, and those of reviews."""


_copies: dict[tuple[str, Reader], tuple[float, Workspace]] = {}
MOST_COPIES = 1_000
_READER: ContextVar[Reader | None] = ContextVar("reader", default=None)


def workspace() -> Workspace:
    """Return the workspace of who reads, see `read_as`; else of this run's reader; else the program's, the whole one.

    Raises WorkspaceBroken when its folder cannot be used, and what `workspace_of` raises.
    """
    who = _READER.get() or (reader() if script_run() else None)
    return workspace_of(who) if who else whole_workspace()


@contextmanager
def read_as(who: Reader) -> Iterator[None]:
    """Read as somebody, with their rights, outside of the run of a page: in a request to a route of the server."""
    token = _READER.set(who)
    try:
        with pipeline.acting_as(who.name, who.rights):
            yield
    finally:
        _READER.reset(token)


def workspace_of(who: Reader) -> Workspace:
    """Return the workspace that a reader's questions run on: the whole one, or a copy with what they may see.

    Raises NotAllowed for who may see nothing, and NoData where nothing is loaded.
    """
    if who.sees_all:
        return whole_workspace()
    key, now = (str(folder()), who), time.monotonic()
    looked_at, copy = _copies.get(key, (-FRESH, None))
    if copy is None or now - looked_at >= FRESH:
        copy = workspace_in(workspace_for(whole_workspace(), who).folder)
        if len(_copies) > MOST_COPIES:
            _copies.clear()
        _copies[key] = (now, copy)
    return copy


def current_version() -> Version | None:
    """Return the version that is shown now, asked afresh: another process may have published one. None: empty."""
    return workspace().current()


@dataclass(frozen=True)
class VersionFile:
    """A version's file, equal under any name: answers computed before it was published stay cached."""

    path: Path = field(compare=False)
    identity: tuple[int, ...]

    @classmethod
    def at(cls, path: Path) -> VersionFile:
        """Return the file that is at `path` now."""
        stat = path.stat()
        return cls(path, (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns))


def version_file(version: Version) -> VersionFile:
    """Return the file of a version. Raises WorkspaceBroken when it is gone."""
    return VersionFile.at(workspace().file_of(version))


@lru_cache(maxsize=OPEN_VERSIONS)
def open_version(
    file: VersionFile,
    decisions: CurrentDecisions,
    kinds: VersionFile | None = None,
    topics: VersionFile | None = None,
) -> Warehouse:
    """Return a version opened with what people decided, once for all sessions; a version never changes.

    `kinds`, `topics`: its artifacts, see `store.artifacts.DerivedArtifacts`.

    What falls out of the cache is closed when the last session has let go of it.
    """
    return open_warehouse(
        file.path, decisions, DerivedArtifacts(kinds.path if kinds else None, topics.path if topics else None)
    )


def decided() -> CurrentDecisions:
    """Return what people decided that definitions read, as a key of caches."""
    return current_decisions(workspace())


@dataclass(frozen=True)
class Snapshot:
    """What every answer of one run of a page is read from, looked up once: a version's file, what people decided."""

    file: VersionFile
    decisions: CurrentDecisions
    kinds: VersionFile | None = None
    topics: VersionFile | None = None
    audits: tuple[Audit, ...] = ()
    folder: Path | None = field(default=None, compare=False)
    """The folder of the workspace that the version is of: threads that have no reader look there."""

    @classmethod
    def of(cls, version: Version, of_workspace: Workspace | None = None) -> Snapshot:
        """Return what is read of a version now. Raises WorkspaceBroken when its file is gone.

        `of_workspace`: the workspace of the version, where it is not the one that `workspace` returns.
        """
        source = of_workspace or workspace()
        files = _derived_files(source, version)
        file = VersionFile.at(source.file_of(version))
        return cls(file, current_decisions(source), *files, audits(source), source.folder)

    @property
    def warehouse(self) -> Warehouse:
        """The version, opened. Raises WorkspaceBroken when its file cannot be read."""
        artifacts = (self.kinds, self.topics)
        if not all(file is None or file.path.exists() for file in artifacts):
            # A page that stands open for longer than superseded artifacts are kept is given the newest ones.
            of_reader = workspace_in(self.folder) if self.folder else workspace()
            artifacts = next(
                (
                    _derived_files(of_reader, version)
                    for version in pipeline.versions(of_reader)
                    if self._is_of(version)
                ),
                artifacts,
            )
        opened = open_version(self.file, self.decisions, *artifacts)
        if not opened.usable:
            open_version.cache_clear()
            opened = open_version(self.file, self.decisions, *artifacts)
        return opened

    def _is_of(self, version: Version) -> bool:
        return self.file.path.stem == f"{version.number:06d}"


def _derived_files(of_reader: Workspace, version: Version) -> tuple[VersionFile | None, VersionFile | None]:
    artifacts = pipeline.derived_artifacts(of_reader, version)
    kinds, topics = (VersionFile.at(file) if file else None for file in (artifacts.kinds, artifacts.topics))
    return kinds, topics


def warehouse(version: Version) -> Warehouse:
    """Return the warehouse of a version. Raises WorkspaceBroken when its file is gone or cannot be read."""
    return Snapshot.of(version).warehouse
