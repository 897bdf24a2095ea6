"""The cost of how-to tickets: minutes of work times the cost of an hour, and the source of each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Figure, Note
from cs_dash.look.words import count, money, plural, share
from cs_dash.questions.audited_share import AuditedShare
from cs_dash.questions.request import QuestionRequest
from cs_dash.scope import Scope, months_in

Row = dict[str, Any]


def cost_rows(request: QuestionRequest, earlier: Scope | None) -> tuple[Row, Row]:
    """Return the rows of `howto_cost` for the period and for the period before; {} where there is none before."""
    current, *past = request.periods("howto_cost", request.scope.bounds, *([earlier.bounds] if earlier else []))
    return current, past[0] if past else {}


def add_costs(request: QuestionRequest, months: list[Row]) -> list[Row]:
    """Return the months, each with the `cost` of its how-to tickets within the period; None where it is unknown."""
    start, end = request.scope.bounds
    windows = {}
    for row in months:
        first = row["month"]
        (_, after), *_ = months_in(first, first + dt.timedelta(days=31))
        windows[first] = (max(first, start) if start else first, min(after, end) if end else after)
    cost_by_start = {row["window_start"]: row["cost"] for row in request.periods("howto_cost", *windows.values())}
    return [row | {"cost": cost_by_start.get(windows[row["month"]][0])} for row in months]


def cost_figures(current: Row, before: Row, period: str) -> tuple[Figure, ...]:
    """Return the cost of how-to tickets and the hours of work on them; an unknown figure has no value, never 0."""
    shared: dict[str, Any] = {"previous_label": period, "better": "down", "definition": "howto_cost"}
    return (
        Figure(
            "howto_cost", "Cost of how-to tickets", current["cost"], "money", n=current["costed"] or None,
            n_label="how-to tickets with a cost", caveat=_caveat(current),
            previous=before.get("cost") if _is_comparable(current, before) else None, **shared,
        ),
        Figure(
            "howto_hours", "Handling hours of how-to tickets", _hours(current), "number", n=current["measured"] or None,
            n_label="how-to tickets with handling time",
            caveat="" if current["measured"] else "the export has no handling time",
            previous=_hours(before) if _is_comparable(current, before) else None, **shared,
        ),
    )  # fmt: skip


def _hours(row: Row) -> float | None:
    return row["minutes"] / 60 if row.get("minutes") is not None else None


def _is_comparable(current: Row, before: Row) -> bool:
    """Return whether both periods have costs for about the same share of how-to tickets.

    Otherwise the change between them would come from the export, not from the support.
    """
    coverages = [row["costed"] / row["howto"] if row["cost"] is not None else row["measured"] / row["howto"]
            for row in (current, before) if row and row["howto"]]  # fmt: skip
    return len(coverages) == 2 and abs(coverages[0] - coverages[1]) < 0.1


def _caveat(current: Row) -> str:
    if not current["howto"]:
        return "no how-to tickets"
    if current["cost"] is None:
        if current["minutes"] is None:
            return "no handling time and no cost"
        return f"{plural(round(current['minutes'] / 60), 'hour')} of handling time; no hourly cost set"
    without_cost = current["howto"] - current["costed"]
    return (
        f"{share(without_cost / current['howto'], current['howto'])} of how-to tickets have no cost"
        if without_cost
        else ""
    )


def cost_clause(current: Row, currency: str) -> str:
    """Return the cost as the end of a sentence; "" if it is unknown."""
    if current["cost"] is None:
        return ""
    without_cost = current["howto"] - current["costed"]
    part = (
        f" (of the {share(current['costed'] / current['howto'], current['howto'])} with a known cost)"
        if without_cost
        else ""
    )
    return f"; how-to tickets cost **{money(current['cost'], currency)}**{part}"


def cost_notes(current: Row, audited: AuditedShare, currency: str) -> tuple[Note, ...]:
    """Return notes on the source of the cost: the export's minutes, settings, and the tickets left out."""
    if not current["howto"]:
        return ()
    names = ("howto_cost", "howto_hours")
    without_cost = current["howto"] - current["costed"]
    if current["cost"] is None:
        text = "No handling time and no cost"
        if current["measured"]:
            tickets = plural(current["howto"], "how-to ticket")
            text = f"The export has handling time for {count(current['measured'])} of {tickets}"
        return (Note(f"{text}: set a cost per hour or per how-to ticket in Settings.", "missing", names),)
    parts = []
    if current["hour"] is not None and current["measured"]:
        parts.append(f"handling time from the export for {plural(current['measured'], 'ticket')}")
    if current["hour"] is not None and current["timed"] > current["measured"]:
        parts.append(f"the set handling time for {plural(current['timed'] - current['measured'], 'other')}")
    if parts:
        parts[-1] += f", at {money(current['hour'], currency, full=True)} per hour"
    if current["flat"]:
        parts.append(f"the set cost per ticket for {plural(current['flat'], 'ticket')}")
    text = f"Cost of how-to tickets: {' and '.join(parts)}"
    text += f"; excludes {plural(without_cost, 'ticket')} without a cost." if without_cost else "."
    notes = [Note(text, "doubt" if without_cost else "assumption", names)]
    if audited.has_guesses:
        notes.append(Note("The cost counts how-to tickets by their unadjusted share.", "doubt", names))
    return tuple(notes)
