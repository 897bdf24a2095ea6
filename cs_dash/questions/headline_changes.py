"""Which headline figures moved between two versions of the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cs_dash.answer import Answer, Figure

ASKED: dict[str, tuple[str, ...]] = {"overview.summary": (), "retention.summary": ("mrr_end", "accounts_end")}
"""The questions whose figures are compared, and which of them; all where none are named."""
LABEL = "before this load"


def moved(before: Iterable[Answer], now: Iterable[Answer]) -> tuple[Figure, ...]:
    """Return the figures that the newer version gives another value, each with the older one as `previous`.

    Args:
        before: answers to the questions `ASKED` from the older version.
        now: the same from the newer one.
    """
    were = {each.name: each for answer in before for each in _of(answer)}
    return tuple(
        replace(each, previous=were[each.name].value, previous_label=LABEL)
        for answer in now
        for each in _of(answer)
        if each.name in were and each.value is not None and each.value != were[each.name].value
    )


def _of(answer: Answer) -> list[Figure]:
    wanted = ASKED.get(answer.question, ())
    return [each for each in answer.figures if not wanted or each.name in wanted]
