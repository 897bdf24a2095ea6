"""`support.silent`: accounts that used to write, or to use the product, and fell silent."""

from __future__ import annotations

import datetime as dt
from math import fsum
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, RankedChart
from cs_dash.look.words import date, days, money, number, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest, arrow_table
from cs_dash.questions.support.accounts.ticket_spikes import DAYS, bands

DRAWN = 12
GONE, BOTH, ASKS, MAYBE = (
    "uses and asks nothing",
    "asks nothing, stopped using",
    "asks nothing",
    "asks nothing, still uses",
)
ORDER = (GONE, BOTH, ASKS, MAYBE)
"""What fell silent, the most worrying first."""
ROWS = {
    "account_id": pa.string(), "account": pa.string(), "silence": pa.string(), "reason": pa.string(),
    "mrr": pa.float64(), "band": pa.string(), "renewal_date": pa.date32(), "last_ticket_on": pa.date32(),
    "last_used_on": pa.date32(), "expected": pa.float64(), "about": pa.string(), "csm": pa.string(),
    "said": pa.string(), "chance": pa.float64(), "past": pa.int64(), "past_days": pa.int64(),
}  # fmt: skip
COLUMNS = (
    Column("account_id", "Account id", hidden=True),
    Column("account", "Account"),
    Column("silence", "What is silent"),
    Column("reason", "Worth a look because"),
    Column("mrr", "MRR", "money"),
    Column("band", "Health"),
    Column("renewal_date", "Renewal", "date"),
    Column("last_ticket_on", "Last ticket", "date"),
    Column("last_used_on", "Last use", "date"),
    Column("expected", "Tickets expected", "per_100", "In 90 days, at the rate of its own year before."),
    Column("about", "Used to ask about"),
    Column("csm", "CSM"),
    Column("said", "In a line", hidden=True),
    Column("chance", "Chance of no ticket", "share", "At the rate of its own past.", hidden=True),
    Column("past", "Tickets before", "count", hidden=True),
    Column("past_days", "Days before", "count", hidden=True),
)
Row = dict[str, Any]


@question(
    "support.silent",
    title="Who fell silent?",
    order=150,
    needs=("tickets",),
    uses=("accounts_silent", "health_scores"),
)
def silent(request: QuestionRequest) -> Answer:
    """Return paying accounts that fell silent, the most worrying first; figures silent, silent_mrr, silent_renewing.

    A silence counts where no ticket in 90 days would come in less than 5 % of cases at the account's own rate, or where
    neither use nor ticket came after it had used the product week after week.
    """
    if "tickets" not in request.loaded_tables and "usage" not in request.loaded_tables:
        return request.empty()
    rows = _rows(request)
    return Answer(
        question=request.question,
        title=request.title,
        headline=_says(rows, request),
        as_of=request.scope.as_of,
        figures=_figures(rows, request),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=_chart(rows, request),
        notes=_notes(rows, request),
        definition=request.definitions.get("accounts_silent"),
        currency=request.currency,
    )


def _rows(request: QuestionRequest) -> list[Row]:
    band = bands(request)
    kept = []
    for row in request.in_scope(request.rows("accounts_silent", as_of_day=request.as_of)).to_pylist():
        row["chance"] = (row["past_days"] / (row["past_days"] + DAYS)) ** row["past"] if row["past"] else None
        # fewer than 90 days of past say too little of what to expect
        unasked = row["recent"] == 0 and row["expected"] is not None and row["chance"] is not None
        unasked = unasked and row["chance"] < SIGNIFICANCE_LEVEL
        if not row["stopped"] and not unasked:
            continue
        row["silence"] = _silence(row)
        row["band"] = band.get(row["account_id"])
        row["reason"] = _reason(row, request.as_of)
        row["said"] = _line(row, request)
        kept.append(row)
    never = dt.date.max
    kept.sort(
        key=lambda row: (
            ORDER.index(row["silence"]), row["renewal_date"] or never, -(row["mrr"] or 0), row["account_id"]
        )
    )  # fmt: skip
    return kept


def _silence(row: Row) -> str:
    if row["stopped"]:
        return GONE
    if row["used"] is None:
        return ASKS
    return MAYBE if row["used"] else BOTH


