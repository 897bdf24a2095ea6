"""The churn events of the period and the accounts in scope: one by one, by reason and by month.

An event's row depends on the as-of date and on nothing else. So the events of all time and all accounts are queried
once and counted here, and another period or segment costs next to nothing.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
from collections import Counter, defaultdict
from dataclasses import replace
from math import fsum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.questions.churn.periods import period
from cs_dash.questions.churn.taxonomy import taxonomy
from cs_dash.questions.request import QuestionRequest

Row = dict[str, Any]


def taxonomy_of(request: QuestionRequest) -> str:
    """Return {recorded reason: its kind} as JSON, a parameter of the SQL definitions."""
    texts = request.rows("churn_texts").column("said").to_pylist()
    return json.dumps(taxonomy(request).kinds_of(texts), ensure_ascii=False)


def events_in_scope(request: QuestionRequest) -> list[Row]:
    """Return the rows of `churn_event_list` for the period and the accounts in scope, newest first."""
    rows: list[Row] = _event_table(request).to_pylist()
    return rows


def days_left(request: QuestionRequest) -> list[dt.date]:
    """Return the days of the period's full churn events, of all accounts, so that queries for these days are cached."""
    events = _event_table(request.for_scope(replace(request.scope, filters=())))
    days: list[dt.date] = pc.unique(events.filter(events["full"])["churned_on"]).to_pylist()
    return days


def _event_table(request: QuestionRequest) -> pa.Table:
    ever = {"start_day": None, "end_day": None, "as_of_day": request.as_of}
    events = request.in_scope(request.rows("churn_event_list", **ever, kinds=taxonomy_of(request)))
    day, dates = events["churned_on"], period(request)
    is_begun = pc.greater_equal(day, dates["start_day"] or dt.date.min)
    return events.filter(pc.and_not(is_begun, pc.greater_equal(day, dates["end_day"])))


def by_reason(events: list[Row], level: str) -> list[Row]:
    """Return the rows of `churn_reasons` for the events, by recorded reason or, at level "category", by category."""
    reasons = [
        {
            "reason": reason,
            "category": _most_frequent(row["category"] for row in rows),
            "events": len(rows),
            "accounts": len({row["account_id"] for row in rows} - {None}),
            "mrr_lost": _sum(row["mrr_lost"] for row in rows),
            "share": len(rows) / len(events),
            "taxonomy": _most_frequent(row["taxonomy"] for row in rows),
            "downsells": sum(not row["full"] for row in rows),
        }
        for reason, rows in _grouped(events, level).items()
    ]
    return sorted(
        reasons, key=lambda row: (-row["events"], row["mrr_lost"] is None, -(row["mrr_lost"] or 0), row["reason"])
    )


def by_month(events: list[Row], level: str, as_of: dt.date) -> list[Row]:
    """Return the rows of `churn_reason_months` for the events, as of `as_of`."""
    month_rows = []
    for reason, rows in _grouped(events, level).items():
        months: dict[dt.date, list[Row]] = defaultdict(list)
        for row in rows:
            months[row["churned_on"].replace(day=1)].append(row)
        for month, month_events in months.items():
            last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
            lost = _sum(row["mrr_lost"] for row in month_events)
            month_rows.append(
                {
                    "month": month,
                    "reason": reason,
                    "events": len(month_events),
                    "mrr_lost": lost,
                    "final": last <= as_of,
                }
            )
    return sorted(month_rows, key=lambda row: (row["month"], -row["events"], row["reason"]))


def reason_at(event: Row, level: str) -> str:
    """Return the name that an event is counted under: its recorded reason or, at level "category", its category."""
    name: str = event["category"] if level == "category" else event["reason"] or "(none given)"
    return name


def _grouped(events: list[Row], level: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in events:
        groups[reason_at(row, level)].append(row)
    return groups


def _most_frequent(names: Any) -> str:
    """Return the most frequent name; of equally frequent ones, the first in alphabetical order."""
    counts: Counter[str] = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name))


def _sum(amounts: Any) -> float | None:
    stated = [amount for amount in amounts if amount is not None]
    return round(fsum(stated), 6) if stated else None
