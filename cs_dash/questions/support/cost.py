"""What how-to tickets cost: minutes of work by what an hour costs, and who told what of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Figure, Note
from cs_dash.look.words import count, money, plural, share
from cs_dash.questions.request import QuestionRequest
from cs_dash.questions.support.audits.share import Checked
from cs_dash.scope import Scope, months_in

Row = dict[str, Any]


def costs(request: QuestionRequest, earlier: Scope | None) -> tuple[Row, Row]:
    """Return the rows of `howto_cost` of the period and of the one before; {} where there is none."""
    now, *past = request.periods("howto_cost", request.scope.bounds, *([earlier.bounds] if earlier else []))
    return now, past[0] if past else {}


def add_costs(request: QuestionRequest, months: list[Row]) -> list[Row]:
    """Return rows by month with the cost of the how-to tickets of each added, cut to the period; None: nothing told."""
    start, end = request.scope.bounds
    windows = {}
    for row in months:
        first = row["month"]
        (_, after), *_ = months_in(first, first + dt.timedelta(days=31))
        windows[first] = (max(first, start) if start else first, min(after, end) if end else after)
    found = {row["window_start"]: row["cost"] for row in request.periods("howto_cost", *windows.values())}
    return [row | {"cost": found.get(windows[row["month"]][0])} for row in months]


def cost_figures(now: Row, before: Row, period: str) -> tuple[Figure, ...]:
    """Return the cost of how-to tickets and the hours of work on them; what is not told has no value, never 0."""
    shared: dict[str, Any] = {"previous_label": period, "better": "down", "definition": "howto_cost"}
    return (
        Figure(
            "howto_cost", "Cost of how-to tickets", now["cost"], "money", n=now["costed"] or None,
            n_label="how-to tickets with a cost", caveat=_doubt(now),
            previous=before.get("cost") if _as_told(now, before) else None, **shared,
        ),
        Figure(
            "howto_hours", "Hours of work on how-to tickets", _hours(now), "number", n=now["measured"] or None,
            n_label="how-to tickets with minutes",
            caveat="" if now["measured"] else "the export has no minutes of work",
            previous=_hours(before) if _as_told(now, before) else None, **shared,
        ),
    )  # fmt: skip


def _hours(row: Row) -> float | None:
    return row["minutes"] / 60 if row.get("minutes") is not None else None


def _as_told(now: Row, before: Row) -> bool:
    """Return whether of both periods about as many how-to tickets are costed: else the change is one of the export."""
    told = [row["costed"] / row["howto"] if row["cost"] is not None else row["measured"] / row["howto"]
            for row in (now, before) if row and row["howto"]]  # fmt: skip
    return len(told) == 2 and abs(told[0] - told[1]) < 0.1


def _doubt(now: Row) -> str:
    if not now["howto"]:
        return "no how-to ticket is known"
    if now["cost"] is None:
        if now["minutes"] is None:
            return "neither minutes of work nor a cost is told"
        return f"{plural(round(now['minutes'] / 60), 'hour')} of work; the cost of an hour is not set"
    lacking = now["howto"] - now["costed"]
    return f"{share(lacking / now['howto'], now['howto'])} of how-to tickets have no cost" if lacking else ""


def cost_said(now: Row, currency: str) -> str:
    """Return the cost as the end of a sentence; "" where there is none."""
    if now["cost"] is None:
        return ""
    lacking = now["howto"] - now["costed"]
    part = f" (of the {share(now['costed'] / now['howto'], now['howto'])} whose cost is told)" if lacking else ""
    return f"; how-to tickets cost **{money(now['cost'], currency)}**{part}"


def cost_notes(now: Row, audited: Checked, currency: str) -> tuple[Note, ...]:
    """Return where the cost comes from: the export's minutes, settings, and what is left out."""
    if not now["howto"]:
        return ()
    names = ("howto_cost", "howto_hours")
    lacking = now["howto"] - now["costed"]
    if now["cost"] is None:
        have = f"The export has minutes of work for {count(now['measured'])} of {plural(now['howto'], 'how-to ticket')}"
        text = "Neither minutes of work nor a cost is told" if not now["measured"] else have
        return (Note(f'{text}; the settings "cost_per_hour" or "howto_ticket_cost" bring a cost.', "missing", names),)
    parts = []
    if now["hour"] is not None and now["measured"]:
        parts.append(f"minutes of work of {count(now['measured'])} tickets from the export")
    if now["hour"] is not None and now["timed"] > now["measured"]:
        parts.append(f"the minutes that are set for {count(now['timed'] - now['measured'])} others")
    if parts:
        parts[-1] += f", at {money(now['hour'], currency, full=True)} an hour"
    if now["flat"]:
        parts.append(f"the cost of a ticket that is set, for {count(now['flat'])}")
    text = f"Cost of how-to tickets: {' and '.join(parts)}"
    text += f"; {count(lacking)} have no cost and are left out." if lacking else "."
    notes = [Note(text, "doubt" if lacking else "assumption", names)]
    if audited.guessed:
        notes.append(Note("The cost is that of the plain count, not corrected by an audit.", "doubt", names))
    return tuple(notes)
