"""`support.howto`: the how-to share with its interval, its trend and the reference line."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Chart, Column, Figure, Note
from cs_dash.look.words import count, interval, month, number, points, share
from cs_dash.questions.asked import Asked, few, table
from cs_dash.questions.support.period import bounds, doubts, how_types_were_read, in_words, no_kinds_note, windowed
from cs_dash.scope import Scope, months_in
from cs_dash.stats.intervals import wilson

TITLE = "How many tickets ask how to do something?"
MONTHS = {
    "month": pa.date32(), "tickets": pa.int64(), "howto": pa.int64(), "share": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "contact_rate": pa.float64(), "final": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("month", "Month", "month"),
    Column("tickets", "Tickets", "count"),
    Column("howto", "How-to", "count"),
    Column("share", "How-to share", "share", "Of the tickets with a kind."),
    Column("low", "From", "share", "Lower end of the 95 % interval."),
    Column("high", "To", "share", "Upper end of the 95 % interval."),
    Column("contact_rate", "Per 100 accounts", "per_100", "Tickets per 100 paying accounts per month."),
    Column("final", "Whole month", "flag"),
)


def howto(asked: Asked) -> Answer:
    """Return the how-to share: figures share, share_uncorrected, tickets, without_kind, contact_rate; rows by month."""
    if "tickets" not in asked.filled:
        return asked.empty(TITLE, "tickets")
    asked = windowed(asked)
    earlier = asked.scope.before()
    now, *past = asked.periods("howto_share", asked.scope.days, *([earlier.days] if earlier else []))
    before = past[0] if past else {}
    reference = asked.one("howto_reference")
    months = by_month(asked)
    rows = table(months, MONTHS)
    missing = () if now["with_kind"] or not now["tickets"] else (no_kinds_note(now["tickets"]),)
    return Answer(
        question=asked.question,
        title=TITLE,
        says=_says(now, before, reference, asked.scope),
        as_of=asked.scope.as_of,
        figures=_figures(now, before, earlier, months),
        rows=rows,
        columns=COLUMNS,
        charts=(_chart(months, rows, reference),) if now["with_kind"] else (),
        notes=(*missing, *_reference_note(reference), *how_types_were_read(asked), *doubts(asked)),
        definition=asked.definitions.get("howto_share"),
        currency=asked.currency,
    )


def by_month(asked: Asked) -> list[dict[str, Any]]:
    """Return the rows of `howto_months` for the period, each with its interval.

    A month is a period by itself, and most are known when another period is looked at; but only with a first day.
    """
    start, end = asked.scope.days
    if start and end and start < end:
        rows = asked.periods("howto_share", *months_in(start, end))
        months = [row | _of_month(row) for row in rows if row["tickets"]]
    else:
        months = asked.rows("howto_months", **bounds(asked)).to_pylist()
    for row in months:
        row["low"], row["high"] = wilson(row["howto"], row["with_kind"]) or (None, None)
    return months


def _of_month(row: dict[str, Any]) -> dict[str, Any]:
    """Return the month that a period within it belongs to, and whether the period is the whole month."""
    first, after = row["window_start"], row["window_end"]
    return {"month": first.replace(day=1), "final": first.day == after.day == 1}


def _figures(
    now: dict[str, Any], before: dict[str, Any], earlier: Scope | None, months: list[dict[str, Any]]
) -> tuple[Figure, ...]:
    low, high = wilson(now["howto"], now["with_kind"]) or (None, None)
    period = in_words(earlier) if earlier else ""
    whole = [row for row in months if row["final"]][-12:]
    shared: dict[str, Any] = {
        "value": now["share"], "unit": "share", "n": now["with_kind"], "n_label": "tickets with a kind", "low": low,
        "high": high, "previous": before.get("share"), "previous_label": period, "better": "down",
        "definition": "howto_share",
    }  # fmt: skip
    without = now["without_kind"]
    unknown = f"{share(without / now['tickets'], now['tickets'])} have no kind" if without else ""
    doubt_of_share = (few(now["with_kind"], "tickets") or unknown) if now["with_kind"] else "no ticket has a kind"
    homeless = now["without_account"]
    doubt = f"{share(homeless / now['tickets'], now['tickets'])} of tickets have no account" if homeless else ""
    return (
        Figure(
            "share", "How-to share", trend=tuple(row["share"] for row in whole),
            doubt=doubt_of_share, **shared,
        ),
        Figure("share_uncorrected", "How-to share, uncorrected", **shared),
        Figure(
            "tickets", "Tickets", now["tickets"], "count", previous=before.get("tickets") or None,
            previous_label=period,
            trend=tuple(float(row["tickets"]) for row in whole), doubt=doubt, definition="howto_share",
        ),
        Figure(
            "without_kind", "Tickets without a kind", without, "count", n=now["tickets"], n_label="tickets",
            better="down", definition="howto_share",
        ),
        Figure(
            "contact_rate", "Tickets per 100 accounts a month", now["contact_rate"], "per_100",
            n=round(now["exposure"]) if now["exposure"] else None, n_label="paying account-months",
            previous=before.get("contact_rate"), previous_label=period, better="down",
            trend=tuple(row["contact_rate"] for row in whole),
            doubt=doubt if now["exposure"] else "nobody was paying, or there are no subscriptions",
            definition="howto_share",
        ),
    )  # fmt: skip


def _says(now: dict[str, Any], before: dict[str, Any], reference: dict[str, Any], scope: Scope) -> str:
    if not now["tickets"]:
        return f"No tickets came in, {in_words(scope)}."
    if not now["with_kind"]:
        return f"**{count(now['tickets'])}** tickets came in; what they were about is not known yet."
    low, high = wilson(now["howto"], now["with_kind"]) or (0.0, 1.0)
    text = f"**{share(now['share'], now['with_kind'])}** of {count(now['with_kind'])} tickets ask how to do something"
    text += f" (95 % interval {interval(low, high)})"
    if before.get("share") is not None:
        moved = now["share"] - before["share"]
        text += f", {points(abs(moved)).lstrip('+')} {'more' if moved > 0 else 'fewer'} than in the period before"
    against = (
        "above" if low > reference["value"] else "below" if high < reference["value"] else "not clearly apart from"
    )
    text += f", {against} the reference of {share(reference['value'])}"
    if reference["target"] is not None:
        text += f" (your target: {share(reference['target'])})"
    if now["contact_rate"] is not None:
        text += f"; **{number(now['contact_rate'])}** tickets per 100 paying accounts a month"
    return text + "."


def _chart(months: list[dict[str, Any]], rows: pa.Table, reference: dict[str, Any]) -> Chart:
    return Chart(
        name="howto_months",
        form="lines",
        title=_finding(months),
        subtitle="Share of the tickets with a kind, by month, with its 95 % interval",
        rows=rows,
        x="month",
        y="share",
        low="low",
        high="high",
        unit="share",
        axis="how-to share of tickets",
        reference=_line(reference),
    )


def _line(reference: dict[str, Any]) -> tuple[float, str]:
    """Return the line that is drawn: the workspace's own target where it has one, else what others report."""
    if reference["target"] is not None:
        return reference["target"], f"{share(reference['target'])} your target"
    return reference["value"], f"{share(reference['value'])} {reference['publisher']}"


