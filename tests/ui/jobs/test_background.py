"""Work beside the page can be stopped, and what it did is never said to be undone."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest

from cs_dash.errors import Cancelled
from cs_dash.store.acting import Actor, Right, acting, acting_as
from cs_dash.ui.jobs.background import Report, run_in_background


class Click(BaseException):
    """What Streamlit raises in a script that a click interrupts."""


def silent(_: str, __: float) -> None:
    """Tell nobody."""


def fail(_: object) -> None:
    pytest.fail("The work was not done before it was stopped.")


def test_what_the_work_returns_and_raises_comes_back() -> None:
    assert run_in_background(lambda _: 3, silent, fail) == 3
    with pytest.raises(ZeroDivisionError):
        run_in_background(lambda _: 1 // 0, silent, fail)


def test_the_work_is_told_of_on_the_thread_that_asked() -> None:
    heard: list[tuple[str, int]] = []

    def work(tell: Report) -> None:
        tell("Reading", 0.5)
        time.sleep(0.6)

    run_in_background(work, lambda words, _: heard.append((words, threading.get_ident())), lambda _: None)
    assert set(heard) == {("Reading", threading.get_ident())}


def test_a_click_stops_the_work_where_it_next_tells_something() -> None:
    ended: list[str] = []

    def work(tell: Report) -> None:
        try:
            while True:
                tell("Reading", 0.5)
                time.sleep(0.01)
        except Cancelled as fault:
            ended.append(fault.message)
            raise

    def report(_: str, __: float) -> None:
        raise Click

    with pytest.raises(Click):
        run_in_background(work, report, fail)
    assert len(ended) == 1


def test_work_that_was_done_before_it_could_be_stopped_is_not_lost() -> None:
    late_results: list[int] = []

    def work(tell: Report) -> int:
        tell("Publishing", 0.99)
        time.sleep(0.6)
        return 7

    def report(_: str, __: float) -> None:
        raise Click

    with pytest.raises(Click):
        run_in_background(work, report, late_results.append)
    assert late_results == [7]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a priority of their own")
def test_the_work_gives_way_and_the_reader_does_not() -> None:
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert (
        run_in_background(lambda _: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), silent, fail)
        == before + 10
    )
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_the_work_is_done_with_the_rights_of_who_asked_for_it() -> None:
    with acting_as("Vi", frozenset({Right.LABEL})):
        actor = run_in_background(lambda _: acting(), silent, fail)
    assert actor == Actor("Vi", frozenset({Right.LABEL}))
