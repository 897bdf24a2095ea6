"""`support.asking`: accounts that ask more than their own past would bring."""

from __future__ import annotations

from math import fsum
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.look.words import count, date, money, number, plural
from cs_dash.questions.account_health import scores_on
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest, arrow_table
from cs_dash.stats.proportions import holm
from cs_dash.stats.rates import rate_ratio_interval, rate_rise_p_values

NOBODY = "No ticket is known to come from an account, so none can be held against its own past."
DAYS = 90
DRAWN = 10
LEAST_DRAWN = 5
"""Of fewer earlier tickets the interval reaches so far that it hides the others."""
SURELY, PERHAPS = "more than chance", "could be chance"
NO_BAND = "not scored"
ASKING = {
    "account_id": pa.string(), "account": pa.string(), "recent": pa.int64(), "expected": pa.float64(),
    "ratio": pa.float64(), "verdict": pa.string(), "mrr": pa.float64(), "band": pa.string(),
    "renewal_date": pa.date32(), "about": pa.string(), "csm": pa.string(), "last_on": pa.date32(), "low": pa.float64(),
    "high": pa.float64(), "p_value": pa.float64(), "past": pa.int64(), "past_days": pa.int64(),
}  # fmt: skip
ASKING_COLUMNS = (
    Column("account_id", "Account id", hidden=True),
    Column("account", "Account"),
    Column("recent", "Last 90 days", "count", "Tickets of the last 90 days."),
    Column("expected", "Its past would bring", "per_100", "Tickets in 90 days at the rate of its own year before."),
    Column("ratio", "Times", "ratio"),
    Column("verdict", "More than chance?", help="Exact Poisson test against its own past, adjusted for all accounts"
           " tested (Holm); p below 5 % counts as more than chance."),
    Column("mrr", "MRR", "money"),
    Column("band", "Health"),
    Column("renewal_date", "Renewal", "date"),
    Column("about", "Mostly about", help="The topic of most of its recent tickets, else their area."),
    Column("csm", "CSM"),
    Column("last_on", "Newest", "date"),
    Column("low", "Times, from", "ratio", "Lower end of the 95 % interval.", hidden=True),
    Column("high", "Times, to", "ratio", "Upper end of it.", hidden=True),
    Column("p_value", "p", "number", "Adjusted p-value.", hidden=True),
    Column("past", "Tickets before", "count", "Tickets of its past, up to a year.", hidden=True),
    Column("past_days", "Days before", "count", "Days of that past.", hidden=True),
)  # fmt: skip
Row = dict[str, Any]


