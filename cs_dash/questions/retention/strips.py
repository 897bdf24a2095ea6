"""Retention over time for each value of a dimension: small multiples, each beside all accounts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Chart
from cs_dash.look import words
from cs_dash.questions.asked import FEW, table

NAMES = {"nrr": "Net revenue retention", "grr": "Gross revenue retention", "logos": "Accounts kept"}
TOTAL = "All accounts"
MOST = 8
LEAST = 3  # month ends below which there is no course to see
TYPES = {
    "month": pa.date32(), "value": pa.string(), "kept": pa.float64(), "all": pa.float64(), "said": pa.string(),
    "accounts": pa.int64(),
}  # fmt: skip
Windows = dict[dt.date, dict[str, dict[str, Any]]]
"""Rows of `retention_by_value` by the window's last day and by name: "value ..." or the total."""


def strips(windows: Windows, rows: list[dict[str, Any]], field: str, measure: str) -> tuple[Chart, ...]:
    """Return the chart of the largest values at each month end, () where fewer than two have a course to show.

    Windows with fewer than 20 accounts at their start are left out: their shares jump with each account.

    Args:
        windows: the rows of all windows.
        rows: the rows shown in the table, the largest first.
        field: the dimension.
        measure: nrr, grr or logos.
    """
    names = [row["value"] for row in rows if not row["is_total"] and row["accounts_start"] >= FEW][:MOST]
    drawn = [row for name in names for row in _course(windows, name, measure)]
    shown = sorted({row["value"] for row in drawn}, key=names.index)
    if len(shown) < 2:
        return ()
    left_out = "" if len(shown) == sum(not row["is_total"] for row in rows) else f", the {len(shown)} largest"
    return (
        Chart(
            name="retention_strips",
            form="multiples",
            title=_finding(drawn, shown, measure),
            subtitle=(
                f"{NAMES[measure]} at each month\u2019s end by {field.replace('_', ' ')}{left_out}, all on one scale;"
                " pale: all accounts"
            ),
            rows=table(drawn, TYPES),
            x="month",
            y="value",
            color="kept",
            low="all",
            said="said",
            unit="share",
            axis=f"{NAMES[measure]}, %",
            order=tuple(shown),
        ),
    )


def _course(windows: Windows, name: str, measure: str) -> list[dict[str, Any]]:
    found = []
    for day, rows in windows.items():
        own, total = rows.get(f"value {name}"), rows.get(TOTAL)
        if own and total and own["accounts_start"] >= FEW and own[measure] is not None:
            said = f"{words.share(total[measure])} of {words.plural(total['accounts_start'], 'account')}"
            found.append({
                "month": day, "value": name, "kept": own[measure], "all": total[measure], "said": said,
                "accounts": own["accounts_start"],
            })  # fmt: skip
    return found if len(found) >= LEAST else []


def _finding(drawn: list[dict[str, Any]], shown: list[str], measure: str) -> str:
    """Return whose share moved most between its first month end and its last."""
    courses = {name: [row["kept"] for row in drawn if row["value"] == name] for name in shown}
    name = max(shown, key=lambda each: abs(courses[each][-1] - courses[each][0]))
    first, last = courses[name][0], courses[name][-1]
    if abs(last - first) < 0.02:
        return f"{NAMES[measure]} has held in every group"
    verb = "rose" if last > first else "fell"
    return f"{name} {verb} most: from {words.share(first)} to {words.share(last)}"
