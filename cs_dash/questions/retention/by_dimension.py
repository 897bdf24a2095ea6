"""`retention.by_dimension`: retention for every value of an account dimension, compared with all other accounts."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, SMALL_BASE, QuestionRequest, arrow_table, p_value
from cs_dash.questions.retention import rates
from cs_dash.questions.retention.doubts import doubts, nobody_paid
from cs_dash.questions.retention.strips import NAMES, TOTAL, Windows, strips
from cs_dash.questions.retention.summary import CONVENTIONS, TREND, WINDOWS, day_before, window_of
from cs_dash.scope import months_before
from cs_dash.stats.intervals import wilson
from cs_dash.stats.proportions import holm, two_proportions

RELATIONS = {"constant": "retention_by_value", "current": "retention_at_current_rates"}
MEASURES = ("nrr", "grr", "logos")
NO_VALUE = "(none)"
SMALL, LARGE = f"fewer than {SMALL_BASE} accounts", f"{SMALL_BASE} accounts or more"
MOST_DRAWN = 12
SHORT = {"nrr": "NRR", "grr": "GRR"}
VERDICT_LABELS = (
    ("nobody paid at the start", "no paying accounts at the start"), ("no others", "no other accounts"),
    ("few others", "few other accounts"), ("could be chance", "not significant"),
    ("yes, more kept", "significantly higher"), ("yes, fewer kept", "significantly lower"),
)  # fmt: skip
TYPES = {
    "value": pa.string(), "accounts_start": pa.int64(), "mrr_start": pa.float64(), "mrr_end": pa.float64(),
    "nrr": pa.float64(), "nrr_change": pa.float64(), "grr": pa.float64(), "logos": pa.float64(), "low": pa.float64(),
    "high": pa.float64(), "difference": pa.float64(), "verdict": pa.string(), "chance": pa.float64(),
    "nrr_difference": pa.float64(), "grr_difference": pa.float64(), "arpa": pa.float64(), "quick": pa.float64(),
    "accounts_end": pa.int64(), "accounts_kept": pa.int64(), "few": pa.bool_(), "is_total": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("value", "Accounts"),
    Column("accounts_start", "Starting accounts", "count", "Paying accounts at the start of the window: the base."),
    Column("mrr_start", "Starting MRR", "money"),
    Column("mrr_end", "Ending MRR", "money", "Includes new accounts."),
    Column("nrr", "NRR", "share", "Net revenue retention."),
    Column("nrr_change", "NRR change", "share", "Change from the previous window, in percentage points."),
    Column("grr", "GRR", "share", "Gross revenue retention."),
    Column("logos", "Logo retention", "share", "Share of starting accounts still paying."),
    Column("low", "95 % CI from", "share", "Lower end of the 95 % CI of logo retention (Wilson)."),
    Column("high", "95 % CI to", "share", "Upper end of the 95 % CI of logo retention."),
    Column("difference", "vs others", "share", "Logo retention minus that of all others, in percentage points."),
    Column("verdict", "Significant?", "text", "Test of two proportions on logo retention, adjusted for the number of"
           " comparisons (Holm); significant means p below 5 %.", value_labels=VERDICT_LABELS),
    Column("chance", "p", "number", "Adjusted p-value.", hidden=True),
    Column("nrr_difference", "NRR vs others", "share", hidden=True),
    Column("grr_difference", "GRR vs others", "share", hidden=True),
    Column("arpa", "MRR per account", "money"),
    Column("quick", "Quick ratio", "ratio"),
    Column("accounts_end", "Ending accounts", "count", hidden=True),
    Column("accounts_kept", "Retained accounts", "count", hidden=True),
    Column("few", "Few accounts", "flag", f"Fewer than {SMALL_BASE} starting accounts.", hidden=True),
    Column("is_total", "Total", "flag", hidden=True),
)  # fmt: skip
Row = dict[str, Any]


@question(
    "retention.by_dimension",
    title="Retention by segment",
    order=20,
    options={
        "by": (), "measure": MEASURES, "window": WINDOWS, "convention": CONVENTIONS, "rates": rates.RATES,
    },
    needs=("subscriptions", "accounts"),
    uses=(
        "dimension_values", "lines_without_amount", "rate_doubts", "retention_at_current_rates", "retention_by_value",
        "revenue_doubts",
    ),
)  # fmt: skip
def by_dimension(request: QuestionRequest) -> Answer:
    """Return retention per value of option `by`, the largest MRR first, and the total as last row.

    Rows: see `COLUMNS`; the total is that of `retention.summary`. The chart draws option `measure`.

    Raises:
        UnknownOption: no account has the field.
    """
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    field = grouping_field(request, option="by")
    months, measure = window_of(request), request.option("measure", *MEASURES)
    convention, chosen = request.option("convention", *CONVENTIONS), request.option("rates", *rates.RATES)
    windows = _windows(request, field, months, convention, chosen)
    rows = _rows(request, windows, months)
    course = {day: by_value for day, by_value in windows.items() if day >= months_before(request.as_of, TREND - 1)}
    compared = [row for row in rows if row["accounts_start"] or row["accounts_end"]]
    doubt = doubts(request)
    return request.answer(
        headline=_says(request, compared, field, months),
        rows=arrow_table(compared, TYPES),
        columns=COLUMNS,
        charts=(
            (_chart(compared, field, measure, months, convention, chosen), *strips(course, compared, field, measure))
            if _large(compared)
            else ()
        ),
        notes=(*_notes(compared, field), *rates.notes(request, chosen), *doubt.notes),
        definition=RELATIONS[chosen],
    )


def _windows(request: QuestionRequest, field: str, months: int, convention: str, chosen: str) -> Windows:
    """Return the rows of each window by their names: those of the trend, oldest first, and the one before."""
    undated = doubts(request).undated
    days = {request.as_of} if undated else {months_before(request.as_of, back) for back in range(TREND)}
    days |= {day for day in (day_before(request, months),) if day and not undated}
    ends = sorted(days)
    windows: Windows = {day: {} for day in ends}
    every = request.rows.per_element(
        RELATIONS[chosen], by_field=field, start_days=[months_before(day, months) for day in ends], end_days=ends,
        wanted=request.filters_json,
    ).to_pylist()  # fmt: skip
    for row in every:
        if convention == "movements":
            row["nrr"], row["grr"] = row["nrr_movements"], row["grr_movements"]
        row["few"], row["value"] = row["accounts_start"] < SMALL_BASE, TOTAL if row["is_total"] else row["value"]
        windows[row["window_end"]][TOTAL if row["is_total"] else f"value {row['value']}"] = row
    return windows


def _rows(request: QuestionRequest, windows: Windows, months: int) -> list[Row]:
    """Return the values and, last, the total, each with its interval and its difference from all other accounts."""
    before = day_before(request, months)
    current, previous = windows[request.as_of], windows.get(before, {}) if before else {}
    total = current.get(TOTAL)
    if total is None:
        return []
    rows = list(current.values())
    for name, row in current.items():
        accounts_kept, n = row["accounts_kept"], row["accounts_start"]
        row["low"], row["high"] = wilson(accounts_kept, n) or (None, None)
        earlier = previous.get(name, {}).get("nrr")
        row["nrr_change"] = row["nrr"] - earlier if row["nrr"] is not None and earlier is not None else None
        if not row["is_total"]:
            row |= _differences(row, total)
    parts = [row for row in rows if not row["is_total"]]
    for row, chance in zip(parts, holm([row["chance"] for row in parts]), strict=True):
        row["chance"] = chance
        row["verdict"] = _verdict(row, total)
    return rows


def _differences(row: Row, total: Row) -> Row:
    """Return how a value differs from all other accounts, and the p-value for accounts kept; None without others.

    The retention of the others follows from the sums of the total less those of the value.
    """
    other_accounts, others_kept = (
        total["accounts_start"] - row["accounts_start"],
        total["accounts_kept"] - row["accounts_kept"],
    )
    start = total["mrr_start"] - row["mrr_start"]
    differences: Row = {"difference": None, "chance": None, "nrr_difference": None, "grr_difference": None}
    if not other_accounts or not row["accounts_start"]:
        return differences
    differences["difference"] = row["logos"] - others_kept / other_accounts
    for rate in ("nrr", "grr"):
        differences[f"{rate}_difference"] = (
            row[rate] - (total[rate] * total["mrr_start"] - row[rate] * row["mrr_start"]) / start
        )
    if min(row["accounts_start"], other_accounts) >= SMALL_BASE:
        differences["chance"] = two_proportions(
            row["accounts_kept"], row["accounts_start"], others_kept, other_accounts
        )
    return differences


def _verdict(row: Row, total: Row) -> str:
    if not row["accounts_start"]:
        return "nobody paid at the start"
    if row["difference"] is None:
        return "no others"
    if row["few"]:
        return "few accounts"
    if total["accounts_start"] - row["accounts_start"] < SMALL_BASE:
        return "few others"
    if row["chance"] is None or row["chance"] >= SIGNIFICANCE_LEVEL:
        return "could be chance"
    return "yes, more kept" if row["difference"] > 0 else "yes, fewer kept"


def _large(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["accounts_start"] and not row["is_total"]]


def _clearest(rows: list[Row]) -> Row | None:
    """Return the value whose share of accounts kept differs most significantly from that of all others."""
    sure = [row for row in rows if row.get("chance") is not None and row["chance"] < SIGNIFICANCE_LEVEL]
    return min(sure, key=lambda row: (row["chance"], -abs(row["difference"])), default=None)


def _says(request: QuestionRequest, rows: list[Row], field: str, months: int) -> str:
    if not _large(rows):
        when = f"at the start of the {months}-month window to {words.date(request.as_of)}"
        return f"{nobody_paid(request, when)}."
    name, clear = words.field_words(field), _clearest(rows)
    if clear is None:
        return f"No significant difference in {months}-month logo retention by {name}."
    share_text = words.share(clear["logos"], clear["accounts_start"])
    others_text = words.share(clear["logos"] - clear["difference"])
    return (
        f"{clear['value']} retained **{share_text}** of {words.plural(clear['accounts_start'], 'account')} over"
        f" {words.months(months)}, all others **{others_text}**; the difference is statistically significant"
        f" ({p_value(clear['chance'])})."
    )


def _finding(rows: list[Row], field: str, measure: str) -> str:
    """Return the chart's finding: the most significant difference for accounts, else the best and worst large value."""
    name = words.field_words(field)
    if measure == "logos":
        clear = _clearest(rows)
        if clear is None:
            return f"No significant difference in logo retention by {name}"
        more = "more" if clear["difference"] > 0 else "fewer"
        share_text, others_share = (
            words.share(clear["logos"], clear["accounts_start"]),
            clear["logos"] - clear["difference"],
        )
        return f"{clear['value']} retains {more} accounts than all others: {share_text} vs {words.share(others_share)}"
    fair = [row for row in _large(rows) if not row["few"] and row["value"] != NO_VALUE]
    if len(fair) < 2:
        return f"{NAMES[measure]} by {name}"
    best, worst = (pick(fair, key=lambda row: row[measure]) for pick in (max, min))
    if words.share(best[measure]) == words.share(worst[measure]):
        return f"{NAMES[measure]} is the same by {name}: {words.share(best[measure])}"
    return (
        f"{SHORT[measure]} is highest in {best['value']} ({words.share(best[measure])}), lowest in {worst['value']}"
        f" ({words.share(worst[measure])})"
    )


