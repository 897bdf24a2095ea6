"""Retention over time for each value of a dimension: small multiples, each with the line of all accounts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.charts import Chart, SmallMultiples
from cs_dash.look import words
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, SMALL_BASE, arrow_table
from cs_dash.stats.proportions import holm, two_proportions

NAMES = {"nrr": "Net revenue retention", "grr": "Gross revenue retention", "logos": "Logo retention"}
TOTAL = "All accounts"
MOST = 8
LEAST = 3  # month ends below which there is no course to see
HELD = 0.02
"""A share that moved by less from the first month end to the last has held."""
TYPES = {
    "month": pa.date32(), "value": pa.string(), "kept": pa.float64(), "all": pa.float64(), "said": pa.string(),
    "accounts": pa.int64(),
}  # fmt: skip
Windows = dict[dt.date, dict[str, dict[str, Any]]]
"""Rows of `retention_by_value` by the window's last day and by name: "value ..." or the total."""


def strips(windows: Windows, rows: list[dict[str, Any]], field: str, measure: str) -> tuple[Chart, ...]:
    """Return the chart of the largest values at each month end; () where fewer than two have enough windows.

    Windows with fewer than 20 accounts at their start are left out: one account would move their share too far.

    Args:
        windows: the rows of all windows.
        rows: the rows shown in the table, the largest first.
        field: the dimension.
        measure: nrr, grr or logos.
    """
    names = [row["value"] for row in rows if not row["is_total"] and row["accounts_start"] >= SMALL_BASE][:MOST]
    course_rows = [row for name in names for row in _course(windows, name, measure)]
    values = sorted({row["value"] for row in course_rows}, key=names.index)
    if len(values) < 2:
        return ()
    left_out = "" if len(values) == sum(not row["is_total"] for row in rows) else f", {len(values)} largest"
    return (
        SmallMultiples(
            name="retention_strips",
            title=finding(course_rows, values, measure),
            subtitle=(
                f"{NAMES[measure]} at month end by {words.field_words(field)}{left_out}, same scale;"
                f" pale: all accounts{'' if measure == 'logos' else '; not tested for significance'}"
            ),
            rows=arrow_table(course_rows, TYPES),
            x="month",
            y="value",
            value="kept",
            overall="all",
            tooltip_text="said",
            unit="share",
            axis=f"{NAMES[measure]}, %",
            order=tuple(values),
        ),
    )


def _course(windows: Windows, name: str, measure: str) -> list[dict[str, Any]]:
    course = []
    for day, rows in windows.items():
        own, total = rows.get(f"value {name}"), rows.get(TOTAL)
        if own and total and own["accounts_start"] >= SMALL_BASE and own[measure] is not None:
            total_text = f"{words.share(total[measure])} of {words.plural(total['accounts_start'], 'account')}"
            course.append({
                "month": day, "value": name, "kept": own[measure], "all": total[measure], "said": total_text,
                "accounts": own["accounts_start"], "stayed": own["accounts_kept"],
            })  # fmt: skip
    return course if len(course) >= LEAST else []


def finding(course_rows: list[dict[str, Any]], values: list[str], measure: str) -> str:
    """Return the value whose share changed most from first to last month end; for accounts only if significant."""
    courses = {name: [row for row in course_rows if row["value"] == name] for name in values}
    ends = {name: (course[0], course[-1]) for name, course in courses.items()}
    moves = {name: last["kept"] - first["kept"] for name, (first, last) in ends.items()}
    if all(abs(move) < HELD for move in moves.values()):
        return f"{NAMES[measure]} is stable in every group"
    significant = values
    if measure == "logos":
        pairs = [
            (last["stayed"], last["accounts"], first["stayed"], first["accounts"]) for first, last in ends.values()
        ]
        chances = holm([two_proportions(*pair) for pair in pairs])
        significant = [
            name
            for name, chance in zip(ends, chances, strict=True)
            if chance is not None and chance < SIGNIFICANCE_LEVEL
        ]
        if not significant:
            return f"No significant change in {NAMES[measure].lower()} in any group"
    name = max(significant, key=lambda value: abs(moves[value]))
    first, last = (words.share(end["kept"]) for end in ends[name])
    return f"{name} {'rose' if moves[name] > 0 else 'fell'} most: from {first} to {last}"
