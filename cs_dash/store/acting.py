"""Who is acting: the name that is recorded with every load, undo and decision of this thread of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_PERSON: ContextVar[str] = ContextVar("acting person", default="")


class _Identification:
    """How a front end tells who is acting, where one process serves many people."""

    name: Callable[[], str] = staticmethod(lambda: "")


def identify_by(name: Callable[[], str]) -> None:
    """Ask `name` who is acting wherever `acting_as` does not say."""
    _Identification.name = staticmethod(name)


def acting_person() -> str:
    """Return the name of who is acting; "" where nobody said."""
    return _PERSON.get() or _Identification.name().strip()


@contextmanager
def acting_as(person: str) -> Iterator[None]:
    """Record what is done inside as done by `person`."""
    token = _PERSON.set(person.strip())
    try:
        yield
    finally:
        _PERSON.reset(token)
