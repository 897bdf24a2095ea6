"""Behind the marks of churn: the events of a reason, a month or a group."""

from __future__ import annotations

from cs_dash.look import words
from cs_dash.questions.churn.path import LEFT
from cs_dash.questions.churn.periods import UNDATED
from cs_dash.questions.churn.reasons import REST
from cs_dash.ui.components.drawer import DrawerLink
from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import MarkContext, Opening
from cs_dash.ui.pages.roadmap.roadmap_links import evidence_link, items_of_workspace

NONE_GIVEN = "(none given)"
"""What an event without a reason is counted under."""


def _reason_of(context: MarkContext, event: Row) -> str:
    if context.options.get("level") == "category":
        return str(event["category"])
    return str(event["reason"] or NONE_GIVEN)


def _period(context: MarkContext) -> str:
    """Return the period of the page in words, or that the events have no dates of their own."""
    events = context.ask("churn.events")().rows
    assumed = events["day_basis"].to_pylist().count("assumed") if events.num_rows else 0
    return UNDATED if assumed * 2 > events.num_rows else context.period_text


def _reason(context: MarkContext, row: Row) -> MarkedRows | None:
    reason = row["reason"]
    by_accounts = context.options.get("count") == "accounts"
    total = "account_id" if by_accounts else "mrr_lost" if row.get("mrr_lost") is not None else ""
    title = f"Churn events: {reason}, {_period(context)}"
    ask = context.ask_for(lambda e: _reason_of(context, e) == reason, "churn.events")

    def links() -> list[DrawerLink]:
        recorded = dict.fromkeys(event for event in ask().rows["reason"].to_pylist() if event)
        link = evidence_link("reasons", list(recorded), items_of_workspace()) if recorded else None
        return [link] if link else []

    return MarkedRows(title, ask, "event", total, links=links)


def _month(context: MarkContext, row: Row) -> MarkedRows | None:
    month, reason = row["month"], row["reason"]
    named = {drawn["reason"] for drawn in context.chart.rows.to_pylist()} - {reason}

    def inside(event: Row) -> bool:
        own = _reason_of(context, event)
        fits = own not in named if reason == REST else own == reason
        return bool(fits and event["churned_on"].replace(day=1) == month)

    title = f"Churn events in {words.month(month)}: {reason}"
    return MarkedRows(title, context.ask_for(inside, "churn.events"), "event")


def _group(context: MarkContext, row: Row) -> MarkedRows | None:
    title = f"Churned accounts: {row['value']}, {_period(context)}"
    ask = context.ask("churn.events", field=row["field"], value=row["value"])
    return MarkedRows(title, ask, "event", "account_id")


def _path(context: MarkContext, row: Row) -> MarkedRows | None:
    months = -row["months_before_leaving"]
    who, whose = ("churned", "Churned accounts") if row["who"] == LEFT else ("retained", "Similar retained accounts")
    title = f"{whose}, {words.plural(months, 'month')} before churn"
    ask = context.ask("churn.path_accounts", measure=row["measure"], month=str(months), who=who)
    return MarkedRows(title, ask, figure="mean")


def _satisfaction(context: MarkContext, row: Row) -> MarkedRows | None:
    score = words.count(row["score"])
    ask = context.ask("churn.satisfaction_accounts", score=str(int(row["score"])))
    return MarkedRows(f"Accounts with CSAT {score}, {_period(context)}", ask, figure="churn_share")


OPENINGS = {
    ("churn.summary", "churn_by_dimension"): Opening(_group),
    ("churn.path", "path"): Opening(_path),
    ("churn.satisfaction", "satisfaction"): Opening(_satisfaction),
    ("churn.reasons", "reasons"): Opening(_reason),
    ("churn.reasons", "reasons_by_month"): Opening(_month),
}
