"""What is stored beside the rows: uploads, the list of versions, the files of a watched folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO

from cs_dash.store.acting import Right, acting, acting_as, identify_by, require
from cs_dash.store.backups.restoring import Restored, restore
from cs_dash.store.backups.writing import Backup, back_up
from cs_dash.store.engine import MEMORY, memory_limit_bytes
from cs_dash.store.version import Version
from cs_dash.store.workspace import Upload, Workspace

__all__ = [
    "Backup", "Restored", "acting", "acting_as", "back_up", "identify_by", "loaded_digests", "memory_environment",
    "record_loaded", "redo", "redoable", "restore", "store_upload", "undo", "versions",
]  # fmt: skip


def versions(workspace: Workspace) -> tuple[Version, ...]:
    """Return every version, oldest first, the undone ones too."""
    return workspace.state.versions()


def undo(workspace: Workspace) -> Version | None:
    """Undo the current version and return the one shown now (None: empty).

    Raises NoData without any, and NotAllowed where who is acting may not undo.
    """
    require(Right.LOAD)
    return workspace.undo()


def redoable(workspace: Workspace) -> Version | None:
    """Return the version that `redo` would show again; None where no load was undone, or another one came since."""
    return workspace.redoable()


def redo(workspace: Workspace) -> Version:
    """Show the version that was undone last again, with what was decided for it.

    Raises NoData without one, and NotAllowed where who is acting may not undo.
    """
    require(Right.LOAD)
    return workspace.redo()


def store_upload(
    workspace: Workspace, name: str, content: IO[bytes], progress: Callable[[int], None] = lambda _: None
) -> Upload:
    """Store the bytes of an upload and return where; the same bytes are stored once.

    `progress` is given from time to time how many bytes are written; what it raises ends it, and nothing is left.
    Raises NotAllowed where who is acting may not load.
    """
    require(Right.LOAD)
    return workspace.keep(name, content, progress)


def loaded_digests(workspace: Workspace) -> set[str]:
    """Return the SHA-256, hexadecimal, of every file that came from a watched folder and was loaded."""
    return workspace.state.watched()


def record_loaded(workspace: Workspace, files: Mapping[str, str]) -> None:
    """Record files of a watched folder as loaded: SHA-256 -> name. Raises NotAllowed without the right to load."""
    require(Right.LOAD)
    workspace.state.remember_watched(files)


def memory_environment(memory: str) -> dict[str, str]:
    """Return the environment variable by which a server takes no more memory than `memory` for its database.

    "" leaves it as it is. Raises BadInput where that, or what the environment says already, is no amount.
    """
    memory_limit_bytes(memory)
    return {MEMORY: memory} if memory else {}
