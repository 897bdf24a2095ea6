"""The revenue bridge: what moved MRR from one month end to the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, WaterfallChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.retention import rates
from cs_dash.questions.retention.doubts import doubts, nobody_paid
from cs_dash.scope import ONE_DAY

FIGURE_LABELS = {
    "new": "New MRR", "reactivation": "Won-back MRR", "expansion": "Expansion MRR", "contraction": "Contraction MRR",
    "churn": "Churned MRR",
}  # fmt: skip
GAINS = {"new": "New", "reactivation": "Won back", "expansion": "Expansion"}
LOSSES = {"contraction": "Contraction", "churn": "Churn"}
FX = {"fx": "Exchange rates"}
MONEY = ("mrr_start", "new", "reactivation", "expansion", "contraction", "churn", "fx", "mrr_end")
CENT = 0.005
COLUMNS = (
    Column("month", "Month", "month"),
    Column("mrr_start", "Starting MRR", "money"),
    Column("new", "New", "money", priority=1),
    Column("reactivation", "Won back", "money"),
    Column("expansion", "Expansion", "money"),
    Column("contraction", "Contraction", "money"),
    Column("churn", "Churn", "money", priority=1),
    Column("fx", "Exchange rates", "money"),
    Column("mrr_end", "Ending MRR", "money", priority=1),
    Column("accounts_end", "Paying accounts", "count"),
    Column(
        "joined_and_left", "Joined and churned within the month", "count", help="Not included in any month-end balance."
    ),
    Column("residual", "Unexplained", "money", help="Must be 0: what the movements do not explain.", hidden=True),
    Column("final", "Month complete", "flag"),
)
TYPES = (
    {"month": pa.date32()}
    | dict.fromkeys(MONEY, pa.float64())
    | {"accounts_end": pa.int64(), "joined_and_left": pa.int64(), "residual": pa.float64(), "final": pa.bool_()}
)
Row = dict[str, Any]


@question(
    "retention.bridge",
    title="Revenue bridge",
    order=30,
    options={"rates": rates.RATES},
    needs=("subscriptions", "accounts"),
    uses=("bridge_at_current_rates", "lines_without_amount", "rate_doubts", "revenue_bridge", "revenue_doubts"),
)
def bridge(request: QuestionRequest) -> Answer:
    """Return the movements of every month up to the as-of date, and their sum over the scope's period.

    With option `rates` "current" each balance is converted at the rates of its day, and `fx` holds their effect.
    """
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    chosen = request.option("rates", *rates.RATES)
    rows = request.rows(rates.BRIDGE[chosen], as_of_day=request.as_of, wanted=request.filters_json).to_pylist()
    for row in rows:
        row["residual"] = residual(row)
    inside = _inside(request, rows)
    total = _total(inside)
    return request.answer(
        headline=_says(request, total, inside),
        figures=_figures(total, inside),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_waterfall(request, total, inside),) if inside else (),
        notes=(*_notes(request, inside), *rates.notes(request, chosen), *doubts(request).notes),
        definition=rates.BRIDGE[chosen],
    )


def residual(row: Row) -> float:
    """Return what the movements of a row leave unexplained; 0 for less than half a cent, which is rounding."""
    gains = sum(row[name] for name in GAINS)
    losses = sum(row[name] for name in LOSSES)
    left = float(row["mrr_start"] + gains - losses + row["fx"] - row["mrr_end"])
    return 0.0 if abs(left) < CENT else left


def _inside(request: QuestionRequest, rows: list[Row]) -> list[Row]:
    """Return the months that overlap the scope's period."""
    start = (request.scope.start or dt.date.min).replace(day=1)
    end = request.scope.end or request.as_of + ONE_DAY
    return [row for row in rows if start <= row["month"] < end]


def _total(rows: list[Row]) -> Row:
    if not rows:
        return {}
    summed = {name: sum(row[name] for row in rows) for name in (*GAINS, *LOSSES, "fx", "joined_and_left")}
    ends = {"mrr_start": rows[0]["mrr_start"], "mrr_end": rows[-1]["mrr_end"]}
    counts = {"accounts_start": rows[0]["accounts_start"], "accounts_end": rows[-1]["accounts_end"]}
    return summed | ends | counts


