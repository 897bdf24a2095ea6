"""What happened with one account, in words: the rows of `account_events` as lines of a timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from cs_dash.answer import Column
from cs_dash.look.words import money, number, plural

Row = dict[str, Any]
TYPES = {
    "event": pa.string(), "date": pa.date32(), "what": pa.string(), "category": pa.string(), "event_id": pa.string(),
    "title": pa.string(), "amount": pa.float64(), "amount_before": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("event", "Event"),
    Column("date", "Date", "date"),
    Column("what", "What"),
    Column("category", "Category", help="Of a ticket or request; the CSM's sentiment of a note."),
    Column("event_id", "Id", hidden=True),
    Column("title", "Title", hidden=True),
    Column("amount", "Amount", "number", hidden=True),
    Column("amount_before", "Amount before", "number", hidden=True),
)


def timeline(rows: list[Row], currency: str) -> list[Row]:
    """Return the rows of `account_events` with their words, in their order: event, date, what and what it is about."""
    return [row | {"date": row["happened_on"], "what": WORDS[row["event"]](row, currency)} for row in rows]


def _survey(row: Row, _: str) -> str:
    return _with(f"{row['title'] or 'Survey'} {number(row['amount'])}", row["detail"])


def _contract(row: Row, currency: str) -> str:
    before, after = (money(row[name], currency, full=True) for name in ("amount_before", "amount"))
    plan = f" ({row['title']})" if row["title"] else ""
    if not row["amount_before"]:
        return f"Starts at {after} MRR{plan}"
    if not row["amount"]:
        return f"Stops paying; MRR was {before}"
    return f"MRR {before} → {after}{plan}"


def _churn(row: Row, currency: str) -> str:
    kind = "Churn" if row["event"] == "churn" else "Downsell"
    lost = f", {money(row['amount'], currency, full=True)} MRR lost" if row["amount"] else ""
    return _with(f"{kind}{lost}" + (f" ({row['title']})" if row["title"] else ""), row["detail"])


def _note(row: Row, _: str) -> str:
    text = row["title"] or "Note without text"
    return f"{text} ({row['detail']})" if row["detail"] else text


def _request(row: Row, _: str) -> str:
    facts = [row["detail"] or "", plural(row["amount"], "vote") if row["amount"] else ""]
    listed = ", ".join(filter(None, facts))
    return f"{row['title']} ({listed})" if listed else str(row["title"])


def _with(text: str, comment: str | None) -> str:
    return f"{text}: “{comment}”" if comment else text


WORDS: dict[str, Callable[[Row, str], str]] = {
    "ticket": lambda row, _: row["title"] or f"Ticket {row['event_id']}, without a subject",
    "survey": _survey,
    "contract": _contract,
    "notice": lambda *_: "Cancellation received",
    "churn": _churn,
    "downsell": _churn,
    "note": _note,
    "request": _request,
    "milestone": lambda row, _: row["title"][:1].upper() + row["title"][1:],
    "shipped": lambda row, _: row["title"],
}
