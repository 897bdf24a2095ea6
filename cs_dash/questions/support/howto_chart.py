"""The how-to share, tickets, contact rate or cost month by month, as a chart with its finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cs_dash.charts import BarChart, Chart, LineChart
from cs_dash.look.words import count, money, month, number, share
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest
from cs_dash.questions.support.audits.share import Checked
from cs_dash.stats.intervals import wilson
from cs_dash.stats.rates import two_rates

MEASURES = ("share", "howto", "contact_rate", "cost")
Row = dict[str, Any]


def months_chart(
    request: QuestionRequest, measure: str, months: list[Row], rows: pa.Table, reference: Row, found: Checked
) -> Chart:  # fmt: skip
    """Return the chart of a measure by month; a month that is not wholly in the period is open and dashed, or pale."""
    if measure == "share":
        drawn = "" if found.guessed else ", with its 95 % interval"
        counted = "; the plain count, not corrected by the audit" if found.estimate else ""
        if found.guessed and not found.estimate:
            counted = f"; {found.unaudited}"
        return LineChart(
            name="howto_months",
            title=_finding(months),
            subtitle=f"Share of the tickets with a kind, by month{drawn}{counted}{_parts(months, 'open')}",
            rows=rows,
            x="month",
            y="share",
            low="low",
            high="high",
            in_progress="part",
            unit="share",
            axis="how-to share of tickets",
            reference=_line(reference),
        )
    if measure == "contact_rate":
        return LineChart(
            name="howto_months",
            title=_moved(months, "tickets", "exposure", "Tickets per 100 accounts a month", 100),
            subtitle=f"All tickets per 100 paying accounts, by month{_parts(months, 'open')}",
            rows=rows,
            x="month",
            y="contact_rate",
            in_progress="part",
            unit="per_100",
            axis="tickets per 100 accounts",
        )
    if measure == "cost":
        return BarChart(
            name="howto_months",
            title=_costly(months, request.currency),
            subtitle=f"Cost of the how-to tickets of each month{_parts(months, 'pale')}",
            rows=rows,
            x="month",
            y="cost",
            in_progress="part",
            unit="money",
            axis="cost" + (f", {request.currency}" if request.currency else ""),
            currency=request.currency,
        )
    unset = "No cost is told; a setting brings it. " if measure == "no cost" else ""
    return BarChart(
        name="howto_months",
        title=_moved(months, "howto", None, "How-to tickets a month", 1),
        subtitle=f"{unset}How-to tickets by month{_parts(months, 'pale')}",
        rows=rows,
        x="month",
        y="howto",
        in_progress="part",
        unit="count",
        axis="how-to tickets",
    )


def _parts(months: Sequence[Row], drawn: str) -> str:
    return f"; {drawn}: part of a month" if any(not row["final"] for row in months) else ""


def _line(reference: Row) -> tuple[float, str]:
    """Return the line that is drawn: the workspace's own target where it has one, else what others report."""
    if reference["target"] is not None:
        return reference["target"], f"{share(reference['target'])} your target"
    return reference["value"], f"{share(reference['value'])} {reference['publisher']}"


def _thirds(months: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]] | None:
    """Return the first and the last third of whole months; None of fewer than three."""
    third = len(months) // 3
    return (months[:third], months[-third:]) if third else None


def _finding(months: list[Row]) -> str:
    """Return what the months show: a fall or a rise only where the first and last thirds' intervals do not overlap."""
    whole = [row for row in months if row["final"] and row["with_kind"]]
    parts = _thirds(whole)
    if parts is None:
        return "How-to share of tickets by month"
    ends = []
    for part in parts:
        howto, base = sum(row["howto"] for row in part), sum(row["with_kind"] for row in part)
        ends.append((howto / base, wilson(howto, base) or (0.0, 1.0)))
    (first, (low, high)), (last, (low_now, high_now)) = ends
    span = f"{share(first)} to {share(last)} since {month(whole[0]['month'])}"
    if high_now < low:
        return f"The how-to share fell from {span}"
    if low_now > high:
        return f"The how-to share rose from {span}"
    return f"The how-to share has not clearly moved since {month(whole[0]['month'])}"


def _moved(months: list[Row], events: str, exposure: str | None, what: str, times: int) -> str:
    """Return whether so many things a month fell or rose from the first to the last third, beyond chance (Poisson)."""
    whole = [row for row in months if row["final"] and (exposure is None or row[exposure])]
    parts = _thirds(whole)
    if parts is None:
        return f"{what[0].upper()}{what[1:]}"
    (n, at_risk), (n_now, at_risk_now) = (
        (sum(row[events] for row in part), sum(row[exposure] for row in part) if exposure else float(len(part)))
        for part in parts
    )
    chance = two_rates(n, at_risk, n_now, at_risk_now)
    since = f"since {month(whole[0]['month'])}"
    if chance is None or chance >= SIGNIFICANCE_LEVEL:
        return f"{what} have not clearly moved {since}"
    was, now = times * n / at_risk, times * n_now / at_risk_now
    written = (number(was, 0), number(now, 0)) if min(was, now) >= 10 else (number(was, 1), number(now, 1))
    return f"{what} {'rose' if now > was else 'fell'} from {written[0]} to {written[1]} {since}"


def _costly(months: list[Row], currency: str) -> str:
    whole = [row for row in months if row["final"] and row.get("cost") is not None]
    if not whole:
        return "Cost of how-to tickets by month"
    mean = sum(row["cost"] for row in whole) / len(whole)
    return f"How-to tickets cost {money(mean, currency)} a month on average, over {count(len(whole))} whole months"
