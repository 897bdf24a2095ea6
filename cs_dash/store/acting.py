"""Who is acting: the name that is recorded with every load, undo and decision, and what this person may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from cs_dash.errors import NotAllowed


class Right(StrEnum):
    """What a person may do; the value says it in words: "You may not ..."."""

    LOAD = "load or undo files"
    LABEL = "change categories, topics or reasons"
    DECIDE = "change the roadmap, goals or programmes"
    SETTINGS = "change settings"
    SHARE = "share links"
    VIEWS = "save views"
    REVIEW = "prepare reviews"
    PEOPLE = "change who may see what"


ALL_RIGHTS = frozenset(Right)


@dataclass(frozen=True)
class Actor:
    """Who is acting: a name, "" where nobody said, and rights. A command line has all of them."""

    name: str = ""
    rights: frozenset[Right] = ALL_RIGHTS


_ACTOR: ContextVar[Actor | None] = ContextVar("actor", default=None)


class _Identification:
    """How a front end tells who is acting, where one process serves many people."""

    actor: Callable[[], Actor] = staticmethod(Actor)


def identify_by(actor: Callable[[], Actor]) -> None:
    """Ask `actor` who is acting wherever `acting_as` does not say."""
    _Identification.actor = staticmethod(actor)


def acting() -> Actor:
    """Return who is acting."""
    return _ACTOR.get() or _Identification.actor()


def acting_person() -> str:
    """Return the name of who is acting; "" where nobody said."""
    return acting().name.strip()


def require(right: Right) -> None:
    """Raise NotAllowed unless who is acting has a right. Everything that writes calls it first."""
    if right not in acting().rights:
        raise NotAllowed(
            "Not allowed",
            f"Could not do this because you may not {right}; nothing was changed.",
            "Ask an admin for another role.",
        )


@contextmanager
def acting_as(person: str, rights: frozenset[Right] = ALL_RIGHTS) -> Iterator[None]:
    """Record what is done inside as done by `person`, who has `rights`."""
    token = _ACTOR.set(Actor(person.strip(), rights))
    try:
        yield
    finally:
        _ACTOR.reset(token)
