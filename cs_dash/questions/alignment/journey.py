"""`alignment.journey`: the days that customers take from one touchpoint to the next, and the tickets of each stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, RankedChart
from cs_dash.look import words
from cs_dash.questions.alignment.journey_steps import Journey, Step, journey_of
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note

TYPES = {
    "step": pa.string(), "from_touchpoint": pa.string(), "touchpoint": pa.string(), "median_days": pa.float64(),
    "quartile_days": pa.float64(), "upper_quartile_days": pa.float64(), "accounts": pa.int64(), "reached": pa.int64(),
    "waiting": pa.int64(), "left": pa.int64(), "skipped": pa.int64(), "from_signing": pa.float64(),
    "stuck": pa.int64(), "stuck_mrr": pa.float64(), "ticket_rate": pa.float64(), "tickets": pa.int64(),
    "account_months": pa.float64(),
}  # fmt: skip
NOT_HALF = "fewer than half have got there"
COLUMNS = (
    Column("step", "Step", priority=1),
    Column("median_days", "Median days", "days", priority=1, absent=NOT_HALF),
    Column("quartile_days", "25 % within", "days", absent="fewer than a quarter have got there"),
    Column("upper_quartile_days", "75 % within", "days", absent="fewer than three quarters have got there"),
    Column(
        "accounts", "Accounts", "count", help="Accounts that reached the first touchpoint and did not skip the step"
    ),
    Column("reached", "Reached", "count"),
    Column("waiting", "Not yet", "count"),
    Column("left", "Churned before", "count"),
    Column("stuck", "Stuck", "count", help="Customers past the 75th percentile", priority=1),
    Column("stuck_mrr", "MRR of stuck accounts", "money", absent="no account is stuck"),
    Column("from_signing", "Median days from signing", "days", absent=NOT_HALF, optional=True),
    Column("skipped", "Skipped", "count", optional=True),
    Column("ticket_rate", "Tickets per account and month", "number", help="After the second touchpoint of the step"),
    Column("tickets", "Tickets", "count", optional=True),
    Column("account_months", "Account-months", "number", optional=True),
    Column("from_touchpoint", "From", hidden=True),
    Column("touchpoint", "To", hidden=True),
)
DRAWN = {"step": pa.string(), "touchpoint": pa.string(), "days": pa.float64(), "label": pa.string()}
RATES = {"stage": pa.string(), "rate": pa.float64()}
NO_MILESTONES = "Touchpoints come from milestones: upload them with their dates."
SOURCES = ("milestones", "subscriptions", "usage")
NOUNS = {"signed": "signing", "adopted": "adoption"}
"""Touchpoint -> what it is called after a preposition, where that differs."""


@question(
    "alignment.journey",
    title="Customer journey",
    order=40,
    needs=("milestones",),
    uses=("journey_durations", "journey_tickets"),
)
def journey(request: QuestionRequest) -> Answer:
    """Return the steps between the touchpoints with their days, how many accounts are stuck, and tickets by stage.

    All accounts that signed up to the as-of date count, whatever the period. Figures: accounts, time_to_value,
    time_to_adoption (median days from signing), stuck, stuck_mrr.
    """
    if not request.loaded_tables & set(SOURCES):
        return request.empty()
    walked = journey_of(request)
    if not walked.steps:
        return request.answer(
            "No journey yet: no account has a second touchpoint.", rows=arrow_table([], TYPES), columns=COLUMNS,
            notes=(Note(NO_MILESTONES, "missing", (), "milestones"),),
        )  # fmt: skip
    stuck = {step.touchpoint: walked.stuck(step) for step in walked.steps}
    rates = {}
    if "tickets" in request.loaded_tables:
        by_stage = request.rows("journey_tickets", as_of_day=request.as_of, wanted=request.filters_json).to_pylist()
        rates = {row["touchpoint"]: row for row in by_stage}
    rows = [_row(step, walked, stuck[step.touchpoint], rates) for step in walked.steps]
    return request.answer(
        headline=_headline(walked, rows),
        figures=_figures(walked, stuck),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_days_chart(walked), *_rate_chart(rates)),
        notes=_notes(request, walked),
        definition="journey_durations",
    )


def _row(step: Step, walked: Journey, stuck: tuple[int, float], rates: Mapping[str, Any]) -> dict[str, Any]:
    rate = rates.get(step.touchpoint, {})
    from_signing = walked.from_signing.get(step.touchpoint)
    return {
        "step": step.name, "from_touchpoint": step.from_touchpoint, "touchpoint": step.touchpoint,
        "median_days": step.median, "quartile_days": step.quartile, "upper_quartile_days": step.upper_quartile,
        "accounts": step.accounts, "reached": step.reached, "waiting": step.waiting, "left": step.left,
        "skipped": step.skipped, "from_signing": from_signing.median if from_signing else None, "stuck": stuck[0],
        "stuck_mrr": stuck[1] if stuck[0] else None, "ticket_rate": rate.get("rate"), "tickets": rate.get("tickets"),
        "account_months": rate.get("months"),
    }  # fmt: skip


def _headline(walked: Journey, rows: list[dict[str, Any]]) -> str:
    parts = []
    for touchpoint, verb in (("first value", "to first value"), ("adopted", "to adoption")):
        step = walked.from_signing.get(touchpoint)
        if step and step.median is not None:
            parts.append(f"**{words.days(step.median)}** {verb}")
    text = f"From signing it takes {' and '.join(parts)} (median)." if parts else "No median time to value is known."
    total, worst = sum(row["stuck"] for row in rows), max(rows, key=lambda row: row["stuck"])
    if total:
        text += f" **{words.plural(total, 'customer is', 'customers are')} stuck**"
        most = worst["stuck"] * 2 > total
        text += f"{', most of them' if most and worst['stuck'] < total else ''} at “{worst['step']}”." if most else "."
    return text


def _figures(walked: Journey, stuck: Mapping[str, tuple[int, float]]) -> tuple[Figure, ...]:
    first = walked.steps[0]
    signed = float(first.accounts + first.skipped)
    figures = [Figure("accounts", "Accounts with a journey", signed, "count", definition="journey_durations")]
    for name, touchpoint, label in (
        ("time_to_value", "first value", "Time to value"), ("time_to_adoption", "adopted", "Time to adoption"),
    ):  # fmt: skip
        step = walked.from_signing.get(touchpoint)
        figures.append(
            Figure(
                name, label, step.median if step else None, "days", n=step.accounts if step else None,
                n_label="accounts", better="down", definition="journey_durations",
                caveat=(small_base_note(step.accounts) or "median, from signing") if step else "not in the data",
            )
        )  # fmt: skip
    accounts, mrr = (sum(counted[at] for counted in stuck.values()) for at in (0, 1))
    figures += [
        Figure("stuck", "Stuck accounts", float(accounts), "count", better="down", definition="journey_durations"),
        Figure("stuck_mrr", "MRR of stuck accounts", mrr, "money", better="down", definition="journey_durations"),
    ]
    return tuple(figures)


def _notes(request: QuestionRequest, walked: Journey) -> tuple[Note, ...]:
    waiting = sum(step.waiting for step in walked.steps)
    notes = [
        Note(
            f"Days that have not ended count as still running ({words.count(waiting)} of them, and those of accounts"
            " that churned before): the quartiles are Kaplan-Meier's.",
            "fact", ("median_days", "quartile_days", "upper_quartile_days"),
        ),
        Note(
            "Stuck: customers for longer at a touchpoint than 75 % of accounts take to the next, or 75 % of those who"
            " got there, up to adoption. A touchpoint that came before the earlier one counts as 0 days.",
            "fact", ("stuck",),
        ),
        Note("All accounts that signed up to the as-of date count, whatever the period.", "fact"),
    ]  # fmt: skip
    small = [step.name for step in walked.steps if small_base_note(step.accounts)]
    if small:
        notes.append(Note(f"Few accounts: {', '.join(small)}.", "doubt", ("median_days",)))
    if "milestones" not in request.loaded_tables:
        text = "Without milestones the journey has only what contracts and use show."
        notes.append(Note(text, "missing", (), "milestones"))
    return tuple(notes)


def _days_chart(walked: Journey) -> Chart:
    rows: list[dict[str, Any]] = [
        {"step": step.name, "touchpoint": step.touchpoint, "days": step.median, "label": _days_text(step)}
        for step in walked.steps
        if step.median is not None
    ]
    longest = max(rows, key=lambda row: row["days"], default=None)
    title = (
        f"“{longest['step']}” takes longest: {words.days(longest['days'])}" if longest else "No step has a median yet"
    )
    return RankedChart(
        name="journey_steps",
        title=title,
        subtitle="Median days from one touchpoint to the next; in brackets the middle half of the accounts",
        rows=arrow_table(rows, DRAWN),
        x="days",
        y="step",
        label="label",
        unit="days",
        order=tuple(row["step"] for row in rows),
    )


def _days_text(step: Step) -> str:
    low = words.number(step.quartile, 0) if step.quartile is not None else "0"
    if step.upper_quartile is None:
        return f"{words.days(step.median)} ({low} or more)"
    return f"{words.days(step.median)} ({low}–{words.number(step.upper_quartile, 0)})"


def _rate_chart(rates: Mapping[str, Mapping[str, Any]]) -> tuple[Chart, ...]:
    rows = [
        {"stage": f"after {NOUNS.get(row['touchpoint'], row['touchpoint'])}", "rate": row["rate"]}
        for row in rates.values()
    ]
    if len(rows) < 2:
        return ()
    most = max(rows, key=lambda row: row["rate"])
    return (
        RankedChart(
            name="journey_tickets",
            title=f"Most tickets come {most['stage']}: {words.number(most['rate'], 1)} per account and month",
            subtitle="Tickets per account and month, from the touchpoint named up to the next",
            rows=arrow_table(rows, RATES),
            x="rate",
            y="stage",
            unit="number",
            order=tuple(row["stage"] for row in rows),
        ),
    )
