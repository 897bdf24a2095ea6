"""Figures outside what software companies ever report: each is marked "check this", with what usually causes it.

The bounds are wide on purpose: a value beyond them is far more often a reading of the data than the business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cs_dash.answer import Answer, Figure, Note
from cs_dash.look.words import figure_value
from cs_dash.scope import Scope

MARK = "check this"
MIN_BASE = 20
"""With a smaller base, any share happens by chance."""
A_QUARTER = 100
"""Days up to which a period counts as about a quarter."""


@dataclass(frozen=True)
class Bounds:
    """What a figure may be.

    Attributes:
        low: below it the value is implausible; None: no lower bound.
        low_causes: what usually lies behind a value that low, in words.
        high: above it the value is implausible; None: no upper bound.
        high_causes: what usually lies behind a value that high, in words.
        short_high: the upper bound for a period of about a quarter, where it is lower.
    """

    low: float | None = None
    low_causes: str = ""
    high: float | None = None
    high_causes: str = ""
    short_high: float | None = None


_GROWTH = (
    "contract lines that replace each other counted side by side, end dates missing, yearly amounts read as monthly"
    " ones, or two currencies in one column"
)
_LOSS = (
    "end dates that are renewal dates, an export of active customers only, or a load that lacks part of the accounts"
)
_EVENTS = (
    "several events for one account, downsells recorded as churn, days of a clean-up instead of days of leaving, or an"
    " export of lost customers only"
)
_TYPES = "one ticket type that stands for everything, or an export filtered by type"
_SCALE = "scores on another scale than 0 to 10, or answers of one group only"
BOUNDS: Mapping[str, Bounds] = {
    "nrr": Bounds(0.4, _LOSS, 2.0, _GROWTH),
    "grr": Bounds(low=0.4, low_causes=_LOSS),
    "logo_retention": Bounds(low=0.4, low_causes=_LOSS),
    "churn_share": Bounds(high=0.8, high_causes=_EVENTS, short_high=0.5),
    "howto_share": Bounds(0.02, _TYPES, 0.9, _TYPES),
    "nps": Bounds(-90, _SCALE, 95, _SCALE),
}
SAME = {"share": "howto_share"}
"""Figures that go by another name within their own question."""


def with_checks(answer: Answer, scope: Scope) -> Answer:
    """Return the answer with "check this" on every figure beyond its bounds, and a note that names likely causes."""
    figures, notes = [], []
    for figure in answer.figures:
        causes = _likely_causes(figure, answer.question, scope)
        if causes:
            value = figure_value(figure, answer.currency).replace("\u202f", " ")
            text = f"{figure.label} of {value} is outside what companies report. Likely causes: {causes}."
            notes.append(Note(f"Check this: {text}", "doubt", (figure.name,)))
            figure = replace(figure, caveat=" · ".join(part for part in (MARK, figure.caveat) if part))
        figures.append(figure)
    return replace(answer, figures=tuple(figures), notes=(*notes, *answer.notes)) if notes else answer


def _likely_causes(figure: Figure, question: str, scope: Scope) -> str:
    """Return what usually lies behind a figure beyond its bounds; "" where it is within, or its base is small."""
    name = SAME.get(figure.name, figure.name) if question == "support.howto" else figure.name
    bounds = BOUNDS.get(name)
    if bounds is None or figure.value is None or (figure.n or 0) < MIN_BASE:
        return ""
    short = scope.start and scope.end and (scope.end - scope.start).days <= A_QUARTER
    high = bounds.short_high if short and bounds.short_high is not None else bounds.high
    if high is not None and figure.value > high:
        return bounds.high_causes
    return bounds.low_causes if bounds.low is not None and figure.value < bounds.low else ""
