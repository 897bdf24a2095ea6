"""Retention of revenue and of accounts over a window."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Better, Column, Figure, Note
from cs_dash.charts import Chart, LineChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.retention import rates
from cs_dash.questions.retention.benchmarks import Benchmarks, benchmark_text, benchmarks, provenance
from cs_dash.questions.retention.doubts import contradictions, doubts, nobody_paid
from cs_dash.questions.retention.lifetime import lifetime_value, secondary_figures_note
from cs_dash.questions.retention_intervals import UNKNOWN, intervals_of
from cs_dash.scope import months_before
from cs_dash.units import Unit

WINDOWS = ("12", "6", "3", "1")
CONVENTIONS = ("snapshot", "movements")
TREND = 12
BALANCES = {
    "mrr_start": "accounts_start", "accounts_start": "accounts_start", "mrr_end": "accounts_end",
    "accounts_end": "accounts_end",
}  # fmt: skip
DRAWN = {
    "day": pa.date32(), "value": pa.float64(), "measure": pa.string(), "low": pa.float64(), "high": pa.float64(),
    "accounts": pa.int64(),
}  # fmt: skip
Window = dict[str, Any]

COLUMNS = (
    Column("step", "Step"),
    Column("mrr", "MRR", "money"),
    Column("share", "Share of starting MRR", "share"),
)


@question(
    "retention.summary",
    title="Retention",
    order=10,
    options={"window": WINDOWS, "convention": CONVENTIONS, "rates": rates.RATES},
    needs=("subscriptions", "accounts"),
    uses=(
        "churn_marks", "gross_revenue_retention", "lifetime_value", "lines_without_amount",
        "logo_retention", "net_revenue_retention",
        "quick_ratio", "rate_doubts", "renewal_rate", "retention_at_current_rates", "retention_benchmarks",
        "retention_conventions", "retention_windows", "revenue_doubts", "revenue_movements",
        "revenue_per_account",
    ),
)  # fmt: skip
def summary(request: QuestionRequest) -> Answer:
    """Return NRR, GRR, logo retention and related figures, with the window before and 12 months of history."""
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    months, convention = window_of(request), request.option("convention", *CONVENTIONS)
    doubt, chosen = doubts(request), request.option("rates", *rates.RATES)
    windows = _windows(request, months, convention, chosen)
    window = windows[request.as_of]
    before = day_before(request, months)
    window_before = _without_unknown_balances(windows[before]) if before and not doubt.undated else {}
    past = () if doubt.undated else range(TREND - 1, -1, -1)
    trend = [_without_unknown_balances(windows[months_before(request.as_of, back)]) for back in past]
    label = f"{_span(months)} to {words.month(before)}" if before and window_before else ""
    published = benchmarks(request, months)
    lifetime = lifetime_value(request, before, label, undated=doubt.undated)
    figures = (*_figures(window, window_before, label, trend, published), lifetime)
    current = chosen == "current"
    if current:
        figures = rates.with_fx(figures, rates.figure(window, window_before, label))
    return request.answer(
        headline=rates.sentence(_says(request, window, window_before, months), window)
        if current
        else _says(request, window, window_before, months),
        figures=figures,
        rows=rates.steps(window) if current else _conventions(request, window),
        columns=COLUMNS,
        charts=(_chart(trend, months, convention, chosen),) if trend else (),
        notes=(
            *_notes(window, convention),
            *rates.notes(request, chosen),
            *(note for note in (rates.fx_note(request, window) if current else None,) if note),
            *doubt.notes,
            *contradictions(request),
            *secondary_figures_note(figures, request.currency),
            *provenance(published),
        ),
        definition="retention_at_current_rates" if current else "net_revenue_retention",
    )


def window_of(request: QuestionRequest) -> int:
    """Return the months of the window: option `window`, else the window that fits the period."""
    return int(request.option("window", *WINDOWS)) if "window" in request.options else request.scope.window


def day_before(request: QuestionRequest, months: int) -> dt.date | None:
    """Return the last day of the window to compare with, or None when comparison is off."""
    if request.scope.compare == "none":
        return None
    return months_before(request.as_of, 12 if request.scope.compare == "year" else months)


def _windows(request: QuestionRequest, months: int, convention: str, chosen: str) -> dict[dt.date, Window]:
    """Return the windows that end on the as-of date, on the days of the trend and on the comparison day."""
    days = {months_before(request.as_of, back) for back in range(TREND)}
    days |= {day for day in (day_before(request, months),) if day}
    ends = sorted(days)
    relation: tuple[str, dict[str, Any]] = (
        ("retention_windows", {}) if chosen == "constant" else ("retention_at_current_rates", {"by_field": None})
    )
    window_rows = request.rows.per_element(
        relation[0], start_days=[months_before(day, months) for day in ends], end_days=ends,
        wanted=request.filters_json, **relation[1],
    )  # fmt: skip
    windows: dict[dt.date, Window] = {row["window_end"]: row for row in window_rows.to_pylist()}
    rates = request.rows.per_element(
        "renewal_rate",
        start_days=[months_before(day, months) for day in ends],
        end_days=ends,
        wanted=request.filters_json,
    )
    for row in rates.to_pylist():
        windows[row["window_end"]] |= {"renewal_rate": row["renewal_rate"], "renewals": row["renewals"]}
    for row in windows.values():
        row["nrr_snapshot"], row["grr_snapshot"] = row["nrr"], row["grr"]
        row["intervals"] = intervals_of(row)
        if convention == "movements":
            row["intervals"] |= dict.fromkeys(("nrr", "grr"), UNKNOWN)
            row["nrr"], row["grr"] = row["nrr_movements"], row["grr_movements"]
    return windows


def _without_unknown_balances(row: Window) -> Window:
    """Return a past window without the balances of days before the first payment, which the data do not cover."""
    unknown = [name for name, accounts in BALANCES.items() if not row[accounts]]
    return row | dict.fromkeys(unknown)


def _figures(
    window: Window, window_before: Window, label: str, trend: list[Window], published: Benchmarks
) -> tuple[Figure, ...]:
    n = window["accounts_start"]
    caveat = small_base_note(n) if n else "no paying accounts at the start of the window"

    def figure(name: str, key: str, words_: str, unit: Unit, better: Better, definition: str, **more: Any) -> Figure:
        return Figure(
            name, words_, window[key], unit, previous=window_before.get(key), previous_label=label, better=better,
            definition=definition, trend=tuple(row[key] for row in trend), benchmark=benchmark_text(published, name),
            low=window["intervals"].get(key, UNKNOWN)[0], high=window["intervals"].get(key, UNKNOWN)[1], **more,
        )  # fmt: skip

    of_base: dict[str, Any] = {"n": n, "n_label": "accounts", "caveat": caveat}
    at_end: dict[str, Any] = {"n": window["accounts_end"], "n_label": "accounts"}
    due = small_base_note(window["renewals"], "renewals") if window["renewals"] else "no renewals due"
    lossless = "no losses" if window["quick"] is None and window["gains"] else ""
    return (
        figure("nrr", "nrr", "Net revenue retention", "share", "up", "net_revenue_retention", **of_base),
        figure("grr", "grr", "Gross revenue retention", "share", "up", "gross_revenue_retention", **of_base),
        figure("logo_retention", "logos", "Logo retention", "share", "up", "logo_retention", **of_base),
        figure("mrr_end", "mrr_end", "Monthly recurring revenue", "money", "up", "revenue_per_account", **at_end),
        figure("mrr_start", "mrr_start", "Starting MRR", "money", "up", "revenue_movements",
               n=n, n_label="accounts"),
        figure("accounts_end", "accounts_end", "Paying accounts", "count", "up", "revenue_movements"),
        figure("accounts_start", "accounts_start", "Starting accounts", "count", "up", "revenue_movements"),
        figure("quick_ratio", "quick", "Quick ratio", "ratio", "up", "quick_ratio", caveat=lossless),
        figure("arpa", "arpa", "MRR per account", "money", "up", "revenue_per_account", **at_end),
        figure("renewal_rate", "renewal_rate", "Renewal rate", "share", "up", "renewal_rate",
               n=window["renewals"], n_label="renewals", caveat=due),
    )  # fmt: skip


def _says(request: QuestionRequest, window: Window, window_before: Window, months: int) -> str:
    day = words.date(request.as_of)
    if not window["accounts_start"]:
        began = words.date(window["window_start"])
        nobody = nobody_paid(request, f"on {began}")
        return f"{nobody}, at the start of the window, so there is no retention up to {day}."
    n = window["accounts_start"]
    compared = words.comparison(window["nrr"], window_before.get("nrr"), "in the previous window", "share")
    change = f", {compared}" if compared else ""
    text = (
        f"NRR over {_span(months)} to {day} is **{words.share(window['nrr'], n)}**{change}."
        f" GRR is **{words.share(window['grr'], n)}**, logo retention **{words.share(window['logos'], n)}**"
        f" (**{words.count(window['accounts_kept'])}** of {words.plural(n, 'account')})"
    )
    return f"{text}; {small_base_note(n)}." if small_base_note(n) else f"{text}."


def _span(months: int) -> str:
    return words.plural(months, "month")


def _chart(trend: list[Window], months: int, convention: str, chosen: str) -> Chart:
    names = {"nrr": "NRR", "grr": "GRR", "logos": "Logo retention"}
    rows = [
        {
            "day": row["window_end"], "value": row[key], "measure": name, "low": row["intervals"][key][0],
            "high": row["intervals"][key][1], "accounts": row["accounts_start"],
        }
        for row in trend
        for key, name in names.items()
        if row[key] is not None
    ]  # fmt: skip
    measured = [row for row in trend if row["nrr"] is not None and row["accounts_start"] >= SMALL_BASE]
    title, at_rates = "Retention over time", ", current rates" if chosen == "current" else ""
    if len(measured) > 1:
        change = measured[-1]["nrr"] - measured[0]["nrr"]
        direction = "held" if abs(change) < 0.005 else "rose" if change > 0 else "fell"
        since = words.month(measured[0]["window_end"])
        title = f"NRR {direction}"
        title += f" at {words.share(measured[-1]['nrr'])} since {since}" if direction == "held" else (
            f" from {words.share(measured[0]['nrr'])} to {words.share(measured[-1]['nrr'])} since {since}"
        )  # fmt: skip
    return LineChart(
        name="retention",
        title=title,
        subtitle=f"Retention over {_span(months)} at each month end ({convention}{at_rates})",
        rows=arrow_table(rows, DRAWN),
        x="day",
        y="value",
        color="measure",
        low="low",
        high="high",
        unit="share",
        axis="Retention, %",
        order=tuple(names.values()),
        reference=(1.0, "100 %"),
    )


def _conventions(request: QuestionRequest, window: Window) -> pa.Table:
    """Return the steps from the figures by snapshot to those by movements; each part reconciles to zero."""
    kinds = {"step": pa.string(), "mrr": pa.float64(), "share": pa.float64()}
    start = window["mrr_start"]
    if not start:
        return arrow_table([], kinds)
    parts = request.single_row(
        "retention_conventions",
        start_day=window["window_start"],
        end_day=window["window_end"],
        wanted=request.filters_json,
    )
    steps = [
        ("NRR by snapshot", window["nrr_snapshot"] * start),
        ("Later growth and losses of accounts that joined or came back within the window", parts["nrr_newcomers"]),
        ("Win-backs of accounts that churned within the window, excluded by movements", -parts["nrr_returns"]),
        ("NRR by movements", window["nrr_movements"] * start),
        ("GRR by snapshot", window["grr_snapshot"] * start),
        ("Losses of accounts that joined or came back within the window", -parts["grr_newcomers"]),
        ("Losses recovered within the window", -parts["grr_made_good"]),
        ("GRR by movements", window["grr_movements"] * start),
    ]
    return arrow_table([{"step": step, "mrr": mrr, "share": mrr / start} for step, mrr in steps], kinds)


def _notes(window: Window, convention: str) -> list[Note]:
    notes = []
    if 0 < window["accounts_start"] < SMALL_BASE:
        text = f"Few accounts: {words.plural(window['accounts_start'], 'paying account')} at the start of the window."
        notes.append(Note(text, "doubt", ("nrr", "grr", "logo_retention")))
    if convention == "movements":
        text = (
            "By movements: adds up each month's losses, including those of accounts that joined within the window. Logo"
            " retention is the same under both conventions."
        )
        notes.append(Note(text, "fact", ("nrr", "grr")))
    return notes
