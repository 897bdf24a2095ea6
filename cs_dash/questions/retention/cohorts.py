"""Cohorts: the retention of accounts that started in the same month or quarter."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.retention.doubts import Doubts, doubts
from cs_dash.questions.retention.triangle import DRAWN, KEPT, REVENUE, VERB, ages, curves, triangle
from cs_dash.stats.intervals import wilson

BY = ("month", "quarter")
MEASURES = ("paying", "grr", "nrr", "activity")
UNDATED = (
    "The data have tenure but no start dates, so accounts cannot be grouped into cohorts."
    " See survival for how long accounts stay."
)
TYPES = {
    "cohort": pa.date32(), "age": pa.int64(), "size": pa.int64(), "base_mrr": pa.float64(), "active": pa.int64(),
    "logos": pa.float64(), "grr": pa.float64(), "nrr": pa.float64(), "final": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("cohort", "Cohort", "month"),
    Column("age", "Age", "count", help="Months or quarters since the start; 0 is the start month or quarter itself."),
    Column("size", "Accounts", "count"),
    Column("base_mrr", "Initial MRR", "money"),
    Column("active", "Still active", "count"),
    Column("logos", "Logo retention", "share"),
    Column("grr", "GRR", "share"),
    Column("nrr", "NRR", "share"),
    Column("final", "Complete", "flag", help="No: in progress and left out of averages."),
)
Row = dict[str, Any]


@question(
    "retention.cohorts",
    title="Cohorts",
    order=50,
    options={"by": BY, "measure": MEASURES},
    needs=("subscriptions", "accounts", "usage"),
    uses=("activity_cohorts", "activity_doubts", "revenue_cohorts", "revenue_doubts"),
)
def cohorts(request: QuestionRequest) -> Answer:
    """Return the cohort triangle with its weighted average by age."""
    by, measure = request.option("by", *BY), request.option("measure", *MEASURES)
    if needed(measure)[0] not in request.loaded_tables:
        return request.empty(*needed(measure))
    macro = macro_of(measure)
    rows = cells(request, by, measure)
    doubt = Doubts((), False) if measure == "activity" else doubts(request)
    average = {} if doubt.undated else averages(rows)
    return request.answer(
        headline=UNDATED if doubt.undated else _says(request, average, by, measure),
        figures=_figures(average, by, measure, macro),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=_charts(request, rows, average, by, measure),
        notes=(*_notes(request, rows, by, measure), *doubt.notes),
        definition=macro,
    )


def needed(measure: str) -> tuple[str, ...]:
    """Return the tables that a measure is made from."""
    return ("usage",) if measure == "activity" else ("subscriptions", "accounts")


def macro_of(measure: str) -> str:
    """Return the definition that a measure is in."""
    return "activity_cohorts" if measure == "activity" else "revenue_cohorts"


def cells(request: QuestionRequest, by: str, measure: str) -> list[Row]:
    """Return the cells of the triangle in scope, cohort by cohort."""
    rows: list[Row] = request.rows(
        macro_of(measure), as_of_day=request.as_of, grain=by, wanted=request.filters_json
    ).to_pylist()
    return rows


def averages(rows: list[Row]) -> dict[int, Row]:
    """Return, for each age, the average over the cohorts whose cell is final: sums over sums, never a mean of shares.

    Keys: cohorts, size, active, logos with its Wilson interval (low, high); grr and nrr where revenue is known.
    """
    by_age: dict[int, Row] = {}
    for row in rows:
        if row["final"]:
            sums = by_age.setdefault(
                row["age"], {"cohorts": 0, "size": 0, "active": 0, "base_mrr": 0.0, "kept_mrr": 0.0, "mrr": 0.0}
            )
            sums["cohorts"] += 1
            for name in ("size", "active", "base_mrr", "kept_mrr", "mrr"):
                sums[name] += row.get(name) or 0
    for sums in by_age.values():
        sums["logos"] = sums["active"] / sums["size"]
        sums["low"], sums["high"] = wilson(sums["active"], sums["size"]) or (None, None)
        base = sums["base_mrr"]
        sums["grr"], sums["nrr"] = (sums["kept_mrr"] / base, sums["mrr"] / base) if base else (None, None)
    return dict(sorted(by_age.items()))


def _figures(average: dict[int, Row], by: str, measure: str, macro: str) -> tuple[Figure, ...]:
    key = KEPT[measure]
    figure_keys = [(key, months) for months in ages(by)]
    if measure != "activity":
        figure_keys += [(other, 12) for other in ("logos", "grr", "nrr") if other != key]
    return tuple(
        _figure(average.get(ages(by)[months], {}), key, months, VERB[measure], macro) for key, months in figure_keys
    )


def _figure(row: Row, key: str, months: int, verb: str, macro: str) -> Figure:
    label = {"logos": f"Still {verb}", "grr": "GRR", "nrr": "NRR"}[key]
    low, high = (row.get("low"), row.get("high")) if key == "logos" else (None, None)
    return Figure(
        f"{key}_{months}", f"{label} after {words.months(months)}", row.get(key), "share", n=row.get("size"),
        n_label="accounts", low=low, high=high, better="up",
        caveat=small_base_note(row.get("size")) if row else "no cohort is old enough yet", definition=macro,
    )  # fmt: skip


def _charts(
    request: QuestionRequest, rows: list[Row], average: dict[int, Row], by: str, measure: str
) -> tuple[Chart, ...]:
    if not average:
        return ()
    triangle_chart = triangle(rows, average, by, measure, request.currency)
    return triangle_chart, _curves(average, by, measure), curves(triangle_chart, by)


def _oldest(average: dict[int, Row], by: str) -> tuple[int, Row] | None:
    """Return (months, average) at the latest of the `ages` that some cohorts have reached."""
    reached = [(months, average[age]) for months, age in ages(by).items() if age in average]
    return reached[-1] if reached else None


def _says(request: QuestionRequest, average: dict[int, Row], by: str, measure: str) -> str:
    latest = _oldest(average, by)
    if latest is None:
        uses = request.single_row("activity_doubts", as_of_day=request.as_of) if measure == "activity" else {}
        if uses and uses["without_account"] == uses["uses"]:
            return f"No cohorts: none of {words.plural(uses['uses'], 'usage record')} matches an account."
        return f"No cohort is three months old on {words.date(request.as_of)}."
    months, row = latest
    over = f"over {words.plural(row['cohorts'], 'cohort')}"
    if measure in REVENUE:
        text = (
            f"Cohort {measure.upper()} after {words.months(months)} is **{words.share(row[measure])}**,"
            f" {words.plural(row['size'], 'account')} {over}"
        )
        return f"{text}; {small_base_note(row['size'])}." if small_base_note(row["size"]) else f"{text}."
    text = (
        f"**{words.share(row['logos'], row['size'])}** of {words.plural(row['size'], 'account')} still"
        f" {VERB[measure]} after {words.months(months)} (95 % CI {words.interval(row['low'], row['high'])}),"
        f" {over}"
    )
    return f"{text}; {small_base_note(row['size'])}." if small_base_note(row["size"]) else f"{text}."


def _curves(average: dict[int, Row], by: str, measure: str) -> Chart:
    lines = {"logos": "Logo retention"} | ({} if measure == "activity" else {"grr": "GRR"})
    lines |= {"nrr": "NRR"} if measure == "nrr" else {}
    large = {age: row for age, row in average.items() if row["size"] >= SMALL_BASE} or average
    rows = [
        {
            "age": age,
            "share": row[key],
            "measure": name,
            "low": row["low"] if key == "logos" else None,
            "high": row["high"] if key == "logos" else None,
        }
        for key, name in lines.items()
        for age, row in large.items()
        if row[key] is not None
    ]
    latest = _oldest(large, by)
    title = "Average retention by age"
    if latest:
        months, row = latest
        title = (
            f"{words.share(row['logos'], row['size'])} of accounts still {VERB[measure]} after {words.months(months)}"
        )
    return LineChart(
        name="cohort_average",
        title=title,
        subtitle=f"Weighted average of the cohorts that reached each age, with 95 % CI, by {by}s since the start",
        rows=arrow_table(
            rows,
            {
                "age": pa.int64(),
                "share": pa.float64(),
                "measure": pa.string(),
                "low": pa.float64(),
                "high": pa.float64(),
            },
        ),
        x="age",
        y="share",
        color="measure",
        low="low",
        high="high",
        unit="share",
        axis="Retention, %",
        order=tuple(lines.values()),
    )


def _notes(request: QuestionRequest, rows: list[Row], by: str, measure: str) -> list[Note]:
    notes = []
    if any(not row["final"] for row in rows):
        text = f"The {by} of {words.date(request.as_of)} is in progress: averages exclude it."
        notes.append(Note(text, "doubt", ("final",)))
    hidden = len({row["cohort"] for row in rows}) - DRAWN[by]
    if hidden > 0:
        text = f"The triangle shows the newest {DRAWN[by]} cohorts; table and averages include {hidden} more."
        notes.append(Note(text, "fact"))
    small = len({row["cohort"] for row in rows if small_base_note(row["size"])})
    if small:
        cohorts_text = words.plural(small, "cohort has", "cohorts have")
        notes.append(
            Note(
                f"{cohorts_text} fewer than {SMALL_BASE} accounts (grey): too few to read on their own.",
                "doubt",
                ("logos",),
            )
        )
    if measure == "activity":
        uses = request.single_row("activity_doubts", as_of_day=request.as_of)
        if uses["without_account"]:
            share = words.share(uses["without_account"] / uses["uses"], uses["uses"])
            notes.append(Note(f"{share} of usage matches no account and belongs to no cohort.", "doubt", ("logos",)))
    return notes
