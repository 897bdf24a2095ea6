"""Behind the marks of health: the accounts of a band on a day, of a group, and the answers of a quarter."""

from __future__ import annotations

from dataclasses import replace

from cs_dash.look import words
from cs_dash.scope import ONE_DAY, months_before
from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import ACCOUNTS, MarkContext, Opening

BAND_WORDS = {"green": "Green accounts", "yellow": "Yellow accounts", "red": "Red accounts"}


def _band(context: MarkContext, row: Row) -> MarkedRows | None:
    scope, band = context.at_month_end(row["month"]), row["band"]
    by_accounts = context.chart.unit == "count"
    title = f"{BAND_WORDS.get(band, 'Accounts not scored')} at the end of {words.month(row['month'])}"
    if scope.as_of == context.scope.as_of:
        title = f"{BAND_WORDS.get(band, 'Accounts not scored')} on {words.date(scope.as_of)}"
    return MarkedRows(
        title,
        context.ask_for(lambda account: account["band"] == band, "health.accounts", scope),
        total="" if by_accounts else "mrr",
        more_page="accounts",
        more_scope=scope,
    )


def _group(context: MarkContext, row: Row) -> MarkedRows | None:
    field = context.options.get("field") or context.first_dimension
    if not field:
        return None
    scope = context.where(field, row["value"])
    title = f"{row['value']}: accounts, mean of {row['group_name']} {words.count(row['points'])} of 100 points"
    return MarkedRows(title, context.ask("health.accounts", scope), more_page="accounts", more_scope=scope)


def _quarter(context: MarkContext, row: Row) -> MarkedRows | None:
    start = row["quarter"]
    scope = replace(context.scope, period="custom", start=start, end=months_before(start, -3))
    title = f"NPS answers, {words.date(start)} to {words.date(months_before(start, -3) - ONE_DAY)}"
    return MarkedRows(title, context.ask("health.nps_answers", scope), "answer", figure="nps")


OPENINGS = {
    ("overview.summary", "bands"): Opening(_band),
    ("health.bands", "band_months"): Opening(_band),
    ("health.groups", "groups"): Opening(_group),
    ("health.nps", "nps"): Opening(_quarter),
    ("health.accounts", "movers"): ACCOUNTS,
    ("overview.changes", "movers"): ACCOUNTS,
}
