"""The churn events of the period and the accounts in scope, one by one, by reason and by month.

What is said of an event depends on the day looked at and on nothing else: the events are asked for once, of all time
and all accounts, and counted here. Another period or segment then costs next to nothing.
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
    """Return {recorded reason: its kind} as the definitions take it."""
    said = request.rows("churn_texts").column("said").to_pylist()
    return json.dumps(taxonomy(request).kinds_of(said), ensure_ascii=False)


def inside(request: QuestionRequest) -> list[Row]:
    """Return the rows of `churn_event_list` for the period and the accounts in scope, newest first."""
    rows: list[Row] = _inside(request).to_pylist()
    return rows


def days_left(request: QuestionRequest) -> list[dt.date]:
    """Return the days of the full churn events of the period, of all accounts: what is asked of them is remembered."""
    found = _inside(request.for_scope(replace(request.scope, filters=())))
    days: list[dt.date] = pc.unique(found.filter(found["full"])["churned_on"]).to_pylist()
    return days


def _inside(request: QuestionRequest) -> pa.Table:
    ever = {"start_day": None, "end_day": None, "as_of_day": request.as_of}
    found = request.in_scope(request.rows("churn_event_list", **ever, kinds=taxonomy_of(request)))
    day, wanted = found["churned_on"], period(request)
    begun, over = pc.greater_equal(day, wanted["start_day"] or dt.date.min), pc.greater_equal(day, wanted["end_day"])
    return found.filter(pc.and_not(begun, over))


def by_reason(events: list[Row], level: str) -> list[Row]:
    """Return what `churn_reasons` says of the events, by recorded reason or, at level "category", by category."""
    found = [
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
        found, key=lambda row: (-row["events"], row["mrr_lost"] is None, -(row["mrr_lost"] or 0), row["reason"])
    )


def by_month(events: list[Row], level: str, as_of: dt.date) -> list[Row]:
    """Return what `churn_reason_months` says of the events, looked at from the day `as_of`."""
    found = []
    for reason, rows in _grouped(events, level).items():
        months: dict[dt.date, list[Row]] = defaultdict(list)
        for row in rows:
            months[row["churned_on"].replace(day=1)].append(row)
        for month, each in months.items():
            last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
            lost = _sum(row["mrr_lost"] for row in each)
            found.append(
                {"month": month, "reason": reason, "events": len(each), "mrr_lost": lost, "final": last <= as_of}
            )
    return sorted(found, key=lambda row: (row["month"], -row["events"], row["reason"]))


def reason_at(event: Row, level: str) -> str:
    """Return what an event is counted under: its recorded reason or, at level "category", its category."""
    name: str = event["category"] if level == "category" else event["reason"] or "(none given)"
    return name


def _grouped(events: list[Row], level: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in events:
        groups[reason_at(row, level)].append(row)
    return groups


def _most_frequent(names: Any) -> str:
    """Return the most frequent name; of several, the first in the alphabet."""
    counted: Counter[str] = Counter(names)
    return min(counted, key=lambda name: (-counted[name], name))


def _sum(amounts: Any) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return round(fsum(known), 6) if known else None
