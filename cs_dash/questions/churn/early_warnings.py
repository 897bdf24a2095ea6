"""Which losses had a warning three months before, and how often accounts that stayed had one on the same days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cs_dash.answer import Figure, Note
from cs_dash.look import words
from cs_dash.questions.churn.periods import period
from cs_dash.questions.churn.within_group import days_left
from cs_dash.questions.request import QuestionRequest, small_base_note

Row = dict[str, Any]
NAMES = {"usage_fell": "use fell", "tickets_rose": "tickets rose", "went_silent": "went silent"}
RED = "red"
NO_WARNING, NOT_KNOWN = "none", "not known"


@dataclass(frozen=True)
class Warned:
    """What stood three months before the losses of the period.

    Attributes:
        said: event id -> the warnings in words, "none" or "not known"; downsells are not among them.
        with_one: losses that had a warning.
        known: losses of which it is known.
        losses: all full losses of accounts in scope.
        stayed: share of the accounts that stayed with a warning on the same days; None where nobody is known.
    """

    said: dict[str, str]
    with_one: int
    known: int
    losses: int
    stayed: float | None


def warned(request: QuestionRequest) -> Warned:
    """Return which losses of the period and the accounts in scope had a warning."""
    days = look_days(days_left(request))
    if not days:
        return Warned({}, 0, 0, 0, None)
    chosen = {name: day for name, day in period(request).items() if name != "wanted"}
    rows = request.in_scope(request.rows("churn_warned", on_days=days, **chosen)).to_pylist()
    seen = sum(row["stayed"] for row in rows)
    return Warned(
        said={row["churn_id"]: _in_words(row) for row in rows},
        with_one=sum(row["warned"] is True for row in rows),
        known=sum(row["warned"] is not None for row in rows),
        losses=len(rows),
        stayed=sum(row["stayed_warned"] for row in rows) / seen if seen else None,
    )


def look_days(left_on: Iterable[dt.date]) -> list[dt.date]:
    """Return the last month end at least 90 days before each day, each once, oldest first."""
    return sorted({(day - dt.timedelta(days=89)).replace(day=1) - dt.timedelta(days=1) for day in left_on})


def warned_figure(found: Warned) -> Figure:
    """Return the share of losses that had a warning."""
    return Figure(
        "warned", "Losses with a warning", found.with_one / found.known if found.known else None, "share",
        n=found.known, n_label="losses", better="up",
        caveat=small_base_note(found.known, "losses") if found.known else "too little is known of the time before",
        definition="churn_warned",
    )  # fmt: skip


def warned_notes(found: Warned) -> tuple[Note, ...]:
    """Return how that compares with the accounts that stayed, and what is not known."""
    notes = []
    if found.known and found.stayed is not None:
        text = (
            f"{words.count(found.with_one)} of {words.plural(found.known, 'loss', 'losses')} had an early warning or"
            f" were red three months before; of the accounts that stayed {words.share(found.stayed, 99)} looked so on"
            " the same days."
        )
        notes.append(Note(text, "fact", ("warned",)))
    if found.known and found.known < found.losses:
        told = words.plural(found.losses - found.known, "loss", "losses")
        notes.append(Note(f"Of {told} too little is known of the time three months before.", "doubt", ("warned",)))
    return tuple(notes)


def _in_words(row: Row) -> str:
    if row["warned"] is None:
        return NOT_KNOWN
    told = [NAMES.get(each, each) for each in (row["warnings"] or "").split(", ") if each]
    return ", ".join([*told, *([RED] if row["band"] == RED else [])]) or NO_WARNING
