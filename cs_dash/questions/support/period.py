"""The period of the support questions, and the notes that all of their answers share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Note
from cs_dash.look.words import count, date, plural, share
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import ONE_DAY, Scope, months_before
from cs_dash.tickets.classifier.column_kinds import kind_of_value, value_key

WINDOWS = ("period", "all", "12", "3")
"""Choices of option `window`: the scope's own period, everything, or so many months up to the as-of date."""
SAMPLE_WINDOWS = ("all", "period", "12", "3")
"""Choices of option `window` for drawing a sample; by default it is drawn from all tickets."""
KIND_ORDER = ("how-to", "defect", "feature request", "account and access", "billing", "outage", "other")
NO_KIND = "without a kind"
NO_CATEGORY = "No category"


def windowed(request: QuestionRequest) -> QuestionRequest:
    """Return the request for the period that option `window` names."""
    return request.for_scope(window_scope(request.scope, request.as_of, request.option("window", *WINDOWS)))


def window_scope(scope: Scope, as_of: dt.date, window: str) -> Scope:
    """Return the scope of the period that option `window` names; "period" is the scope's own."""
    if window == "period":
        return scope
    start = None if window == "all" else months_before(as_of, int(window)) + ONE_DAY
    period = "all" if window == "all" else f"{window}m"
    return Scope(period, start, as_of + ONE_DAY, as_of, scope.compare, scope.filters)


def bounds(request: QuestionRequest) -> dict[str, Any]:
    """Return the period and the filters as macro parameters."""
    return {"start_day": request.scope.start, "end_day": request.scope.end, "wanted": request.filters_json}


def in_words(scope: Scope) -> str:
    """Return the period in words: "30 Sep 2025 to 29 Sep 2026", "since the beginning"."""
    if scope.start is None or scope.end is None:
        return f"up to {date(scope.as_of)}"
    return f"{date(scope.start)} to {date(scope.end - ONE_DAY)}"


def doubt_notes(request: QuestionRequest) -> tuple[Note, ...]:
    """Return the caveats about the tickets of the period, worst first."""
    row = request.single_row("ticket_doubts", **bounds(request))
    total = row["tickets"]
    notes = []
    if row["suggested"]:
        text = f"{count(row['suggested'])} of {plural(row['with_kind'], 'category', 'categories')}"
        text += (
            f" {'is' if row['suggested'] == 1 else 'are'} suggested by word lists. Label 50 tickets to train a model"
        )
        text += " for the rest."
        notes.append(Note(text, "doubt", ("share", "share_uncorrected", "kind")))
    if row["without_account"]:
        n = row["without_account"]
        text = f"{share(n / total, total)} of tickets have no account ({count(n)} of {count(total)})"
        notes.append(Note(f"{text} and belong to no segment.", "doubt", ("contact_rate", "tickets")))
    if row["before_signup"]:
        verb = "is" if row["before_signup"] == 1 else "are"
        text = f"{count(row['before_signup'])} of {plural(total, 'ticket')} {verb} dated before the account's signup."
        notes.append(Note(text, "contradiction", ("contact_rate",)))
    if row["not_paying"] and request.loaded_tables & {"subscriptions"}:
        verb = "ticket comes" if row["not_paying"] == 1 else "tickets come"
        text = (
            f"{count(row['not_paying'])} {verb} from accounts not paying on that day; the contact rate includes them."
        )
        notes.append(Note(text, "doubt", ("contact_rate",)))
    if row["excluded"]:
        text = plural(row["excluded"], "row")
        notes.append(
            Note(f"{text} excluded: spam, merged duplicates or automatic messages.", "assumption", ("tickets",))
        )
    return tuple(notes)


def type_notes(request: QuestionRequest) -> tuple[Note, ...]:
    """Return how the export's ticket types were read as kinds, and which of them were not understood."""
    decided = type_choices(request)
    by_type_and_kind: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in request.rows("ticket_types", **bounds(request)).to_pylist():
        if row["type"] and kind_of_value(row["type"]) != row["type"].casefold():
            type_row = by_type_and_kind.setdefault((value_key(row["type"]), row["kind"]), row | {"tickets": 0})
            type_row["tickets"] += row["tickets"]
    type_rows = sorted(by_type_and_kind.values(), key=lambda row: -row["tickets"])
    notes = []
    readings = [f"{row['type']} as {row['kind']} ({count(row['tickets'])})" for row in type_rows if row["kind"]]
    if readings:
        more = f" and {len(readings) - 12} more" if len(readings) > 12 else ""
        notes.append(Note(f"Ticket types mapped: {', '.join(readings[:12])}{more}.", "assumption", ("share", "kind")))
    unknown = [row for row in type_rows if not row["kind"] and value_key(row["type"]) not in decided]
    if unknown:
        type_texts = ", ".join(f"{row['type']} ({count(row['tickets'])})" for row in unknown[:8])
        more = f" and {len(unknown) - 8} more" if len(unknown) > 8 else ""
        share_text = share_of_all(
            sum(row["tickets"] for row in unknown), request.single_row("ticket_doubts", **bounds(request))["tickets"]
        )
        text = (
            f"Unmapped ticket types: {type_texts}{more}. {share_text} have no category from the export: map each type"
        )
        text += " once on the Tickets page or with label --type."
        notes.append(Note(text, "doubt", ("without_kind",)))
    return tuple(notes)


def type_choices(request: QuestionRequest) -> dict[str, tuple[str, str]]:
    """Return people's decisions about types and tags: {key of the value: (value as written, kind it counts as)}."""
    rows = request.rows("ticket_type_choices").to_pylist()
    return {value_key(row["said"]): (row["said"], row["kind"]) for row in rows}


def share_of_all(tickets: int, total: int) -> str:
    """Return a number of tickets as part of all, in words: "120 of 480 tickets (25 %)"."""
    part = f" ({share(tickets / total, total)})" if total else ""
    return f"{count(tickets)} of {plural(total, 'ticket')}{part}"


def no_kinds_note(request: QuestionRequest) -> Note:
    """Return the note for tickets that all lack a kind: what can still be answered, and what would bring kinds."""
    row = request.single_row("ticket_doubts", **bounds(request))
    text = f"None of the {plural(row['tickets'], 'ticket')} has a category"
    if row["with_text"]:
        text += ": no column gives it and word lists find no match in the texts. Label 50 tickets to train a model, or"
        text += " add a column with the help desk's type (Question, Bug, Billing ...) or tags."
    else:
        text += request.lacks(
            ", and none has a text to classify.", ", and no text was loaded to classify.",
            "tickets.subject", "tickets.body",
        )  # fmt: skip
        text += " Volume, accounts and response times are available; categories and the how-to share are not. Add a"
        text += " column with the help desk's type (Question, Bug, Billing ...), tags or the subject."
    return Note(text, "missing", ("share", "share_uncorrected", "without_kind"), table="tickets")
