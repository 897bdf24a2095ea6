"""The chart of the cohort triangle: a row for each cohort and one for their average."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from statistics import median
from typing import Any

import pyarrow as pa

from cs_dash.charts import Chart, CohortTriangle, LineChart
from cs_dash.look import words
from cs_dash.questions.request import SMALL_BASE, arrow_table, small_base_note
from cs_dash.stats.intervals import wilson

DRAWN = {"month": 18, "quarter": 12}
LOOKED_AT = (3, 6, 12)
KEPT = {"paying": "logos", "grr": "grr", "nrr": "nrr", "activity": "logos"}
"""The column that each measure is in."""
VERB = {"paying": "pay", "grr": "pay", "nrr": "pay", "activity": "use the product"}
REVENUE = {"grr": "GRR", "nrr": "NRR"}
AVERAGE = "Average"
TYPES = {
    "cohort": pa.string(), "since_start": pa.int64(), "share": pa.float64(), "low": pa.float64(), "high": pa.float64(),
    "part": pa.bool_(), "few": pa.bool_(), "who": pa.string(), "cell": pa.string(),
}  # fmt: skip
Row = dict[str, Any]


def ages(by: str) -> dict[int, int]:
    """Return {months: age in cells} of the ages that figures and sentences use."""
    return {months: months if by == "month" else months // 3 for months in LOOKED_AT}


def readable(first_days: list[dt.date]) -> tuple[str, int]:
    """Return the grain to show cohorts by at first, "month" or "quarter", and the size of the median month's cohort.

    With small monthly cohorts every cell would be grey, so quarters are shown.
    """
    sizes = Counter((day.year, day.month) for day in first_days).values()
    middle = int(median(sizes)) if sizes else 0
    return ("quarter" if sizes and middle < SMALL_BASE else "month"), middle


def cohort_label(cohort: dt.date, by: str) -> str:
    """Return a cohort's label: "Sep 2026", "2026 Q3"."""
    return words.month(cohort) if by == "month" else f"{cohort.year} Q{(cohort.month + 2) // 3}"


def triangle(rows: list[Row], average: dict[int, Row], by: str, measure: str, currency: str) -> Chart:
    """Return the triangle of the newest cohorts, with the average of all of them as its last row."""
    newest = sorted({row["cohort"] for row in rows})[-DRAWN[by] :]
    cells = [_cell(row, by, measure, currency) for row in rows if row["cohort"] in newest and row["age"] < DRAWN[by]]
    reach = max((cell["since_start"] for cell in cells), default=0)
    cells += [_average(row, age, measure) for age, row in average.items() if age <= reach]
    since = f"{by}s_since_start"
    measure_text = f"Accounts that still {VERB[measure]}, % of the cohort"
    if measure in REVENUE:
        measure_text = f"{REVENUE[measure]} of each cohort, % of initial MRR"
    return CohortTriangle(
        name="cohorts",
        title=_finding(rows, average, by, measure),
        subtitle=f"{measure_text}, by {by}s since the start; row labels: {by}, accounts"
        + ("" if measure == "activity" else ", initial MRR"),
        rows=arrow_table(cells, TYPES).rename_columns({"since_start": since}),
        x=since,
        y="cohort",
        value="share",
        low="low",
        high="high",
        in_progress="part",
        small_base="few",
        tooltip_text="who",
        opens="cell",
        unit="share",
        axis=f"Still {VERB[measure]}, %" if measure not in REVENUE else f"{REVENUE[measure]}, %",
    )


def _cell(row: Row, by: str, measure: str, currency: str) -> Row:
    low, high = (None, None) if measure in REVENUE else wilson(row["active"], row["size"]) or (None, None)
    who = f"{words.plural(row['size'], 'account')}, {words.count(row['active'])} still {VERB[measure]}"
    if row["base_mrr"] is not None:
        who += f"; initial MRR {words.money(row['base_mrr'], currency)}"
    name = f"{cohort_label(row['cohort'], by)} · {words.count(row['size'])}"
    return {
        "cohort": name + (f" · {words.money(row['base_mrr'], currency)}" if row["base_mrr"] is not None else ""),
        "since_start": row["age"],
        "share": row[KEPT[measure]], "low": low, "high": high, "part": not row["final"],
        "few": bool(small_base_note(row["size"])), "who": who, "cell": f"{by}.{row['cohort'].isoformat()}.{row['age']}",
    }  # fmt: skip


