"""`support.howto`: the how-to share with its interval, its trend and the reference line."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.look.words import comparison, interval, number, plural, share
from cs_dash.questions.audited_share import audit_notes
from cs_dash.questions.declaration import question
from cs_dash.questions.howto_share import UNADJUSTED_LABEL, HowToShare, share_columns
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.support.cost import add_costs, cost_clause, cost_figures, cost_notes, cost_rows
from cs_dash.questions.support.howto_chart import MEASURES, months_chart
from cs_dash.questions.support.label_effect import label_notes
from cs_dash.questions.support.period import (
    WINDOWS,
    bounds,
    doubt_notes,
    in_words,
    no_kinds_note,
    type_notes,
    windowed,
)
from cs_dash.scope import Scope, months_in
from cs_dash.stats.intervals import wilson

MONTHS = {
    "month": pa.date32(), "tickets": pa.int64(), "howto": pa.int64(), "share": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "contact_rate": pa.float64(), "cost": pa.float64(), "final": pa.bool_(), "part": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("month", "Month", "month"),
    Column("tickets", "Tickets", "count"),
    Column("howto", "How-to", "count"),
    Column("share", "How-to share", "share", "Of categorised tickets."),
    Column("low", "95 % CI from", "share"),
    Column("high", "95 % CI to", "share"),
    Column("contact_rate", "Contact rate", "per_100", "Tickets per 100 paying accounts per month."),
    Column("cost", "Cost of how-to", "money", "Of the how-to tickets with a known cost."),
    Column("final", "Full month", "flag"),
    Column("part", "Part of a month", "flag", hidden=True),
)


@question(
    "support.howto",
    title="How-to share",
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

    Option `measure` chooses what the chart shows.
    Figures: share, share_uncorrected, tickets, without_kind, contact_rate, howto_cost, howto_hours.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    earlier = request.scope.comparison_scope()
    current, *past = request.periods("howto_share", request.scope.bounds, *([earlier.bounds] if earlier else []))
    before = past[0] if past else {}
    reference = request.single_row("howto_reference")
    missing = () if current["with_kind"] or not current["tickets"] else (no_kinds_note(request),)
    howto_share = HowToShare.of(request, request.scope, current)
    share_before = HowToShare.of(request, earlier, before) if earlier else None
    audited = howto_share.audited
    cost, cost_before = cost_rows(request, earlier)
    months = by_month(request)
    if audited.has_guesses:  # an interval that ignores the model's mistakes would promise too much
        months = [row | {"low": None, "high": None} for row in months]
    if cost["cost"] is not None:
        months = add_costs(request, months)
    rows = arrow_table(months, MONTHS)
    measure = request.option("measure", *MEASURES)
    if measure == "cost" and cost["cost"] is None:
        measure = "no cost"
    if not current["with_kind"]:
        measure = "contact_rate"
    drawable = current["with_kind"] or any(row["contact_rate"] for row in months)
    return request.answer(
        headline=_headline(howto_share, share_before, reference, request.scope, cost_clause(cost, request.currency)),
        figures=(
            *_figures(howto_share, share_before, in_words(earlier) if earlier else "", months),
            *cost_figures(cost, cost_before, in_words(earlier) if earlier else ""),
        ),
        rows=rows,
        columns=share_columns(COLUMNS, audited),
        charts=(months_chart(request, measure, months, rows, reference, audited),) if drawable else (),
        notes=(
            *missing,
            *audit_notes(request, audited),
            *label_notes(request),
            *cost_notes(cost, audited, request.currency),
            *_reference_notes(reference),
            *type_notes(request),
            *doubt_notes(request),
        ),
        definition="howto_share",
    )


def by_month(request: QuestionRequest) -> list[dict[str, Any]]:
    """Return the rows of `howto_months` for the period, each with its interval.

    With a first day, each month is asked for as a period of its own, so that most are cached when the period changes.
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
    """Return the month around a period, and whether the period is the whole month."""
    first, after = row["window_start"], row["window_end"]
    return {"month": first.replace(day=1), "final": first.day == after.day == 1}


