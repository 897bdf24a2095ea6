"""The how-to share, tickets, contact rate or cost month by month, as a chart with its finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cs_dash.charts import BarChart, Chart, LineChart
from cs_dash.look.words import money, month, number, plural, share
from cs_dash.questions.audited_share import AuditedShare
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest
from cs_dash.stats.intervals import wilson
from cs_dash.stats.rates import two_rates

MEASURES = ("share", "howto", "contact_rate", "cost")
Row = dict[str, Any]


def months_chart(
    request: QuestionRequest, measure: str, months: list[Row], rows: pa.Table, reference: Row, audited: AuditedShare
) -> Chart:  # fmt: skip
    """Return the chart of a measure by month; partial months are drawn open and dashed, or pale."""
    if measure == "share":
        interval_text = "" if audited.has_guesses else ", with 95 % CI"
        audit_text = ""
        if audited.has_guesses and not audited.governing:
            audit_text = f"; {audited.plain_count_label}"
        label = "Unadjusted share" if audited.governing else "Share"
        return LineChart(
            name="howto_months",
            title=_share_title(months, "unadjusted how-to share" if audited.governing else "how-to share"),
            subtitle=f"{label} of categorised tickets, by month"
            f"{interval_text}{audit_text}{_partial_text(months, 'open')}",
            rows=rows,
            x="month",
            y="share",
            low="low",
            high="high",
            in_progress="part",
            unit="share",
            axis=f"{'Unadjusted how-to' if audited.governing else 'How-to'} share of tickets",
            reference=_reference_line(reference),
        )
    if measure == "contact_rate":
        return LineChart(
            name="howto_months",
            title=_trend_title(months, "tickets", "exposure", "The contact rate", 100),
            subtitle=f"All tickets per 100 paying accounts, by month{_partial_text(months, 'open')}",
            rows=rows,
            x="month",
            y="contact_rate",
            in_progress="part",
            unit="per_100",
            axis="Tickets per 100 accounts",
        )
    if measure == "cost":
        return BarChart(
            name="howto_months",
            title=_cost_title(months, request.currency),
            subtitle=f"Cost of how-to tickets by month{_partial_text(months, 'pale')}",
            rows=rows,
            x="month",
            y="cost",
            in_progress="part",
            unit="money",
            axis="Cost" + (f", {request.currency}" if request.currency else ""),
            currency=request.currency,
        )
    unset = "No cost set (see Settings). " if measure == "no cost" else ""
    return BarChart(
        name="howto_months",
        title=_trend_title(months, "howto", None, "How-to tickets per month", 1),
        subtitle=f"{unset}How-to tickets by month{_partial_text(months, 'pale')}",
        rows=rows,
        x="month",
        y="howto",
        in_progress="part",
        unit="count",
        axis="How-to tickets",
    )


def _partial_text(months: Sequence[Row], style: str) -> str:
    return f"; {style}: partial month" if any(not row["final"] for row in months) else ""


def _reference_line(reference: Row) -> tuple[float, str]:
    """Return the reference line and its label: the workspace's target if there is one, else the industry benchmark."""
    if reference["target"] is not None:
        return reference["target"], f"Your target {share(reference['target'])}"
    return reference["value"], f"{share(reference['value'])} {reference['publisher']}"


def _thirds(months: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]] | None:
    """Return the first and the last third of the months; None for fewer than three months."""
    third = len(months) // 3
    return (months[:third], months[-third:]) if third else None


def _averages(part: Sequence[Row]) -> str:
    """Return that an amount is the average of several months: the drawing shows those of single ones."""
    return f" ({len(part)}-month averages)" if len(part) > 1 else ""


def _share_title(months: list[Row], share_name: str) -> str:
    """Return the trend of the share: a fall or rise only if the first and last third's intervals do not overlap."""
    whole = [row for row in months if row["final"] and row["with_kind"]]
    parts = _thirds(whole)
    if parts is None:
        return f"{share_name.capitalize()} of tickets by month"
    ends = []
    for part in parts:
        howto, base = sum(row["howto"] for row in part), sum(row["with_kind"] for row in part)
        ends.append((howto / base, wilson(howto, base) or (0.0, 1.0)))
    (first, (low, high)), (last, (low_now, high_now)) = ends
    span = f"{share(first)} to {share(last)} since {month(whole[0]['month'])}{_averages(parts[0])}"
    if high_now < low:
        return f"The {share_name} fell from {span}"
    if low_now > high:
        return f"The {share_name} rose from {span}"
    return f"No significant change in the {share_name} since {month(whole[0]['month'])}"


def _trend_title(months: list[Row], events: str, exposure: str | None, label: str, scale: int) -> str:
    """Return the trend of a monthly rate: a fall or rise only if the first and last third differ (Poisson test)."""
    whole = [row for row in months if row["final"] and (exposure is None or row[exposure])]
    parts = _thirds(whole)
    if parts is None:
        return f"{label[0].upper()}{label[1:]}"
    (n, at_risk), (n_now, at_risk_now) = (
        (sum(row[events] for row in part), sum(row[exposure] for row in part) if exposure else float(len(part)))
        for part in parts
    )
    p_value = two_rates(n, at_risk, n_now, at_risk_now)
    since = f"since {month(whole[0]['month'])}"
    if p_value is None or p_value >= SIGNIFICANCE_LEVEL:
        return f"No significant change in {label[0].lower()}{label[1:]} {since}"
    before, after = scale * n / at_risk, scale * n_now / at_risk_now
    amounts = (
        (number(before, 0), number(after, 0)) if min(before, after) >= 10 else (number(before, 1), number(after, 1))
    )
    return (
        f"{label} {'rose' if after > before else 'fell'} from {amounts[0]} to {amounts[1]} {since}{_averages(parts[0])}"
    )


def _cost_title(months: list[Row], currency: str) -> str:
    whole = [row for row in months if row["final"] and row.get("cost") is not None]
    if not whole:
        return "Cost of how-to tickets by month"
    mean = sum(row["cost"] for row in whole) / len(whole)
    return f"How-to tickets cost {money(mean, currency)} a month on average over {plural(len(whole), 'full month')}"
