"""The period that a question about tickets looks at, and what stands beside every one of its answers."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Note
from cs_dash.look.words import count, date, plural, share
from cs_dash.questions.asked import Asked
from cs_dash.scope import ONE_DAY, Scope, months_before
from cs_dash.tickets.kinds import kind_of_value

WINDOWS = ("period", "all", "12", "3")
"""Choices of option `window`: the scope's own period, everything, or so many months up to the day looked at."""
KIND_ORDER = ("how-to", "defect", "feature request", "account and access", "billing", "outage", "other")
NO_KIND = "without a kind"


def windowed(asked: Asked) -> Asked:
    """Return the question asked of the period that option `window` names."""
    window = asked.option("window", *WINDOWS)
    if window == "period":
        return asked
    start = None if window == "all" else months_before(asked.as_of, int(window)) + ONE_DAY
    period = "all" if window == "all" else f"{window}m"
    scope = Scope(period, start, asked.as_of + ONE_DAY, asked.as_of, asked.scope.compare, asked.scope.filters)
    return asked.moved(scope)


def bounds(asked: Asked) -> dict[str, Any]:
    """Return the period and the filters as macro parameters."""
    return {"start_day": asked.scope.start, "end_day": asked.scope.end, "wanted": asked.wanted}


def in_words(scope: Scope) -> str:
    """Return the period in words: "30 Sep 2025 to 29 Sep 2026", "since the beginning"."""
    if scope.start is None or scope.end is None:
        return f"up to {date(scope.as_of)}"
    return f"{date(scope.start)} to {date(scope.end - ONE_DAY)}"


def doubts(asked: Asked) -> tuple[Note, ...]:
    """Return what is doubtful about the tickets of the period, worst first."""
    row = asked.one("ticket_doubts", **bounds(asked))
    total = row["tickets"]
    notes = []
    if row["without_account"]:
        n = row["without_account"]
        text = f"{share(n / total, total)} of tickets have no account ({count(n)} of {count(total)})"
        notes.append(Note(f"{text}: they are in no segment.", "doubt", ("contact_rate", "tickets")))
    if row["before_signup"]:
        text = f"{count(row['before_signup'])} of {plural(total, 'ticket')} are dated before their account's signup."
        notes.append(Note(text, "contradiction", ("contact_rate",)))
    if row["not_paying"] and asked.filled & {"subscriptions"}:
        verb = "ticket comes" if row["not_paying"] == 1 else "tickets come"
        text = f"{count(row['not_paying'])} {verb} from accounts that were not paying on that day; the contact rate"
        notes.append(Note(f"{text} counts them.", "doubt", ("contact_rate",)))
    if row["excluded"]:
        text = plural(row["excluded"], "row")
        notes.append(
            Note(f"{text} left out: spam, merged duplicates or automatic messages.", "assumption", ("tickets",))
        )
    return tuple(notes)


def how_types_were_read(asked: Asked) -> tuple[Note, ...]:
    """Return which types of the export were taken for which kinds, and which were not understood."""
    rows = asked.rows("ticket_types", start_day=asked.scope.start, end_day=asked.scope.end).to_pylist()
    typed = [row for row in rows if row["type"] and kind_of_value(row["type"]) != row["type"].casefold()]
    notes = []
    read = [f"{row['type']} as {row['kind']} ({count(row['tickets'])})" for row in typed if row["kind"]]
    if read:
        more = f" and {len(read) - 12} more" if len(read) > 12 else ""
        notes.append(Note(f"Types were read so: {', '.join(read[:12])}{more}.", "assumption", ("share", "kind")))
    unknown = [f"{row['type']} ({count(row['tickets'])})" for row in typed if not row["kind"]]
    if unknown:
        text = f"Not understood: {', '.join(unknown[:8])}. Their tickets have no kind."
        notes.append(Note(text, "doubt", ("without_kind",)))
    return tuple(notes)


def no_kinds_note(tickets: int) -> Note:
    """Return what would bring kinds where no ticket has one."""
    text = (
        f"None of the {plural(tickets, 'ticket')} has a kind. A column with the help desk's type (Question, Bug,"
        " Billing ...) or tags in the tickets file brings it."
    )
    return Note(text, "missing", ("share", "share_uncorrected", "without_kind"), table="tickets")
