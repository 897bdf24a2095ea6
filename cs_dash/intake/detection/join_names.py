"""The names of the columns of a joined sheet, as they were in its lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cs_dash.intake.detection import table_terms

_SIDES = frozenset({"x", "y", "left", "right", "l", "r"})
"""What programs add to a name that both lists of a join have."""
_NAMED_SIDE = re.compile(r"^(.+)[_. ]([A-Za-z]+)$")
_QUALIFIED = re.compile(r"^\w+\.(.+)$")


def plain(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns' names without what a join added to them: sides, the tables' names before a point.

    >>> plain(("account_id", "plan_x", "plan_y", "end_date")), plain(("a.id", "s.start_date"))
    (('account_id', 'plan', 'plan', 'end_date'), ('id', 'start_date'))
    """
    own = list(columns)
    if all(_QUALIFIED.match(name) for name in own) and len({name.partition(".")[0] for name in own}) > 1:
        own = [name.partition(".")[2] for name in own]
    marked = [_NAMED_SIDE.match(name) for name in own]
    bases: dict[str, set[str]] = {}
    for match in marked:
        if match and _is_side(match[2]):
            bases.setdefault(match[1].casefold(), set()).add(match[2].casefold())
    whole = {name.casefold() for name in own}
    return tuple(
        match[1] if match and _is_side(match[2]) and _is_pair(match[1].casefold(), bases, whole) else name
        for match, name in zip(marked, own, strict=True)
    )


def _is_pair(base: str, bases: Mapping[str, set[str]], whole: set[str]) -> bool:
    return len(bases[base]) > 1 or base in whole


def _is_side(mark: str) -> bool:
    """Whether the end of a name says which list of a join it comes from: "_x", or the beginning of a table's word."""
    word = mark.casefold()
    listed = (term for words in table_terms.FILE_WORDS.values() for term in words)
    return word in _SIDES or (len(word) > 2 and any(term.startswith(word) or word == f"{term}s" for term in listed))
