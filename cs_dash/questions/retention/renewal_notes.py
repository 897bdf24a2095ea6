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
Row = dict[str, Any]


def renewal_notes(
    request: QuestionRequest, quarters: tuple[dt.date, ...], to_come: list[Row], settled: list[Row]
) -> list[Note]:
    """Return where renewal dates come from, which lines have none, and what is not counted."""
    by_source = {
        row["told_by"]: row
        for row in request.rows("renewal_doubts", as_of_day=request.as_of, wanted=request.filters_json).to_pylist()
    }
    notes = [
        *_computed_days_notes(request, by_source), *_moved_days_notes(to_come), *_left_out(request, by_source)
    ]  # fmt: skip
    if quarters[0] <= request.as_of:
        text = (
            f"The first of the four quarters is under way: what was due up to {words.date(request.as_of)} is settled."
        )
        notes.append(Note(text, "fact", OF_CALENDAR))
    if overdue := [row for row in to_come if row["status"] == "overdue"]:
        renewals_text = words.plural(len(overdue), "renewal is", "renewals are")
        text = (
            f"{renewals_text} overdue: the day that the file states is before {words.date(request.as_of)}, and revenue"
            " runs on. If the file speaks of an earlier day, load it with snapshot=DAY."
        )
        notes.append(Note(text, "doubt", ("mrr_overdue", *OF_CALENDAR, *OF_RATE), table="subscriptions"))
    newest = request.rows("newest_day")["newest_day"][0].as_py()
    if newest and request.as_of < newest and any(row["status"] == "notice" for row in to_come):
        text = "Seen from a past day: ends that became known later are among the notices."
        notes.append(Note(text, "doubt", ("mrr_notice",)))
    lines = sum(row["lines"] for row in by_source.values())
    ending = sum(row["ending"] for row in by_source.values())
    if lines and ending * 2 > lines:
        text = (
            "Most lines that pay name an end to come. Where it is only the end of a term, and not notice, give a"
            " renewal date, the months in a term, or whether they renew by themselves."
        )
        notes.append(Note(text, "doubt", ("mrr_notice", *OF_CALENDAR)))
    late = [row for row in settled if row["lost"] and row["due_on"] > request.as_of - 30 * ONE_DAY]
    if late:
        renewals_text = words.plural(len(late), "renewal was", "renewals were")
        text = f"{renewals_text} due in the last 30 days and not renewed on the day: they may still come."
        notes.append(Note(text, "doubt", ("renewal_rate", "mrr_lost")))
    return notes


def _computed_days_notes(request: QuestionRequest, by_source: dict[str, Row]) -> list[Note]:
    computed = by_source.get("counted")
    if not computed:
        return []
    if not by_source.keys() & {"line", "account"}:
        text = "No file tells renewal dates: the days are counted in whole terms from the start of each line"
    else:
        lines = words.plural(computed["lines"], "line tells", "lines tell")
        text = f"{lines} no renewal date: its day is counted in whole terms from the line's start"
    text += f" (a year where no term is told); {words.money(computed['mrr'], request.currency)} a month."
    return [Note(text, "assumption", (*OF_RATE, *OF_CALENDAR), table="subscriptions")]


def _moved_days_notes(to_come: list[Row]) -> list[Note]:
    """Return that days of renewal to come were counted on from stated ones, where they were."""
    moved = [
        row for row in to_come
        if row["status"] == "open" and row["day_basis"] == "computed" and row["told_by"] != "counted"
    ]  # fmt: skip
    if not moved:
        return []
    days = words.plural(len(moved), "renewal to come is", "renewals to come are")
    text = f"The day of {days} computed: whole terms after the day that the file states."
    return [Note(text, "assumption", OF_CALENDAR, table="subscriptions")]


def _left_out(request: QuestionRequest, by_source: dict[str, Row]) -> list[Note]:
    notes = []
    if monthly := by_source.get("monthly"):
        lines = words.plural(monthly["lines"], "line runs", "lines run")
        text = (
            f"{lines} from month to month and can leave in any: {words.money(monthly['mrr'], request.currency)} a month"
        )
        notes.append(Note(f"{text} stands in no renewal.", "fact", (*OF_RATE, *OF_CALENDAR)))
    if untold := by_source.get("untold"):
        lines = words.plural(untold["lines"], "line tells", "lines tell")
        text = f"{lines} neither a renewal date nor a term: {words.money(untold['mrr'], request.currency)} a month"
        notes.append(Note(f"{text} stands in no renewal.", "doubt", (*OF_RATE, *OF_CALENDAR), table="subscriptions"))
    return notes


def computed_days(open_renewals: list[Row]) -> str:
    """Return the caveat that days of renewal were computed; "" where the files state them all."""
    computed = sum(row["day_basis"] == "computed" for row in open_renewals)
    if not computed:
        return ""
    return (
        "all of the days are computed" if computed == len(open_renewals) else f"{computed:,} of the days are computed"
    )


def overdue_figure(overdue: list[Row]) -> tuple[Figure, ...]:
    """Return the figure of the renewals that are overdue; none where there is none."""
    if not overdue:
        return ()
    return (
        Figure("mrr_overdue", "Renewal overdue", round(sum(row["due"] for row in overdue), 6), "money", n=len(overdue),
               n_label="renewals", better="down", definition="renewals_overdue",
               caveat="no file tells whether they were renewed"),
    )  # fmt: skip
