"""The accounts behind a bar of the revenue bridge, and the subscription lines that moved them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.retention import rates
from cs_dash.questions.retention.doubts import doubts
from cs_dash.scope import ONE_DAY

MOVEMENTS = ("all", "new", "reactivation", "expansion", "contraction", "churn", "fx")
NAMES = {
    "new": "New accounts", "reactivation": "Won-back accounts", "expansion": "Expanded accounts",
    "contraction": "Contracted accounts", "churn": "Churned accounts", "fx": "Exchange rates",
}  # fmt: skip
MOVEMENT_LABELS = (
    ("new", "New"), ("reactivation", "Won back"), ("expansion", "Expansion"), ("contraction", "Contraction"),
    ("churn", "Churn"), ("fx", "Exchange rates"),
)  # fmt: skip
LISTED = 10_000
OF_LINES = ("subscription_id", "plan", "what", "start_date", "end_date", "line_before", "line_after", "csm")
"""Columns of contract lines, which at current rates are not told apart."""
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("month", "Month", "month", priority=1),
    Column("movement", "Movement", value_labels=MOVEMENT_LABELS, priority=1),
    Column("mrr_before", "MRR before", "money", "The account's MRR at the end of the previous month."),
    Column("mrr_after", "MRR after", "money", "The account's MRR at month end."),
    Column("subscription_id", "Contract line"),
    Column("plan", "Plan"),
    Column("what", "Event", value_labels=(("began", "Started"), ("ended", "Ended"))),
    Column(
        "line_change",
        "Change",
        "money",
        "Change from this contract line; the changes add up to the movement.",
        priority=1,
    ),
    Column("start_date", "Start date", "date"),
    Column("end_date", "End date", "date", "First unpaid day."),
    Column("line_before", "Line MRR before", "money", hidden=True),
    Column("line_after", "Line MRR after", "money", hidden=True),
    Column("csm", "CSM"),
)
TYPES = {
    "account_id": pa.string(), "month": pa.date32(), "account": pa.string(), "movement": pa.string(),
    "mrr_before": pa.float64(), "mrr_after": pa.float64(), "subscription_id": pa.string(), "plan": pa.string(),
    "what": pa.string(), "line_change": pa.float64(), "start_date": pa.date32(), "end_date": pa.date32(),
    "line_before": pa.float64(), "line_after": pa.float64(), "csm": pa.string(),
}  # fmt: skip
Row = dict[str, Any]


@question(
    "retention.bridge_accounts",
    title="Accounts behind MRR movements",
    order=40,
    options={"movement": MOVEMENTS, "month": (), "rates": rates.RATES},
    needs=("subscriptions", "accounts"),
    uses=(
        "account_names", "month_ends", "movement_lines", "rate_doubts", "revenue_doubts",
        "windows_at_current_rates",
    ),
)  # fmt: skip
def bridge_accounts(request: QuestionRequest) -> Answer:
    """Return one row for each line that changed an account's MRR in the scope's period, or in option `month`.

    For all movements together at most the `LISTED` largest rows; for one movement or one month all rows. With option
    `rates` "current" it is a row for each account and month, with `fx` for what exchange rates alone moved.
    """
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    movement = request.option("movement", *MOVEMENTS)
    months = _months(request)
    chosen = request.option("rates", *rates.RATES)
    at_current = chosen == "current"
    lines = _at_current_rates(request, months, movement) if at_current else _movement_lines(request, months, movement)
    rows = lines
    if movement == "all" and len(months) != 1 and lines.num_rows > LISTED:
        largest = pc.select_k_unstable(pc.abs(lines["line_change"]), LISTED, [("", "descending")])
        rows = lines.take(pa.array(sorted(largest.to_pylist())))
    return request.answer(
        title=NAMES.get(movement, request.title)
        + (" by contract line" if movement in NAMES and not at_current else ""),
        headline=_says(request, lines, movement, months, at_current),
        figures=_figures(lines),
        rows=arrow_table(rows.to_pylist() if at_current else [_with_month(row) for row in rows.to_pylist()], TYPES),
        columns=tuple(column for column in COLUMNS if column.name not in OF_LINES) if at_current else COLUMNS,
        notes=(*_notes(lines, rows), *rates.notes(request, chosen), *doubts(request).notes),
        definition="windows_at_current_rates" if at_current else "movement_lines",
    )


def _at_current_rates(request: QuestionRequest, months: list[Row], movement: str) -> pa.Table:
    """Return what each account moved in each month, at the exchange rates of the month's ends."""
    names = request.rows("account_names")
    name_of = dict(zip(names["account_id"].to_pylist(), names["account"].to_pylist(), strict=True))
    balances = request.rows(
        "windows_at_current_rates", wanted=request.filters_json,
        start_days=[row["month"] - ONE_DAY for row in months] or [request.as_of],
        end_days=[row["day"] for row in months] or [request.as_of],
    ).to_pylist()  # fmt: skip
    moved = [
        {
            "account_id": row["account_id"], "account": name_of[row["account_id"]], "mrr_before": row["s"],
            "mrr_after": row["e"], "month": row["window_end"].replace(day=1), "movement": name, "line_change": change,
        }
        for row in balances if row["account_id"] is not None
        for name, change in _movements(row).items() if change and movement in ("all", name)
    ]  # fmt: skip
    moved.sort(key=lambda row: (row["month"], -abs(row["line_change"]), row["account_id"]))
    return arrow_table(moved, TYPES)


