from __future__ import annotations

import time
from collections.abc import Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from cs_dash.store.cache import SingleFlightCache


def test_a_value_is_made_once() -> None:
    values = iter(("first", "second"))
    remembered = SingleFlightCache[str](10)
    assert [remembered.get("key", lambda: next(values)) for _ in range(3)] == ["first"] * 3
    assert remembered.has("key")
    assert not remembered.has("another")


def test_threads_that_ask_together_wait_for_one() -> None:
    remembered = SingleFlightCache[int](10)
    together = Barrier(4)
    made = []

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return len(made)

    def ask() -> int:
        together.wait()
        return remembered.get("key", make)

    with ThreadPoolExecutor(4) as threads:
        assert [future.result() for future in [threads.submit(ask) for _ in range(4)]] == [1, 1, 1, 1]


def test_what_is_asked_together_is_made_together_and_only_what_is_not_known() -> None:
    remembered = SingleFlightCache[str](10)
    remembered.get("b", lambda: "known")
    requests: list[list[object]] = []

    def make(keys: Sequence[Hashable]) -> list[str]:
        requests.append(list(keys))
        return [f"made {key}" for key in keys]

    assert remembered.together(["c", "b", "a", "c"], make) == ["made c", "known", "made a", "made c"]
    assert remembered.together(["a", "b"], make) == ["made a", "known"]
    assert requests == [["c", "a"]]


def test_what_two_threads_ask_together_is_made_once_though_their_lists_differ() -> None:
    remembered = SingleFlightCache[str](10)
    both_started = Barrier(2)
    made: list[Hashable] = []

    def make(keys: Sequence[Hashable]) -> list[str]:
        both_started.wait()  # both have claimed their keys
        made.extend(keys)
        return [str(key) for key in keys]

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(remembered.together, ["a", "b"], make)
        second = threads.submit(remembered.together, ["b", "c"], make)
        assert (first.result(), second.result()) == (["a", "b"], ["b", "c"])
    assert sorted(map(str, made)) == ["a", "b", "c"]


def test_the_longest_unused_leave_when_there_is_no_room() -> None:
    remembered = SingleFlightCache[str](5, len)
    remembered.get("a", lambda: "12")
    remembered.get("b", lambda: "34")
    remembered.get("a", lambda: "never made")
    remembered.get("c", lambda: "56")
    assert [remembered.has(key) for key in "abc"] == [True, False, True]


def test_what_takes_most_of_the_room_is_returned_and_forgotten() -> None:
    remembered = SingleFlightCache[str](5, len)
    remembered.get("small", lambda: "12")
    assert remembered.get("large", lambda: "too long") == "too long"
    assert not remembered.has("large")
    assert remembered.has("small")


def test_a_failure_is_not_remembered() -> None:
    remembered = SingleFlightCache[int](10)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        remembered.get("key", fail)
    assert remembered.get("key", lambda: 1) == 1
    with pytest.raises(ValueError, match="shorter"):
        remembered.together(["one", "another"], lambda _: [1])
    assert remembered.together(["one", "another"], lambda keys: [len(keys)] * 2) == [2, 2]
