"""Workbooks of Excel: asks a child process for their cells, and says what a broken one is."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.ipc

from cs_dash.errors import UnreadableFile
from cs_dash.intake.problems import InputFile
from cs_dash.intake.sheets import Sheet

_START = 15.0
_PER_MEGABYTE = 5.0


class Workbooks:
    """A reader of workbooks for the length of one load. Use it in a `with` statement.

    The child reads ahead while the parent types what came before. One that dies or hangs costs the workbook it was at;
    the others are given to a new one.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._folder = tempfile.TemporaryDirectory(prefix="cs-dash-", ignore_cleanup_errors=True)
        self._waiting: dict[str, Path] = {}
        self._answers: dict[str, dict[str, Any]] = {}

    def __enter__(self) -> Workbooks:
        """Return the reader."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the child and remove its files."""
        self._stop()
        self._folder.cleanup()

    def expect(self, files: Sequence[InputFile]) -> None:
        """Have the child begin with these workbooks; they are asked for later, by `read`."""
        for file in files:
            self._waiting[str(file.path)] = file.path
        if self._waiting:
            self._start()

    def _start(self) -> None:
        self._lines = queue.Queue()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "cs_dash.intake.child", str(max(map(_size, self._waiting.values())))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        threading.Thread(target=_pump, args=(self._child.stdout, self._lines), daemon=True).start()
        for path in self._waiting.values():
            self._send(path)

    def _send(self, path: Path) -> None:
        assert self._child is not None
        assert self._child.stdin is not None
        into = Path(self._folder.name) / str(len(self._answers) + list(self._waiting).index(str(path)))
        # A child that is gone already shows in what it does not answer.
        with contextlib.suppress(BrokenPipeError, OSError):
            self._child.stdin.write(json.dumps({"path": str(path.absolute()), "into": str(into)}) + "\n")
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

    def _hear(self) -> None:
        """Take the child's next answer; when it died or hangs, that is the answer for the workbook it was at."""
        at, path = next(iter(self._waiting.items()))
        seconds = _START + _PER_MEGABYTE * _size(path) / (1 << 20)
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            answer: dict[str, Any] = {"slow": True}
        else:
            answer = dict(json.loads(line)) if line else {"died": True}
        del self._waiting[at]
        self._answers[at] = answer
        if "slow" in answer or "died" in answer:
            self._stop()
            if self._waiting:
                self._start()

    def read(self, file: InputFile) -> list[Sheet]:
        """Return the sheets of a workbook. Raises UnreadableFile, whose message is one sentence."""
        at = str(file.path)
        if at not in self._answers and at not in self._waiting:
            self._waiting[at] = file.path
            if self._child is None:
                self._start()
            else:
                self._send(file.path)
        while at not in self._answers:
            self._hear()
        answer = self._answers[at]
        if "sheets" not in answer:
            raise UnreadableFile(
                "Could not read a workbook", _why(answer), "Open it in Excel and save it anew as .xlsx."
            )
        return [_sheet(file, each) for each in answer["sheets"]]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _pump(stream: Any, lines: queue.Queue[str]) -> None:
    """Hand on the child's lines; an empty one says that it is gone."""
    with contextlib.suppress(ValueError, OSError):
        for line in stream:
            lines.put(line)
    lines.put("")


def _why(answer: dict[str, Any]) -> str:
    if answer.get("slow"):
        return "It took too long to read, as workbooks that are broken or built to harm do."
    if answer.get("died"):
        return "It is broken in a way that its reader cannot survive, or needs more memory than a workbook may take."
    return f"It is not a whole Excel workbook ({answer['error'].rstrip('.')})."


def _sheet(file: InputFile, answer: dict[str, Any]) -> Sheet:
    with pa.OSFile(answer["arrow"]) as source:
        grid = pa.ipc.open_file(source).read_all()
    notes = []
    if answer["hidden"]:
        notes.append(f"The sheet “{answer['name']}” is hidden in the workbook; it was read all the same.")
    if answer["unusable"] is None:
        notes.append("Errors and formulas that were never computed could not be looked for; such cells count as empty.")
    if answer["unusable"]:
        notes.append(
            f"{answer['unusable']:,} cells hold an error or a formula that was never computed; they count as empty."
        )
    cells = tuple((int(row), int(column), str(text)) for row, column, text in answer["cells"])
    return Sheet(
        file.name,
        answer["name"],
        grid,
        file.upload,
        tuple(notes),
        {},
        answer["unusable"] or 0,
        cells,
        answer["since_1904"],
    )
