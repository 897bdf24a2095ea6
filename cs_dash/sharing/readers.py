"""A reader: who looks at the data, what they may see and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cs_dash.page_registry import Page
from cs_dash.store.acting import ALL_RIGHTS, Actor, Right

ReaderKind = Literal["local", "person", "link", "nobody"]


@dataclass(frozen=True)
class Limits:
    """What of the data a reader sees. The rest is not in the workspace that the reader's questions run on.

    Attributes:
        filters: (dimension, values) pairs, sorted, as those of a `Scope`; only accounts that pass all are in it. Empty:
            all accounts.
        hide_names: customers have no names, e-mail addresses or domains, but stable pseudonyms.
        hide_money: amounts are an index, in which the MRR of all accounts on the as-of date is 100.
    """

    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hide_names: bool = False
    hide_money: bool = False

    def __bool__(self) -> bool:
        """Whether there is any limit."""
        return bool(self.filters) or self.hide_names or self.hide_money


@dataclass(frozen=True)
class Reader:
    """Who looks at the data.

    Attributes:
        kind: local (at this machine; may do all), person (signed in), link, or nobody.
        id: e-mail address of a person, id of a link, else "".
        name: how the reader is named in records; "" where nobody said.
        rights: what the reader may do.
        limits: what the reader sees.
        pages: names of the pages the reader may open; None: all that the rights allow.
        frozen: whether the figures are those of the day on which the link was made.
    """

    kind: ReaderKind
    id: str = ""
    name: str = ""
    rights: frozenset[Right] = frozenset()
    limits: Limits = Limits()
    pages: frozenset[str] | None = None
    frozen: bool = False

    def may(self, right: Right) -> bool:
        """Return whether the reader has a right."""
        return right in self.rights

    def may_open(self, page: Page) -> bool:
        """Return whether the reader may open a page."""
        if page.right and not self.may(Right[page.right]):
            return False
        return self.pages is None or page.name in self.pages

    @property
    def sees_all(self) -> bool:
        """Whether the reader's workspace is the workspace itself, not a copy that holds less of it."""
        return self.kind in ("local", "person") and not self.limits

    @property
    def actor(self) -> Actor:
        """Who acts where this reader does something."""
        return Actor(self.name, self.rights)


LOCAL = Reader("local", rights=ALL_RIGHTS)
NOBODY = Reader("nobody", pages=frozenset())