def _reason(row: Row, as_of: dt.date) -> str:
    """Return why the silence is worth a look, in one sentence, and when the contract renews."""
    if row["silence"] == GONE:
        last = max(day for day in (row["last_used_on"], row["last_ticket_on"]) if day is not None)
        text = f"It was used week after week; neither use nor ticket since {date(last)}"
    else:
        text = f"Its past would bring {number(row['expected'], 1)} tickets in {DAYS} days, none came"
        if row["silence"] == MAYBE:
            text += "; it still uses the product, so it may have learnt it, or given up asking"
        elif row["silence"] == BOTH:
            used = f"not used since {date(row['last_used_on'])}" if row["last_used_on"] else "no use in the usage file"
            text += f", and {used}"
        else:
            text += "; whether it still uses the product is not in the data"
    if row["renewal_date"] is not None:
        text += f"; renews in {days((row['renewal_date'] - as_of).days)}"
    return f"{text}."


def _line(row: Row, request: QuestionRequest) -> str:
    paid = f", {money(row['mrr'], request.currency)} MRR" if row["mrr"] else ""
    return f"**{row['account']}**{paid}: {row['reason'][0].lower()}{row['reason'][1:]}"


def _paid(rows: list[Row]) -> float | None:
    known = [row["mrr"] for row in rows if row["mrr"] is not None]
    return fsum(known) if known else None


def _renewing(rows: list[Row], request: QuestionRequest) -> list[Row]:
    return [row for row in rows if row["renewal_date"] and (row["renewal_date"] - request.as_of).days <= DAYS]


def _figures(rows: list[Row], request: QuestionRequest) -> tuple[Figure, ...]:
    none = "" if rows else "no account fell silent"
    return (
        Figure("silent", "Fell silent", len(rows), "count", better="down", definition="accounts_silent"),
        Figure("silent_mrr", "Their MRR", _paid(rows), "money", n=len(rows), n_label="accounts", better="down",
               caveat=none, definition="accounts_silent"),
        Figure("silent_renewing", "Of them renewing in 90 days", len(_renewing(rows, request)), "count", better="down",
               definition="accounts_silent"),
    )  # fmt: skip


def _says(rows: list[Row], request: QuestionRequest) -> str:
    if not rows:
        return "No paying account that used to write, or to use the product, has fallen silent."
    paid, soon = _paid(rows), _renewing(rows, request)
    text = f"**{plural(len(rows), 'account')}** fell silent"
    if paid:
        text += f"; they pay **{money(paid, request.currency)}** a month"
    gone = sum(row["silence"] in (GONE, BOTH) for row in rows)
    if gone:
        text += f"; {gone} of them do not use the product any more" if gone > 1 else (
            "; one of them does not use the product any more"
        )  # fmt: skip
    if soon:
        text += f"; {plural(len(soon), 'renewal')} within {DAYS} days"
    return f"{text}."


def _chart(rows: list[Row], request: QuestionRequest) -> tuple[Chart, ...]:
    drawn = sorted((row for row in rows if row["mrr"]), key=lambda row: (-row["mrr"], row["account_id"]))[:DRAWN]
    if len(drawn) < 2:
        return ()
    paid = _paid(rows)
    seen = [each for each in ORDER if each in {row["silence"] for row in drawn}]
    return (
        RankedChart(
            name="silent",
            title=f"{plural(len(rows), 'account')} with {money(paid, request.currency)} MRR fell silent",
            subtitle=f"MRR of paying accounts that wrote nothing in {DAYS} days against their own past, or stopped"
            " using the product",
            rows=arrow_table(drawn, ROWS),
            x="mrr",
            y="account",
            color="silence" if len(seen) > 1 else None,
            unit="money",
            axis="MRR" + (f", {request.currency}" if request.currency else ""),
            order=(*seen, *(row["account"] for row in drawn)),
            currency=request.currency,
        ),
    )


def _notes(rows: list[Row], request: QuestionRequest) -> tuple[Note, ...]:
    notes = []
    guessed = [row["chance"] for row in rows if row["silence"] != GONE]
    if guessed:
        text = (
            f"A silence counts where no ticket would come in less than {share(SIGNIFICANCE_LEVEL)} of cases at its own"
            " rate; among many accounts a few are silent by chance, and some have learnt what they asked: a look, no"
            " verdict."
        )
        notes.append(Note(text, "assumption", ("silence",)))
    if "usage" not in request.loaded_tables:
        text = "Without usage nobody can say which of them still use the product."
        notes.append(Note(text, "missing", ("silence",), table="usage"))
    if "tickets" not in request.loaded_tables:
        text = "Without tickets only accounts that stopped using the product are found."
        notes.append(Note(text, "missing", ("silence",), table="tickets"))
    return tuple(notes)
