"""Churn with an early warning three months before, against accounts that stayed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cs_dash.answer import Figure, Note
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import days_left
from cs_dash.questions.churn.periods import period
from cs_dash.questions.request import QuestionRequest, small_base_note

Row = dict[str, Any]
WARNING_LABELS = {"usage_fell": "use fell", "tickets_rose": "tickets rose", "went_silent": "went silent"}
RED = "red"
NO_WARNING, UNKNOWN_WARNING = "none", "not known"
DISPLAYED_WARNINGS = (
    ("use fell", "usage down"), ("tickets rose", "tickets up"), ("went silent", "gone quiet"), (RED, "red health"),
    (UNKNOWN_WARNING, "unknown"),
)  # fmt: skip


@dataclass(frozen=True)
class EarlyWarnings:
    """Warnings three months before the losses of the period.

    Attributes:
        by_event: event id -> its warnings in words, "none" or "not known"; without downsells.
        with_warning: the number of losses with a warning.
        judged: the number of losses with enough data to tell.
        losses: the number of full losses of accounts in scope.
        stayed_share: among accounts that stayed, the share with a warning on the same days; None without any.
    """

    by_event: dict[str, str]
    with_warning: int
    judged: int
    losses: int
    stayed_share: float | None


def early_warnings(request: QuestionRequest) -> EarlyWarnings:
    """Return the early warnings before the losses of the period, for the accounts in scope."""
    days = look_days(days_left(request))
    if not days:
        return EarlyWarnings({}, 0, 0, 0, None)
    dates = {name: day for name, day in period(request).items() if name != "wanted"}
    rows = request.in_scope(request.rows("churn_warned", on_days=days, **dates)).to_pylist()
    stayers = sum(row["stayed"] for row in rows)
    return EarlyWarnings(
        by_event={row["churn_id"]: _in_words(row) for row in rows},
        with_warning=sum(row["warned"] is True for row in rows),
        judged=sum(row["warned"] is not None for row in rows),
        losses=len(rows),
        stayed_share=sum(row["stayed_warned"] for row in rows) / stayers if stayers else None,
    )


def look_days(left_on: Iterable[dt.date]) -> list[dt.date]:
    """Return, for each day, the last month end at least 90 days before it: distinct, oldest first."""
    return sorted({(day - dt.timedelta(days=89)).replace(day=1) - dt.timedelta(days=1) for day in left_on})


def warning_figure(warnings: EarlyWarnings) -> Figure:
    """Return the share of losses that had a warning."""
    judged = warnings.judged
    return Figure(
        "warned", "Churn with an early warning", warnings.with_warning / judged if judged else None, "share", n=judged,
        n_label="churned accounts", better="up", definition="churn_warned",
        caveat=small_base_note(judged, "churned accounts") if judged else "not enough history before the churn dates",
    )  # fmt: skip


def warning_notes(warnings: EarlyWarnings) -> tuple[Note, ...]:
    """Return notes on the comparison with accounts that stayed, and on losses with too little data."""
    notes = []
    if warnings.judged and warnings.stayed_share is not None:
        with_warning = words.count(warnings.with_warning) if warnings.with_warning else "None"
        subject = f"{with_warning} of {words.count(warnings.judged)} churned accounts had an"
        if warnings.judged == 1:
            subject = f"The one churned account with enough history had {'an' if warnings.with_warning else 'no'}"
        text = (
            f"{subject} early warning or red health three months before. Among retained accounts on the same days it"
            f" was {words.share(warnings.stayed_share, 99)}."
        )
        notes.append(Note(text, "fact", ("warned",)))
    if warnings.judged and warnings.judged < warnings.losses:
        losses_text = words.plural(warnings.losses - warnings.judged, "churned account has", "churned accounts have")
        text = f"{losses_text} too little history three months before and cannot be assessed."
        notes.append(Note(text, "doubt", ("warned",)))
    return tuple(notes)


def _in_words(row: Row) -> str:
    if row["warned"] is None:
        return UNKNOWN_WARNING
    labels = [WARNING_LABELS.get(name, name) for name in (row["warnings"] or "").split(", ") if name]
    return ", ".join([*labels, *([RED] if row["band"] == RED else [])]) or NO_WARNING
