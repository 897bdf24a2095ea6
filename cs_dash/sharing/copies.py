"""Copies: for each reader with limits, a workspace that holds only what this reader may see.

    workspace/shared/
      secret              from which pseudonyms are made, so that they stay the same
      <name>.lock         held while a copy is made or renewed
      review-<id>-.../    what a review shows, frozen; in it, in `shared`, its copies for readers with limits
      <name>/             the copy: a workspace like any other, into which nobody writes

Everything that reads a workspace reads a copy as it is: what is not in it cannot come out of it. A copy is made aside
and moved into place whole. A live one is renewed when its source has changed: only those pieces are made anew whose
source did, and one transaction of its state makes them count.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from cs_dash.decisions import links, people
from cs_dash.decisions.reviews.records import copies_in_use
from cs_dash.errors import NoData, NotAllowed
from cs_dash.sharing.people import reader_in_role
from cs_dash.sharing.pieces import make, marks_of, marks_of_copy, renew
from cs_dash.sharing.readers import Limits, Reader
from cs_dash.store.engine import COPIES
from cs_dash.store.owned_folder import temporary_folder
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace

FOLDER = COPIES
_SECRET = "secret"
_LINK, _LIMITS, _REVIEW, _FROZEN = "link-", "limits-", "review-", "-frozen"
_NAME_LENGTH = 32
PATIENCE_SECONDS = 1.0
"""So long a reader waits for a copy that is renewed, before the former one is shown."""
UNRECORDED_SECONDS = 3600.0
"""So long the copy of a review stays that no review names: one that is started names it once its copy is made."""
_THREADS: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


def workspace_for(
    workspace: Workspace, reader: Reader, *, wait: bool = False, secret_of: Workspace | None = None
) -> Workspace:
    """Return the workspace that a reader's questions run on: itself, or a copy with what the reader may see.

    A copy that is missing is made; a frozen one is neither made nor renewed. One that is out of date is renewed: where
    that takes long, or somebody else does it already, readers have the former one meanwhile; with `wait` they wait.
    `secret_of`: the workspace whose pseudonyms the copy has, where `workspace` is itself a copy of it.

    Raises NotAllowed for nobody, and NoData where nothing is loaded or a frozen copy is gone.
    """
    if reader.sees_all:
        return workspace
    if reader.kind == "nobody":
        raise NotAllowed("Not allowed", "Could not show anything because nobody is signed in.", "Sign in.")
    folder = workspace.folder / FOLDER / name_of(reader)
    if reader.frozen:
        if not _is_made(folder):
            why = "Could not show the figures of that day because they are no longer stored."
            raise NoData("The frozen figures are gone", why, "Ask whoever shared them for a new link.")
        return Workspace(folder)
    version = _current(workspace)
    if _is_made(folder) and marks_of_copy(Workspace(folder)) == marks_of(workspace, version):
        return Workspace(folder)
    secret = secret_for(secret_of or workspace, folder)
    if wait or not _is_made(folder):
        with _making(folder, wait=True):
            _make_or_renew(workspace, folder, reader.limits, secret)
    else:
        _renew_meanwhile(workspace, folder, reader.limits, secret)
    return Workspace(folder)


def freeze(workspace: Workspace, reader: Reader) -> Workspace:
    """Make the copy of a reader whose figures stay those of now, and return it. Raises NoData where nothing is loaded.

    Call it once, when the link is made: what was frozen is never made again.
    """
    return _frozen(workspace, workspace.folder / FOLDER / name_of(reader), reader.limits)


def freeze_review(workspace: Workspace, review_id: str) -> str:
    """Make a copy of all that is shown now, for a review, and return its name. Raises NoData where nothing is loaded.

    It stays for as long as a recorded review names it.
    """
    name = f"{_REVIEW}{review_id}-{secrets.token_hex(4)}{_FROZEN}"
    _frozen(workspace, workspace.folder / FOLDER / name, Limits())
    return name


def frozen_review(workspace: Workspace, name: str) -> Workspace:
    """Return the frozen copy of a review by its name. Raises NoData where it is gone."""
    folder = workspace.folder / FOLDER / name
    if not name.startswith(_REVIEW) or folder.parent != workspace.folder / FOLDER or not _is_made(folder):
        why = "Could not show the figures of this review because they are no longer stored."
        raise NoData("The frozen figures are gone", why, "Renew the numbers of the review.")
    return Workspace(folder)


@contextmanager
def temporary_copy(workspace: Workspace, limits: Limits, *, secret_of: Workspace | None = None) -> Iterator[Workspace]:
    """Give a copy of what is shown now within limits, which is gone afterwards: for a file that is made once.

    Two with the same limits have the same pseudonyms. `secret_of`: the whole workspace, where `workspace` is a copy of
    it. Raises NoData where nothing is loaded.
    """
    name = name_of(Reader("local", limits=limits))
    secret = secret_for(secret_of or workspace, Path(name))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        make(workspace, _current(workspace), Path(folder) / name, limits, secret)
        yield Workspace(Path(folder) / name)


def _frozen(workspace: Workspace, folder: Path, limits: Limits) -> Workspace:
    _current(workspace)
    with _making(folder, wait=True):
        if not _is_made(folder):
            _make_or_renew(workspace, folder, limits, secret_for(workspace, folder))
    return Workspace(folder)


def name_of(reader: Reader) -> str:
    """Return the name of the folder of a reader's copy: a link has its own, people with the same limits share one."""
    if reader.kind == "link":
        return f"{_LINK}{reader.id[:_NAME_LENGTH]}{_FROZEN if reader.frozen else ''}"
    digest = hashlib.sha256(repr(reader.limits).encode()).hexdigest()
    return f"{_LIMITS}{digest[:_NAME_LENGTH]}"


