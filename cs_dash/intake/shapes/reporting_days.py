"""The day that rows describe: from a column, from an option, or the end of last month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.errors import UnknownOption
from cs_dash.intake.cells import arrays, date_spans, dates, missing, periods, readers
from cs_dash.intake.cells.profiles import Profile
from cs_dash.intake.results.problems import LoadContext
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.intake.rows.typed_rows import TypedRows, constant
from cs_dash.intake.rows.unused_columns import unsaid
from cs_dash.schema import names

_HEADERS = frozenset(
    names.key(word)
    for word in (
        "as of", "as of date", "as at", "snapshot", "snapshot date", "snapshot day", "snapshot month", "report date",
        "report month", "reporting month", "reporting date", "reporting period", "period", "month", "month end",
        "month ending", "stand", "stichtag", "monat", "berichtsmonat", "mois", "mes", "отчетная дата", "отчетный месяц",
        "месяц", "на дату", "период", "日期截至", "月份", "统计月份", "快照日期",
    )
)  # fmt: skip


def as_of(block: Block, profiles: Sequence[Profile]) -> int | None:
    """Return the column with the day or month that a row describes; None where there is none."""
    for at, name in enumerate(block.names):
        cells = profiles[at]
        if names.key(name) in _HEADERS and cells.distinct and cells.filled > 0.9:
            examples = cells.examples
            if cells.dates > 0.9 or all(periods.month_column(text) for text in examples):
                return at
    return None


def days_of(block: Block, at: int, context: LoadContext) -> list[date | None]:
    """Return the day of every row; the last one of a month where only the month is known."""
    cells = missing.without_missing(arrays.whole(block.rows.column(at)), missing.NO_VALUE)
    order = readers.order_of(block.names[at], cells, context.options)
    encoded = pc.dictionary_encode(cells)
    distinct_days: list[date | None] = []
    for text in encoded.dictionary.to_pylist():
        day = dates.day(text, order)
        month = periods.month_column(text)
        if span := date_spans.span(text):
            day = span.last
        elif month and (day is None or day.day == 1):
            day = dates.end_of_month(month[0])
        distinct_days.append(min(day, context.loaded_on) if day else None)
    days: list[date | None] = pa.array(distinct_days, pa.date32()).take(encoded.indices).to_pylist()
    return days


def snapshot_day(context: LoadContext, sheet: Sheet | None = None) -> date:
    """Return the day that data without dates describe.

    It is the option, else the sheet's own, else the newest day on which the files of the load know anything to have
    happened, else the end of last month.

    Raises UnknownOption when the option is not a date.
    """
    chosen = context.options.get("snapshot")
    if chosen is None and sheet is not None and sheet.period is not None:
        return sheet.period.day
    if chosen is None:
        return context.newest_fact or context.loaded_on.replace(day=1) - timedelta(days=1)
    try:
        return date.fromisoformat(chosen)
    except ValueError:
        why = f"Could not use snapshot={chosen} because it is not a date."
        raise UnknownOption("Unknown date", why, "Write it as 2026-09-30.") from None


_HAPPENED = (
    "signup_date", "churn_date", "start_date", "churned_on", "created_at", "solved_at", "used_on", "answered_on",
    "noted_on",
)  # fmt: skip
"""Fields with days on which something happened; ends of contracts may lie ahead, and renewals do."""


def note_newest(drafts: Sequence[TypedRows]) -> None:
    """Tell every draft the newest day, up to that of the load, on which any of them knows something to have happened.

    The end of last month stands for it where the data have no days at all: today's clock says nothing of old files.
    """
    newest: date | None = None
    for draft in drafts:
        loaded = np.datetime64(draft.context.loaded_on, "D")
        for name in _HAPPENED:
            days, _ = draft.different_days(name)
            if len(past := days[days <= loaded]):
                newest = max(newest or date.min, past.max().astype(date))
    for draft in drafts:
        draft.context = replace(draft.context, newest_fact=newest)


def date_answers(draft: TypedRows) -> None:
    """Date answers to a survey that have no day, and say so: the scores count, and nothing is said about time."""
    day = snapshot_day(draft.context, draft.sheet)
    draft.columns["answered_on"] = constant(day, pa.date32(), len(draft))
    draft.columns["assumed"] = constant(True, pa.bool_(), len(draft))
    draft.assumed |= {"answered_on", "assumed"}
    claim = unsaid(draft, None, "answered_on", "No column gives the date of the answers")
    draft.assumptions.append(
        f"{claim}: all are dated {day.isoformat()}, so they say nothing about change over time. "
        "Set the “As-of date” if it is another date, or map the column."
    )


def date_tickets(draft: TypedRows) -> None:
    """Date tickets that have no creation date, and note what that costs.

    The day is the option `snapshot`, else the newest day on which one was answered or solved, else the end of last
    month. Response times cannot be measured from an assumed start, so they are left out.
    """
    day = snapshot_day(draft.context, draft.sheet)
    left_out = []
    for name in ("first_reply_at", "solved_at"):
        if name in draft.columns:
            newest = pc.max(draft.columns.pop(name)).as_py()
            left_out.append(draft.source(name))
            if newest is not None and "snapshot" not in draft.context.options:
                day = min(newest.date(), draft.context.loaded_on)
    draft.columns["created_at"] = constant(day, pa.date32(), len(draft)).cast(pa.timestamp("us"))
    draft.assumed.add("created_at")
    claim = unsaid(draft, None, "created_at", "No column gives the creation date of tickets")
    draft.assumptions.append(
        f"{claim}: all are dated {day.isoformat()}, so they say nothing about change over time. "
        "Set the “As-of date” if it is another date, or map the column."
    )
    if left_out:
        words = " and ".join(left_out)
        were = "was" if len(left_out) == 1 else "were"
        draft.assumptions.append(f"{words} {were} ignored: without creation dates there are no response times.")