def _finding(months: list[dict[str, Any]]) -> str:
    """Return what the months show: a fall or a rise only where the first and last thirds' intervals do not overlap."""
    whole = [row for row in months if row["final"] and row["with_kind"]]
    third = len(whole) // 3
    if third < 1 or len(whole) < 3:
        return "How-to share of tickets by month"
    ends = []
    for part in (whole[:third], whole[-third:]):
        howto, base = sum(row["howto"] for row in part), sum(row["with_kind"] for row in part)
        ends.append((howto / base, wilson(howto, base) or (0.0, 1.0)))
    (first, (low, high)), (last, (low_now, high_now)) = ends
    span = f"{share(first)} to {share(last)} since {month(whole[0]['month'])}"
    if high_now < low:
        return f"The how-to share fell from {span}"
    if low_now > high:
        return f"The how-to share rose from {span}"
    return f"The how-to share has not clearly moved since {month(whole[0]['month'])}"


def _reference_note(reference: dict[str, Any]) -> tuple[Note, ...]:
    line = "Reference" if reference["target"] is not None else "Reference line"
    words = f"{line} {share(reference['value'])}: {reference['name']}, {reference['publisher']}"
    if reference["quoted_by"]:
        words += f", as quoted by {reference['quoted_by']}"
    words += f", {reference['year']}" if reference["year"] else ", year not stated"
    return (Note(f"{words}{'' if reference['verified'] else '; not verified'}.", "fact", ("share",)),)
