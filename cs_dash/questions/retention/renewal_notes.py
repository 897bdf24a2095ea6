"""The caveats of renewals, and what is overdue."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Figure, Note
from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import ONE_DAY

OF_RATE = ("renewal_rate", "mrr_due", "mrr_renewed", "mrr_lost")
OF_CALENDAR = ("mrr_open", "mrr_open_red")
RENEWAL_LABELS = (
    ("open", "Open"), ("renewed", "Renewed"), ("shrank", "Downsold"), ("lost", "Churned"), ("notice", "Notice given"),
    ("overdue", "Overdue"), ("line", "subscription"), ("counted", "computed"), ("monthly", "month-to-month"),
    ("untold", "unknown"),
)  # fmt: skip
"""How pages write the states of a renewal and what its date comes from."""
Row = dict[str, Any]


def renewal_notes(
    request: QuestionRequest, quarters: tuple[dt.date, ...], to_come: list[Row], settled: list[Row]
) -> list[Note]:
    """Return where renewal dates come from, which lines have none, and what is not counted."""
    by_source = _lines_by_source(request)
    notes = [
        *_computed_days_notes(request, by_source), *_moved_days_notes(to_come), *_left_out(request, by_source)
    ]  # fmt: skip
    if quarters[0] <= request.as_of and (to_come or settled):
        text = f"The first of the four quarters has started: renewals up to {words.date(request.as_of)} are settled."
        notes.append(Note(text, "fact", OF_CALENDAR))
    if overdue := [row for row in to_come if row["status"] == "overdue"]:
        renewals_text = words.plural(len(overdue), "renewal is", "renewals are")
        text = (
            f"{renewals_text} overdue: the stated date is before {words.date(request.as_of)} and the account still"
            " pays. If the file is from an earlier day, load it again with that day as its “As-of date”."
        )
        notes.append(Note(text, "doubt", ("mrr_overdue", *OF_CALENDAR, *OF_RATE), table="subscriptions"))
    newest = request.rows("newest_day")["newest_day"][0].as_py()
    if newest and request.as_of < newest and any(row["status"] == "notice" for row in to_come):
        text = "As of a past day: notices include end dates that became known later."
        notes.append(Note(text, "doubt", ("mrr_notice",)))
    lines = sum(row["lines"] for row in by_source.values())
    ending = sum(row["ending"] for row in by_source.values())
    if lines and ending * 2 > lines:
        text = (
            "Most paying contract lines have a future end date. If that is the end of a term rather than notice, add a"
            " renewal date, the term in months, or an auto-renewal column."
        )
        notes.append(Note(text, "doubt", ("mrr_notice", *OF_CALENDAR)))
    late = [row for row in settled if row["lost"] and row["due_on"] > request.as_of - 30 * ONE_DAY]
    if late:
        renewals_text = words.plural(len(late), "renewal")
        text = f"{renewals_text} due in the last 30 days not renewed on the date: late renewals may still come in."
        notes.append(Note(text, "doubt", ("renewal_rate", "mrr_lost")))
    return notes


def _lines_by_source(request: QuestionRequest) -> dict[str, Row]:
    """Return {what the renewal dates of paying contract lines come from: their number and MRR}."""
    rows = request.rows("renewal_doubts", as_of_day=request.as_of, wanted=request.filters_json).to_pylist()
    return {row["told_by"]: row for row in rows}


def no_renewal_dates(request: QuestionRequest) -> bool:
    """Return whether no paying contract line has a renewal date, and of some it is unknown when they renew."""
    sources = _lines_by_source(request).keys()
    return "untold" in sources and sources <= {"untold", "monthly"}


def _computed_days_notes(request: QuestionRequest, by_source: dict[str, Row]) -> list[Note]:
    computed = by_source.get("counted")
    if not computed:
        return []
    if not by_source.keys() & {"line", "account"}:
        text = "No renewal dates in the data: computed in whole terms from each contract line's start"
    else:
        lines = words.plural(computed["lines"], "contract line has", "contract lines have")
        text = f"{lines} no renewal date: computed in whole terms from the start date"
    text += f" (12 months where no term is given); {words.money(computed['mrr'], request.currency)} of MRR."
    return [Note(text, "assumption", (*OF_RATE, *OF_CALENDAR), table="subscriptions")]


def _moved_days_notes(to_come: list[Row]) -> list[Note]:
    """Return that days of renewal to come were counted on from stated ones, where they were."""
    moved = [
        row for row in to_come
        if row["status"] == "open" and row["day_basis"] == "computed" and row["told_by"] != "counted"
    ]  # fmt: skip
    if not moved:
        return []
    days = words.plural(len(moved), "upcoming renewal date is", "upcoming renewal dates are")
    text = f"{days} computed: whole terms after the stated date."
    return [Note(text, "assumption", OF_CALENDAR, table="subscriptions")]


def _left_out(request: QuestionRequest, by_source: dict[str, Row]) -> list[Note]:
    notes = []
    if monthly := by_source.get("monthly"):
        lines = words.plural(monthly["lines"], "month-to-month subscription")
        have = "has" if monthly["lines"] == 1 else "have"
        text = f"{lines} ({words.money(monthly['mrr'], request.currency)} MRR) {have} no renewal date."
        notes.append(Note(text, "fact", (*OF_RATE, *OF_CALENDAR)))
    if untold := by_source.get("untold"):
        lines = words.plural(untold["lines"], "subscription")
        have = "has" if untold["lines"] == 1 else "have"
        text = f"{lines} ({words.money(untold['mrr'], request.currency)} MRR) {have} neither a renewal date nor a term."
        notes.append(Note(text, "doubt", (*OF_RATE, *OF_CALENDAR), table="subscriptions"))
    return notes


def computed_days(open_renewals: list[Row]) -> str:
    """Return the caveat that days of renewal were computed; "" where the files state them all."""
    computed = sum(row["day_basis"] == "computed" for row in open_renewals)
    if not computed:
        return ""
    return "all dates computed" if computed == len(open_renewals) else f"{words.plural(computed, 'date')} computed"


def overdue_figure(overdue: list[Row]) -> tuple[Figure, ...]:
    """Return the figure of the renewals that are overdue; none where there is none."""
    if not overdue:
        return ()
    return (
        Figure("mrr_overdue", "Overdue renewals", round(sum(row["due"] for row in overdue), 6), "money", n=len(overdue),
               n_label="renewals", better="down", definition="renewals_overdue",
               caveat="the data do not show whether they renewed"),
    )  # fmt: skip
