"""`churn.reasons`: the reasons recorded when accounts churned."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import BarChart, Chart
from cs_dash.decisions.choices.churn_taxonomy import UNKNOWN
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import by_month, by_reason, events_in_scope
from cs_dash.questions.churn.pareto import COUNTS, FEWEST_EVENTS, pareto, with_running_shares
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.churn.taxonomy import taxonomy
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table, small_base_note
from cs_dash.scope import ONE_DAY

LEVELS = ("raw", "category")
MOST_STACKED = 5
TOO_UNKNOWN = 0.15
REST = "Other reasons"

COLUMNS = (
    Column("reason", "Reason"),
    Column("category", "Category", help="From the file; where it has none, assigned by rules."),
    Column("events", "Events", "count"),
    Column("accounts", "Accounts", "count"),
    Column("mrr_lost", "MRR lost", "money", help="As stated in the file, else the drop in the account's MRR."),
    Column("share", "Share of events", "share"),
    Column("taxonomy", "Category by rules", help="The category that the rules assign to the recorded reason."),
    Column("downsells", "Downsells", "count"),
    Column(
        "running_share",
        "Cumulative share",
        "share",
        help="Share of MRR lost, or of accounts, for this reason and all larger ones.",
    ),
    Column("controllable", "Avoidable", "flag", help="Whether the company could have retained the account."),
)
TYPES = {
    "reason": pa.string(), "category": pa.string(), "events": pa.int64(), "accounts": pa.int64(),
    "mrr_lost": pa.float64(), "share": pa.float64(), "taxonomy": pa.string(), "downsells": pa.int64(),
    "running_share": pa.float64(), "controllable": pa.bool_(),
}  # fmt: skip


@question(
    "churn.reasons",
    title="Churn reasons",
    order=20,
    options={"level": LEVELS, "count": COUNTS},
    needs=("churn_events",),
    uses=("churn_categories", "churn_doubts", "churn_event_list", "churn_losses", "churn_reasons", "churn_texts"),
)
def reasons(request: QuestionRequest) -> Answer:
    """Return the churn reasons of the period: one row per reason, most events first."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    level = request.option("level", *LEVELS)
    event_rows = events_in_scope(request)
    rows = by_reason(event_rows, level)
    measure, ordered = with_running_shares(rows, event_rows, level, request.option("count", *COUNTS))
    running = {row["reason"]: row["running_share"] for row in ordered}
    controllable = taxonomy(request).controllable
    for row in rows:
        row["controllable"] = controllable.get(row["taxonomy"])
        row["running_share"] = running[row["reason"]]
    months = by_month(event_rows, level, request.as_of)
    doubts = request.single_row(
        "churn_doubts", **{name: day for name, day in period(request).items() if name != "wanted"}
    )
    events = sum(row["events"] for row in rows)
    lost = _known_sum(rows)
    return request.answer(
        headline=_headline(request, rows, events, lost),
        figures=(
            Figure("events", "Churn events", events, "count", better="down", definition="churn_reasons"),
            Figure("mrr_lost", "MRR lost, as recorded", lost, "money", n=events, n_label="events", better="down",
                   caveat="" if lost is not None else "no contract line gives the amount lost",
                   definition="churn_losses"),
        ),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=_charts(request, rows, pareto(request, measure, ordered, events), months, doubts) if rows else (),
        notes=_notes(request, rows, doubts),
        definition="churn_reasons",
    )  # fmt: skip


def _known_sum(rows: list[dict[str, Any]]) -> float | None:
    amounts = [row["mrr_lost"] for row in rows if row["mrr_lost"] is not None]
    return sum(amounts) if amounts else None


def _headline(request: QuestionRequest, rows: list[dict[str, Any]], events: int, lost: float | None) -> str:
    if not rows:
        return f"No churn event {in_words(request)}."
    first, events_text = rows[0], words.plural(events, "churn event")
    also = f" Together they cost **{words.money(lost, request.currency)}** of MRR." if lost and events > 1 else ""
    unsure = f" {small_base_note(events, 'events').capitalize()}." if small_base_note(events, "events") else ""
    name = first["reason"][:1].upper() + first["reason"][1:]
    if len(rows) > 1 and rows[1]["events"] == first["events"]:
        return (
            f"{name} and {rows[1]['reason']} account for **{words.count(first['events'])}** each of"
            f" **{events_text}** {in_words(request)}.{also}{unsure}"
        )
    return (
        f"{name} is the most frequent reason: **{words.count(first['events'])}** of **{events_text}**"
        f" (**{words.share(first['share'], events)}**) {in_words(request)}.{also}{unsure}"
    )


