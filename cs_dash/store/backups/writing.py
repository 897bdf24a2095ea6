"""Writing a backup: first the state, in one piece and of one moment; then exactly the files that this state names.

A version's file never changes, an upload's neither, and both are there before the state names them. So what is copied
afterwards belongs to that moment, whoever loads or decides meanwhile.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from cs_dash import __version__
from cs_dash.errors import BadInput, NoData
from cs_dash.store.artifacts import ARTIFACT_KINDS
from cs_dash.store.backups import archive
from cs_dash.store.backups.archive import STATE
from cs_dash.store.disk import flush
from cs_dash.store.owned_folder import OwnedFolder, sweep
from cs_dash.store.state import MIGRATIONS, State

ENDING = ".tar.zst"
UNFINISHED = ".cs_dash-unfinished"
"""The folder, beside the backups, of those in the making; the next one removes what a killed one left."""


@dataclass(frozen=True)
class Backup:
    """A backup that was written.

    Attributes:
        file: where it is.
        versions: how many versions it holds.
        uploads: how many uploads.
        bytes: its own size.
        missing: files that the workspace names but does not have any more, so that the backup has not either.
    """

    file: Path
    versions: int
    uploads: int
    bytes: int
    missing: tuple[str, ...] = ()


def back_up(folder: Path, file: Path, progress: Callable[[float], None] = lambda _: None) -> Backup:
    """Write everything that a workspace keeps to one file, also while it is used, and return what that is.

    The file is there when it is whole, for its owner only; until then, one of the same name stays. `progress`: the
    share that is done, from 0 to 1. Raises NoData where there is no workspace, BadInput for a name that is none for a
    backup.
    """
    _check(folder, file)
    root = file.absolute().parent / UNFINISHED
    sweep(root)
    unfinished = OwnedFolder.make(root)
    try:
        unfinished.folder.chmod(0o700)  # everybody may enter the folder of backups
        copy = unfinished.folder / STATE
        State(folder / STATE).copy_to(copy)
        backup = _write(folder, State(copy), unfinished.folder / file.name, progress)
        (unfinished.folder / file.name).chmod(0o600)
        flush(unfinished.folder / file.name)
        (unfinished.folder / file.name).replace(file)
        flush(file.absolute().parent)
    finally:
        unfinished.release()
    return Backup(file, backup.versions, backup.uploads, file.stat().st_size, backup.missing)


def _check(folder: Path, file: Path) -> None:
    if not (folder / STATE).is_file():
        raise NoData(
            "Nothing to back up",
            f"Could not back up {folder} because it is not a workspace with data.",
            "Name the folder with --workspace.",
        )
    if not file.name.endswith(ENDING) or file.name == ENDING:
        raise BadInput(
            "Not a name for a backup",
            f"Could not write {file} because its name does not end in {ENDING}.",
            f"For example {file.name.partition('.')[0] or 'backup'}{ENDING}.",
        )
    if file.is_dir() or not file.absolute().parent.is_dir():
        why = "it is a folder" if file.is_dir() else f"there is no folder {file.absolute().parent}"
        raise BadInput("Cannot write the backup", f"Could not write {file} because {why}.", "Name another file.")


def _write(folder: Path, state: State, target: Path, progress: Callable[[float], None]) -> Backup:
    """Write the archive of a workspace as its copied state says."""
    names, missing = [STATE], list[str]()
    total, done = state.file.stat().st_size, 0
    for name, is_needed in _files(folder, state):
        try:
            total += (folder / name).stat().st_size
            names.append(name)
        except FileNotFoundError:
            missing += [name] * is_needed

    def advance(size: int) -> None:
        nonlocal done
        done += size
        progress(done / total if total else 1.0)

    gone: set[str] = set()
    with archive.writing(target, advance) as writer:
        facts = {"format": archive.FORMAT, "release": __version__, "workspace_format": len(MIGRATIONS)}
        made_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        writer.add_text(archive.HEADER, facts | {"made_at": made_at, "bytes": total})
        for name in names:
            if _copy_of(name) in gone:
                continue
            with ExitStack() as stack:
                try:
                    content = stack.enter_context((state.file if name == STATE else folder / name).open("rb"))
                except FileNotFoundError:
                    if _copy_of(name):  # its link was revoked meanwhile
                        gone.add(_copy_of(name))
                    elif name.partition("/")[0] not in _DERIVED:  # else a newer one took its place
                        missing.append(name)
                    continue
                facts_of_file = os.fstat(content.fileno())
                writer.add_file(name, content, facts_of_file.st_size, facts_of_file.st_mtime)
        writer.add_manifest(missing)
    uploads = {name.split("/")[1] for name in names if name.startswith("uploads/")}
    versions = sum(name.startswith("versions/") for name in writer.entries)
    return Backup(target, versions, len(uploads), 0, tuple(missing))


def _copy_of(name: str) -> str:
    """Return the folder of the frozen link that a file belongs to; "" for a file of the workspace itself."""
    folder, _, rest = name.partition("/")
    return rest.partition("/")[0] if folder == archive.SHARED and "/" in rest else ""


_DERIVED = frozenset(kind.folder for kind in ARTIFACT_KINDS)


def _files(folder: Path, state: State) -> Iterator[tuple[str, bool]]:
    """Yield the files that a state names, and whether they cannot be made again from others."""
    numbers = {f"{version.number:06d}" for version in state.versions()}
    yield from ((f"versions/{number}.duckdb", True) for number in sorted(numbers))
    with state.transaction() as connection:
        uploads = connection.execute("select id, name from uploads order by id").fetchall()
    for upload_id, name in uploads:
        stored: list[Path] = []
        with suppress(FileNotFoundError):  # the same bytes may have come under several names
            stored = sorted(path for path in (folder / "uploads" / upload_id).iterdir() if path.is_file())
        yield from ((f"uploads/{upload_id}/{path.name}", True) for path in stored)
        if not stored:
            yield f"uploads/{upload_id}/{name[-200:]}", True
    for kind in ARTIFACT_KINDS:
        for path in sorted((folder / kind.folder).glob(f"*{kind.suffix}")):
            if path.name.partition("-")[0] in numbers:
                yield f"{kind.folder}/{path.name}", False
    if (folder / archive.PSEUDONYMS).is_file():
        yield archive.PSEUDONYMS, True
    for copy in sorted((folder / archive.SHARED).glob(f"*{archive.FROZEN}")):
        # Its state last: without one, a copy that is removed meanwhile counts as gone.
        for path in sorted(copy.rglob("*"), key=lambda path: (path.name == STATE, path)):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and archive.is_name_of_a_workspace(name):
                yield name, False
