"""Which workspace is shown, which version of it, and that version opened once for everybody."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cs_dash import pipeline
from cs_dash.decisions import CurrentDecisions, current_decisions
from cs_dash.decisions.audits import Audit, audits
from cs_dash.metrics import Beside, Warehouse, open_warehouse
from cs_dash.pipeline import Version, Workspace

FOLDER = "CS_DASH_WORKSPACE"
OPEN_VERSIONS = 4


def folder() -> Path:
    """Return the workspace's folder: what the environment names, else `workspace` where the app was started."""
    return Path(os.environ.get(FOLDER) or "workspace").resolve()


@lru_cache(maxsize=16)
def _workspace(folder: Path) -> Workspace:
    return Workspace(folder)


def workspace() -> Workspace:
    """Return the workspace. Raises WorkspaceBroken when its folder cannot be used."""
    return _workspace(folder())


def current_version() -> Version | None:
    """Return the version that is shown now, asked afresh: another process may have published one. None: empty."""
    return workspace().current()


@dataclass(frozen=True)
class VersionFile:
    """A version's file, the same one under whatever name: what was asked of it before it was published stays known."""

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

    `kinds`, `topics`: the files beside it, see `store.beside.Beside`.

    What falls out of the cache is closed when the last session has let go of it.
    """
    return open_warehouse(file.path, decisions, Beside(kinds.path if kinds else None, topics.path if topics else None))


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

    @classmethod
    def of(cls, version: Version) -> Snapshot:
        """Return what is read of a version now. Raises WorkspaceBroken when its file is gone."""
        try:
            kinds, topics = _derived_files(version)
        except FileNotFoundError:  # labels were followed just now: what was there gave way to what is there now
            kinds, topics = _derived_files(version)
        return cls(version_file(version), decided(), kinds, topics, audits(workspace()))

    @property
    def warehouse(self) -> Warehouse:
        """The version, opened. Raises WorkspaceBroken when its file cannot be read."""
        try:
            return open_version(self.file, self.decisions, self.kinds, self.topics)
        except FileNotFoundError:  # what was beside it gave way to newer files before it was opened
            version = current_version()
            if version is None or version_file(version) != self.file:
                raise
            return open_version(self.file, self.decisions, *_derived_files(version))


def _derived_files(version: Version) -> tuple[VersionFile | None, VersionFile | None]:
    artifacts = pipeline.beside(workspace(), version)
    kinds, topics = (VersionFile.at(file) if file else None for file in (artifacts.kinds, artifacts.topics))
    return kinds, topics


def warehouse(version: Version) -> Warehouse:
    """Return the warehouse of a version. Raises WorkspaceBroken when its file is gone or cannot be read."""
    return Snapshot.of(version).warehouse
