"""Folders that belong to a process: gone with it, and swept by the next one where it was killed.

Such a folder, `<root>/<name>/`, lasts as long as its owner holds the lock `<root>/<name>.lock`. What a killed process
left has a lock that nobody holds.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_TRIES = 100
TEMPORARY = "temporary"
"""The folder of a workspace that holds whatever lasts no longer than the process that made it."""


class OwnedFolder:
    """A folder that belongs to one owner in this process, and is gone with it."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self.release = weakref.finalize(self, _remove, folder, lock)

    @classmethod
    def make(cls, root: Path) -> OwnedFolder:
        """Return a new folder below `root`. Raises OSError where none can be made."""
        folder = root / uuid.uuid4().hex
        # Locked before the folder is there: a folder whose lock is free belongs to nobody any more.
        lock = FileLock(f"{folder}.lock", thread_local=False)
        for _ in range(_TRIES):
            # Somebody else's was the last one there, and took `root` along: before a look at it, or after.
            with suppress(FileNotFoundError, FileExistsError, Timeout):
                root.mkdir(parents=True, exist_ok=True)
                lock.acquire(timeout=0)
                break
        else:
            raise OSError(f"no lock could be made in {root}")
        folder.mkdir()
        return cls(folder, lock)

    @classmethod
    def claim(cls, root: Path) -> OwnedFolder | None:
        """Return a new folder below `root`; None where none can be made."""
        with suppress(OSError):
            return cls.make(root)
        return None


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release(force=True)
    with suppress(OSError):  # others have folders there too
        folder.parent.rmdir()


def sweep(root: Path) -> None:
    """Remove the folders below `root` whose owners are not alive any more."""
    for folder in {entry.with_suffix("") for entry in root.glob("*")}:  # a lock may be all that is left
        lock = FileLock(f"{folder}.lock", thread_local=False)
        with suppress(Timeout, OSError):
            lock.acquire(timeout=0)
            _remove(folder, lock)


@contextmanager
def temporary_folder(workspace: Path) -> Iterator[Path]:
    """Give a new folder in a workspace that is gone afterwards. Raises OSError where none can be made."""
    owned = OwnedFolder.make(workspace / TEMPORARY)
    try:
        yield owned.folder
    finally:
        owned.release()


@contextmanager
def temporary_files_in_system_folder() -> Iterator[None]:
    """Have this process put its temporary files where the system puts them, as long as this lasts."""
    before, tempfile.tempdir = tempfile.tempdir, None
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextmanager
def temporary_files_in(workspace: Path) -> Iterator[None]:
    """Have this process put its temporary files into a workspace, those of libraries too, as long as this lasts.

    Where nothing can be written there, they go where the system puts them.
    """
    owned, before = OwnedFolder.claim(workspace / TEMPORARY), tempfile.tempdir
    if owned is not None:
        tempfile.tempdir = str(owned.folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        if owned is not None:
            owned.release()
