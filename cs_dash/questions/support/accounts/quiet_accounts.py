"""`support.silent`: quiet accounts, which used to write tickets or use the product and stopped."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, RankedChart
from cs_dash.look.words import date, days, money, number, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SIGNIFICANCE_LEVEL, QuestionRequest, arrow_table
from cs_dash.questions.support.accounts.ticket_spikes import WINDOW_DAYS, health_bands, total_mrr

MOST_DRAWN = 12
STOPPED, QUIET_UNUSED, QUIET, QUIET_IN_USE = (
    "uses and asks nothing",
    "asks nothing, stopped using",
    "asks nothing",
    "asks nothing, still uses",
)
SILENCE_LABELS = (
    (STOPPED, "No usage, no tickets"), (QUIET_UNUSED, "No tickets, usage stopped"), (QUIET, "No tickets"),
    (QUIET_IN_USE, "No tickets, still using"),
)  # fmt: skip
SILENCES = (STOPPED, QUIET_UNUSED, QUIET, QUIET_IN_USE)
"""The kinds of silence, the most worrying first."""
ROWS = {
    "account_id": pa.string(), "account": pa.string(), "silence": pa.string(), "reason": pa.string(),
    "mrr": pa.float64(), "band": pa.string(), "renewal_date": pa.date32(), "last_ticket_on": pa.date32(),
    "last_used_on": pa.date32(), "expected": pa.float64(), "about": pa.string(), "csm": pa.string(),
    "said": pa.string(), "chance": pa.float64(), "past": pa.int64(), "past_days": pa.int64(),
}  # fmt: skip
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("silence", "Signal", value_labels=SILENCE_LABELS),
    Column("reason", "Reason"),
    Column("mrr", "MRR", "money"),
    Column("band", "Health"),
    Column("renewal_date", "Renewal", "date"),
    Column("last_ticket_on", "Last ticket", "date"),
    Column("last_used_on", "Last usage", "date"),
    Column("expected", "Tickets expected", "per_100", "In 90 days, at the account's own rate in the year before."),
    Column("about", "Previous main topic"),
    Column("csm", "CSM"),
    Column("said", "Summary", hidden=True),
    Column("chance", "Probability of no ticket", "share", "At the account's own earlier rate.", hidden=True),
    Column("past", "Earlier tickets", "count", hidden=True),
    Column("past_days", "Earlier days", "count", hidden=True),
)
Row = dict[str, Any]


@question(
    "support.silent",
    title="Quiet accounts",
    order=150,
    needs=("tickets",),
    uses=("accounts_silent", "health_scores"),
)
def quiet_accounts(request: QuestionRequest) -> Answer:
    """Return paying accounts that have gone quiet, the most worrying first.

    An account is quiet if 90 days without a ticket have a probability below 5 % at its own rate, or if it had used the
    product week after week and since then has neither used it nor written. Figures: silent, silent_mrr,
    silent_renewing.
    """
    if "tickets" not in request.loaded_tables and "usage" not in request.loaded_tables:
        return request.empty()
    rows = _rows(request)
    return request.answer(
        headline=_headline(rows, request),
        figures=_figures(rows, request),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=_chart(rows, request),
        notes=_notes(rows, request),
        definition="accounts_silent",
    )


def _rows(request: QuestionRequest) -> list[Row]:
    band_by_account = health_bands(request)
    quiet_rows = []
    for row in request.in_scope(request.rows("accounts_silent", as_of_day=request.as_of)).to_pylist():
        row["chance"] = (row["past_days"] / (row["past_days"] + WINDOW_DAYS)) ** row["past"] if row["past"] else None
        # with less than 90 days of history, `expected` is null: too little to predict from
        wrote_nothing = row["recent"] == 0 and row["expected"] is not None and row["chance"] is not None
        wrote_nothing = wrote_nothing and row["chance"] < SIGNIFICANCE_LEVEL
        if not row["stopped"] and not wrote_nothing:
            continue
        row["silence"] = _silence(row)
        row["band"] = band_by_account.get(row["account_id"])
        row["reason"] = _reason(row, request.as_of)
        row["said"] = _summary_line(row, request)
        quiet_rows.append(row)
    never = dt.date.max
    quiet_rows.sort(
        key=lambda row: (
            SILENCES.index(row["silence"]), row["renewal_date"] or never, -(row["mrr"] or 0), row["account_id"]
        )
    )  # fmt: skip
    return quiet_rows


def _silence(row: Row) -> str:
    if row["stopped"]:
        return STOPPED
    if row["used"] is None:
        return QUIET
    return QUIET_IN_USE if row["used"] else QUIET_UNUSED


def _reason(row: Row, as_of: dt.date) -> str:
    """Return one sentence on why the silence matters and when the contract renews."""
    if row["silence"] == STOPPED:
        last = max(day for day in (row["last_used_on"], row["last_ticket_on"]) if day is not None)
        text = f"Weekly usage before, no usage or tickets since {date(last)}"
    else:
        text = f"No tickets in {WINDOW_DAYS} days vs {number(row['expected'], 1)} expected"
        if row["silence"] == QUIET_IN_USE:
            text += "; still uses the product"
        elif row["silence"] == QUIET_UNUSED:
            used = f"no usage since {date(row['last_used_on'])}" if row["last_used_on"] else "no usage in the data"
            text += f"; {used}"
        else:
            text += "; usage is not in the data"
    if row["renewal_date"] is not None:
        text += f"; renews in {days((row['renewal_date'] - as_of).days)}"
    return f"{text}."


def _summary_line(row: Row, request: QuestionRequest) -> str:
    mrr_text = f", {money(row['mrr'], request.currency)} MRR" if row["mrr"] else ""
    return f"**{row['account']}**{mrr_text}: {row['reason'][0].lower()}{row['reason'][1:]}"


def _renewing(rows: list[Row], request: QuestionRequest) -> list[Row]:
    return [row for row in rows if row["renewal_date"] and (row["renewal_date"] - request.as_of).days <= WINDOW_DAYS]


def _figures(rows: list[Row], request: QuestionRequest) -> tuple[Figure, ...]:
    caveat = "" if rows else "no quiet accounts"
    return (
        Figure("silent", "Gone quiet", len(rows), "count", better="down", definition="accounts_silent"),
        Figure("silent_mrr", "MRR gone quiet", total_mrr(rows), "money", n=len(rows), n_label="accounts", better="down",
               caveat=caveat, definition="accounts_silent"),
        Figure("silent_renewing", "Gone quiet, renewing in 90 days", len(_renewing(rows, request)), "count",
               better="down", definition="accounts_silent"),
    )  # fmt: skip


def _headline(rows: list[Row], request: QuestionRequest) -> str:
    if not rows:
        return "No paying account has gone quiet."
    mrr, renewals = total_mrr(rows), _renewing(rows, request)
    has = "has" if len(rows) == 1 else "have"
    text = f"**{plural(len(rows), 'account')}** {has} gone quiet"
    if mrr:
        text += f", with **{money(mrr, request.currency)}** MRR"
    not_using = sum(row["silence"] in (STOPPED, QUIET_UNUSED) for row in rows)
    if not_using:
        text += f"; {not_using} no longer use the product" if not_using > 1 else (
            "; 1 no longer uses the product"
        )  # fmt: skip
    if renewals:
        text += f"; {plural(len(renewals), 'renewal')} within {WINDOW_DAYS} days"
    return f"{text}."


def _chart(rows: list[Row], request: QuestionRequest) -> tuple[Chart, ...]:
    largest = sorted((row for row in rows if row["mrr"]), key=lambda row: (-row["mrr"], row["account_id"]))[:MOST_DRAWN]
    if len(largest) < 2:
        return ()
    mrr, labels = total_mrr(rows), dict(SILENCE_LABELS)
    silences = [silence for silence in SILENCES if silence in {row["silence"] for row in largest}]
    return (
        RankedChart(
            name="silent",
            title=f"{plural(len(rows), 'account')} with {money(mrr, request.currency)} MRR have gone quiet",
            subtitle=f"MRR of paying accounts with unusually no tickets in {WINDOW_DAYS} days, or without usage since",
            rows=arrow_table([row | {"silence": labels[row["silence"]]} for row in largest], ROWS),
            x="mrr",
            y="account",
            color="silence" if len(silences) > 1 else None,
            unit="money",
            axis="MRR" + (f", {request.currency}" if request.currency else ""),
            order=(*(labels[silence] for silence in silences), *(row["account"] for row in largest)),
            currency=request.currency,
        ),
    )


def _notes(rows: list[Row], request: QuestionRequest) -> tuple[Note, ...]:
    notes = []
    chances = [row["chance"] for row in rows if row["silence"] != STOPPED]
    if chances:
        text = (
            f"An account is quiet when no ticket at its own rate has a probability below {share(SIGNIFICANCE_LEVEL)}."
            " Some are quiet by chance, or have learnt the product."
        )
        notes.append(Note(text, "assumption", ("silence",)))
    if "usage" not in request.loaded_tables:
        text = "No usage loaded, so it is unknown which of them still use the product."
        notes.append(Note(text, "missing", ("silence",), table="usage"))
    if "tickets" not in request.loaded_tables:
        text = "No tickets loaded: only accounts that stopped using the product are listed."
        notes.append(Note(text, "missing", ("silence",), table="tickets"))
    return tuple(notes)
