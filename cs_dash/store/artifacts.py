"""Files that are derived from a version after it is published: which there are, where they lie, when they are removed.

An artifact is known by its kind, the version's number and a key, which changes whenever people decide something that
bears on it. Any of them can be derived again. One policy removes them (`Artifacts.clean_up`): of each version the
newest `KEYS` stay, and every other one for `LEASE_SECONDS` after a newer one took its place. So a path that was looked
up can be opened for that long, by every process, whatever is derived meanwhile.
"""

from __future__ import annotations

import os
import tempfile
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cs_dash.store.owned_folder import temporary_files_in_system_folder, temporary_folder

KEYS = 2
"""Under so many keys the artifacts of a version stay: what somebody undoes need not be derived again."""
LEASE_SECONDS = 600.0


@dataclass(frozen=True)
class ArtifactKind:
    """A kind of artifact.

    Attributes:
        folder: the folder of the workspace that holds its files.
        suffix: how their names end.
        versions: artifacts of so many versions stay; None: of all, so that undo shows the earlier ones at once.
    """

    folder: str
    suffix: str
    versions: int | None = None


TEXT_FEATURES = ArtifactKind("words", ".parquet", versions=2)
"""What is read of the texts of tickets; it carries over to the next version, so few of them are needed."""
TICKET_KINDS = ArtifactKind("kinds", ".parquet")
TOPICS = ArtifactKind("topics", ".duckdb")
"""Topics of tickets, and which help articles are about them."""
ARTIFACT_KINDS = (TEXT_FEATURES, TICKET_KINDS, TOPICS)


@dataclass(frozen=True)
class DerivedArtifacts:
    """The artifacts that a version is opened with.

    Attributes:
        kinds: a Parquet file of ticket_id and the columns of `derived_tables.KINDS` for the tickets that were read;
            None: not read.
        topics: a DuckDB file with the tables of `derived_tables.TOPICS`; None: topics were not looked for.
    """

    kinds: Path | None = None
    topics: Path | None = None


NO_ARTIFACTS = DerivedArtifacts()


class Artifacts:
    """The artifacts of one workspace."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace

    def path(self, kind: ArtifactKind, version: int, key: str) -> Path:
        """Return where an artifact is, or would be."""
        return self._workspace / kind.folder / f"{version:06d}-{key}{kind.suffix}"

    def current(self, kind: ArtifactKind, version: int, key: str) -> Path | None:
        """Return the artifact for just this key, None where it is not derived; it stays for a lease at least."""
        file = self.path(kind, version, key)
        if not file.exists():
            return None
        if file != self.newest(kind, version):  # an earlier key counts again: from now on it is the newest one
            with suppress(OSError):  # it is gone, or nothing can be written here
                os.utime(file)
        return file if file.exists() else None

    def available(self, kind: ArtifactKind, version: int, key: str) -> Path | None:
        """Return the artifact for this key, else the newest one of the version, else None; it stays as `current`'s."""
        return self.current(kind, version, key) or self.newest(kind, version)

    def newest(self, kind: ArtifactKind, version: int | None = None) -> Path | None:
        """Return the newest artifact of a version, None: of any; None where there is none."""
        files = self._files(kind, "*" if version is None else f"{version:06d}")
        return files[-1] if files else None

    def newest_first(self, kind: ArtifactKind) -> list[Path]:
        """Return the artifacts of all versions, those of the newest version first."""
        return self._files(kind, "*")[::-1]

    @contextmanager
    def deriving(self, kind: ArtifactKind, version: int, key: str) -> Iterator[Path]:
        """Yield a path to write an artifact to: it takes its place once it is whole, and a failure leaves nothing."""
        file = self.path(kind, version, key)
        file.parent.mkdir(exist_ok=True)
        with temporary_folder(self._workspace) as folder:
            unfinished = folder / f"unfinished{kind.suffix}"
            yield unfinished
            unfinished.replace(file)
        self.clean_up(kind)

    def adopt(self, kind: ArtifactKind, version: int, key: str, file: Path) -> None:
        """Make a file that was written elsewhere on the same disk the artifact of a version."""
        target = self.path(kind, version, key)
        target.parent.mkdir(exist_ok=True)
        file.replace(target)

    def clean_up(self, kind: ArtifactKind) -> None:
        """Remove the artifacts of a kind that the policy above lets go of."""
        by_version: dict[str, list[Path]] = {}
        for file in self._files(kind, "*"):
            by_version.setdefault(file.name.partition("-")[0], []).append(file)
        for files in by_version.values():
            _remove_superseded(files, KEYS)
        if kind.versions is not None:
            _remove_superseded([files[-1] for _, files in sorted(by_version.items())], kind.versions)

    def _files(self, kind: ArtifactKind, version: str) -> list[Path]:
        """Return the files of a kind, by version where there are several, the newest of each last."""
        made: dict[Path, tuple[str, int]] = {}
        for file in (self._workspace / kind.folder).glob(f"{version}-*{kind.suffix}"):
            with suppress(FileNotFoundError):  # another process cleans up
                made[file] = (file.name.partition("-")[0], file.stat().st_mtime_ns)
        return sorted(made, key=made.__getitem__)


def read_only_artifacts(workspace: Path) -> Artifacts:
    """Return the artifacts of a workspace that cannot be written: links to those it has, in a folder of this process.

    What is derived lies in that folder too, which is gone with the process: so reading needs no writing.
    """
    with temporary_files_in_system_folder():
        own = tempfile.TemporaryDirectory(prefix="cs_dash-", ignore_cleanup_errors=True)
    for kind in ARTIFACT_KINDS:
        folder = Path(own.name) / kind.folder
        folder.mkdir()
        for file in (workspace / kind.folder).glob(f"*{kind.suffix}"):
            with suppress(OSError):  # Windows makes links for few: then it is derived once more
                (folder / file.name).symlink_to(file.absolute())
    artifacts = Artifacts(Path(own.name))
    weakref.finalize(artifacts, own.cleanup)
    return artifacts


def _remove_superseded(files: Sequence[Path], count: int) -> None:
    """Remove files, given oldest first, but the last `count` and those that were the last one a lease ago or later."""
    for file, successor in list(pairwise(files))[: max(len(files) - count, 0)]:
        with suppress(FileNotFoundError):
            if successor.stat().st_mtime < time.time() - LEASE_SECONDS:
                file.unlink()