@question(
    "support.asking",
    title="Who asks more than before?",
    order=140,
    needs=("tickets",),
    uses=("accounts_asking", "asking_rates", "health_scores"),
)
def asking(request: QuestionRequest) -> Answer:
    """Return the accounts that ask more than their own past, the surest first; figures rising, rising_mrr, compared.

    It looks at the 90 days up to the day looked at, whatever the period.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    found = request.in_scope(request.rows("accounts_asking", as_of_day=request.as_of)).to_pylist()
    tested = [row for row in found if row["expected"] is not None and row["recent"] + row["past"]]
    rows = _judged(tested, request)
    sure = [row for row in rows if row["verdict"] == SURELY]
    return Answer(
        question=request.question,
        title=request.title,
        headline=_asking_says(sure, rows, tested, request) if found else NOBODY,
        as_of=request.scope.as_of,
        figures=_asking_figures(sure, tested),
        rows=arrow_table(rows, ASKING),
        columns=ASKING_COLUMNS,
        charts=_asking_chart(sure, rows),
        notes=_asking_notes(found, tested, request),
        definition=request.definitions.get("accounts_asking"),
        currency=request.currency,
    )


def bands(request: QuestionRequest) -> dict[str, str]:
    """Return {account: health band} on the day looked at; accounts without a score are left out."""
    rows = scores_on(request, [request.as_of])
    return {row["account_id"]: row["band"] for row in rows if row["band"] != NO_BAND}


def _judged(tested: list[Row], request: QuestionRequest) -> list[Row]:
    """Return the accounts that ask more than expected, the surest first, with how sure that is."""
    recent, past, days = ([row[name] for row in tested] for name in ("recent", "past", "past_days"))
    chances = rate_rise_p_values(recent, [DAYS] * len(tested), past, days)
    band = bands(request)
    for row, alone, chance in zip(tested, chances, holm(chances), strict=True):
        row["alone"], row["p_value"] = alone, chance
        row["verdict"] = SURELY if chance is not None and chance < SIGNIFICANCE_LEVEL else PERHAPS
        row["ratio"] = row["recent"] / row["expected"] if row["expected"] else None
        row["band"] = band.get(row["account_id"])
    more = [row for row in tested if row["recent"] > row["expected"]]
    more.sort(key=lambda row: (row["alone"], -row["recent"], row["account_id"]))
    for row in more:
        row["low"], row["high"] = rate_ratio_interval(row["recent"], DAYS, row["past"], row["past_days"]) or (
            None,
            None,
        )
    return more


def _asking_says(sure: list[Row], rows: list[Row], tested: list[Row], request: QuestionRequest) -> str:
    if not tested:
        return "No account has written for long enough to be held against its own past."
    if not sure:
        text = f"No account asks more than its own past by more than chance ({plural(len(tested), 'account')} compared)"
        if rows:
            top = rows[0]
            text += f"; nearest comes **{top['account']}**, {plural(top['recent'], 'ticket')} in {DAYS} days against"
            text += f" {number(top['expected'], 1)} that its past would bring"
        return f"{text}."
    top = sure[0]
    text = f"**{plural(len(sure), 'account')}** {'asks' if len(sure) == 1 else 'ask'} more than their own past, by more"
    text += f" than chance: **{top['account']}** most surely, {plural(top['recent'], 'ticket')} in {DAYS} days against"
    text += f" {number(top['expected'], 1)} that its past would bring"
    paid = _paid(sure)
    return text + (f"; they pay **{money(paid, request.currency)}** a month." if paid else ".")


def _paid(rows: list[Row]) -> float | None:
    known = [row["mrr"] for row in rows if row["mrr"] is not None]
    return fsum(known) if known else None


def _asking_figures(sure: list[Row], tested: list[Row]) -> tuple[Figure, ...]:
    return (
        Figure("rising", "Ask more than before", len(sure) if tested else None, "count", n=len(tested),
               n_label="accounts compared", better="down", caveat="" if tested else "no account has 90 days of past",
               definition="accounts_asking"),
        Figure("rising_mrr", "Their MRR", _paid(sure), "money", n=len(sure), n_label="accounts",
               caveat="" if sure else "no such account", definition="accounts_asking"),
        Figure("compared", "Accounts compared", len(tested), "count", definition="asking_rates"),
    )  # fmt: skip


def _asking_chart(sure: list[Row], rows: list[Row]) -> tuple[Chart, ...]:
    drawn = [row | {"said": f"{count(row['recent'])}, not {number(row['expected'], 1)}"}
             for row in rows if row["past"] >= LEAST_DRAWN][:DRAWN]  # fmt: skip
    if not drawn:
        return ()
    title = "Nobody asks more than before by more than chance"
    if sure:
        title = f"{plural(len(sure), 'account')} ask more than before" if len(sure) > 1 else (
            f"{sure[0]['account']} asks more than before"
        )  # fmt: skip
    return (
        IntervalChart(
            name="asking",
            title=title,
            subtitle=f"Tickets of {DAYS} days over those that the account's own past would bring, each with its 95 %"
            f" interval; the surest first, of those with {LEAST_DRAWN} earlier tickets or more",
            rows=arrow_table(drawn, ASKING | {"said": pa.string()}),
            x="ratio",
            y="account",
            low="low",
            high="high",
            color="verdict",
            highlight=SURELY,
            label="said",
            unit="ratio",
            axis="times its own past",
            order=(SURELY, PERHAPS, *(row["account"] for row in drawn)),
            reference=(1.0, "its own past"),
        ),
    )


def _asking_notes(found: list[Row], tested: list[Row], request: QuestionRequest) -> tuple[Note, ...]:
    notes = []
    if not found:
        text = "The tickets name no account, or the list of accounts is missing."
        notes.append(Note(text, "missing", ("compared",), table="accounts"))
    fresh = sum(row["expected"] is None for row in found)
    if fresh:
        text = f"{plural(fresh, 'account')} with fewer than {DAYS} days of past left out: they have nothing to be held"
        notes.append(Note(f"{text} against.", "doubt", ("compared",)))
    until = next((row["until_day"] for row in found), None)
    if until is not None and until < request.as_of:
        text = f"The newest ticket is of {date(until)}: the {DAYS} days end there."
        notes.append(Note(text, "doubt", ("recent",)))
    if tested:
        text = f"The {DAYS} days up to {date(until)} are held against the year before them, whatever the period above."
        notes.append(Note(text, "fact", ("recent",)))
        text = f"Of {plural(len(tested), 'account')} some ask more by chance: the test allows for that (Holm)."
        notes.append(Note(text, "assumption", ("verdict",)))
    return tuple(notes)
