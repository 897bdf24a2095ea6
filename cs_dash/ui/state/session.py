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


def version() -> Version | None:
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
        known = path.stat()
        return cls(path, (known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns))


def version_file(shown: Version) -> VersionFile:
    """Return the file of a version. Raises WorkspaceBroken when it is gone."""
    return VersionFile.at(workspace().file_of(shown))


@lru_cache(maxsize=OPEN_VERSIONS)
def opened(
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
class Reading:
    """What every answer of one run of a page is read from, looked up once: a version's file, what people decided."""

    file: VersionFile
    decisions: CurrentDecisions
    kinds: VersionFile | None = None
    topics: VersionFile | None = None
    audits: tuple[Audit, ...] = ()

    @classmethod
    def of(cls, shown: Version) -> Reading:
        """Return what is read of a version now. Raises WorkspaceBroken when its file is gone."""
        here = workspace()
        try:
            kinds, topics = _beside(shown)
        except FileNotFoundError:  # labels were followed just now: what was there gave way to what is there now
            kinds, topics = _beside(shown)
        return cls(version_file(shown), decided(), kinds, topics, audits(here))

    @property
    def warehouse(self) -> Warehouse:
        """The version, opened. Raises WorkspaceBroken when its file cannot be read."""
        try:
            return opened(self.file, self.decisions, self.kinds, self.topics)
        except FileNotFoundError:  # what was beside it gave way to newer files before it was opened
            shown = version()
            if shown is None or version_file(shown) != self.file:
                raise
            return opened(self.file, self.decisions, *_beside(shown))


def _beside(shown: Version) -> tuple[VersionFile | None, VersionFile | None]:
    there = pipeline.beside(workspace(), shown)
    kinds, topics = (VersionFile.at(file) if file else None for file in (there.kinds, there.topics))
    return kinds, topics


def warehouse(shown: Version) -> Warehouse:
    """Return the warehouse of a version. Raises WorkspaceBroken when its file is gone or cannot be read."""
    return Reading.of(shown).warehouse
