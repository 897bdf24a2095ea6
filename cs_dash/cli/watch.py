"""Loads whatever appears in a folder: the new files of one look are one load. It moves and changes none of them.

A file counts as whole when two looks in a row saw the same size and time of change and, as far as the system tells, no
process has it open for writing. What was loaded is known by its bytes and remembered in the workspace, so that a file
that comes again, under any name, is not loaded again; nor is one whose load was taken back by undo.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from cs_dash import pipeline
from cs_dash.errors import CsDashError, WorkspaceBusy
from cs_dash.pipeline import LoadReport, Workspace

SETTLING = 2.0
"""Seconds between the two looks of a single round."""
BUSY_WAIT, BUSY_TRIES = 2.0, 30
"""How a single round waits for another load to end: seconds between tries, and how many."""
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", ".lock", ".filepart", ".!ut")
_HIDDEN = (".", "~", "#")
_WRITING = os.O_WRONLY | os.O_RDWR

FileState = tuple[int, int]
"""Size and time of change of a file."""
Tell = Callable[[LoadReport | CsDashError | str], None]


@dataclass
class Watch:
    """A watched folder.

    Attributes:
        folder: where files appear.
        workspace: where they are loaded to.
        options: how to read, see `intake.ingest.OPTIONS`.
        tell: told of every load, of errors and of what is awaited.
        stop: set when the watch is to end.
        usable: whether any load of this watch had a row that could be used; None while there was none.
        failed: whether the last thing that was tried could not be done.
    """

    folder: Path
    workspace: Workspace
    tell: Tell
    options: Mapping[str, str] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    usable: bool | None = None
    failed: bool = False
    _last_look: dict[Path, FileState] = field(default_factory=dict)
    _hashed: dict[Path, tuple[FileState, str]] = field(default_factory=dict)
    _given_up: set[str] = field(default_factory=set)
    _last_complaint: str = ""

    def run(self, every: float) -> None:
        """Look, again and again, until `stop` is set."""
        while not self.stop.is_set():
            self._round()
            self.stop.wait(every)

    def once(self) -> None:
        """Look twice, a moment apart, load what is new and whole, and wait a while where another load is running."""
        self.look()
        if self._last_look:
            self.stop.wait(SETTLING)
        for _ in range(BUSY_TRIES):
            if self.stop.is_set() or not self._round():
                return
            self.stop.wait(BUSY_WAIT)

    def look(self) -> list[Path]:
        """Return the files that are whole, by name, and remember what was seen for the next look."""
        states: dict[Path, FileState] = {}
        for path in sorted(self.folder.iterdir()):
            if _is_finished_name(path) and (state := _file_state(path)) is not None:
                states[path] = state
        whole = [
            path for path, state in states.items() if self._last_look.get(path) == state and not being_written(path)
        ]
        self._last_look = states
        return whole

    def _round(self) -> bool:
        """Load what is new. Returns whether a load has to be tried again because the workspace was busy."""
        self.failed = False
        try:
            new = {path: digest for path in self.look() if (digest := self._digest(path)) is not None}
            loaded = pipeline.loaded_digests(self.workspace) | self._given_up
            fresh = {path: digest for path, digest in new.items() if digest not in loaded}
            if fresh:
                self._load(fresh)
        except WorkspaceBusy as error:
            self._complain(error)
            return True
        except CsDashError as error:
            self._complain(error)
        except OSError as error:
            self._complain(
                pipeline.fault_in_words(error) or f"Could not read {self.folder}: {error.strerror or error}."
            )
        return False

    def _load(self, fresh: Mapping[Path, str]) -> None:
        by_digest: dict[str, Path] = {}
        for path, digest in fresh.items():
            by_digest.setdefault(digest, path)
        try:
            with ExitStack() as stack:
                files = [(path.name, stack.enter_context(path.open("rb"))) for path in by_digest.values()]
                report = pipeline.load(self.workspace, files, options=self.options)
        except (CsDashError, OSError):
            raise
        except Exception as fault:
            if machine_fault := pipeline.fault_in_words(fault):  # not of the files: tried again at the next look
                raise machine_fault from fault
            # One file that nobody thought of must not end the watch; it is tried again when the watch begins anew.
            self._given_up |= set(by_digest)
            self._complain(
                f"Could not load {', '.join(p.name for p in by_digest.values())} because of an error: {fault!r}."
            )
            return
        pipeline.record_loaded(self.workspace, {digest: path.name for digest, path in by_digest.items()})
        self.usable = bool(report.usable) or bool(self.usable)
        self._last_complaint = ""
        self.tell(report)

    def _complain(self, complaint: CsDashError | str) -> None:
        """Tell of something that could not be done; the same again and again only once."""
        self.failed = True
        if str(complaint) != self._last_complaint:
            self._last_complaint = str(complaint)
            self.tell(complaint)

    def _digest(self, path: Path) -> str | None:
        """Return the SHA-256 of a file, hashed once; None where it is gone or may not be read."""
        state = self._last_look[path]
        if path in self._hashed and self._hashed[path][0] == state:
            return self._hashed[path][1]
        try:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            self._complain(f"Could not read {path.name}: {error.strerror or error}.")
            return None
        self._hashed[path] = (state, digest)
        return digest


def _is_finished_name(path: Path) -> bool:
    """Return whether a name is one that a finished file has; hidden and temporary ones are not."""
    name = path.name.casefold()
    return not name.startswith(_HIDDEN) and not name.endswith(_UNFINISHED)


def _file_state(path: Path) -> FileState | None:
    try:
        stat = path.stat()
        return (stat.st_size, stat.st_mtime_ns) if path.is_file() else None
    except OSError:  # it went away meanwhile
        return None


def being_written(path: Path) -> bool:
    """Return whether a process has the file open for writing; False where the system does not tell (only Linux does).

    Processes of other users cannot be seen without rights; the two looks have to do for them.
    """
    try:
        file_stat = path.stat()
        processes = [process for process in Path("/proc").iterdir() if process.name.isdigit()]
    except OSError:
        return False
    return any(_writes(process, file_stat) for process in processes)


def _writes(process: Path, file_stat: os.stat_result) -> bool:
    try:
        handles = list((process / "fd").iterdir())
    except OSError:
        return False
    for handle in handles:
        try:
            handle_stat = handle.stat()
            if (handle_stat.st_ino, handle_stat.st_dev) == (file_stat.st_ino, file_stat.st_dev):
                lines = (process / "fdinfo" / handle.name).read_text().splitlines()
                flags = next(int(line.split()[1], 8) for line in lines if line.startswith("flags:"))
                if flags & _WRITING:
                    return True
        except (OSError, StopIteration, ValueError):
            continue
    return False


@contextmanager
def until_told_to_stop(stop: threading.Event) -> Iterator[None]:
    """Set `stop` on Ctrl+C and on the system's request to end; a load that is running is finished first."""

    def ask(number: int, _: FrameType | None) -> None:
        if stop.is_set():  # asked twice: end at once
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
