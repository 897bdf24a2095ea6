"""The headline figures that differ between two versions of the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cs_dash.answer import Answer, Figure

COMPARED_FIGURES: dict[str, tuple[str, ...]] = {
    "overview.summary": (),
    "retention.summary": ("mrr_end", "accounts_end"),
}
"""Question -> the figures that are compared; all of them where none is named."""
LABEL = "before this load"


def changed_figures(before: Iterable[Answer], after: Iterable[Answer]) -> tuple[Figure, ...]:
    """Return the figures whose value differs in the newer version, each with the older value, if any, as `previous`.

    Args:
        before: answers to the questions of `COMPARED_FIGURES` from the older version.
        after: the same from the newer one.
    """
    previous = {figure.name: figure.value for answer in before for figure in _of(answer)}
    return tuple(
        replace(figure, previous=previous.get(figure.name), previous_label=LABEL)
        for answer in after
        for figure in _of(answer)
        if figure.value is not None and figure.value != previous.get(figure.name)
    )


def _of(answer: Answer) -> list[Figure]:
    names = COMPARED_FIGURES.get(answer.question, ())
    return [figure for figure in answer.figures if not names or figure.name in names]