def _average(row: Row, age: int, measure: str) -> Row:
    low, high = (None, None) if measure in REVENUE else (row["low"], row["high"])
    who = f"{words.plural(row['size'], 'account')} in {words.plural(row['cohorts'], 'cohort')} of this age"
    return {
        "cohort": AVERAGE, "since_start": age, "share": row[KEPT[measure]], "low": low, "high": high, "part": False,
        "few": bool(small_base_note(row["size"])), "who": who, "cell": "",
    }  # fmt: skip


def _finding(rows: list[Row], average: dict[int, Row], by: str, measure: str) -> str:
    """Return the best and worst cohort where their difference is significant, else the average."""
    compared = None
    for months, age in reversed(ages(by).items()):
        if measure in REVENUE:
            if age in average:
                share_text = words.share(average[age][measure])
                return f"Cohort {REVENUE[measure]} after {words.months(months)} is {share_text}"
            continue
        cells = [row for row in rows if row["age"] == age and row["final"] and row["size"] >= SMALL_BASE]
        if len(cells) < 2:
            continue
        compared = compared or (months, age)
        best, worst = (pick(cells, key=lambda row: row["logos"]) for pick in (max, min))
        of_best, of_worst = (wilson(row["active"], row["size"]) for row in (best, worst))
        if of_best and of_worst and of_best[0] > of_worst[1]:
            return (
                f"After {words.months(months)} {words.share(best['logos'], best['size'])} of the"
                f" {cohort_label(best['cohort'], by)} cohort still {VERB[measure]}, vs"
                f" {words.share(worst['logos'], worst['size'])} of {cohort_label(worst['cohort'], by)}"
            )
    if measure in REVENUE:
        return f"{REVENUE[measure]} by cohort"
    if compared and compared[1] in average:
        months, age = compared
        share_text = words.share(average[age][KEPT[measure]], average[age]["size"])
        return f"{share_text} still {VERB[measure]} after {words.months(months)}; no significant difference by cohort"
    return f"Share of each cohort still {'paying' if measure == 'paying' else 'active'}"


def curves(triangle_chart: Chart, by: str) -> Chart:
    """Return the finished cells of a triangle as a line for each cohort, the average of all in front of them."""
    cells = [row for row in triangle_chart.rows.to_pylist() if not row["part"] and row["share"] is not None]
    rows = [
        {"age": row[triangle_chart.x], "share": row["share"], "cohort": row["cohort"], "cell": row["cell"] or None}
        | ({"low": row["low"], "high": row["high"]} if row["cohort"] == AVERAGE else {})
        for row in cells
    ]
    since = f"{by}s_since_start"
    types = {"age": pa.int64(), "share": pa.float64(), "cohort": pa.string(), "low": pa.float64(), "high": pa.float64()}
    types["cell"] = pa.string()
    banded = any(row.get("low") is not None for row in rows)
    measure_text = triangle_chart.subtitle.split("; row labels")[0]
    band = " with 95 % CI" if banded else ""
    return LineChart(
        name="cohort_curves",
        title=triangle_chart.title,
        subtitle=f"{measure_text}; one line per cohort, {AVERAGE.lower()}{band} highlighted; excludes periods in"
        " progress",
        rows=arrow_table(rows, types).rename_columns({"age": since}),
        x=since,
        y="share",
        color="cohort",
        low="low" if banded else None,
        high="high" if banded else None,
        unit="share",
        axis=triangle_chart.axis,
        order=tuple(dict.fromkeys(row["cohort"] for row in cells)),
        highlight=AVERAGE,
    )
