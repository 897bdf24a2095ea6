"""How far a load is, in words: rows, rows a second, and the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Takes what is being done, in words, and the share that is done, 0-1. It may raise, which ends the work."""
SOON = 2.0
"""Seconds of work before a forecast is shown: what is done by then needs none."""


def no_progress(_: str, __: float) -> None:
    """Report nothing."""


class Pace:
    """A `Progress` that adds the time left, and that can report rows."""

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.monotonic) -> None:
        self._told = progress
        self._clock = clock
        self._started = clock()
        self._from = 0.0

    def __call__(self, words: str, share: float) -> None:
        """Pass on what is done, and how long the rest takes if it goes on like this."""
        spent = self._clock() - self._started
        done = share - self._from
        if spent < SOON or done <= 0 or share >= 1:
            self._told(words, share)
        else:
            self._told(f"{words}, about {max(1, round(spent * (1 - share) / done)):,} s left", share)

    def anew(self, share: float) -> None:
        """Estimate the time left from here on: the share that was done before is unknown."""
        self._started, self._from = self._clock(), share

    def reading(self, first: float, last: float) -> RowProgress:
        """Return what reports the rows of files, between two shares of the whole."""
        return RowProgress(self, first, last, self._clock)


class RowProgress:
    """Reports the rows of one file after the other; while a file's share is unknown, the last share stays."""

    def __init__(self, pace: Pace, first: float, last: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._told = pace
        self._first, self._last = first, last
        self._clock = clock
        self._sizes: dict[str, int] = {}
        self._name = ""
        self._began = clock()
        self._share = first

    def expect(self, sizes: dict[str, int]) -> None:
        """Note the files that will be read, with their bytes."""
        self._sizes = sizes

    def __call__(self, name: str, rows: int, share: float | None) -> None:
        """Report the rows of a file read so far and the share of it that they are, None where that is unknown."""
        if name != self._name:
            self._name, self._began = name, self._clock()
        if share is not None:
            self._share = max(self._share, self._first + (self._last - self._first) * self._done(name, share))
        else:
            self._told.anew(self._share)
        spent = self._clock() - self._began
        if not rows:
            self._told(f"{name}: reading", self._share)
        elif spent < SOON:
            self._told(f"{name}: {rows:,} rows read", self._share)
        else:
            self._told(f"{name}: {rows:,} rows read, {round(rows / spent):,} per second", self._share)

    def _done(self, name: str, share: float) -> float:
        """The share of all files' bytes that is read when so much of this one is; an archive's files count as it."""
        before = 0
        whole = sum(self._sizes.values())
        for file, size in self._sizes.items():
            if name == file or name.startswith(f"{file}/"):
                return (before + share * size) / whole if whole else 1.0
            before += size
        return 0.0
