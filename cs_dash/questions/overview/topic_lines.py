"""The topics of tickets whose number changed significantly, as notable changes."""

from __future__ import annotations

import datetime as dt

from cs_dash.look.locales import MINUS
from cs_dash.look.words import plural, share
from cs_dash.questions.overview.notable_change import MATERIAL, Change
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest, Row
from cs_dash.questions.topic_changes import FALLING, NEW, SPAN, add_changes, exposures, short_labels
from cs_dash.scope import ONE_DAY, Scope
from cs_dash.stats.proportions import holm
from cs_dash.stats.rates import two_rates

MOST_TOPICS = 4
"""Topics that are listed at most: they stand beside revenue and retention."""
Bounds = tuple[dt.date | None, dt.date | None]


def topic_lines(request: QuestionRequest) -> list[Change]:
    """Return the topics that are new, growing or falling now, and those with more or fewer tickets than before.

    The first are the topics that `support.topics` calls so; the others are compared per paying account. [] while no
    topics were found.
    """
    middle = request.as_of + ONE_DAY - dt.timedelta(days=SPAN)
    recent, before = (middle, request.as_of + ONE_DAY), (middle - dt.timedelta(days=SPAN), middle)
    earlier = request.scope.comparison_scope()
    periods: list[Bounds] = [recent, before, request.scope.bounds, *([earlier.bounds] if earlier else [])]
    volumes = request.periods("topic_volumes", *periods, as_many=None)
    if not volumes:
        return []
    tickets = {(row["window_start"], row["window_end"], row["topic"]): row["tickets"] for row in volumes}
    # as in the list of topics: only those with tickets in the period
    compared = (earlier or request.scope).bounds
    rows = [
        {name: row[name] for name in ("topic", "label", "first_on", "tickets")}
        | {"recent": tickets.get((*recent, row["topic"]), 0), "before": tickets.get((*before, row["topic"]), 0)}
        | {"tickets_before": tickets.get((*compared, row["topic"]), 0)}
        for row in volumes
        if (row["window_start"], row["window_end"]) == request.scope.bounds and row["tickets"]
    ]  # fmt: skip
    if not rows:
        return []
    add_changes(rows, request)
    names = short_labels(rows)
    lines = [_recent_line(row, names[row["topic"]]) for row in rows if row["change"]]
    if earlier:
        by_now = {line.topic for line in lines}
        lines += [line for line in _period_lines(rows, names, request, earlier) if line.topic not in by_now]
    return sorted(lines, key=lambda line: (-line.size, line.group))[:MOST_TOPICS]


def _recent_line(row: Row, name: str) -> Change:
    """Return a topic that is new, growing or falling in the last 90 days."""
    recent, before, change = row["recent"], row["before"], row["change"]
    what = f"“{name}” is {change}"
    relative = None if change == NEW or not before else recent / before - 1
    amount = plural(recent, "ticket") if relative is None else f"{_signed(relative)} tickets"
    good = None if change == NEW else change == FALLING
    return _line(row, name, what, f"{amount} in {SPAN} days", (before, recent), relative, good)


def _period_lines(rows: list[Row], names: dict[str, str], request: QuestionRequest, earlier: Scope) -> list[Change]:
    """Return the topics with significantly more or fewer tickets per paying account than in the period before."""
    now, past = exposures(request, request.scope.bounds, earlier.bounds)
    p_values = holm([two_rates(row["tickets"], now, row["tickets_before"], past) for row in rows])
    lines = []
    for row, p_value in zip(rows, p_values, strict=True):
        if p_value is None or p_value >= SIGNIFICANCE_LEVEL or not row["tickets_before"]:
            continue
        relative = (row["tickets"] / now) / (row["tickets_before"] / past) - 1
        rose, name = relative > 0, names[row["topic"]]
        counts = (row["tickets_before"], row["tickets"])
        amount = f"{_signed(relative)} per account" if now != past else _signed(relative)
        what = f"Tickets on “{name}” {'rose' if rose else 'fell'}"
        lines.append(_line(row, name, what, amount, counts, relative, not rose))
    return lines


def _line(
    row: Row, name: str, what: str, amount: str, counts: tuple[int, int], relative: float | None, good: bool | None
) -> Change:
    before, now = counts
    return Change(
        "topic", name, float(before), float(now), "count", good,
        text=f"{what}: {amount}",
        what=what,
        amount=amount,
        size=max(1.0, abs(1.0 if relative is None else relative) / MATERIAL["topic"]),
        n=before + now,
        topic=row["topic"],
    )  # fmt: skip


def _signed(relative: float) -> str:
    return f"{'+' if relative > 0 else MINUS}{share(abs(relative), 1)}"
