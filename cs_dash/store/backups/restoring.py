"""Restoring a backup into a new or empty folder: unpacked aside, compared with its manifest, then moved into place.

The state comes last: until it is there, the folder is no workspace, so that one which is killed leaves none, or a whole
one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from cs_dash.errors import BadInput, MachineFault, WorkspaceBroken, WorkspaceBusy
from cs_dash.store.backups import archive
from cs_dash.store.backups.archive import STATE, FileDigest, damaged
from cs_dash.store.disk import CHUNK, flush
from cs_dash.store.owned_folder import TEMPORARY, sweep, temporary_folder
from cs_dash.store.state import MIGRATIONS, State

MOVING = "moving"
"""Marks, in the folder of a restoration, that its files are being moved into place."""
NOT_DATA = frozenset({"lock", TEMPORARY, "lost+found"})
"""What an empty folder may hold: our lock, our temporary files, and what some disks have at their top."""


@dataclass(frozen=True)
class Restored:
    """A workspace that was restored.

    Attributes:
        folder: where it is.
        made_at: when the backup was made, in UTC.
        versions: how many versions it has.
        uploads: how many uploads.
        bytes: the size of its files.
        missing: files that were lost already when the backup was made.
    """

    folder: Path
    made_at: dt.datetime
    versions: int
    uploads: int
    bytes: int
    missing: tuple[str, ...] = ()


def restore(folder: Path, file: Path, progress: Callable[[float], None] = lambda _: None) -> Restored:
    """Make a workspace from a backup in a folder that is new or empty, and return what it holds.

    `progress`: the share that is done, from 0 to 1. Raises BadInput for a folder with data, UnreadableFile for a file
    that is damaged or no backup, WorkspaceBusy while another process restores there.
    """
    if not file.is_file():
        raise BadInput("No such backup", f"Could not restore {file} because there is no such file.", "Check its name.")
    with archive.reading(file) as reader, _held(folder):
        header = reader.header()
        if int(header.get("workspace_format", 0)) > len(MIGRATIONS):
            raise WorkspaceBroken(
                "The backup is of a newer release",
                f"Could not restore {file.name} because a newer release of cs_dash wrote it.",
                "Update cs_dash, then restore it.",
            )
        with temporary_folder(folder) as temporary:
            unpacked = temporary / "workspace"
            unpacked.mkdir()
            _check_room(folder, int(header["bytes"]))
            _unpack(reader, file, unpacked, int(header["bytes"]), progress)
            restored = _restored(folder, unpacked, header, reader.manifest)
            (temporary / MOVING).touch()
            _move(unpacked, folder)
            (temporary / MOVING).unlink()
    return restored


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold an empty folder, made where there is none; it is gone again where nothing came of it."""
    is_new = not folder.exists()
    if folder.exists() and not folder.is_dir():
        raise BadInput("Not a folder", f"Could not restore into {folder} because it is a file.", "Name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WorkspaceBusy(
            "The folder is in use",
            f"Could not restore into {folder} because another process uses it.",
            "Wait until it has finished, or name a new folder with --workspace.",
        ) from None
    try:
        _clear_interrupted(folder)
        if names := sorted(path.name for path in folder.iterdir() if path.name not in NOT_DATA):
            raise BadInput(
                "The folder is not empty",
                f"Could not restore into {folder} because it holds data ({names[0]}); they are unchanged.",
                "Name a new folder with --workspace, and start the app with that one.",
            )
        yield
    finally:
        if not (folder / STATE).exists():
            with suppress(OSError):
                (folder / "lock").unlink()
        lock.release()
        if is_new:
            with suppress(OSError):  # it has a workspace now
                folder.rmdir()


def _clear_interrupted(folder: Path) -> None:
    """Remove what a killed restoration left here: parts of a backup, without a state that names them."""
    if not (folder / STATE).exists() and any((folder / TEMPORARY).glob(f"*/{MOVING}")):
        for name in (*archive.FOLDERS, archive.SHARED):
            shutil.rmtree(folder / name, ignore_errors=True)
    sweep(folder / TEMPORARY)


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise MachineFault(
            "The disk is too small",
            f"Could not restore into {folder} because the backup needs {needed / 1e9:,.1f} GB and"
            f" {free / 1e9:,.1f} GB are free. Nothing was restored.",
            "Free some space on that disk, or name a folder on another one with --workspace.",
        )


def _unpack(
    reader: archive.BackupReader, file: Path, target: Path, total: int, progress: Callable[[float], None]
) -> dict[str, FileDigest]:
    """Write the files out while their digests are made, and compare them with the manifest."""
    entries: dict[str, FileDigest] = {}
    written = 0
    for name, modified, content in reader.files():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with path.open("xb") as out:
            while piece := content.read(CHUNK):
                digest.update(piece)
                out.write(piece)
                size += len(piece)
                if written + size > total:
                    raise damaged(file, "it holds more than it says")
                progress((written + size) / total if total else 1.0)
        if name == archive.PSEUDONYMS:
            path.chmod(0o600)
        flush(path)
        os.utime(path, (modified, modified))  # which artifact is the newest shows in its time
        written += size
        entries[name] = FileDigest(size, digest.hexdigest())
    listed = reader.manifest.get("files")
    if not isinstance(listed, dict) or listed != {name: [entry.size, entry.sha256] for name, entry in entries.items()}:
        raise damaged(file, "its files are not those that were backed up")
    if STATE not in entries:
        raise damaged(file, "it has no list of versions")
    return entries


def _restored(folder: Path, unpacked: Path, header: dict[str, Any], manifest: dict[str, Any]) -> Restored:
    state = State(unpacked / STATE)  # brought to this release already here, where a failure leaves nothing
    with state.transaction() as connection:
        (uploads,) = connection.execute("select count(*) from uploads").fetchone()
    return Restored(
        folder,
        dt.datetime.fromisoformat(str(header["made_at"])),
        len(state.versions()),
        int(uploads),
        sum(path.stat().st_size for path in unpacked.rglob("*") if path.is_file()),
        tuple(str(name) for name in manifest.get("missing", ())),
    )


def _move(unpacked: Path, folder: Path) -> None:
    """Move the parts into place, the state last. A failure leaves nothing."""
    names = sorted(path.name for path in unpacked.iterdir())
    try:
        for name in sorted(names, key=lambda name: name == STATE):
            flush(unpacked / name)
            (unpacked / name).rename(folder / name)
    except OSError:
        for name in set(names) & {*archive.FOLDERS, archive.SHARED}:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise
    flush(folder)
