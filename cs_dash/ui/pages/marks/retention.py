"""Behind the marks of retention: the accounts that moved the revenue, and those of a cohort."""

from __future__ import annotations

from cs_dash.look import words
from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import ACCOUNTS, MarkContext, Opening


def _bridge(context: MarkContext, row: Row) -> MarkedRows | None:
    movement = row.get("movement")
    if not movement:
        return None
    start = context.scope.start
    since = f" since {words.date(start)}" if start else ""
    names = {
        "new": "New accounts", "reactivation": "Accounts won back", "expansion": "Accounts that expanded",
        "contraction": "Accounts that contracted", "churn": "Churned accounts",
    }  # fmt: skip
    title = f"{names.get(movement, movement)}{since}"
    return MarkedRows(title, context.ask("retention.bridge_accounts", movement=movement), "line", "line_change")


def _cell(context: MarkContext, row: Row) -> MarkedRows | None:
    by, cohort, age = (*str(row.get("cell") or "").split("."), "", "")[:3]
    if by != context.options.get("by", "month"):
        return None
    measure = context.options.get("measure", "paying")
    ask = context.ask("retention.cohort_accounts", by=by, measure=measure, cohort=cohort, age=age)
    return MarkedRows(ask().title, ask)


OPENINGS = {
    ("retention.bridge", "bridge"): Opening(_bridge, "movement"),
    ("retention.cohorts", "cohorts"): Opening(_cell),
    ("retention.why", "why"): ACCOUNTS,
}
