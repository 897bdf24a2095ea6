"""`overview.summary`: the main figures of the other questions side by side."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import BarChart, Chart, LineChart
from cs_dash.look.words import comparison, date, money, month, plural, share
from cs_dash.questions.account_health import bands_on
from cs_dash.questions.declaration import question
from cs_dash.questions.howto_share import LABEL, HowToShare
from cs_dash.questions.overview.comparison import comparison_day, trend_days
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.retention_intervals import intervals_of
from cs_dash.scope import ONE_DAY, months_before, months_in
from cs_dash.units import Unit

BANDS = ("green", "yellow", "red", "not scored")
ROWS = {
    "month": pa.date32(), "nrr": pa.float64(), "grr": pa.float64(), "accounts": pa.int64(), "mrr": pa.float64(),
    "red_accounts": pa.int64(), "red_mrr": pa.float64(), "howto_share": pa.float64(), "tickets": pa.int64(),
}  # fmt: skip
COLUMNS = (
    Column("month", "Month", "month"),
    Column("nrr", "NRR", "share"),
    Column("grr", "GRR", "share"),
    Column("accounts", "Paying accounts", "count"),
    Column("mrr", "MRR", "money"),
    Column("red_accounts", "Red accounts", "count"),
    Column("red_mrr", "MRR of red accounts", "money"),
    Column("howto_share", "How-to share", "share"),
    Column("tickets", "Tickets", "count"),
)
Row = dict[str, Any]
NEEDED: dict[str, str] = {
    "subscriptions": "No revenue or retention data: upload subscriptions.",
    "tickets": "No support data: upload support tickets.",
    "usage": "No usage data, so health scores are less complete: upload usage.",
}


@question(
    "overview.summary",
    title="Overview",
    order=10,
    needs=("subscriptions", "tickets", "usage"),
    uses=(
        "audit_checked", "audit_population",
        "gross_revenue_retention", "health_bands", "health_scores", "howto_share", "net_revenue_retention",
        "retention_windows", "revenue_doubts",
    ),
)  # fmt: skip
def summary(request: QuestionRequest) -> Answer:
    """Return NRR, GRR, accounts at risk with their MRR, and the how-to share, each with its trend."""
    if request.scope.as_of is None or not request.loaded_tables & {"subscriptions", "tickets", "usage", "surveys"}:
        return request.empty()
    trends = OverviewTrends(request)
    rows = trends.months()
    return request.answer(
        headline=_says(trends, request),
        figures=_figures(trends),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=(*_retention_chart(rows, request, trends.current.get("accounts_start")), *_band_chart(trends, request)),
        notes=(
            *trends.assumptions,
            *(Note(text, "missing", table=name) for name, text in NEEDED.items() if name not in request.loaded_tables),
        ),
        definition="net_revenue_retention",
    )


class OverviewTrends:
    """The figures on the as-of date, on the comparison day and over twelve months, each queried once.

    Attributes:
        days: the days of the trend, oldest first; the last is the as-of date.
        before: the comparison day, or None.
        windows: retention by the window's last day; {} without revenue; only the newest where dates were assumed.
        bands: health by day and band.
        howto: how-to share of the period; None without tickets.
        howto_before: the same for the period before; None where there is none.
        howto_months: how-to share by month.
    """

    def __init__(self, request: QuestionRequest) -> None:
        self.days, self.before = trend_days(request), comparison_day(request.scope)
        days = sorted({*self.days, *([self.before] if self.before else [])})
        self.windows: dict[dt.date, Row] = {}
        self.assumptions: tuple[Note, ...] = ()
        if "subscriptions" in request.loaded_tables:
            starts = [months_before(day, request.scope.window) for day in days]
            windows = request.rows.per_element(
                "retention_windows", start_days=starts, end_days=days, wanted=request.filters_json
            )
            self.windows = {row["window_end"]: row for row in windows.to_pylist()}
            lines = request.single_row("revenue_doubts", as_of_day=request.as_of)
            if lines["lines_assumed"] * 2 > lines["lines"]:
                self.windows = {day: row for day, row in self.windows.items() if day == request.as_of}
                text = "Most contract dates are assumed: monthly figures are unreliable."
                self.assumptions = (Note(text, "assumption", ("nrr", "grr")),)
        self.bands = bands_on(request, days)
        self.howto: HowToShare | None = None
        self.howto_before: HowToShare | None = None
        self.howto_months: dict[dt.date, Row] = {}
        if "tickets" in request.loaded_tables:
            self._ask_tickets(request)

    def _ask_tickets(self, request: QuestionRequest) -> None:
        earlier = request.scope.comparison_scope()
        months = months_in(self.days[0].replace(day=1), request.as_of + ONE_DAY)
        periods = [request.scope.bounds, *([earlier.bounds] if earlier else []), *months]
        by_period = {(row["window_start"], row["window_end"]): row for row in request.periods("howto_share", *periods)}
        self.howto = HowToShare.of(request, request.scope, by_period[request.scope.bounds])
        self.howto_before = HowToShare.of(request, earlier, by_period[earlier.bounds]) if earlier else None
        self.howto_months = {month[0]: by_period[month] for month in months if by_period[month]["tickets"]}

    @property
    def current(self) -> Row:
        """Retention of the window that ends on the as-of date."""
        return self.windows.get(self.days[-1], {})

    def band(self, day: dt.date | None, band: str, name: str) -> Any:
        """Return a count or an amount of a band on a day; None where no account could be scored."""
        if day is None or not self.bands.get(day, {}).keys() - {"not scored"}:
            return None
        return self.bands[day].get(band, {}).get(name, 0)

    def months(self) -> list[Row]:
        """Return one row per month of the trend."""
        rows = []
        for day in self.days:
            window, asked_for = self.windows.get(day, {}), self.howto_months.get(day.replace(day=1), {})
            rows.append({
                "month": day.replace(day=1), "nrr": window.get("nrr"), "grr": window.get("grr"),
                "accounts": window.get("accounts_end"), "mrr": window.get("mrr_end"),
                "red_accounts": self.band(day, "red", "accounts"), "red_mrr": self.band(day, "red", "mrr"),
                "howto_share": asked_for.get("share"), "tickets": asked_for.get("tickets"),
            })  # fmt: skip
        return rows


def _figures(trends: OverviewTrends) -> tuple[Figure, ...]:
    days, before, current = trends.days, trends.before, trends.current
    previous, label = trends.windows.get(before, {}) if before else {}, date(before) if before else ""
    scored_accounts = sum(row["accounts"] for row in trends.bands.get(days[-1], {}).values())
    any_scored = trends.band(days[-1], "red", "accounts") is not None
    doubt = small_base_note(scored_accounts or None) if any_scored else "not enough data to score any account"
    figures = []
    for name, words in (("nrr", "Net revenue retention"), ("grr", "Gross revenue retention")):
        n, (low, high) = current.get("accounts_start"), intervals_of(current)[name]
        figures.append(
            Figure(
                name, words, current.get(name), "share", n=n, n_label="accounts", low=low, high=high,
                previous=previous.get(name), previous_label=label, better="up",
                trend=tuple(trends.windows.get(day, {}).get(name) for day in days),
                caveat=small_base_note(n) if n else "no paying accounts at the start of the window",
                definition=f"{_long(name)}_retention",
            )
        )  # fmt: skip
    at_risk: tuple[tuple[str, str, Unit, str], ...] = (
        ("accounts_at_risk", "Red accounts", "count", "accounts"),
        ("mrr_at_risk", "MRR of red accounts", "money", "mrr"),
    )
    for name, words, unit, column in at_risk:
        figures.append(
            Figure(
                name, words, trends.band(days[-1], "red", column), unit,
                n=scored_accounts or None, n_label="accounts", previous=trends.band(before, "red", column),
                previous_label=label, better="down", trend=tuple(trends.band(day, "red", column) for day in days),
                caveat=doubt, definition="health_bands",
            )
        )  # fmt: skip
    shares = [trends.howto_months.get(day.replace(day=1), {}).get("share") for day in days]
    if trends.howto:
        figures.append(trends.howto.figure("howto_share", trends.howto_before, "previous period", shares))
    else:
        figures.append(Figure("howto_share", LABEL, None, "share", caveat="no tickets loaded"))
    return tuple(figures)


def _long(name: str) -> str:
    return {"nrr": "net_revenue", "grr": "gross_revenue"}[name]


def _says(trends: OverviewTrends, request: QuestionRequest) -> str:
    current, previous = trends.current, trends.windows.get(trends.before, {}) if trends.before else {}
    parts = []
    if trends.assumptions and current.get("accounts_end"):
        amount = money(current["mrr_end"], request.currency)
        parts.append(f"{plural(current['accounts_end'], 'account pays', 'accounts pay')} **{amount}** MRR")
    elif current.get("nrr") is not None:
        text = f"NRR is **{share(current['nrr'], current['accounts_start'])}**"
        if previous.get("nrr") is not None:
            text += f", {comparison(current['nrr'], previous['nrr'], f'on {date(trends.before)}', 'share')}"
        parts += [text, f"GRR is **{share(current['grr'], current['accounts_start'])}**"]
    red, amount = trends.band(trends.days[-1], "red", "accounts"), trends.band(trends.days[-1], "red", "mrr")
    if red is not None:
        text = f"**{plural(red, 'account')}** {'is' if red == 1 else 'are'} red"
        parts.append(text + (f" with **{money(amount, request.currency)}** MRR" if amount else ""))
    howto = trends.howto
    if howto and howto.value is not None:
        text = f"The how-to share of tickets is **{share(howto.value, howto.base)}**"
        earlier = howto.previous(trends.howto_before)
        compared = comparison(howto.value, earlier, "in the previous period", "share")
        parts.append(f"{text}, {compared}" if compared else text)
    elif howto and howto.counts["tickets"]:
        parts.append(f"{plural(howto.counts['tickets'], 'ticket')} without a category")
    sentence = ". ".join(parts)
    return sentence[:1].upper() + sentence[1:] + "." if sentence else "No data for this day and these accounts."


def _retention_chart(rows: list[Row], request: QuestionRequest, n: int | None) -> tuple[Chart, ...]:
    line_rows = [
        {"month": row["month"], "measure": words, "value": row[name]}
        for name, words in (("nrr", "NRR"), ("grr", "GRR")) for row in rows if row[name] is not None
    ]  # fmt: skip
    nrr_values = [row["nrr"] for row in rows if row["nrr"] is not None]
    if len(nrr_values) < 2:
        return ()
    first = next(row["month"] for row in rows if row["nrr"] is not None)
    nrr_change = nrr_values[-1] - nrr_values[0]
    title = f"NRR is stable at {share(nrr_values[-1], n)} since {month(first)}"
    if n is not None and n < SMALL_BASE:
        title = "NRR and GRR over time"
    elif abs(nrr_change) >= 0.02:
        verb = "rose" if nrr_change > 0 else "fell"
        title = f"NRR {verb} from {share(nrr_values[0], n)} to {share(nrr_values[-1], n)}"
    return (
        LineChart(
            name="retention_months",
            title=title,
            subtitle=f"Retention over {plural(request.scope.window, 'month')} at each month end",
            rows=arrow_table(line_rows, {"month": pa.date32(), "measure": pa.string(), "value": pa.float64()}),
            x="month",
            y="value",
            color="measure",
            unit="share",
            axis="Share of starting MRR",
            order=("NRR", "GRR"),
            highlight="NRR",
        ),
    )


def _band_chart(trends: OverviewTrends, request: QuestionRequest) -> tuple[Chart, ...]:
    bars = [
        {"month": day.replace(day=1), "band": band, "mrr": float(trends.bands[day][band]["mrr"])}
        for day in trends.days if day in trends.bands for band in BANDS if band in trends.bands[day]
    ]  # fmt: skip
    total = sum(row["mrr"] for row in trends.bands.get(trends.days[-1], {}).values())
    if not total or trends.band(trends.days[-1], "red", "mrr") is None:
        return ()
    green, red = (trends.band(trends.days[-1], band, "mrr") / total for band in ("green", "red"))
    return (
        BarChart(
            name="bands",
            title=f"{share(green)} of MRR is green, {share(red)} red",
            subtitle="Share of MRR by health band at each month end",
            rows=arrow_table(bars, {"month": pa.date32(), "band": pa.string(), "mrr": pa.float64()}),
            x="month",
            y="mrr",
            color="band",
            unit="money",
            axis="Share of MRR",
            order=BANDS,
            semantic=True,
            stack="normalize",
            currency=request.currency,
        ),
    )
