"""Retention at one age, cohort by cohort: do newer cohorts stay better?"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest, arrow_table, p_value, small_base_note
from cs_dash.questions.retention.cohorts import BY, cells, macro_of, needed
from cs_dash.questions.retention.doubts import Doubts, doubts
from cs_dash.questions.retention.triangle import VERB, ages, cohort_label
from cs_dash.stats.intervals import wilson
from cs_dash.stats.proportions import Trend, trend

AGES = ("3", "6", "12")
MEASURES = ("paying", "activity")
LEAST_COHORTS, LEAST_RARE = 3, 5
"""With fewer cohorts, or fewer accounts of the rarer outcome, no trend is tested."""
TYPES = {
    "cohort": pa.date32(), "size": pa.int64(), "active": pa.int64(), "share": pa.float64(), "low": pa.float64(),
    "high": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("cohort", "Cohort", "month"),
    Column("size", "Accounts", "count"),
    Column("active", "Still active", "count"),
    Column("share", "Share of accounts", "share"),
    Column("low", "95 % CI from", "share"),
    Column("high", "95 % CI to", "share"),
)
Row = dict[str, Any]


@question(
    "retention.cohort_trend",
    title="Cohort trend",
    order=60,
    options={"age": AGES, "by": BY, "measure": MEASURES},
    needs=("subscriptions", "accounts", "usage"),
    uses=("activity_cohorts", "revenue_cohorts", "revenue_doubts"),
)
def cohort_trend(request: QuestionRequest) -> Answer:
    """Return the share of each cohort that is still active at one age, and its trend over the cohorts.

    The age is in months, also for cohorts by quarter. Cells in progress are left out.
    """
    by, measure = request.option("by", *BY), request.option("measure", *MEASURES)
    months = int(request.option("age", *AGES))
    if needed(measure)[0] not in request.loaded_tables:
        return request.empty(*needed(measure))
    doubt = Doubts((), False) if measure == "activity" else doubts(request)
    rows = [] if doubt.undated else _rows(request, by, measure, months)
    trend_fit = _trend(rows)
    return request.answer(
        headline=f"{_says(rows, trend_fit, by, measure, months)}.",
        figures=_figures(rows, trend_fit, by, measure, months),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_chart(rows, trend_fit, by, measure, months),) if rows else (),
        notes=(*_notes(trend_fit), *doubt.notes),
        definition=macro_of(measure),
    )


def _rows(request: QuestionRequest, by: str, measure: str, months: int) -> list[Row]:
    rows = []
    for cell in cells(request, by, measure):
        if cell["final"] and cell["age"] == ages(by)[months]:
            low, high = wilson(cell["active"], cell["size"]) or (None, None)
            rows.append(cell | {"share": cell["logos"], "low": low, "high": high})
    return rows


def _trend(rows: list[Row]) -> Trend | None:
    """Return the trend over the cohorts' start dates; None where there are too few cohorts."""
    size, active = sum(row["size"] for row in rows), sum(row["active"] for row in rows)
    if len(rows) < LEAST_COHORTS or min(active, size - active) < LEAST_RARE:
        return None
    times = [row["cohort"].year * 12.0 + row["cohort"].month for row in rows]
    return trend([row["active"] for row in rows], [row["size"] for row in rows], times)


def _says(rows: list[Row], trend_fit: Trend | None, by: str, measure: str, months: int) -> str:
    """Return the finding, without a full stop."""
    after = words.months(months)
    if not rows:
        return f"No cohort is {after} old yet"
    size = sum(row["size"] for row in rows)
    share_text = words.share(sum(row["active"] for row in rows) / size, size)
    still = f"{share_text} of {words.plural(size, 'account')} still {VERB[measure]} after {after}"
    if trend_fit is None:
        return f"{still}, over {_cohorts(rows)}; not enough data to test a trend"
    if trend_fit.chance >= SIGNIFICANCE_LEVEL:
        return f"{still}; no significant trend from cohort to cohort ({p_value(trend_fit.chance)})"
    year = words.points(trend_fit.slope * 12)
    first, last = cohort_label(rows[0]["cohort"], by), cohort_label(rows[-1]["cohort"], by)
    better = "better" if trend_fit.slope > 0 else "worse"
    return (
        f"Month-{months} retention is getting {better}: **{year}** a year from {first} to {last}, statistically"
        f" significant ({p_value(trend_fit.chance)})"
    )


def _cohorts(rows: list[Row]) -> str:
    return words.plural(len(rows), "cohort")


def _figures(rows: list[Row], trend_fit: Trend | None, by: str, measure: str, months: int) -> tuple[Figure, ...]:
    if not rows:
        return ()
    size, active = sum(row["size"] for row in rows), sum(row["active"] for row in rows)
    low, high = wilson(active, size) or (None, None)
    macro = macro_of(measure)
    doubt = "too few cohorts to test" if trend_fit is None else p_value(trend_fit.chance)
    return (
        Figure(f"logos_{months}", f"Still {VERB[measure]} after {words.months(months)}", active / size, "share", n=size,
               n_label="accounts", low=low, high=high, better="up", caveat=small_base_note(size), definition=macro),
        Figure("slope", "Change per year", trend_fit.slope * 12 if trend_fit else None, "points", n=len(rows),
               n_label=f"{by}s", better="up", caveat=doubt, definition=macro),
        Figure("chance", "p-value of the trend", trend_fit.chance if trend_fit else None, "share",
               definition=macro),
    )  # fmt: skip


def _chart(rows: list[Row], trend_fit: Trend | None, by: str, measure: str, months: int) -> Chart:
    return LineChart(
        name="cohort_trend",
        title=_says(rows, trend_fit, by, measure, months).replace("**", ""),
        subtitle=f"Accounts that still {VERB[measure]} after {words.months(months)}, % of the cohort, with 95 % CI, by"
        f" start {by}",
        rows=arrow_table(rows, TYPES),
        x="cohort",
        y="share",
        low="low",
        high="high",
        unit="share",
        axis=f"Still {VERB[measure]}, %",
    )


def _notes(trend_fit: Trend | None) -> list[Note]:
    if trend_fit is None:
        return []
    text = "Trend test: Cochran-Armitage over all cohorts. A significant trend is not a cause."
    return [Note(text, "fact", ("slope",))]
