"""Workbooks of Excel: asks a child process for their cells, and says what a broken one is."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.ipc

from cs_dash.errors import UnreadableFile
from cs_dash.intake.problems import InputFile
from cs_dash.intake.sheets import Sheet

_START = 30.0
_PER_FILE = 15.0
_PER_MEGABYTE = 5.0


class Workbooks:
    """A reader of workbooks for the length of one load. Use it in a `with` statement.

    The child is started when the first workbook comes, serves them all, and is started anew after one that killed it.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._folder = tempfile.TemporaryDirectory(prefix="cs-dash-")
        self._jobs = 0

    def __enter__(self) -> Workbooks:
        """Return the reader."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the child and remove its files."""
        self._stop()
        self._folder.cleanup()

    def start(self) -> None:
        """Start the child, so that it is ready by the time that the first workbook comes."""
        if self._child is not None:
            return
        self._lines = queue.Queue()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "cs_dash.intake.child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        threading.Thread(target=_pump, args=(self._child.stdout, self._lines), daemon=True).start()

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

    def _ask(self, path: Path, into: Path) -> dict[str, Any]:
        fresh = self._child is None
        self.start()
        assert self._child is not None
        assert self._child.stdin is not None
        if fresh:
            self._hear(_START)
        self._child.stdin.write(json.dumps({"path": str(path), "into": str(into)}) + "\n")
        self._child.stdin.flush()
        return self._hear(_PER_FILE + _PER_MEGABYTE * path.stat().st_size / (1 << 20))

    def _hear(self, seconds: float) -> dict[str, Any]:
        """Return the child's next answer that is no greeting; an "error" when it died or was too slow."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self._stop()
            return {"error": "", "slow": True}
        if not line:
            self._stop()
            return {"error": "", "died": True}
        return dict(json.loads(line))

    def read(self, file: InputFile) -> list[Sheet]:
        """Return the sheets of a workbook. Raises UnreadableFile, whose message is one sentence."""
        self._jobs += 1
        try:
            answer = self._ask(file.path, Path(self._folder.name) / str(self._jobs))
        except (BrokenPipeError, OSError):
            self._stop()
            answer = {"error": "", "died": True}
        if "sheets" not in answer:
            raise UnreadableFile("Could not read a workbook", _why(answer), "Open it in Excel and save it anew as .xlsx.")
        return [_sheet(file, each) for each in answer["sheets"]]


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
    if answer["unusable"]:
        notes.append(
            f"{answer['unusable']:,} cells hold an error or a formula that was never computed; they count as empty."
        )
    cells = tuple((int(row), int(column), str(text)) for row, column, text in answer["cells"])
    return Sheet(file.name, answer["name"], grid, file.upload, tuple(notes), {}, answer["unusable"], cells)