def _chart(rows: list[Row], field: str, measure: str, months: int, convention: str, chosen: str) -> Chart:
    largest = _large(rows)[:MOST_DRAWN]
    total = rows[-1]
    bars = [
        row | {
            "base": SMALL if row["few"] else LARGE,
            "said": f"{words.share(row[measure], row['accounts_start'])} of {words.count(row['accounts_start'])}",
        }
        for row in largest
    ]  # fmt: skip
    some_small = len({row["base"] for row in bars}) > 1
    logos = measure == "logos"
    at_rates = ", current rates" if chosen == "current" else ""
    suffix = " with 95 % CI" if logos else f" ({convention}{at_rates})"
    left_out = "" if len(_large(rows)) <= MOST_DRAWN else f", {MOST_DRAWN} largest"
    return IntervalChart(
        name="retention_by",
        title=_finding(rows, field, measure),
        subtitle=(
            f"{NAMES[measure]} over {words.months(months)} by {words.field_words(field)}{left_out}{suffix};"
            " labels: share and starting accounts"
        ),
        rows=arrow_table(bars, TYPES | {"base": pa.string(), "said": pa.string()}),
        x=measure,
        y="value",
        low="low" if logos else None,
        high="high" if logos else None,
        color="base" if some_small else None,
        highlight=LARGE if some_small else None,
        label="said",
        unit="share",
        axis=f"{NAMES[measure]}, %",
        order=(LARGE, SMALL, *(row["value"] for row in bars)),
        reference=(total[measure], "all accounts") if total[measure] is not None else None,
    )


def _notes(rows: list[Row], field: str) -> list[Note]:
    small = [row["value"] for row in _large(rows) if row["few"]]
    notes = [Note(f"Accounts are grouped by their current {words.field_words(field)}.", "fact", ("value",))]
    if small:
        listed = ", ".join(small[:5]) + (" ..." if len(small) > 5 else "")
        notes.append(Note(f"Fewer than {SMALL_BASE} accounts: {listed}.", "doubt", ("value",)))
    if _clearest(rows):
        text = "A significant difference is not a cause: another factor may explain it."
        notes.append(Note(text, "fact", ("difference",)))
    return notes
