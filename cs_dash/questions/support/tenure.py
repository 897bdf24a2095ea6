"""`support.tenure`: how-to tickets by the tenure of their account."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, IntervalChart, RankedChart
from cs_dash.look.words import interval, number, plural, share
from cs_dash.questions.audited_share import AuditedShare, audited_share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.support.period import WINDOWS, bounds, in_words, no_kinds_note, windowed
from cs_dash.stats.intervals import wilson
from cs_dash.stats.rates import poisson_mean_interval, two_rates

EARLY = (1, 2)
"""The `place` of the tenure groups that make up the first 90 days."""
NO_START = "(unknown start)"
ROWS = {
    "group": pa.string(), "howto": pa.int64(), "part": pa.float64(), "tickets": pa.int64(), "exposure": pa.float64(),
    "time": pa.float64(), "rate": pa.float64(), "low": pa.float64(), "high": pa.float64(), "few": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("group", "Tenure"),
    Column("howto", "How-to tickets", "count"),
    Column("part", "Share of how-to tickets", "share", "Of the how-to tickets whose account has a known start."),
    Column("tickets", "All tickets", "count"),
    Column("exposure", "Paying account-months", "number"),
    Column("time", "Share of time", "share", "Of all paying account-months of the period."),
    Column("rate", "How-to contact rate", "per_100", "How-to tickets per 100 paying accounts a month."),
    Column("low", "95 % CI from", "per_100", "Of the contact rate (Poisson, exact)."),
    Column("high", "95 % CI to", "per_100"),
    Column("few", "Small base", "flag", f"Fewer than {SMALL_BASE} paying account-months.", hidden=True),
)


@question(
    "support.tenure",
    title="How-to tickets by tenure",
    order=40,
    options={"window": WINDOWS},
    needs=("tickets",),
    uses=("audit_checked", "audit_population", "howto_tenure", "ticket_doubts"),
)
def tenure(request: QuestionRequest) -> Answer:
    """Return how-to tickets and paying account-months by tenure; figures early_share, early_ratio."""
    if "tickets" not in request.loaded_tables:
        return request.empty()
    request = windowed(request)
    bands = request.rows("howto_tenure", **bounds(request)).to_pylist()
    rows = _with_rates(bands)
    audited = audited_share(request, request.scope)
    early = _early(rows)
    return request.answer(
        headline=_headline(early, rows, request),
        figures=_figures(early),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=_chart(early, rows, request, audited),
        notes=_notes(rows, audited, request),
        definition="howto_tenure",
    )


def _with_rates(bands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    dated = [row for row in bands if row["place"] is not None]
    howto = sum(row["howto"] for row in dated)
    paid = sum(row["exposure"] or 0 for row in dated)
    for row in bands:
        row["group"] = row["group_name"] or NO_START
        row["part"] = row["howto"] / howto if howto and row["place"] is not None else None
        row["time"] = row["exposure"] / paid if paid and row["exposure"] else None
        row["few"] = (row["exposure"] or 0) < SMALL_BASE
        if row["exposure"]:
            row["low"], row["high"] = (100 * end / row["exposure"] for end in poisson_mean_interval(row["howto"]))
    return bands


def _early(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the how-to tickets of the first 90 days: their number, share and interval, and their rate against later.

    `time` is the share of paying time in the first 90 days, `ratio` the quotient of the two rates, `chance` the
    p-value of their difference; each is None where there is no paying time to compare.
    """
    first = [row for row in rows if row["place"] in EARLY]
    later = [row for row in rows if row["place"] is not None and row["place"] > max(EARLY)]
    base = sum(row["howto"] for row in rows if row["place"] is not None)
    howto, howto_later = (sum(row["howto"] for row in part) for part in (first, later))
    paid, paid_later = (sum(row["exposure"] or 0 for row in part) for part in (first, later))
    summary: dict[str, Any] = {
        "howto": howto, "base": base, "share": howto / base if base else None, "interval": wilson(howto, base),
        "time": None, "ratio": None, "chance": None,
    }  # fmt: skip
    if paid and paid_later:
        summary["time"] = paid / (paid + paid_later)
        summary["ratio"] = (howto / paid) / (howto_later / paid_later) if howto_later else None
        summary["chance"] = two_rates(howto, paid, howto_later, paid_later)
    return summary


