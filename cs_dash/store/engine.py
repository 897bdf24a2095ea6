"""DuckDB as this product starts it: how much memory it may take, and where it spills what does not fit.

Without a folder of its own DuckDB spills into the current directory: rows of customers outside the workspace, and an
error where that directory is read-only. Here every connection has a folder in the workspace, `spill/<name>/`, for as
long as it is open, and holds the lock `spill/<name>.lock` meanwhile; what a killed process left has a lock that nobody
holds, and is removed when the workspace is opened next.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
import weakref
from contextlib import suppress
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from cs_dash.errors import BadInput

MEMORY = "CS_DASH_MEMORY"
"""The environment variable that says how much memory DuckDB may take: "40 %" of the machine's, or "4 GB"."""
USUAL = "50 %"
FOLDER = "spill"
_LEAST_BYTES = 64 << 20
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[KMGT]?B)", re.IGNORECASE)
_UNITS = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_CGROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
_STATE = "state.sqlite"


class Engine:
    """One DuckDB connection with its memory limit and its folder to spill into."""

    def __init__(self, target: Path | None, *, near: Path, threads: int) -> None:
        """Connect to the database `target`, None for one in memory; it spills into the workspace that holds `near`.

        Raises BadInput where the environment names no amount of memory.
        """
        config: dict[str, str | bool | int | float | list[str]] = {"threads": threads, "temp_directory": ""}
        limit = memory_limit_bytes()
        if limit is not None:
            config["memory_limit"] = f"{limit >> 10}KiB"
        spill = SpillFolder.claim(spill_root(near))
        if spill is not None:
            config["temp_directory"] = str(spill.folder)
        try:
            self.connection = duckdb.connect(str(target) if target else ":memory:", config=config)
        except BaseException:
            if spill is not None:
                spill.release()
            raise
        self._spill = spill

    def close(self) -> None:
        """Close the connection and remove what it spilled."""
        self.connection.close()
        if self._spill is not None:
            self._spill.release()


class SpillFolder:
    """A folder that belongs to one connection of this process, and is gone with it."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self.release = weakref.finalize(self, _remove, folder, lock)

    @classmethod
    def claim(cls, root: Path) -> SpillFolder | None:
        """Return a new folder below `root`; None where none can be made: nothing can be spilled then."""
        folder = root / uuid.uuid4().hex
        try:
            root.mkdir(exist_ok=True)
            # Locked before the folder is there: a folder whose lock is free belongs to nobody any more.
            lock = FileLock(f"{folder}.lock", thread_local=False)
            lock.acquire(timeout=0)
            folder.mkdir()
        except OSError:
            return None
        return cls(folder, lock)


def _remove(folder: Path, lock: FileLock) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release(force=True)
    with suppress(OSError):  # others spill too
        folder.parent.rmdir()


def spill_root(near: Path) -> Path:
    """Return the folder for what is spilled: in the workspace that holds the file `near`, else beside the file."""
    for parent in near.parents:
        if (parent / _STATE).exists():
            return parent / FOLDER
    return near.parent / FOLDER


def sweep_spill(workspace: Path) -> None:
    """Remove what processes that are not alive any more spilled into a workspace."""
    root = workspace / FOLDER
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.suffix == ".lock" or not folder.is_dir():
            continue
        lock = FileLock(f"{folder}.lock", thread_local=False)
        with suppress(Timeout, OSError):
            lock.acquire(timeout=0)
            _remove(folder, lock)


def memory_limit_bytes(text: str = "") -> int | None:
    """Return how many bytes one connection may take: `text`, else what `MEMORY` says, else half of what there is.

    A share is one of the machine's memory, or of the container's; None where the system does not tell how much that is.
    Raises BadInput where no amount is named.
    """
    text = text or os.environ.get(MEMORY) or USUAL
    amount = _AMOUNT.fullmatch(text.strip())
    if amount is None:
        raise BadInput(
            "No amount of memory",
            f"Could not start because {text} is no amount of memory.",
            f'Set {MEMORY} to "50 %" or "4 GB".',
        )
    number, unit = float(amount[1]), amount[2].upper()
    if unit != "%":
        return max(int(number * _UNITS[unit]), _LEAST_BYTES)
    there = memory_bytes()
    return None if there is None else max(int(there * min(number, 100.0) / 100), _LEAST_BYTES)


def memory_bytes(limits: tuple[Path, ...] = _CGROUPS) -> int | None:
    """Return how much memory this machine has, or this container may take; None where the system does not tell."""
    amounts = []
    with suppress(AttributeError, ValueError, OSError):  # Windows has no such call
        amounts.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for file in limits:
        with suppress(ValueError, OSError):  # "max" says that there is no limit
            amounts.append(int(file.read_text()))
    return min(amounts, default=None)
