"""Files that can harm their reader: a child process reads them, and a broken one becomes a sentence."""

from __future__ import annotations

import contextlib
import json
import logging
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.ipc

from cs_dash.errors import PasswordNeeded, UnreadableFile
from cs_dash.intake.formats import controls
from cs_dash.intake.results.problems import IgnoredSheet, InputFile
from cs_dash.intake.results.sheets import RowFault, Sheet

LOG = logging.getLogger("cs_dash")
_START = 15.0
_PER_MEGABYTE = 5.0
_PROGRESS_SECONDS = 0.25
"""Seconds after which it is reported again that a file is being read: whoever listens may end it."""
Progress = Callable[[str, int, float | None], None]


def _no_progress(_: str, __: int, ___: float | None) -> None:
    """Report nothing."""


@dataclass(frozen=True)
class Job:
    """One file for the child.

    Attributes:
        path: where it is.
        reader: the function that reads it, as "module:name".
        password: its password, if it has one.
    """

    path: Path
    reader: str
    password: str | None = None


class IsolatedReader:
    """Reads files in a child process for the length of one load. Use it in a `with` statement.

    The child reads ahead while the parent types what came before. One that dies or hangs costs the file it was reading;
    a new child reads the others.
    """

    def __init__(self, progress: Progress = _no_progress) -> None:
        """Report each file to `progress`: its name, the rows read, the share of it. What that raises ends the load."""
        self.progress = progress
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._folder = tempfile.TemporaryDirectory(prefix="cs-dash-", ignore_cleanup_errors=True)
        self._pending: dict[Job, None] = {}
        self._answers: dict[Job, dict[str, Any]] = {}
        self._jobs_sent = 0

    def __enter__(self) -> IsolatedReader:
        """Return the reader."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the child and remove its files."""
        self._stop()
        self._folder.cleanup()

    def progress_of(self, name: str) -> Callable[[int, float | None], None]:
        """Return what takes the progress of one file: its rows, and the share of it."""
        return lambda rows, share: self.progress(name, rows, share)

    def new_folder(self) -> Path:
        """Return a new folder that is removed with the reader."""
        return Path(tempfile.mkdtemp(dir=self._folder.name))

    def expect(self, jobs: Sequence[Job]) -> None:
        """Have the child begin with these files; `read` collects them later."""
        self._pending.update(dict.fromkeys(jobs))
        if self._pending:
            self._start()

    def _start(self) -> None:
        self._lines = queue.Queue()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "cs_dash.intake.formats.child", str(max(_size(job.path) for job in self._pending))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            cwd=Path(__file__).parents[3],
        )  # fmt: skip
        threading.Thread(target=_pump, args=(self._child.stdout, self._lines), daemon=True).start()
        for job in self._pending:
            self._send(job)

    def _send(self, job: Job) -> None:
        assert self._child is not None
        assert self._child.stdin is not None
        self._jobs_sent += 1
        message = {
            "path": str(job.path.absolute()), "into": str(Path(self._folder.name) / str(self._jobs_sent)),
            "reader": job.reader, "password": job.password,
        }  # fmt: skip
        # A child that died already shows in the answer that is missing.
        with contextlib.suppress(BrokenPipeError, OSError):
            self._child.stdin.write(json.dumps(message) + "\n")
            self._child.stdin.flush()

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _await_answer(self, name: str) -> None:
        """Take the child's next answer; when it died or hangs, that is the answer for the file it was reading."""
        job = next(iter(self._pending))
        answer: dict[str, Any] = {"slow": True}
        patience = time.monotonic() + _START + _PER_MEGABYTE * _size(job.path) / (1 << 20)
        while time.monotonic() < patience:
            try:
                line = self._lines.get(timeout=_PROGRESS_SECONDS)
            except queue.Empty:
                self.progress(name, 0, None)
                continue
            answer = dict(json.loads(line)) if line else {"died": True}
            break
        del self._pending[job]
        self._answers[job] = answer
        if "slow" in answer or "died" in answer:
            self._stop()
            if self._pending:
                self._start()

    def read(self, file: InputFile, job: Job, unreadable: UnreadableFile) -> list[Sheet | IgnoredSheet]:
        """Return the sheets of a file.

        Args:
            file: the file.
            job: the file as the child reads it.
            unreadable: raised where its reader fails.

        Raises UnreadableFile, whose message is one sentence, and PasswordNeeded.
        """
        if job not in self._answers and job not in self._pending:
            self._pending[job] = None
            if self._child is None:
                self._start()
            else:
                self._send(job)
        while job not in self._answers:
            self._await_answer(file.name)
        answer = self._answers[job]
        if "password" in answer:
            why = "It is protected by a password." if job.password is None else "The password is wrong."
            raise PasswordNeeded("Could not read a file", why, "Enter its password, or save it without one.")
        if "document" in answer:
            why = f"It is {answer['document']}, not a spreadsheet."
            raise UnreadableFile("Could not read a file", why, "Export the table as .xlsx or .csv.")
        if "sheets" not in answer:
            raise _failure(answer, unreadable)
        return [_sheet(file, raw_sheet) for raw_sheet in answer["sheets"]]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _pump(stream: Any, lines: queue.Queue[str]) -> None:
    """Pass on the child's lines; an empty one says that it died."""
    with contextlib.suppress(ValueError, OSError):
        for line in stream:
            lines.put(line)
    lines.put("")


def _failure(answer: dict[str, Any], unreadable: UnreadableFile) -> UnreadableFile:
    """Return the error for a file whose reader died, was stopped or failed."""
    if "error" in answer:
        LOG.info("A file could not be read: %s", answer["error"])
        return unreadable
    if answer.get("slow"):
        why = "It took too long to read, as damaged or malicious files do."
    elif answer.get("died"):
        why = "It is damaged and crashes the reader, or needs more memory than allowed."
    else:
        why = "It is protected by a password in a way that is not supported."
    return UnreadableFile(unreadable.title, why, unreadable.hint)


def _sheet(file: InputFile, answer: dict[str, Any]) -> Sheet | IgnoredSheet:
    if answer["broken"]:
        return IgnoredSheet(file.name, answer["name"], "It is damaged, or a chart; the other sheets were read.")
    # Mapped, not read: its pages are the file's, and the system takes them back when it needs them.
    with pa.memory_map(answer["arrow"]) as source:
        grid, control_notes = controls.without(pa.ipc.open_file(source).read_all())
    notes = [*answer["notes"], *control_notes]
    if answer["hidden"]:
        notes.append(f"The sheet “{answer['name']}” is hidden in the workbook; it was read anyway.")
    if not answer["formulas_known"]:
        notes.append("Formulas without a stored result could not be checked for; such cells count as empty.")
    return Sheet(
        file=file.name,
        name=answer["name"],
        grid=grid,
        upload=file.upload,
        notes=tuple(notes),
        faults={int(row): RowFault(what, advice, True) for row, (what, advice) in answer["faults"].items()},
        unusable=answer["unusable"],
        cells=tuple((int(row), int(column), str(text)) for row, column, text in answer["cells"]),
        since_1904=answer["since_1904"],
        merged=tuple((int(top), int(left), int(bottom), int(right)) for top, left, bottom, right in answer["merged"]),
    )
