"""`churn.path`: health, usage, tickets and surveys before churn, against similar accounts that stayed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from math import fsum
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.look import words
from cs_dash.questions.churn.events_in_scope import days_left
from cs_dash.questions.churn.periods import in_words, period
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.scope import ONE_DAY, months_before
from cs_dash.stats.means import mean_interval
from cs_dash.units import Unit

MEASURES = ("usage", "health", "tickets", "surveys")
MONTHS = 6
LEFT, STAYED = "Churned", "Retained"
Row = dict[str, Any]
INPUTS: dict[str, tuple[str, Unit]] = {
    "active_share": ("share of seats active in a week", "share"),
    "activity_trend": ("usage vs the account's previous 12 weeks", "ratio"),
    "score": ("health score", "score"),
    "tickets": ("tickets in 28 days", "number"),
    "nps": ("latest NPS score", "number"),
    "csat": ("mean rating out of 5", "number"),
}
HEADINGS = {"usage": "Usage", "health": "Health", "tickets": "Ticket volume", "surveys": "Survey score"}
"""The measures as subjects of a sentence."""
COLUMNS = (
    Column("month_before", "Months before churn", "count"),
    Column("measure", "Group"),
    Column("what", "Metric"),
    Column("left_mean", "Churned", "number", "Mean of the churned accounts."),
    Column(
        "stayed_mean",
        "Retained",
        "number",
        "Mean of retained accounts of the same segment and tenure on the same days.",
    ),
    Column("difference", "Difference", "number"),
    Column("low", "95 % CI from", "number"),
    Column("high", "95 % CI to", "number"),
    Column("left_accounts", "Churned accounts", "count"),
    Column("stayed_accounts", "Retained account-months", "count"),
    Column("few", "Few accounts", "flag"),
)
TYPES = {
    "month_before": pa.int64(), "measure": pa.string(), "what": pa.string(), "left_mean": pa.float64(),
    "stayed_mean": pa.float64(), "difference": pa.float64(), "low": pa.float64(), "high": pa.float64(),
    "left_accounts": pa.int64(), "stayed_accounts": pa.int64(), "few": pa.bool_(),
}  # fmt: skip

CHART_TYPES = {
    "months_before_leaving": pa.int64(), "month_before": pa.int64(), "who": pa.string(), "value": pa.float64(),
    "low": pa.float64(), "high": pa.float64(), "measure": pa.string(),
}  # fmt: skip


@question(
    "churn.path",
    title="Leading indicators of churn",
    order=40,
    options={"measure": MEASURES},
    needs=("churn_events",),
    uses=("churn_categories", "churn_doubts", "churn_event_list", "churn_path", "churn_texts"),
)
def path(request: QuestionRequest) -> Answer:
    """Return one row per measure and month end before churn: the means of churned and of similar accounts."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    rows = comparison_rows(request)
    measured = [measure for measure in MEASURES if any(row["measure"] == measure for row in rows)]
    chosen = request.option("measure", *MEASURES)
    measure = chosen if chosen in measured or "measure" in request.options else next(iter(measured), chosen)
    measure_rows = [row for row in rows if row["measure"] == measure]
    finding = _finding(measure_rows, measure)
    missing = [absent for absent in MEASURES if absent not in measured]
    note = Note(f"No data before churn on {', '.join(missing)}.", "missing", ("left_mean",))
    return request.answer(
        headline=f"{finding}.",
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_chart(request, measure_rows, finding),) if rows else (),
        notes=(note,) if missing else (),
        definition="churn_path",
    )


def comparison_rows(request: QuestionRequest) -> list[Row]:
    """Return the rows of `path`, in the order of `MEASURES` and from six months before churn to one month before."""
    days = step_days(days_left(request))
    if not days:
        return []
    dates = {name: day for name, day in period(request).items() if name != "wanted"}
    cells: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in request.in_scope(request.rows("churn_path", on_days=days, **dates)).to_pylist():
        cells[row["measure"], row["month_before"]].append(row)
    steps = ((measure, back) for measure in MEASURES for back in range(-MONTHS, 0))
    return [_row(measure, back, cells[measure, back]) for measure, back in steps if cells[measure, back]]


