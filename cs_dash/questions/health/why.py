"""`health.why`: what the score of one account is made of, and why it changed between two days."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption
from cs_dash.look.words import count, date, plural, share
from cs_dash.questions.account_card import account_card
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.score_change import FOUR_WEEKS, ScoreChange, score_change
from cs_dash.scope import within_bounds

SCORED_FROM = {"subscriptions", "usage", "tickets", "surveys", "notes"}
TYPES = {
    "input": pa.string(), "label": pa.string(), "group": pa.string(), "points_before": pa.float64(),
    "points_after": pa.float64(), "change": pa.float64(), "words": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("input", "Input", hidden=True),
    Column("label", "Input"),
    Column("group", "Group"),
    Column(
        "points_before", "Points before", "number", "Points of the score on the first day; they add up to the score."
    ),
    Column(
        "points_after", "Points after", "number", "Points of the score on the second day; they add up to the score."
    ),
    Column("change", "Change", "number", "The changes add up to the change in the score."),
    Column("words", "Reason"),
)


@question(
    "health.why",
    title="Drivers of the health score",
    order=25,
    options={"account": (), "from": (), "to": ()},
    needs=("usage", "subscriptions"),
    uses=("account_card", "account_events", "account_names", "health_changes", "health_scores", "health_weights"),
)
def why(request: QuestionRequest) -> Answer:
    """Return the points of each input on two days, for the account that option `account` names.

    Options: from and to, ISO days; by default 28 days before the as-of date, and that date. Figures: score_before,
    score_after, coverage. Raises UnknownOption for an unknown account or a date that makes no sense.
    """
    if not request.loaded_tables & SCORED_FROM:
        return request.empty()
    card = account_card(request)
    to_day = _day(request, "to", request.as_of)
    change = score_change(request, card["account_id"], _day(request, "from", to_day - FOUR_WEEKS), to_day)
    if change.from_day >= to_day:
        raise UnknownOption(
            "Dates in the wrong order",
            f"Could not compare {change.from_day} with {to_day} because the first day is not before the second.",
        )
    rows = arrow_table(list(change.rows), TYPES)
    return request.answer(
        headline=_headline(card["account"], change),
        figures=_figures(change),
        rows=rows,
        columns=COLUMNS,
        notes=_notes(change),
        definition="health_changes",
    )


def _day(request: QuestionRequest, option: str, default: dt.date) -> dt.date:
    text = request.options.get(option, "").strip()
    try:
        return within_bounds(dt.date.fromisoformat(text)) if text else within_bounds(default)
    except ValueError:
        raise UnknownOption(
            f"Unknown date in {option}", f"Could not use {option}={text} because it is not a date.",
            "Write it as year-month-day: 2026-09-30.",
        ) from None  # fmt: skip


def _headline(account: str, change: ScoreChange) -> str:
    score, before = change.after.get("score"), change.before.get("score")
    if not change.after:
        return f"{account} is not a customer on {date(change.to_day)}, so there is no score."
    if score is None:
        known = share(change.after["coverage"])
        return f"{account} is not scored: **{known}** of the score's weight has data on {date(change.to_day)}."
    if before is None:
        return f"Score **{count(score)}**; it was not scored {change.since}."
    moved = change.change or 0.0
    if not moved:
        return f"Score **{count(score)}**, the same as {change.since}."
    direction = f"{plural(abs(moved), 'point')} {'higher' if moved > 0 else 'lower'}"
    reason = f", because {change.main_reason}" if change.main_reason else ""
    return f"Score **{count(score)}**, **{direction}** than {change.since}{reason}."


def _figures(change: ScoreChange) -> tuple[Figure, ...]:
    at_first, at_last = f"Score on {date(change.from_day)}", f"Score on {date(change.to_day)}"
    before, after = change.before.get("score"), change.after.get("score")
    return (
        Figure("score_before", at_first, before, "score", better="up", definition="health_scores"),
        Figure("score_after", at_last, after, "score", previous=before, previous_label=date(change.from_day),
               better="up", definition="health_scores"),
        Figure("coverage", "Data coverage", change.after.get("coverage"), "share", definition="health_scores"),
    )  # fmt: skip


def _notes(change: ScoreChange) -> tuple[Note, ...]:
    covered = [row["coverage"] for row in (change.before, change.after) if row]
    if len(covered) == 2 and abs(covered[0] - covered[1]) > 0.005:
        text = f"Data coverage went from {share(covered[0])} to {share(covered[1])}:"
        text += " part of the change in score comes from the data, not from the account."
        return (Note(text, "doubt", ("score_after",)),)
    return ()
