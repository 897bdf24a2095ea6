"""Answers that are likely to be requested next are computed while nobody waits.

When a page is shown, its questions are asked for the other periods and comparisons and for each value of the filters,
one at a time, by one thread that waits while any page runs. So a click mostly finds its answer. A question that takes
long is not asked ahead: with so many rows the machine has better things to do.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cs_dash.ui.state.answers import ANSWERS, AnswerKey, cached_answer

LOG = logging.getLogger("cs_dash")
SLOW = 0.5  # seconds of work for one answer: on a busy machine it may have waited for longer
QUIET = 0.2  # seconds without a page being run
POLITE = 10  # how far behind everything else the thread comes, as `nice` counts


@dataclass
class PrefetchWorker:
    """The queue of answers to prefetch, and the state that decides whether the machine is idle."""

    queue: deque[AnswerKey] = field(default_factory=deque)
    pages_running: int = 0
    last_page_end: float = 0.0
    started: bool = False
    wake_up: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def page(self) -> Iterator[None]:
        """Keep quiet while a page is run."""
        with self.lock:
            self.pages_running += 1
        try:
            yield
        finally:
            with self.lock:
                self.pages_running -= 1
                self.last_page_end = time.monotonic()

    def request(self, keys: Iterable[AnswerKey]) -> None:
        """Compute these answers when it is quiet, instead of what was expected before; nothing without `start`."""
        if self.started:
            with self.lock:
                self.queue = deque(keys)
                self.wake_up.set()

    def wait_for_pages(self, seconds: float) -> None:
        """Return when no page runs, or after so many seconds."""
        until = time.monotonic() + seconds
        while self.pages_running and time.monotonic() < until:
            time.sleep(QUIET / 4)

    def start(self) -> None:
        """Begin to work. Only a server does; a page that is tried out by itself does not."""
        if not self.started:
            self.started = True
            threading.Thread(target=self._work, name="ahead", daemon=True).start()

    def _work(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # where threads have no priority of their own
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), POLITE)
        while True:
            self.wake_up.wait()
            while self.pages_running or time.monotonic() - self.last_page_end < QUIET:
                time.sleep(QUIET / 4)
            try:
                self.compute_next()
            except Exception:  # whoever requests it will see the error
                LOG.debug("An answer could not be computed ahead.", exc_info=True)

    def compute_next(self) -> None:
        """Compute the next answer that is not cached; a slow question is dropped from the queue."""
        with self.lock:
            if not self.queue:
                self.wake_up.clear()
                return
            key = self.queue.popleft()
        if ANSWERS.has(key):
            return
        start = time.thread_time()
        cached_answer(key)
        if time.thread_time() - start > SLOW:
            with self.lock:
                self.queue = deque(queued for queued in self.queue if queued.question != key.question)


PREFETCH = PrefetchWorker()