def step_days(left_on: list[dt.date]) -> list[dt.date]:
    """Return the six month ends before each day: distinct, oldest first."""
    return sorted({months_before(day.replace(day=1), back) - ONE_DAY for day in left_on for back in range(MONTHS)})


def _row(measure: str, back: int, pairs: list[Row]) -> Row:
    """Return the means of one measure at one month end; every churned account has the same weight on both sides."""
    differences = [row["left_value"] - row["stayed_value"] for row in pairs]
    low, high = mean_interval(differences) or (None, None)
    groups = {(row["day"], row["segment"], row["tenure"]): row["stayed_accounts"] for row in pairs}
    return {
        "month_before": back, "measure": measure, "what": INPUTS[pairs[0]["input"]][0], "input": pairs[0]["input"],
        "left_mean": fsum(row["left_value"] for row in pairs) / len(pairs),
        "stayed_mean": fsum(row["stayed_value"] for row in pairs) / len(pairs),
        "difference": fsum(differences) / len(differences), "low": low, "high": high, "left_accounts": len(pairs),
        "stayed_accounts": sum(groups.values()), "few": len(pairs) < SMALL_BASE,
    }  # fmt: skip


def _finding(rows: list[Row], measure: str) -> str:
    """Return the finding in words; only a significant difference is called one."""
    if not rows:
        return f"No data on {measure} before accounts churned"
    last = rows[-1]
    unit = INPUTS[last["input"]][1]
    when = "a month before churn" if last["month_before"] == -1 else f"{-last['month_before']} months before churn"
    left, stayed = (_amount(last[name], unit) for name in ("left_mean", "stayed_mean"))
    doubt = small_base_note(last["left_accounts"])
    unsure = f"; {doubt}" if doubt else ""
    label = HEADINGS[measure]
    if last["low"] is not None and (last["low"] > 0 or last["high"] < 0):
        than = "lower" if last["high"] < 0 else "higher"
        return f"{label} is {than} {when}: {left} vs {stayed} for retained accounts{unsure}"
    return f"{label} shows no significant difference {when}: {left} vs {stayed} for retained accounts{unsure}"


def _amount(value: float, unit: Unit) -> str:
    return words.share(value, 99) if unit == "share" else words.number(value, 0 if unit == "score" else 1)


def _chart(request: QuestionRequest, rows: list[Row], finding: str) -> Chart:
    label, unit = INPUTS[rows[0]["input"]] if rows else ("", "number")
    chart_rows: list[Row] = []
    for row in rows:
        at = {
            "months_before_leaving": row["month_before"], "month_before": row["month_before"],
            "measure": row["measure"],
        }  # fmt: skip
        low, high = (row["stayed_mean"] + row[end] if row[end] is not None else None for end in ("low", "high"))
        chart_rows.append({**at, "who": LEFT, "value": row["left_mean"], "low": low, "high": high})
        chart_rows.append({**at, "who": STAYED, "value": row["stayed_mean"]})
    most_accounts = max((row["left_accounts"] for row in rows), default=0)
    return LineChart(
        name="path",
        title=finding,
        subtitle=f"{label[:1].upper()}{label[1:]} at month ends before churn: up to"
        f" {words.plural(most_accounts, 'account')} that churned {in_words(request)} vs retained accounts of the same"
        " segment and tenure; band: 95 % CI of the difference",
        rows=arrow_table(chart_rows, CHART_TYPES),
        x="months_before_leaving",
        y="value",
        color="who",
        low="low",
        high="high",
        unit=unit,
        axis=label,
        order=(LEFT, STAYED),
        highlight=LEFT,
        currency=request.currency,
    )  # fmt: skip
