"""Beta and pilot programmes: who takes part, their feedback and use, and their tickets against similar accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.stats.effect import Effect, Windows, effect

NO_PROGRAMMES = "No beta or pilot programmes yet."
HOW_TO_ADD = Note("Add a programme with its accounts, or load milestones called beta or pilot.", "missing")
LEAST_DAYS, LEAST_TICKETS = 28, 10
"""With fewer days, or fewer tickets before and since, nothing can be said of the tickets."""
MONTH = 30.4375
TYPES = {
    "programme": pa.string(), "title": pa.string(), "since": pa.date32(), "until": pa.date32(),
    "accounts": pa.int64(), "mrr": pa.float64(), "feedback": pa.int64(), "users_before": pa.float64(),
    "users_now": pa.float64(), "tickets": pa.int64(), "rate_before": pa.float64(), "rate": pa.float64(),
    "similar_accounts": pa.int64(), "similar_change": pa.float64(), "effect": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "verdict": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("programme", "ID", hidden=True),
    Column("title", "Programme", priority=1),
    Column("accounts", "Accounts", "count", priority=1),
    Column("mrr", "MRR", "money"),
    Column("since", "Since", "date"),
    Column("until", "Until", "date", absent="still running"),
    Column("feedback", "Feedback", "count", help="Notes, survey comments and feature requests since it began"),
    Column("users_before", "Weekly users before", "number"),
    Column("users_now", "Weekly users now", "number"),
    Column("rate_before", "Tickets before", "number", help="Per account-month, in the 12 weeks before"),
    Column("rate", "Tickets since", "number", help="Per account-month, since it began"),
    Column("verdict", "Against similar accounts", priority=1),
    Column("similar_change", "Change of similar accounts", "share", optional=True),
    Column("similar_accounts", "Similar accounts", "count", optional=True),
    Column("effect", "Effect", "share", hidden=True),
    Column("low", "95 % CI from", "share", hidden=True),
    Column("high", "95 % CI to", "share", hidden=True),
    Column("tickets", "Tickets", "count", optional=True),
)
MEMBERS = {
    "account_id": pa.string(), "account": pa.string(), "csm": pa.string(), "mrr": pa.float64(),
    "joined_on": pa.date32(), "users_before": pa.float64(), "users_now": pa.float64(), "tickets": pa.int64(),
    "feedback": pa.int64(), "latest": pa.string(), "latest_on": pa.date32(),
}  # fmt: skip
MEMBER_COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account", priority=1),
    Column("joined_on", "Joined", "date"),
    Column("users_before", "Weekly users before", "number"),
    Column("users_now", "Weekly users now", "number", priority=1),
    Column("tickets", "Tickets", "count"),
    Column("feedback", "Feedback", "count", priority=1),
    Column("latest", "Latest feedback"),
    Column("latest_on", "On", "date"),
    Column("mrr", "MRR", "money"),
    Column("csm", "CSM"),
)
Row = Mapping[str, Any]


@question(
    "alignment.programmes",
    title="Beta and pilot programmes",
    order=60,
    uses=("programme_members", "programme_windows"),
)
def programmes(request: QuestionRequest) -> Answer:
    """Return the programmes that have begun, with their accounts, feedback, use, and tickets against similar accounts.

    Figures: programmes, accounts, mrr (each account once).
    """
    members = _members(request)
    if not members:
        return request.answer(NO_PROGRAMMES, notes=(HOW_TO_ADD,), rows=arrow_table([], TYPES), columns=COLUMNS)
    windows = request.rows("programme_windows", as_of_day=request.as_of).to_pylist()
    of_programme: dict[str, list[Row]] = {}
    for member in members:
        of_programme.setdefault(member["programme"], []).append(member)
    rows = [
        _row(name, listed, [row for row in windows if row["programme"] == name])
        for name, listed in of_programme.items()
    ]
    rows.sort(key=lambda row: row["since"], reverse=True)
    distinct = {member["account_id"]: member["mrr"] or 0.0 for member in members}
    figures = (
        Figure("programmes", "Programmes", float(len(rows)), "count", definition="programme_members"),
        Figure("accounts", "Accounts in programmes", float(len(distinct)), "count", definition="programme_members"),
        Figure("mrr", "MRR of these accounts", sum(distinct.values()), "money", definition="programme_members"),
    )
    return request.answer(
        f"**{words.plural(len(rows), 'programme')}** with **{words.plural(len(distinct), 'account')}**.",
        figures=figures,
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        notes=_notes(request),
        definition="programme_windows",
    )


@question(
    "alignment.programme_accounts",
    title="Accounts of a programme",
    order=70,
    options={"programme": ()},
    uses=("programme_members",),
)
def programme_accounts(request: QuestionRequest) -> Answer:
    """Return the accounts of option `programme`, the first without it, with their use, tickets and latest feedback."""
    members = _members(request)
    if not members:
        return request.answer(NO_PROGRAMMES, notes=(HOW_TO_ADD,), rows=arrow_table([], MEMBERS), columns=MEMBER_COLUMNS)
    titles = {member["programme"]: member["title"] for member in members}
    chosen = request.options.get("programme", "") or next(iter(titles))
    if chosen not in titles:
        raise UnknownOption("Unknown programme", f"Could not find {chosen}.", nearest(chosen, titles))
    rows = [dict(member) for member in members if member["programme"] == chosen]
    silent = sum(not row["feedback"] for row in rows)
    text = f"**{words.plural(len(rows), 'account')}** in “{titles[chosen]}”"
    if silent:
        text += f"; **{words.count(silent)}** {'has' if silent == 1 else 'have'} given no feedback yet"
    return request.answer(
        f"{text}.", rows=arrow_table(rows, MEMBERS), columns=MEMBER_COLUMNS, definition="programme_members"
    )


def _members(request: QuestionRequest) -> list[Row]:
    if request.scope.as_of is None:
        return []
    rows: list[Row] = request.rows(
        "programme_members", as_of_day=request.as_of, wanted=request.filters_json
    ).to_pylist()
    return rows


def _row(name: str, members: Sequence[Row], windows: Sequence[Row]) -> dict[str, Any]:
    inside = [row for row in windows if row["takes_part"]]
    similar = [row for row in windows if not row["takes_part"]]
    known = [member for member in members if member["users_now"] is not None]
    treated, control = _windows(inside), _windows(similar)
    outcome, verdict = _judged(treated, control)
    ends = [member["until_on"] for member in members if member["until_on"]]
    counted = [member["tickets"] for member in members if member["tickets"] is not None]
    return {
        "programme": name, "title": members[0]["title"], "since": min(member["joined_on"] for member in members),
        "until": max(ends) if ends else None, "accounts": len(members),
        "mrr": sum(member["mrr"] or 0.0 for member in members),
        "feedback": sum(member["feedback"] for member in members),
        "users_before": sum(member["users_before"] for member in known) if known else None,
        "users_now": sum(member["users_now"] for member in known) if known else None,
        "tickets": sum(counted) if counted else None,
        "rate_before": _rate(treated.before, treated.exposure_before),
        "rate": _rate(treated.after, treated.exposure_after), "similar_accounts": len(similar),
        "similar_change": None if control.rate_ratio is None else control.rate_ratio - 1,
        "effect": outcome.change if outcome else None, "low": outcome.low if outcome else None,
        "high": outcome.high if outcome else None, "verdict": verdict,
    }  # fmt: skip


def _judged(treated: Windows, control: Windows) -> tuple[Effect | None, str]:
    """Return the change against similar accounts with its words; no effect while too little is known."""
    accounts = max(len(treated.after), 1)
    few = treated.before.sum() + treated.after.sum() < LEAST_TICKETS
    if few or treated.exposure_after.sum() / accounts < LEAST_DAYS:
        return None, "too early"
    if not control.rate_ratio:
        return None, "no similar accounts"
    outcome = effect(treated, control, same_accounts=False)
    if outcome is None:
        return None, "not measurable"
    amount = words.share(abs(outcome.change))
    if outcome.high is not None and outcome.high < 0:
        return outcome, f"fell {amount}"
    return outcome, f"rose {amount}" if outcome.low > 0 else "no detectable change"


def _windows(rows: Sequence[Row]) -> Windows:
    return Windows.of(*([row[name] for row in rows] for name in ("before", "after", "days_before", "days_after")))


def _rate(events: Any, days: Any) -> float | None:
    return float(events.sum() / days.sum() * MONTH) if days.sum() else None


def _notes(request: QuestionRequest) -> tuple[Note, ...]:
    text = (
        "Tickets per account-month since the programme began against the 12 weeks before, divided by the same of"
        " similar accounts (same segments, not in it). Accounts are chosen for a programme, so a difference need not"
        " be its doing."
    )
    notes = [Note(text, "doubt", ("verdict",))]
    if "usage" not in request.loaded_tables:
        notes.append(Note("Use is unknown: upload usage.", "missing", ("users_now",), "usage"))
    return tuple(notes)
