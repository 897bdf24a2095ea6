"""Long work off the page's thread: at low priority, and stoppable by a click."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import copy_context
from typing import TypeVar

from cs_dash.errors import Cancelled
from cs_dash.pipeline import acting, acting_as

T = TypeVar("T")
Report = Callable[[str, float], None]
_REPORT_INTERVAL = 0.25
"""Seconds after which the last progress is reported again: a click takes effect at a report."""
_NICENESS = 10


def give_way() -> None:
    """Lower the priority of this thread and of those it starts, where the system supports it."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


def run_in_background(work: Callable[[Report], T], report: Report, on_late_result: Callable[[T], None]) -> T:
    """Do `work` on a thread of low priority, and return what it returns.

    Args:
        work: receives a function that reports its progress; after a stop, that function raises Cancelled in it.
        report: receives the progress on this thread. What it raises stops the work, and is raised again afterwards.
        on_late_result: receives what the work returned where it ended before it could be stopped.
    """
    stopped = threading.Event()
    last: list[tuple[str, float]] = []

    def tell(words: str, share: float) -> None:
        if stopped.is_set():
            raise Cancelled("Cancelled", "Could not continue because it was cancelled.", "Nothing was changed.")
        last[:] = [(words, share)]

    actor = acting()

    def doing() -> T:
        give_way()
        with acting_as(actor.name, actor.rights):  # the thread has no run of a page that would say who is acting
            return work(tell)

    with ThreadPoolExecutor(1, thread_name_prefix="aside") as pool:
        done = pool.submit(copy_context().run, doing)
        try:
            while not wait([done], timeout=_REPORT_INTERVAL).done:
                for progress in last:
                    report(*progress)
        except BaseException:
            stopped.set()
            if done.exception() is None:
                on_late_result(done.result())
            raise
        return done.result()
