"""Churn risk by tenure: when in their lifetime accounts leave."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import BarChart, Chart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import (
    SIGNIFICANCE_LEVEL,
    SMALL_BASE,
    QuestionRequest,
    arrow_table,
    p_value,
    small_base_note,
)
from cs_dash.questions.retention.doubts import doubts
from cs_dash.stats.intervals import wilson
from cs_dash.stats.proportions import homogeneity_p_value, share_difference_interval

BANDS = ((0, 3), (4, 6), (7, 9), (10, 12), (13, 18), (19, 24), (25, 36), (37, 48), (49, 60), (61, None))
LEAST_EXPECTED = 5
"""Fewer departures per band than this, and the test for a difference between bands is not valid."""
TYPES = {
    "tenure": pa.string(), "months_from": pa.int64(), "months_to": pa.int64(), "at_risk": pa.int64(),
    "account_months": pa.int64(), "events": pa.int64(), "hazard": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "share": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("tenure", "Tenure in months"),
    Column("months_from", "From", "months", hidden=True),
    Column("months_to", "To", "months", hidden=True),
    Column("at_risk", "Accounts that reached it", "count"),
    Column("account_months", "Account-months", "count", help="Accounts still paying, summed over these months."),
    Column("events", "Churned", "count"),
    Column("hazard", "Monthly churn", "share", help="Churned / account-months."),
    Column("low", "95 % CI from", "share"),
    Column("high", "95 % CI to", "share"),
    Column("share", "Share of all churn", "share"),
)
Row = dict[str, Any]


@question(
    "retention.hazard",
    title="Churn risk by tenure",
    order=120,
    needs=("subscriptions", "accounts"),
    uses=("account_tenures", "revenue_doubts"),
)
def hazard(request: QuestionRequest) -> Answer:
    """Return the monthly risk of leaving by the number of months that an account has paid."""
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    tenures = request.in_scope(request.rows("account_tenures", as_of_day=request.as_of))
    rows = tenure_bands(tenures["months"].to_numpy(), tenures["has_left"].to_numpy())
    large = [row for row in rows if row["at_risk"] >= SMALL_BASE]
    chance = _chance(large)
    return request.answer(
        headline=_says(request, rows, large, chance),
        figures=_figures(rows, large),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_chart(rows, large, chance),) if rows else (),
        notes=(*_notes(rows, large), *doubts(request).notes),
        definition="account_tenures",
    )


def tenure_bands(months: ArrayLike, left: ArrayLike) -> list[Row]:
    """Return the risk of leaving in each band of tenure that any account reached, shortest first.

    An account is at risk in every whole month up to its last one. The risk of a band is the accounts that left in it
    over the months at risk in it, with Wilson's interval; at_risk counts the accounts that reached its first month.
    For a single month this is the step of the Nelson-Aalen estimate.

    Source: Kalbfleisch and Prentice, Statistical analysis of failure time data (2002), 2.4.
    """
    spans, over = np.asarray(months, dtype=int), np.asarray(left, dtype=bool)
    rows: list[Row] = []
    for first, last in BANDS:
        reached = spans[spans >= first]
        if not reached.size:
            break
        end = int(reached.max()) if last is None else last
        watched = int((np.minimum(reached, end) - first + 1).sum())
        events = int((over & (spans >= first) & (spans <= end)).sum())
        low, high = wilson(events, watched) or (None, None)
        name = f"{first}–{last}" if last is not None else f"{first}+"
        rows.append(
            {"tenure": name, "months_from": first, "months_to": last,
             "at_risk": int(reached.size), "account_months": watched, "events": events, "hazard": events / watched,
             "low": low, "high": high, "share": events / int(over.sum()) if over.any() else None}
        )  # fmt: skip
    return rows


def _figures(rows: list[Row], large: list[Row]) -> tuple[Figure, ...]:
    if not rows:
        return ()
    watched, left = sum(row["account_months"] for row in rows), sum(row["events"] for row in rows)
    low, high = wilson(left, watched) or (None, None)
    figures = [
        Figure("hazard", "Monthly churn", left / watched, "share", n=watched, n_label="account-months", low=low,
               high=high, better="down", caveat=small_base_note(rows[0]["at_risk"]), definition="account_tenures")
    ]  # fmt: skip
    if large and left:
        peak = _peak(large)
        figures.append(
            Figure("hazard_peak", f"Monthly churn {_when(peak)}", peak["hazard"], "share",
                   n=peak["account_months"], n_label="account-months", low=peak["low"], high=peak["high"],
                   better="down", definition="account_tenures")
        )  # fmt: skip
    return tuple(figures)


def _chance(rows: list[Row]) -> float | None:
    """Return the p-value of the test that all bands have the same risk; None where too few accounts left."""
    if sum(row["events"] for row in rows) < LEAST_EXPECTED * len(rows):
        return None
    return homogeneity_p_value([row["events"] for row in rows], [row["account_months"] for row in rows])


def _when(row: Row) -> str:
    if row["months_from"] == 0:
        return f"in the first {words.months(row['months_to'])}"
    return f"after {row['tenure']} months"


def _peak(rows: list[Row]) -> Row:
    return max(rows, key=lambda row: row["hazard"])


def _stands_alone(rows: list[Row]) -> bool:
    """Return whether the highest risk is significantly above the second highest."""
    if len(rows) < 2:
        return False
    first, second = sorted(rows, key=lambda row: row["hazard"], reverse=True)[:2]
    interval = share_difference_interval(
        (first["events"], first["account_months"]), (second["events"], second["account_months"])
    )
    return interval is not None and interval[0] > 0


def _says(request: QuestionRequest, rows: list[Row], large: list[Row], chance: float | None) -> str:
    if not rows:
        return f"No paying accounts by {words.date(request.as_of)}."
    left = sum(row["events"] for row in rows)
    if not left:
        return f"No churn so far among {words.plural(rows[0]['at_risk'], 'account')}."
    most = max(rows, key=lambda row: row["events"])
    text = (
        f"**{words.count(most['events'])}** of {words.plural(left, 'churned account')}"
        f" ({words.share(most['share'], left)}) churned **{_when(most)}**"
    )
    if chance is not None and large:
        peak = _peak(large)
        risk = f"**{words.share(peak['hazard'])}** a month, 95 % CI {words.interval(peak['low'], peak['high'])}"
        if chance < SIGNIFICANCE_LEVEL:
            verb = "is highest" if _stands_alone(large) else "varies with tenure, with its peak"
            text += f"; monthly churn {verb} {_when(peak)} ({risk})"
        else:
            text += f"; monthly churn does not vary significantly with tenure ({p_value(chance)})"
    return f"{text}; {small_base_note(rows[0]['at_risk'])}." if small_base_note(rows[0]["at_risk"]) else f"{text}."


def _chart(rows: list[Row], large: list[Row], chance: float | None) -> Chart:
    bars = large or rows
    peak = _peak(bars)
    title = "Monthly churn by tenure"
    if chance is not None and chance < SIGNIFICANCE_LEVEL:
        title = f"Monthly churn is highest {_when(peak)}: {words.share(peak['hazard'])}"
        if not _stands_alone(bars):
            title = f"Monthly churn varies with tenure and peaks {_when(peak)}"
    elif chance is not None:
        title = "Monthly churn does not vary significantly with tenure"
    stands_out = chance is not None and chance < SIGNIFICANCE_LEVEL
    bar_rows = arrow_table(bars, {name: TYPES[name] for name in ("tenure", "hazard", "low", "high", "events")})
    return BarChart(
        name="hazard",
        title=title,
        subtitle="Accounts that churn in a month, % of those still paying, with 95 % CI, by months of tenure",
        rows=bar_rows.rename_columns({"tenure": "months_paid"}),
        x="months_paid",
        y="hazard",
        low="low",
        high="high",
        unit="share",
        axis="Monthly churn, %",
        highlight=peak["tenure"] if stands_out else None,
    )


def _notes(rows: list[Row], large: list[Row]) -> list[Note]:
    notes = []
    hidden = [row["tenure"] for row in rows if row not in large]
    if hidden and large:
        text = f"Not shown, fewer than {SMALL_BASE} accounts: tenure of {' and '.join(hidden)} months."
        notes.append(Note(text, "doubt", ("hazard",)))
    if rows:
        text = "Counts each account up to its first churn; won-back accounts do not count again."
        notes.append(Note(text, "fact", ("hazard",)))
    return notes
