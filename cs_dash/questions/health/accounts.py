"""`health.accounts`: every account with its score, its change, the reasons and the early warnings."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, RankedChart
from cs_dash.look.words import count, money, plural, share
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.scored_accounts import scored_accounts

NEEDED = ("accounts", "usage", "tickets", "subscriptions", "surveys")
POINTS = 13
"""Days on which the scores are taken, four weeks apart: the trend and one before it."""
ROWS = {
    "account_id": pa.string(), "account": pa.string(), "score": pa.float64(), "band": pa.string(),
    "coverage": pa.float64(), "change_28d": pa.float64(), "top_reason": pa.string(), "second_reason": pa.string(),
    "mrr": pa.float64(), "renewal_date": pa.date32(), "csm": pa.string(), "trend": pa.list_(pa.float64()),
    "weekly_users": pa.float64(), "tickets_90d": pa.float64(), "flags": pa.string(),
}  # fmt: skip
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("score", "Score", "score", "1 (worst) to 100; empty without enough data.", priority=1),
    Column("band", "Band"),
    Column("change_28d", "28-day change", "score", "Change in the score over 28 days."),
    Column("top_reason", "Top driver", priority=1),
    Column("mrr", "MRR", "money", priority=1),
    Column("renewal_date", "Renewal", "date"),
    Column("csm", "CSM"),
    Column("flags", "Early warnings"),
    Column("trend", "Trend", "trend", "The score every four weeks, over 48 weeks."),
    Column("second_reason", "Second driver", optional=True),
    Column("weekly_users", "Weekly users", "number", "Average of the last four full weeks."),
    Column("tickets_90d", "Tickets, 90 days", "count"),
    Column("coverage", "Data coverage", "share", "Share of the score's weight that has data.", optional=True),
)


@question(
    "health.accounts",
    title="Account health",
    order=20,
    needs=("usage", "subscriptions"),
    uses=("early_warnings", "health_cards", "health_reasons", "health_scores"),
)
def accounts(request: QuestionRequest) -> Answer:
    """Return one row per scored account, the worst first."""
    if request.scope.as_of is None or not request.loaded_tables & {
        "subscriptions",
        "usage",
        "tickets",
        "surveys",
        "notes",
    }:
        return request.empty()
    account_rows = scored_accounts(request, POINTS)
    rows = arrow_table(account_rows, ROWS)
    return request.answer(
        headline=_says(account_rows, request.currency),
        figures=_figures(account_rows),
        rows=rows,
        columns=COLUMNS,
        charts=_movers(account_rows),
        notes=_notes(account_rows, request),
        definition="health_scores",
    )


def _says(rows: list[dict[str, Any]], currency: str) -> str:
    if not rows:
        return "No active accounts on that day."
    if all(row["band"] == "not scored" for row in rows):
        return f"Not enough data to score any of **{plural(len(rows), 'account')}**."
    red = [row for row in rows if row["band"] == "red"]
    total, at_risk = sum(row["mrr"] for row in rows), sum(row["mrr"] for row in red)
    text = f"**{count(len(red))}** of {plural(len(rows), 'account')} {'is' if len(red) == 1 else 'are'} red"
    if at_risk:
        text += f", with **{money(at_risk, currency)}** of MRR ({share(at_risk / total)})"
    unscored = sum(row["band"] == "not scored" for row in rows)
    flagged = sum(bool(row["flag_count"]) for row in rows)
    text += f"; {count(flagged)} {'has' if flagged == 1 else 'have'} an early warning"
    return text + (
        f"; {count(unscored)} {'has' if unscored == 1 else 'have'} too little data for a score." if unscored else "."
    )


def _figures(rows: list[dict[str, Any]]) -> tuple[Figure, ...]:
    if not rows:
        return ()
    shared: dict[str, Any] = {"n": len(rows), "n_label": "accounts", "better": "down", "definition": "health_scores"}
    flagged = [row for row in rows if row["flag_count"]]
    fell = [row for row in rows if row["change_28d"] is not None and row["change_28d"] <= -10]
    return (
        Figure("flagged", "Accounts with an early warning", len(flagged), "count", **shared),
        Figure("flagged_mrr", "MRR with an early warning", sum(row["mrr"] for row in flagged), "money", **shared),
        Figure("fell", "Scores down 10 points or more", len(fell), "count", **shared),
    )


def _movers(account_rows: list[dict[str, Any]]) -> tuple[Chart, ...]:
    """Return the chart of the accounts whose score moved most in 28 days; none where none moved."""
    changed = sorted((row for row in account_rows if row["change_28d"]), key=lambda row: row["change_28d"])
    ends = [row for row in changed[:5] if row["change_28d"] < 0] + [
        row for row in changed[-5:] if row["change_28d"] > 0
    ]
    if not ends:
        return ()
    fell, rose = (sum(sign * row["change_28d"] > 0 for row in changed) for sign in (-1, 1))
    rows = [{"account_id": row["account_id"], "account": row["account"], "change": row["change_28d"],
             "direction": "gain" if row["change_28d"] > 0 else "loss"} for row in ends]  # fmt: skip
    columns = {"account": pa.string(), "change": pa.float64(), "direction": pa.string(), "account_id": pa.string()}
    chart = RankedChart(
        name="movers",
        title=f"{plural(fell, 'score')} fell and {count(rose)} rose in four weeks",
        subtitle="Largest score changes in 28 days, in points",
        rows=arrow_table(rows, columns),
        x="change",
        y="account",
        color="direction",
        unit="score",
        axis="Score change in 28 days, points",
        order=tuple(row["account"] for row in ends),
        semantic=True,
    )
    return (chart,)


def _notes(rows: list[dict[str, Any]], request: QuestionRequest) -> tuple[Note, ...]:
    notes = []
    unscored = sum(row["band"] == "not scored" for row in rows)
    if unscored:
        text = f"{plural(unscored, 'account')} not scored: less than half of the score's weight has data."
        notes.append(Note(text, "doubt", ("score", "band")))
    brings = {"usage": "usage and adoption", "tickets": "support", "surveys": "satisfaction", "notes": "CSM sentiment"}
    for name, area in brings.items():
        if name not in request.loaded_tables:
            notes.append(Note(f"No data on {area}: upload {name}.", "missing", ("coverage",), table=name))
    return tuple(notes)