def _movements(row: Row) -> dict[str, float]:
    """Return what one account moved between two balances, with what exchange rates alone moved apart."""
    if not row["s"]:
        return {"new" if row["first_day"] > row["window_start"] else "reactivation": row["e"]}
    change = round(row["e"] - row["s"] - row["fx"], 6)
    if not row["e"]:
        return {"churn": change}
    return {"expansion" if change > 0 else "contraction": change, "fx": row["fx"]}


def _months(request: QuestionRequest) -> list[Row]:
    """Return the months that overlap the scope's period, or the one chosen by option `month` ("2026-05")."""
    ends: list[Row] = request.rows("month_ends", as_of_day=request.as_of).to_pylist()
    chosen = request.options.get("month", "")
    if chosen:
        month_names = [f"{row['month']:%Y-%m}" for row in ends]
        if chosen[:7] not in month_names:
            raise UnknownOption(
                "Unknown month",
                f"Could not show {chosen} because no account was paying by then, or it is after the as-of date.",
                nearest(chosen, month_names),
            )
        return [ends[month_names.index(chosen[:7])]]
    start = (request.scope.start or dt.date.min).replace(day=1)
    end = request.scope.end or request.as_of + ONE_DAY
    return [row for row in ends if start <= row["month"] < end]


def _movement_lines(request: QuestionRequest, months: list[Row], movement: str) -> pa.Table:
    days = {
        "start_days": [row["month"] - ONE_DAY for row in months] or [request.as_of],
        "end_days": [row["day"] for row in months] or [request.as_of],
    }
    lines = request.rows("movement_lines", wanted=request.filters_json, **days)
    return lines if movement == "all" else lines.filter(pc.equal(lines["movement"], movement))


def _with_month(row: Row) -> Row:
    began = row["start_date"] > row["window_start"]
    return row | {"month": row["window_end"].replace(day=1), "what": "began" if began else "ended"}


def _figures(lines: pa.Table) -> tuple[Figure, ...]:
    accounts = len(pc.unique(lines["account_id"]))
    change = round(pc.sum(lines["line_change"]).as_py() or 0.0, 6)
    return (
        Figure("mrr_moved", "MRR moved", change, "money", n=accounts, better="up", definition="movement_lines"),
        Figure("accounts", "Accounts", accounts, "count", definition="movement_lines"),
        Figure("lines", "Contract lines started or ended", lines.num_rows, "count", definition="movement_lines"),
    )


def _says(request: QuestionRequest, moved_lines: pa.Table, movement: str, months: list[Row], at_current: bool) -> str:
    if not moved_lines.num_rows:
        return "No contract line started or ended with this effect in the period."
    change, accounts, lines = _figures(moved_lines)
    period = words.month(months[0]["month"])
    if len(months) > 1:
        period += f" to {words.month(months[-1]['month'])}"
    sign = "+" if (change.value or 0) > 0 else ""
    of_lines = (
        "at current rates" if at_current
        else f"from {words.plural(lines.value, 'contract line')} that started or ended"
    )  # fmt: skip
    return (
        f"{NAMES.get(movement, 'All movements')}, {period}: **{words.plural(accounts.value, 'account')}**,"
        f" **{sign}{words.money(change.value, request.currency)}** MRR {of_lines}."
    )


def _notes(lines: pa.Table, rows: pa.Table) -> list[Note]:
    if rows.num_rows == lines.num_rows:
        return []
    text = (
        f"Shows the {words.count(rows.num_rows)} largest of {words.count(lines.num_rows)} contract lines. Choose one"
        " movement or one month to list all of them."
    )
    return [Note(text, "fact")]
