"""The order of slides: what people stored, and slides that came since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def merged_order(stored: Iterable[str], computed: Sequence[str]) -> list[str]:
    """Return the stored order, into which slides that are not in it are put behind the one they are computed behind."""
    names = list(stored)
    for at, name in enumerate(computed):
        if name not in names:
            names.insert(names.index(computed[at - 1]) + 1 if at else 0, name)
    return names
