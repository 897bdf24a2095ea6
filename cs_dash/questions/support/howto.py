"""`support.howto`: the how-to share with its interval, its trend and the reference line."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look.words import count, interval, number, plural, points, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.support.audits.share import Checked, audit_notes, checked
from cs_dash.questions.support.cost import add_costs, cost_figures, cost_notes, cost_said, costs
from cs_dash.questions.support.howto_chart import MEASURES, months_chart
from cs_dash.questions.support.label_effect import label_notes
from cs_dash.questions.support.period import (
    WINDOWS,
    bounds,
    doubts,
    how_types_were_read,
    in_words,
    no_kinds_note,
    windowed,
)
from cs_dash.scope import Scope, months_in
from cs_dash.stats.intervals import wilson
from cs_dash.stats.prevalence import Prevalence

MONTHS = {
    "month": pa.date32(), "tickets": pa.int64(), "howto": pa.int64(), "share": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "contact_rate": pa.float64(), "cost": pa.float64(), "final": pa.bool_(), "part": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("month", "Month", "month"),
    Column("tickets", "Tickets", "count"),
    Column("howto", "How-to", "count"),
    Column("share", "How-to share", "share", "Of the tickets with a kind."),
    Column("low", "From", "share", "Lower end of the 95 % interval."),
    Column("high", "To", "share", "Upper end of the 95 % interval."),
    Column("contact_rate", "Per 100 accounts", "per_100", "Tickets per 100 paying accounts per month."),
    Column("cost", "Cost of how-to", "money", "Of the how-to tickets whose cost is told."),
    Column("final", "Whole month", "flag"),
    Column("part", "Part of a month", "flag", hidden=True),
)


@question(
    "support.howto",
    title="How many tickets ask how to do something?",
    order=10,
    options={"window": WINDOWS, "measure": MEASURES},
    needs=("tickets",),
    uses=(
        "audit_checked", "audit_drift", "audit_population", "howto_cost", "howto_months", "howto_reference",
        "howto_share", "label_effect", "ticket_doubts", "ticket_type_choices", "ticket_types",
    ),
)  # fmt: skip
def howto(request: QuestionRequest) -> Answer:
    """Return the how-to share, its months as rows, the contact rate and the cost.

    Option `measure` says what its chart draws.
    Figures: share, share_uncorrected, tickets, without_kind, contact_rate, howto_cost, howto_hours.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    earlier = request.scope.comparison_scope()
    now, *past = request.periods("howto_share", request.scope.bounds, *([earlier.bounds] if earlier else []))
    before = past[0] if past else {}
    reference = request.single_row("howto_reference")
    missing = () if now["with_kind"] or not now["tickets"] else (no_kinds_note(request),)
    found = checked(request, request.scope)
    past_estimate = checked(request, earlier).estimate if earlier and found.estimate else None
    cost, cost_before = costs(request, earlier)
    months = by_month(request)
    if found.guessed:  # an interval that knows nothing of the model's mistakes would promise too much
        months = [row | {"low": None, "high": None} for row in months]
    if cost["cost"] is not None:
        months = add_costs(request, months)
    rows = arrow_table(months, MONTHS)
    measure = request.option("measure", *MEASURES)
    if measure == "cost" and cost["cost"] is None:
        measure = "no cost"
    if not now["with_kind"]:
        measure = "contact_rate"
    drawable = now["with_kind"] or any(row["contact_rate"] for row in months)
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(now, before, reference, request.scope, found, cost_said(cost, request.currency)),
        as_of=request.scope.as_of,
        figures=(
            *_figures(now, before, earlier, months, found, past_estimate),
            *cost_figures(cost, cost_before, in_words(earlier) if earlier else ""),
        ),
        rows=rows,
        columns=COLUMNS,
        charts=(months_chart(request, measure, months, rows, reference, found),) if drawable else (),
        notes=(
            *missing,
            *audit_notes(request, found),
            *label_notes(request),
            *cost_notes(cost, found, request.currency),
            *_reference_note(reference),
            *how_types_were_read(request),
            *doubts(request),
        ),
        definition=request.definitions.get("howto_share"),
        currency=request.currency,
    )


def by_month(request: QuestionRequest) -> list[dict[str, Any]]:
    """Return the rows of `howto_months` for the period, each with its interval.

    A month is a period by itself, and most are known when another period is looked at; but only with a first day.
    """
    start, end = request.scope.bounds
    if start and end and start < end:
        rows = request.periods("howto_share", *months_in(start, end))
        months = [row | _of_month(row) for row in rows if row["tickets"]]
    else:
        months = request.rows("howto_months", **bounds(request)).to_pylist()
    for row in months:
        row["low"], row["high"] = wilson(row["howto"], row["with_kind"]) or (None, None)
        row["part"] = not row["final"]
    return months


def _of_month(row: dict[str, Any]) -> dict[str, Any]:
    """Return the month that a period within it belongs to, and whether the period is the whole month."""
    first, after = row["window_start"], row["window_end"]
    return {"month": first.replace(day=1), "final": first.day == after.day == 1}


