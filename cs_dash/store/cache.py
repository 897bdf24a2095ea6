"""What was found once is not looked for again: values by key, each made once, also for threads that ask together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


def _one(_: object) -> int:
    return 1


class SingleFlightCache(Generic[Value]):
    """Values that never change, by key, as long as there is room.

    The longest unused leave first; what takes more than half of the room is not kept.
    """

    def __init__(self, room: int, size: Callable[[Value], int] = _one) -> None:
        """Keep values of `room` together, each as large as `size` says; by default that many values."""
        self._room, self._size = room, size
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Future[Value]] = OrderedDict()
        self._sizes: dict[Hashable, int] = {}
        self._taken = 0

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of `key`, made now if it is not known; who asks meanwhile waits for it.

        What `make` raises is raised for all who wait, and not remembered.
        """
        (value,) = self.together([key], lambda _: [make()])
        return value

    def together(self, keys: Sequence[Hashable], make: Callable[[Sequence[Hashable]], Sequence[Value]]) -> list[Value]:
        """Return the values of `keys`, in their order; `make` is given all keys that are not known, if any, at once.

        As with `get`, who asks meanwhile waits, and what `make` raises is raised for all who wait.
        """
        futures: dict[Hashable, Future[Value]] = {}
        mine: dict[Hashable, Future[Value]] = {}
        with self._lock:
            for key in keys:
                future = self._kept.get(key)
                if future is None:
                    future = self._kept[key] = mine[key] = Future()
                else:
                    self._kept.move_to_end(key)
                futures[key] = future
        if mine:
            self._make(mine, make)
        return [futures[key].result() for key in keys]

    def _make(
        self, futures: Mapping[Hashable, Future[Value]], make: Callable[[Sequence[Hashable]], Sequence[Value]]
    ) -> None:
        try:
            values = dict(zip(futures, make(list(futures)), strict=True))
        except BaseException as error:
            with self._lock:
                for key in futures:
                    del self._kept[key]
            for made in futures.values():
                made.set_exception(error)
            raise
        for key, value in values.items():
            futures[key].set_result(value)
        with self._lock:
            for key, value in values.items():
                self._sizes[key] = size = self._size(value)
                self._taken += size
                if size > self._room // 2:  # rather forget the one than all others
                    self._forget(key)
            self._make_room()

    def has(self, key: Hashable) -> bool:
        """Return whether the value of `key` is there already."""
        with self._lock:
            return key in self._sizes

    def _make_room(self) -> None:
        """Forget the longest unused; what is being made now has no size yet and stays."""
        for key in list(self._kept) if self._taken > self._room else ():
            if self._taken <= self._room:
                return
            if key in self._sizes:
                self._forget(key)

    def _forget(self, key: Hashable) -> None:
        self._taken -= self._sizes.pop(key)
        del self._kept[key]