def _charts(
    request: QuestionRequest,
    rows: list[dict[str, Any]],
    ranked: Chart,
    months: list[dict[str, Any]],
    doubts: dict[str, Any],
) -> tuple[Chart, ...]:
    """Return the reasons ranked and by month; without the months if most days were assumed."""
    return (ranked,) if doubts["assumed"] * 2 > doubts["events"] else (ranked, _by_month(request, rows, months))


def _by_month(request: QuestionRequest, rows: list[dict[str, Any]], months: list[dict[str, Any]]) -> Chart:
    """Return the chart of events by month: the five most frequent reasons each, and all others together."""
    top = [row["reason"] for row in rows[:MOST_STACKED]]
    cells: dict[tuple[Any, str], dict[str, Any]] = {}
    for row in months:
        name = row["reason"] if row["reason"] in top or len(rows) == len(top) + 1 else REST
        cell = cells.setdefault(
            (row["month"], name), {"month": row["month"], "reason": name, "events": 0, "part": not row["final"]}
        )
        cell["events"] += row["events"]
    for month in _months_without(
        request, {row["month"] for row in months}
    ):  # a month without a loss is good news, not a gap
        cells[month, top[0]] = {"month": month, "reason": top[0], "events": 0, "part": False}
    totals: dict[Any, int] = {}
    for row in months:
        if row["final"]:
            totals[row["month"]] = totals.get(row["month"], 0) + row["events"]
    most = max(totals, key=lambda month: totals[month]) if sum(totals.values()) >= FEWEST_EVENTS else None
    title = f"Churn peaked in {words.month(most)}: {words.plural(totals[most], 'event')}" if most else "Churn by month"
    if most and sorted(totals.values())[-2:].count(totals[most]) == 2:
        title = "Churn events by month and reason"
    return BarChart(
        name="reasons_by_month",
        title=title,
        subtitle=f"Churn events by month and recorded reason, {in_words(request)}",
        rows=arrow_table(
            list(cells.values()),
            {"month": pa.date32(), "reason": pa.string(), "events": pa.int64(), "part": pa.bool_()},
        ),
        x="month",
        y="events",
        color="reason",
        in_progress="part",
        unit="count",
        axis="Churn events",
        order=(*(row["reason"] for row in rows[: MOST_STACKED + 1] if row["reason"] != REST), REST),
        stack="zero",
    )


def _months_without(request: QuestionRequest, months_with_events: set[dt.date]) -> list[dt.date]:
    """Return the months of the period, up to the as-of date, without any event."""
    begin = (period(request)["start_day"] or min(months_with_events)).replace(day=1)
    last = min(period(request)["end_day"] - ONE_DAY, request.as_of) if period(request)["end_day"] else request.as_of
    count = (last.year - begin.year) * 12 + last.month - begin.month + 1
    months = (begin.year * 12 + begin.month - 1 + at for at in range(count))
    return [month for at in months if (month := dt.date(at // 12, at % 12 + 1, 1)) not in months_with_events]


def _notes(request: QuestionRequest, rows: list[dict[str, Any]], doubts: dict[str, Any]) -> tuple[Note, ...]:
    notes, events = [], sum(row["events"] for row in rows)
    unknown = sum(row["events"] for row in rows if row["taxonomy"] == UNKNOWN)
    if events and unknown / events > TOO_UNKNOWN:
        share = words.share(unknown / events, events)
        text = f"{share} of churn events have no usable reason: record one whenever an account churns."
        notes.append(Note(text, "doubt", ("share",)))
    downsells = sum(row["downsells"] for row in rows)
    if downsells:
        events_text = words.plural(downsells, "event is a downsell", "events are downsells")
        notes.append(Note(f"{events_text}: the account still pays, but less.", "fact", ("events",)))
    if doubts["without_account"]:
        events_text = words.plural(doubts["without_account"], "event matches no account", "events match no account")
        left_out = "" if request.filters_json == "{}" else " and cannot be filtered, so left out"
        notes.append(Note(f"{events_text}{left_out}.", "doubt", ("accounts", "mrr_lost")))
    if doubts["assumed"]:
        events_text = words.plural(doubts["assumed"], "event has", "events have")
        text = f"{events_text} an assumed churn date: the monthly split is unreliable."
        notes.append(Note(text, "assumption", ("events",)))
    return tuple(notes)