def _figures(
    howto_share: HowToShare, share_before: HowToShare | None, period_before: str, months: list[dict[str, Any]]
) -> tuple[Figure, ...]:
    current, before = howto_share.counts, share_before.counts if share_before else {}
    whole_months = [row for row in months if row["final"]][-12:]
    low, high = howto_share.unadjusted_interval or (None, None)
    without_kind = current["without_kind"]
    without_account = current["without_account"]
    account_caveat = (
        f"{share(without_account / current['tickets'], current['tickets'])} of tickets have no account"
        if without_account
        else ""
    )
    return (
        howto_share.figure("share", share_before, period_before, [row["share"] for row in whole_months]),
        Figure(
            "share_uncorrected", UNADJUSTED_LABEL, current["share"], "share", n=current["with_kind"],
            n_label="tickets with a category", low=low, high=high, previous=before.get("share"),
            previous_label=period_before, better="down", definition="howto_share",
        ),
        Figure(
            "tickets", "Tickets", current["tickets"], "count", previous=before.get("tickets") or None,
            previous_label=period_before,
            trend=tuple(float(row["tickets"]) for row in whole_months), caveat=account_caveat, definition="howto_share",
        ),
        Figure(
            "without_kind", "Tickets without a category", without_kind, "count", n=current["tickets"],
            n_label="tickets", better="down", definition="howto_share",
        ),
        Figure(
            "contact_rate", "Contact rate", current["contact_rate"], "per_100",
            n=round(current["exposure"]) if current["exposure"] else None, n_label="paying account-months",
            previous=before.get("contact_rate"), previous_label=period_before, better="down",
            trend=tuple(row["contact_rate"] for row in whole_months),
            caveat=account_caveat if current["exposure"] else "no paying accounts, or no subscriptions loaded",
            definition="howto_share",
        ),
    )  # fmt: skip


def _headline(
    howto_share: HowToShare, share_before: HowToShare | None, reference: dict[str, Any], scope: Scope, cost_text: str
) -> str:
    current, audited = howto_share.counts, howto_share.audited
    if not current["tickets"]:
        return f"No tickets, {in_words(scope)}."
    contact_text = (
        f". The contact rate is **{number(current['contact_rate'])}** per 100 paying accounts a month"
        if current["contact_rate"] is not None
        else ""
    )
    if howto_share.value is None:
        return f"**{plural(current['tickets'], 'ticket')}** without a category{contact_text}."
    governing = audited.governing
    text = f"The how-to share is **{share(howto_share.value, howto_share.base)}** of"
    if governing:
        low, high = governing.low, governing.high
        text += f" {plural(current['tickets'], 'ticket')} (95 % CI {interval(low, high)},"
        text += f" {plural(governing.checked, 'ticket')} audited"
        text += f"; {howto_share.unadjusted_words})" if howto_share.unadjusted_words else ")"
    elif audited.has_guesses:
        error = audited.possible_error
        low, high = max(0.0, current["share"] - error), min(1.0, current["share"] + error)
        text = f"The how-to share is **{share(current['share'], current['with_kind'])}** of"
        text += f" {plural(current['with_kind'], 'categorised ticket')} ({audited.plain_count_label})"
    else:
        low, high = howto_share.interval or (0.0, 1.0)
        text = f"The how-to share is **{share(current['share'], current['with_kind'])}** of"
        text += f" {plural(current['with_kind'], 'categorised ticket')} (95 % CI {interval(low, high)},"
        text += f" {audited.plain_count_label})"
    before = howto_share.previous(share_before)
    if before is not None and not governing and not audited.has_guesses:
        text += f", {comparison(howto_share.value, before, 'in the previous period', 'share')}"
    position = (
        "above"
        if low > reference["value"]
        else "below"
        if high < reference["value"]
        else "not significantly different from"
    )
    text += f", {position} the benchmark of {share(reference['value'])}"
    if reference["target"] is not None:
        text += f" (your target: {share(reference['target'])})"
    return f"{text}{contact_text}{cost_text}."


def _reference_notes(reference: dict[str, Any]) -> tuple[Note, ...]:
    line = "Benchmark"
    words = f"{line} {share(reference['value'])}: {reference['name']}, {reference['publisher']}"
    if reference["quoted_by"]:
        words += f", as quoted by {reference['quoted_by']}"
    words += f", {reference['year']}" if reference["year"] else ", year not stated"
    return (Note(f"{words}{'' if reference['verified'] else '; not verified'}.", "fact", ("share",)),)