def _says(request: QuestionRequest, total: Row, rows: list[Row]) -> str:
    if not rows:
        return f"{nobody_paid(request, f'in the period up to {words.date(request.as_of)}')}."

    def money(value: float) -> str:
        return words.money(value, request.currency)

    gains, losses = sum(total[name] for name in GAINS), sum(total[name] for name in LOSSES)
    since = words.month(rows[0]["month"])
    verb = "rose from" if total["mrr_end"] > total["mrr_start"] else "moved from"
    verb = "fell from" if total["mrr_end"] < total["mrr_start"] else verb
    return (
        f"MRR {verb} **{money(total['mrr_start'])}** to **{money(total['mrr_end'])}** since {since}:"
        f" **{money(gains)}** gained, **{money(losses)}** lost."
    )


def _figures(total: Row, rows: list[Row]) -> tuple[Figure, ...]:
    if not rows:
        return ()
    trend = rows[-12:]

    def figure(name: str, label: str, better: str) -> Figure:
        return Figure(
            name, label, total[name], "money", better="up" if better == "up" else "down", definition="revenue_bridge",
            trend=tuple(row[name] for row in trend),
        )  # fmt: skip

    return (
        figure("mrr_end", "Ending MRR", "up"),
        *(figure(name, FIGURE_LABELS[name], "up") for name in GAINS),
        *(figure(name, FIGURE_LABELS[name], "down") for name in LOSSES),
    )


def _waterfall(request: QuestionRequest, total: Row, rows: list[Row]) -> Chart:
    first, last = rows[0]["month"], rows[-1]["month"]
    steps = [("Start", total["mrr_start"], "total")]
    names = {label: name for name, label in (GAINS | LOSSES | FX).items()}
    steps += [(label, total[name], "gain") for name, label in GAINS.items()]
    steps += [(label, -total[name], "loss") for name, label in LOSSES.items()]
    if total["fx"]:
        steps.append((FX["fx"], total["fx"], "gain" if total["fx"] > 0 else "loss"))
    steps.append(("End", total["mrr_end"], "total"))
    left = words.money(residual(total), request.currency)
    tie = f"reconciles (unexplained: {left})" if residual(total) == 0 else f"does not reconcile (unexplained: {left})"
    bars = [{"step": step, "mrr": size, "kind": kind, "movement": names.get(step)} for step, size, kind in steps]
    return WaterfallChart(
        name="bridge",
        title=_finding(total),
        subtitle=f"MRR from month end to month end, {words.month(first)} to {words.month(last)}; {tie}",
        rows=arrow_table(
            bars, {"step": pa.string(), "mrr": pa.float64(), "kind": pa.string(), "movement": pa.string()}
        ),
        x="step",
        y="mrr",
        step_type="kind",
        unit="money",
        axis="MRR" + (f", {request.currency}" if request.currency else ""),
        currency=request.currency,
    )


def _finding(total: Row) -> str:
    """Return the chart's finding: the largest gain, or the largest loss where losses exceed gains."""
    gains, losses = sum(total[name] for name in GAINS), sum(total[name] for name in LOSSES)
    if not gains and not losses:
        return "No movement in MRR"
    if losses > gains:
        name = max(LOSSES, key=lambda movement: total[movement])
        return f"Losses exceed gains; {LOSSES[name].lower()} is {words.share(total[name] / losses)} of MRR lost"
    name = max(GAINS, key=lambda movement: total[movement])
    words_of = {
        "new": "New accounts",
        "reactivation": "Won-back accounts",
        "expansion": "Expansion",
    }
    return f"{words_of[name]} drove {words.share(total[name] / gains)} of MRR gained"


def _notes(request: QuestionRequest, rows: list[Row]) -> list[Note]:
    notes: list[Note] = []
    if not rows:
        return notes
    start, end = request.scope.start, request.scope.end
    if (start and start.day != 1) or (end and end.day != 1 and rows[-1]["final"]):
        text = "The period does not start and end with a month: the bridge shows all months it touches."
        notes.append(Note(text, "assumption"))
    if not rows[-1]["final"]:
        text = f"{words.month(rows[-1]['month'])} is in progress: data up to {words.date(request.as_of)}."
        notes.append(Note(text, "doubt", ("mrr_end",)))
    passed = sum(row["joined_and_left"] for row in rows)
    if passed:
        accounts_text = words.plural(passed, "account")
        text = f"{accounts_text} joined and churned within one month, outside every month-end balance."
        notes.append(Note(text, "fact", ("joined_and_left",)))
    if any(row["residual"] for row in rows):
        notes.append(Note("Some months do not reconcile: part of the change is unexplained.", "contradiction", MONEY))
    return notes
