"""What was read from the small SQLite file of a workspace, kept as long as nobody writes into it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar, cast

Value = TypeVar("Value")
Counter = Callable[[], int]
MOST = 200
"""So many values are kept; then all are let go."""


class StateMemory:
    """Values by key, each as of one state of a file. Threads may share it.

    A page asks for the same few decisions several times in each run. SQLite counts for a connection how often others
    have written: to look at that takes a hundredth of opening the file and reading it.
    """

    def __init__(self, file: Path, watch: Callable[[], Counter]) -> None:
        """`watch` opens the file and returns what tells a number that changes with every commit of somebody else."""
        self._file = file
        self._watch = watch
        self._lock = threading.Lock()
        self._counter: Counter | None = None
        self._opened: tuple[int, ...] = ()
        self._values: dict[Hashable, tuple[tuple[int, ...], object]] = {}

    def get(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """Return what `read` returns; the same value again while the file is as it was. It must not be changed.

        Raises what `read` raises. A commit that is finished when this is called is always seen.
        """
        with self._lock:
            state = self._state()
            known = self._values.get(key)
        if state and known and known[0] == state:
            return cast(Value, known[1])  # what `read` returned for this key
        value = read()  # of this state or a later one: where it is later, the next call sees another number
        with self._lock:
            if len(self._values) >= MOST:
                self._values.clear()
            self._values[key] = (state, value)
        return value

    def _state(self) -> tuple[int, ...]:
        """Return what tells this state of the file from every other; () where it cannot be told."""
        try:
            stat = self._file.stat()
            # Another file may be put in its place, and a child process must not use its parent's connection.
            opened = (os.getpid(), stat.st_dev, stat.st_ino, stat.st_ctime_ns)
            if self._counter is None or opened != self._opened:
                self._counter, self._opened = self._watch(), opened
            return (*opened, self._counter())
        except OSError:
            self._counter = None
            return ()
