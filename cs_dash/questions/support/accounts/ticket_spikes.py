"""`support.asking`: accounts with a ticket spike, that is, more tickets than their own history predicts."""

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

NO_ACCOUNTS = "No ticket has an account, so ticket volume by account cannot be compared."
WINDOW_DAYS = 90
MOST_DRAWN = 10
MIN_PAST_TICKETS = 5
"""The chart leaves out accounts with fewer earlier tickets: their intervals would dwarf all others."""
SIGNIFICANT, NOT_SIGNIFICANT = "more than chance", "could be chance"
VERDICT_LABELS = ((SIGNIFICANT, "significant"), (NOT_SIGNIFICANT, "not significant"))
NO_BAND = "not scored"
ROWS = {
    "account_id": pa.string(), "account": pa.string(), "recent": pa.int64(), "expected": pa.float64(),
    "ratio": pa.float64(), "verdict": pa.string(), "mrr": pa.float64(), "band": pa.string(),
    "renewal_date": pa.date32(), "about": pa.string(), "csm": pa.string(), "last_on": pa.date32(), "low": pa.float64(),
    "high": pa.float64(), "p_value": pa.float64(), "past": pa.int64(), "past_days": pa.int64(),
}  # fmt: skip
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("recent", "Last 90 days", "count", "Tickets in the last 90 days."),
    Column("expected", "Expected", "per_100", "Tickets in 90 days at the account's own rate in the year before."),
    Column("ratio", "Ratio", "ratio", "Actual / expected tickets.", absent="No tickets were expected"),
    Column("verdict", "Significant?", help="Exact Poisson test against the account's own history, adjusted for all"
           " accounts tested (Holm); significant means p below 5 %.", value_labels=VERDICT_LABELS),
    Column("mrr", "MRR", "money"),
    Column("band", "Health"),
    Column("renewal_date", "Renewal", "date"),
    Column("about", "Main topic", help="The topic of most recent tickets, else their product area."),
    Column("csm", "CSM"),
    Column("last_on", "Latest ticket", "date"),
    Column("low", "Ratio, 95 % CI from", "ratio", hidden=True),
    Column("high", "Ratio, 95 % CI to", "ratio", hidden=True),
    Column("p_value", "p", "number", "Adjusted p-value.", hidden=True),
    Column("past", "Earlier tickets", "count", "Tickets in the comparison period, up to a year.", hidden=True),
    Column("past_days", "Earlier days", "count", "Length of the comparison period in days.", hidden=True),
)  # fmt: skip
Row = dict[str, Any]