def _figures(
    now: dict[str, Any],
    before: dict[str, Any],
    earlier: Scope | None,
    months: list[dict[str, Any]],
    found: Checked,
    past_estimate: Prevalence | None,
) -> tuple[Figure, ...]:
    low, high = _counted_interval(now, found) or (None, None)
    period = in_words(earlier) if earlier else ""
    whole = [row for row in months if row["final"]][-12:]
    shared: dict[str, Any] = {
        "value": now["share"], "unit": "share", "n": now["with_kind"], "n_label": "tickets with a kind", "low": low,
        "high": high, "previous": before.get("share"), "previous_label": period, "better": "down",
        "definition": "howto_share",
    }  # fmt: skip
    without = now["without_kind"]
    unknown = f"{share(without / now['tickets'], now['tickets'])} have no kind" if without else ""
    doubt_of_share = (
        (small_base_note(now["with_kind"], "tickets") or unknown) if now["with_kind"] else "no ticket has a kind"
    )
    if now["with_kind"] and not found.estimate:
        doubt_of_share = " · ".join(each for each in (found.unaudited, doubt_of_share) if each)
    corrected = dict(shared)
    if found.estimate:
        estimate = found.estimate
        plain = f"plain count {share(now['share'], now['with_kind'])}" if now["with_kind"] else ""
        doubt_of_share = " · ".join(
            each for each in (small_base_note(estimate.checked, "tickets checked"), plain) if each
        )
        corrected |= {
            "value": estimate.share, "n": estimate.checked, "n_label": "tickets checked", "low": estimate.low,
            "high": estimate.high, "previous": past_estimate.share if past_estimate else None,
        }  # fmt: skip
    homeless = now["without_account"]
    doubt = f"{share(homeless / now['tickets'], now['tickets'])} of tickets have no account" if homeless else ""
    return (
        Figure(
            "share", "How-to share", trend=tuple(row["share"] for row in whole),
            caveat=doubt_of_share, **corrected,
        ),
        Figure("share_uncorrected", "How-to share, uncorrected", **shared),
        Figure(
            "tickets", "Tickets", now["tickets"], "count", previous=before.get("tickets") or None,
            previous_label=period,
            trend=tuple(float(row["tickets"]) for row in whole), caveat=doubt, definition="howto_share",
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
            caveat=doubt if now["exposure"] else "nobody was paying, or there are no subscriptions",
            definition="howto_share",
        ),
    )  # fmt: skip


def _counted_interval(now: dict[str, Any], found: Checked) -> tuple[float, float] | None:
    """Return the interval of the plain count, wider by what a few guessed kinds may be off; None where many are."""
    plain = wilson(now["howto"], now["with_kind"])
    if found.guessed or plain is None:
        return None
    return max(0.0, plain[0] - found.off_by), min(1.0, plain[1] + found.off_by)


def _says(
    now: dict[str, Any], before: dict[str, Any], reference: dict[str, Any], scope: Scope, found: Checked, told: str
) -> str:  # fmt: skip
    if not now["tickets"]:
        return f"No tickets came in, {in_words(scope)}."
    estimate = found.estimate
    if not now["with_kind"] and not estimate:
        text = f"**{count(now['tickets'])}** tickets came in; what they were about is not known yet"
        if now["contact_rate"] is not None:
            text += f"; **{number(now['contact_rate'])}** tickets per 100 paying accounts a month"
        return f"{text}."
    if estimate:
        low, high = estimate.low, estimate.high
        text = f"**{share(estimate.share, estimate.checked)}** of {count(now['tickets'])} tickets ask how to"
        text += f" do something (95 % interval {interval(low, high)}, {plural(estimate.checked, 'ticket')} checked)"
    elif found.guessed:
        low, high = max(0.0, now["share"] - found.off_by), min(1.0, now["share"] + found.off_by)
        text = f"**{share(now['share'], now['with_kind'])}** of {count(now['with_kind'])} tickets seem to ask how to do"
        text += f" something ({found.unaudited})"
    else:
        low, high = _counted_interval(now, found) or (0.0, 1.0)
        text = (
            f"**{share(now['share'], now['with_kind'])}** of {count(now['with_kind'])} tickets ask how to do something"
        )
        text += f" (95 % interval {interval(low, high)}, {found.unaudited})"
    if before.get("share") is not None and not estimate and not found.guessed:
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
    return text + told + "."


def _reference_note(reference: dict[str, Any]) -> tuple[Note, ...]:
    line = "Reference" if reference["target"] is not None else "Reference line"
    words = f"{line} {share(reference['value'])}: {reference['name']}, {reference['publisher']}"
    if reference["quoted_by"]:
        words += f", as quoted by {reference['quoted_by']}"
    words += f", {reference['year']}" if reference["year"] else ", year not stated"
    return (Note(f"{words}{'' if reference['verified'] else '; not verified'}.", "fact", ("share",)),)