def _figures(early: dict[str, Any]) -> tuple[Figure, ...]:
    low, high = early["interval"] or (None, None)
    caveat = (
        small_base_note(early["base"], "how-to tickets")
        if early["base"]
        else "no how-to tickets from accounts with a start date"
    )
    return (
        Figure(
            "early_share", "How-to tickets in the first 90 days", early["share"], "share", n=early["base"],
            n_label="how-to tickets", low=low, high=high, caveat=caveat, definition="howto_tenure",
        ),
        Figure(
            "early_ratio", "First 90 days vs later", early["ratio"], "ratio", n=early["base"],
            n_label="how-to tickets", caveat="" if early["ratio"] else "no paying time to compare",
            definition="howto_tenure",
        ),
    )  # fmt: skip


def _headline(early: dict[str, Any], rows: list[dict[str, Any]], request: QuestionRequest) -> str:
    if not early["base"]:
        return f"No how-to tickets from accounts with a known start, {in_words(request.scope)}."
    low, high = early["interval"]
    text = f"**{share(early['share'], early['base'])}** of {plural(early['base'], 'how-to ticket')} come from accounts"
    text += f" in their first 90 days (95 % CI {interval(low, high)})"
    if early["time"] is None:
        return text + "."
    text += f", which are {share(early['time'])} of paying time"
    if early["chance"] is None or early["chance"] >= SIGNIFICANCE_LEVEL:
        return text + "; the rate does not differ significantly from later."
    if early["ratio"] is None:
        return text + "."
    return text + f": **{number(early['ratio'], 1)} times** the later rate per account and month."


def _title(early: dict[str, Any]) -> str:
    text = f"{share(early['share'], early['base'])} of how-to tickets come in an account's first 90 days"
    if early["chance"] is not None and early["chance"] >= SIGNIFICANCE_LEVEL:
        text += ", no significant difference from later"
    return text


def _chart(
    early: dict[str, Any], rows: list[dict[str, Any]], request: QuestionRequest, audited: AuditedShare
) -> tuple[Chart, ...]:  # fmt: skip
    if not early["base"]:
        return ()
    audit_text = f"; {audited.plain_count_label}" if audited.has_guesses and not audited.governing else ""
    chart_rows = [row for row in rows if row["exposure"]]
    if not chart_rows:
        chart_rows = [row | {"said": share(row["part"], early["base"])} for row in rows if row["part"] is not None]
        subtitle = f"Share of how-to tickets by tenure of the account, {in_words(request.scope)}{audit_text}"
        return (
            RankedChart(
                name="howto_tenure", title=_title(early), subtitle=subtitle, rows=arrow_table(chart_rows, ROWS),
                x="part", y="group", unit="share", axis="Share of how-to tickets",
                order=tuple(row["group"] for row in chart_rows),
            ),
        )  # fmt: skip
    time = f"; the first 90 days are {share(early['time'])} of paying time" if early["time"] is not None else ""
    for row in chart_rows:
        row["said"] = f"{number(row['rate'], 1)} ({plural(row['howto'], 'ticket')})"
    return (
        IntervalChart(
            name="howto_tenure",
            title=_title(early),
            subtitle=f"How-to tickets per 100 paying accounts a month by tenure, with 95 % CI,"
            f" {in_words(request.scope)}{time}{audit_text}",
            rows=arrow_table(chart_rows, ROWS | {"said": pa.string()}),
            x="rate",
            y="group",
            low="low",
            high="high",
            label="said",
            unit="per_100",
            axis="How-to tickets per 100 accounts a month",
            order=tuple(row["group"] for row in chart_rows),
        ),
    )


def _notes(rows: list[dict[str, Any]], audited: AuditedShare, request: QuestionRequest) -> tuple[Note, ...]:
    total = sum(row["tickets"] for row in rows)
    if total and not audited.population["with_kind"]:
        return (no_kinds_note(request),)
    notes = []
    lost = sum(row["howto"] for row in rows if row["place"] is None)
    if lost:
        text = f"Excludes {plural(lost, 'how-to ticket')} without an account or a start date."
        notes.append(Note(text, "doubt", ("early_share",)))
    before = sum(row["howto"] for row in rows if row["place"] == 0)
    if before:
        verb = "is" if before == 1 else "are"
        text = f"{plural(before, 'how-to ticket')} {verb} dated before the account's start."
        notes.append(Note(text, "doubt", ("early_share",)))
    if rows and not any(row["exposure"] for row in rows):
        text = "No subscriptions loaded, so contact rates by tenure are unavailable."
        notes.append(Note(text, "missing", ("early_ratio",), table="subscriptions"))
    return tuple(notes)
