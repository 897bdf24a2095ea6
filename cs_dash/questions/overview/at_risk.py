"""`overview.at_risk`: the accounts to look at today, why each is on the list, and when it renews."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.look.words import count, money, plural
from cs_dash.questions.churn_reasons import FELL, NEAR_RENEWAL
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.scored_accounts import scored_accounts

RED, DROP, WARNING = "red", "score drop", "early warning"
ROWS = {
    "account": pa.string(), "account_id": pa.string(), "score": pa.float64(), "band": pa.string(),
    "top_reason": pa.string(), "change_28d": pa.float64(), "mrr": pa.float64(), "renewal_date": pa.date32(),
    "csm": pa.string(), "early_warning": pa.string(), "why_listed": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("account", "Account"),
    Column("account_id", "Account ID", hidden=True),
    Column("score", "Score", "score", "Health score from 1 (worst) to 100.", priority=1),
    Column("band", "Band", hidden=True),
    Column("top_reason", "Top driver", priority=1),
    Column("change_28d", "28 days", "score", "Change in the score over 28 days, in points."),
    Column("mrr", "MRR", "money", priority=1),
    Column("renewal_date", "Renewal", "date"),
    Column("csm", "CSM"),
    Column("early_warning", "Early warnings", optional=True),
    Column("why_listed", "Why listed", optional=True),
)
Row = dict[str, Any]


@question(
    "overview.at_risk",
    title="At risk now",
    order=25,
    needs=("subscriptions", "tickets", "usage"),
    uses=("early_warnings", "health_cards", "health_reasons", "health_scores"),
)
def at_risk(request: QuestionRequest) -> Answer:
    """Return all red accounts, then score drops, then early warnings, the last two with a renewal ahead."""
    tables = {"subscriptions", "usage", "tickets", "surveys", "notes"}
    if request.scope.as_of is None or not request.loaded_tables & tables:
        return request.empty()
    accounts = scored_accounts(request)
    if all(row["score"] is None for row in accounts):
        return request.answer(headline="Not enough data to score any account.", definition="health_scores")
    with_renewals = any(row["renewal_date"] for row in accounts)
    rows = ranked_accounts(accounts, request, with_renewals)
    return request.answer(
        headline=_headline(rows, with_renewals, request.currency),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        definition="health_scores",
    )


def ranked_accounts(accounts: list[Row], request: QuestionRequest, with_renewals: bool) -> list[Row]:
    """Return the accounts that are listed, in order, each with `why_listed`.

    Red accounts come first, the largest MRR on top. Of the others those follow whose score fell by 10 points or more,
    the largest fall on top, then those with an early warning, the nearest renewal on top. Both need a renewal in the
    next 90 days, unless no renewal date is known at all.
    """
    rows = []
    for row in accounts:
        left = (row["renewal_date"] - request.as_of).days if row["renewal_date"] else None
        is_due = not with_renewals or (left is not None and 0 <= left <= NEAR_RENEWAL)
        fall = -(row["change_28d"] or 0)
        if row["band"] == RED:
            rows.append(row | {"why_listed": RED, "rank": (0, -row["mrr"])})
        elif is_due and fall >= FELL:
            rows.append(row | {"why_listed": DROP, "rank": (1, -fall)})
        elif is_due and row["flags"]:
            rows.append(row | {"why_listed": WARNING, "rank": (2, left if left is not None else -row["mrr"])})
    rows.sort(key=lambda row: (row["rank"], -row["mrr"], row["account_id"]))
    return [row | {"early_warning": row["flags"]} for row in rows]


def rule(with_renewals: bool) -> str:
    """Return in words which accounts are listed, in their order."""
    text = f"All red accounts, then score drops of {FELL} points or more and early warnings"
    return f"{text} with a renewal within {NEAR_RENEWAL} days" if with_renewals else text


def _headline(rows: list[Row], with_renewals: bool, currency: str) -> str:
    if not rows:
        return f"No account is listed. {rule(with_renewals)}."
    reds = [row for row in rows if row["why_listed"] == RED]
    text = f"**{plural(len(reds), 'account')}** {'is' if len(reds) == 1 else 'are'} red"
    amount = sum(row["mrr"] for row in reds)
    text += f" with **{money(amount, currency)}** MRR" if amount else ""
    drops, warned = (sum(row["why_listed"] == reason for row in rows) for reason in (DROP, WARNING))
    text += f"; {count(drops)} more with a score drop and {count(warned)} with an early warning"
    return text + (f" and a renewal within {NEAR_RENEWAL} days." if with_renewals else ".")