def clean_up(workspace: Workspace) -> None:
    """Remove the copies that nobody reads any more.

    Those of links that were revoked or have expired, of limits that no person has any more, and of reviews that were
    removed; within the copies of reviews those of links.
    """
    open_links = (link for link in links.links(workspace) if link.is_open)
    of_links = {f"{_LINK}{link.digest[:_NAME_LENGTH]}" for link in open_links}
    names = of_links | {name_of(reader_in_role(person)) for person in people.people(workspace)}
    in_use = copies_in_use(workspace)
    shared = workspace.folder / FOLDER
    for folder in _copies_in(shared, _LINK, _LIMITS):
        if folder.name.removesuffix(_FROZEN) not in names:
            _remove(workspace, folder)
    for folder in _copies_in(shared, _REVIEW):
        if folder.name not in in_use and folder.stat().st_mtime < time.time() - UNRECORDED_SECONDS:
            _remove(workspace, folder)
    for folder in _copies_in(shared, f"{_REVIEW}*/{FOLDER}/{_LINK}"):
        if folder.name not in of_links:
            _remove(workspace, folder)


def _copies_in(shared: Path, *starts: str) -> Iterator[Path]:
    for start in starts:
        yield from (folder for folder in shared.glob(f"{start}*") if folder.is_dir())


def _current(workspace: Workspace) -> Version:
    version = workspace.current()
    if version is None:
        raise NoData("Nothing is loaded", "Could not show anything because nothing is loaded.", "Load files first.")
    return version


def _is_made(folder: Path) -> bool:
    return (folder / "state.sqlite").exists()


def secret_for(workspace: Workspace, folder: Path) -> bytes:
    """Return what the pseudonyms of the copy in a folder are made from; `workspace`: the whole one."""
    name = folder.name.removesuffix(_FROZEN)  # so that a link has the same pseudonyms frozen and live
    return hmac.new(_secret(workspace), name.encode(), hashlib.sha256).digest()


def _make_or_renew(workspace: Workspace, folder: Path, limits: Limits, secret: bytes) -> None:
    """Make or renew a copy, while its lock is held: somebody else may have done so before."""
    version = _current(workspace)
    with temporary_folder(workspace.folder) as temporary:
        if not _is_made(folder):
            make(workspace, version, temporary / folder.name, limits, secret)
            (temporary / folder.name).replace(folder)
            return
        copy = Workspace(folder)
        if marks_of_copy(copy) != marks_of(workspace, version):
            renew(workspace, version, copy, temporary, limits, secret)


def _renew_meanwhile(workspace: Workspace, folder: Path, limits: Limits, secret: bytes) -> None:
    """Renew a copy on a thread of its own, and wait for it only as long as a reader hardly notices.

    Raises what fails until then; what fails later is tried again by the next reader.
    """
    failures: list[Exception] = []

    def renew_copy() -> None:
        try:
            with _making(folder, wait=False) as is_mine:
                if is_mine:
                    _make_or_renew(workspace, folder, limits, secret)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=renew_copy, name="copy for readers", daemon=True)
    thread.start()
    thread.join(PATIENCE_SECONDS)
    if failures:
        raise failures[0]


@contextmanager
def _making(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of a copy, for threads and processes; False where somebody else holds it and not `wait`."""
    folder.parent.mkdir(exist_ok=True)
    lock, own = FileLock(folder.with_suffix(".lock"), thread_local=False), _THREADS[folder]
    if not own.acquire(blocking=wait):
        yield False
        return
    try:
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout:
        own.release()
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
        own.release()


def _remove(workspace: Workspace, folder: Path) -> None:
    """Remove a copy: nobody finds it any more from the first moment on."""
    with _making(folder, wait=True):
        if folder.exists():
            with temporary_folder(workspace.folder) as temporary:
                with suppress(OSError):  # Windows moves no folder with open files
                    folder.replace(temporary / folder.name)
                shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.with_suffix(".lock").unlink(missing_ok=True)


def _secret(workspace: Workspace) -> bytes:
    """Return the workspace's secret for pseudonyms; made once."""
    file = workspace.folder / FOLDER / _SECRET
    file.parent.mkdir(exist_ok=True)
    with suppress(FileExistsError):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(32))
    return file.read_bytes()