@question(
    "support.asking",
    title="Ticket spikes",
    order=140,
    needs=("tickets",),
    uses=("accounts_asking", "asking_rates", "health_scores"),
)
def ticket_spikes(request: QuestionRequest) -> Answer:
    """Return the accounts with more tickets than their history predicts, the most significant first.

    Figures: rising, rising_mrr, compared. It always covers the 90 days up to the as-of date, whatever the period.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    accounts = request.in_scope(request.rows("accounts_asking", as_of_day=request.as_of)).to_pylist()
    tested = [row for row in accounts if row["expected"] is not None and row["recent"] + row["past"]]
    rows = _rising_accounts(tested, request)
    significant = [row for row in rows if row["verdict"] == SIGNIFICANT]
    return request.answer(
        headline=_headline(significant, rows, tested, request) if accounts else NO_ACCOUNTS,
        figures=_figures(significant, tested, with_mrr="subscriptions" in request.loaded_tables),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=_chart(significant, rows),
        notes=_notes(accounts, tested, request),
        definition="accounts_asking",
    )


def health_bands(request: QuestionRequest) -> dict[str, str]:
    """Return {account_id: health band} on the as-of date; accounts without a score are left out."""
    rows = scores_on(request, [request.as_of])
    return {row["account_id"]: row["band"] for row in rows if row["band"] != NO_BAND}


def _rising_accounts(tested: list[Row], request: QuestionRequest) -> list[Row]:
    """Return the accounts with more tickets than expected, with p-value and interval, the most significant first."""
    recent, past, past_days = ([row[name] for row in tested] for name in ("recent", "past", "past_days"))
    p_values = rate_rise_p_values(recent, [WINDOW_DAYS] * len(tested), past, past_days)
    band_by_account = health_bands(request)
    for row, p_value, adjusted in zip(tested, p_values, holm(p_values), strict=True):
        row["unadjusted_p_value"], row["p_value"] = p_value, adjusted
        row["verdict"] = SIGNIFICANT if adjusted is not None and adjusted < SIGNIFICANCE_LEVEL else NOT_SIGNIFICANT
        row["ratio"] = row["recent"] / row["expected"] if row["expected"] else None
        row["band"] = band_by_account.get(row["account_id"])
    rising = [row for row in tested if row["recent"] > row["expected"]]
    rising.sort(key=lambda row: (row["unadjusted_p_value"], -row["recent"], row["account_id"]))
    for row in rising:
        limits = rate_ratio_interval(row["recent"], WINDOW_DAYS, row["past"], row["past_days"])
        row["low"], row["high"] = limits or (None, None)
    return rising


def _headline(significant: list[Row], rows: list[Row], tested: list[Row], request: QuestionRequest) -> str:
    if not tested:
        return "No account has enough ticket history to compare."
    if not significant:
        text = f"No significant ticket spike ({plural(len(tested), 'account')} compared)"
        if rows:
            top = rows[0]
            text += f"; the closest is **{top['account']}** with {_against_past(top)}"
        return f"{text}."
    top, has = significant[0], "has" if len(significant) == 1 else "have"
    text = f"**{plural(len(significant), 'account')}** {has} a significant ticket spike:"
    text += f" **{top['account']}** {'leads with ' if len(significant) > 1 else 'with '}{_against_past(top)}"
    mrr = total_mrr(significant)
    return text + (f". Affected MRR is **{money(mrr, request.currency)}**." if mrr else ".")


def _against_past(row: Row) -> str:
    expected = number(row["expected"], 1)
    return f"{plural(row['recent'], 'ticket')} in {WINDOW_DAYS} days vs {expected} expected"


def total_mrr(rows: list[Row]) -> float | None:
    """Return the MRR of the accounts together; None where no account has an MRR."""
    amounts = [row["mrr"] for row in rows if row["mrr"] is not None]
    return fsum(amounts) if amounts else None


def _figures(significant: list[Row], tested: list[Row], *, with_mrr: bool) -> tuple[Figure, ...]:
    none = 0.0 if tested and with_mrr else None  # no account, no MRR
    return (
        Figure("rising", "Accounts with a ticket spike", len(significant) if tested else None, "count", n=len(tested),
               n_label="accounts compared", better="down", caveat="" if tested else "no account has 90 days of history",
               definition="accounts_asking"),
        Figure("rising_mrr", "MRR with a ticket spike", total_mrr(significant) if significant else none, "money",
               n=len(significant), n_label="accounts",
               caveat="" if significant or none is not None else "no such account", definition="accounts_asking"),
        Figure("compared", "Accounts compared", len(tested), "count", definition="asking_rates"),
    )  # fmt: skip


def _chart(significant: list[Row], rows: list[Row]) -> tuple[Chart, ...]:
    chart_rows = [row | {"said": f"{count(row['recent'])} vs {number(row['expected'], 1)} expected"}
             for row in rows if row["past"] >= MIN_PAST_TICKETS][:MOST_DRAWN]  # fmt: skip
    if not chart_rows:
        return ()
    labels = dict(VERDICT_LABELS)
    title = "No significant ticket spike"
    if significant:
        title = f"{plural(len(significant), 'account')} have a ticket spike" if len(significant) > 1 else (
            f"{significant[0]['account']} has a ticket spike"
        )  # fmt: skip
    return (
        IntervalChart(
            name="asking",
            title=title,
            subtitle=f"Tickets in {WINDOW_DAYS} days / tickets expected from the account's own history, with 95 % CI;"
            f" accounts with at least {MIN_PAST_TICKETS} earlier tickets, most significant first",
            rows=arrow_table(
                [row | {"verdict": labels[row["verdict"]]} for row in chart_rows], ROWS | {"said": pa.string()}
            ),
            x="ratio",
            y="account",
            low="low",
            high="high",
            color="verdict",
            highlight=labels[SIGNIFICANT],
            label="said",
            unit="ratio",
            axis="Actual / expected tickets",
            order=(*labels.values(), *(row["account"] for row in chart_rows)),
            reference=(1.0, "expected"),
        ),
    )


def _notes(accounts: list[Row], tested: list[Row], request: QuestionRequest) -> tuple[Note, ...]:
    notes = []
    if not accounts:
        text = "The tickets have no account, or the account list is missing."
        notes.append(Note(text, "missing", ("compared",), table="accounts"))
    without_past = sum(row["expected"] is None for row in accounts)
    if without_past:
        text = f"Excludes {plural(without_past, 'account')} with less than {WINDOW_DAYS} days of history."
        notes.append(Note(text, "doubt", ("compared",)))
    last_day = next((row["until_day"] for row in accounts), None)
    if last_day is not None and last_day < request.as_of:
        text = f"The latest ticket is from {date(last_day)}: the {WINDOW_DAYS} days end there."
        notes.append(Note(text, "doubt", ("recent",)))
    if tested:
        text = f"Compares the {WINDOW_DAYS} days up to {date(last_day)} with the year before, regardless of the period."
        notes.append(Note(text, "fact", ("recent",)))
        text = f"Significance is adjusted for {plural(len(tested), 'account')} tested (Holm)."
        notes.append(Note(text, "assumption", ("verdict",)))
    return tuple(notes)
