"""Behind the marks of retention: the accounts that a share counts, and those that moved the revenue."""

from __future__ import annotations

import datetime as dt

from cs_dash.look import words
from cs_dash.scope import ONE_DAY, Scope
from cs_dash.ui.components.show import MarkedRows
from cs_dash.ui.components.show.marks import Row
from cs_dash.ui.pages.marks.context import ACCOUNTS, MarkContext, Opening

FIGURES = {
    "net": "nrr", "gross": "grr", "NRR": "nrr", "GRR": "grr",
    "Logo retention": "logo_retention", "nrr": "nrr", "grr": "grr", "logos": "logo_retention",
}  # fmt: skip
"""What a chart calls a measure -> the figure of `retention.why`."""
NAMES = {"nrr": "NRR", "grr": "GRR", "logo_retention": "Logo retention"}
SAME_IN_EVERY_ROW = ("step", "month_end", "value")
MOVEMENTS = {
    "new": "New accounts", "reactivation": "Accounts won back", "expansion": "Accounts that expanded",
    "contraction": "Accounts that contracted", "churn": "Churned accounts",
}  # fmt: skip


def _behind_figure(context: MarkContext, figure: str, scope: Scope, group: str = "") -> MarkedRows:
    """Return the accounts that a share of retention counts, over the window of the page up to a day."""
    window = {"window": context.options["window"]} if "window" in context.options else {}
    months = int(window.get("window") or context.scope.window)
    of_group = f" of {group}" if group else ""
    window_text = window.get("window") or str(context.scope.window)
    ask = context.ask_for(_is_account, "retention.why", scope, figure=figure, window=window_text)
    return MarkedRows(
        f"{NAMES[figure]}{of_group} over {words.plural(months, 'month')} to {words.date(scope.as_of)}",
        context.without(ask, *SAME_IN_EVERY_ROW),
        figure=figure,
        more_page="why",
        more_choices={"figure": figure},
    )


def _is_account(row: Row) -> bool:
    return bool(row["step"] == "Account")


def _plain(context: MarkContext) -> bool:
    """Return whether the shares are those of two days at constant rates, which `retention.why` explains."""
    return context.options.get("convention", "snapshot") == "snapshot" and (
        context.options.get("rates", "constant") == "constant"
    )


def _month(context: MarkContext, row: Row) -> MarkedRows | None:
    figure = FIGURES.get(row["measure"])
    return _behind_figure(context, figure, context.at_month_end(row["month"])) if figure else None


def _day(context: MarkContext, row: Row) -> MarkedRows | None:
    figure = FIGURES.get(row["measure"])
    return _behind_figure(context, figure, context.on_day(row["day"])) if figure and _plain(context) else None


def _value(context: MarkContext, row: Row) -> MarkedRows | None:
    figure = FIGURES[context.options.get("measure", "nrr")]
    field, value = context.options.get("by", ""), row["value"]
    if not _plain(context) or not context.has_value(field, value):
        return None
    day = row["month"] if isinstance(row.get("month"), dt.date) else context.scope.as_of
    if day is None:
        return None
    return _behind_figure(context, figure, context.where(field, value, context.on_day(day)), value)


def _bridge(context: MarkContext, row: Row) -> MarkedRows | None:
    movement = row.get("movement")
    if not movement:
        return _balance(context, row)
    title = f"{MOVEMENTS.get(movement, movement)}, {context.period_text}"
    ask = context.ask("retention.bridge_accounts", movement=movement)
    return MarkedRows(title, ask, "contract line", "line_change")


def _balance(context: MarkContext, row: Row) -> MarkedRows | None:
    """Return the accounts that pay on the day before the first month of the bridge, or on the last one."""
    if not _plain(context) or row.get("step") not in ("Start", "End") or context.scope.as_of is None:
        return None
    last = context.scope.end - ONE_DAY if context.scope.end else context.scope.as_of
    day = min(context.last_day(last), context.scope.as_of)
    if row["step"] == "Start":
        if context.scope.start is None:
            return None
        day = context.scope.start.replace(day=1) - ONE_DAY
    ask = context.ask_for(_is_account, "retention.why", context.on_day(day), figure="arpa")
    ask = context.without(ask, *SAME_IN_EVERY_ROW, "start", "top", "bottom")
    return MarkedRows(f"Paying accounts on {words.date(day)}", ask, total="end")


def _cell(context: MarkContext, row: Row) -> MarkedRows | None:
    by, cohort, age = (*str(row.get("cell") or "").split("."), "", "")[:3]
    if by != context.options.get("by", "month"):
        return None
    measure = context.options.get("measure", "paying")
    ask = context.ask("retention.cohort_accounts", by=by, measure=measure, cohort=cohort, age=age)
    return MarkedRows(ask().title, ask)


def _cohort(context: MarkContext, row: Row) -> MarkedRows | None:
    by = context.options.get("by", "month")
    months = int(context.options.get("age", "3"))
    age = months if by == "month" else months // 3
    measure = context.options.get("measure", "paying")
    cohort = row["cohort"].isoformat()
    ask = context.ask("retention.cohort_accounts", by=by, measure=measure, cohort=cohort, age=str(age))
    return MarkedRows(ask().title, ask)


def _within(context: MarkContext, first: int, last: int | None, title: str) -> MarkedRows:
    ask = context.ask_for(
        lambda row: row["has_left"] and row["months"] >= first and (last is None or row["months"] <= last),
        "retention.tenures",
    )
    return MarkedRows(title, ask)


def _tenure(context: MarkContext, row: Row) -> MarkedRows | None:
    first, _, last = row["months_paid"].rstrip("+").partition("–")
    title = f"Churned accounts that had paid for {row['months_paid']} months"
    return _within(context, int(first), int(last) if last else None, title)


def _survival(context: MarkContext, row: Row) -> MarkedRows | None:
    months = int(row["months_since_start"])
    if context.options.get("group"):
        return None
    return _within(context, 0, months, f"Churned accounts, within {words.plural(months, 'month')} of their start")


OPENINGS = {
    ("overview.summary", "retention_months"): Opening(_month),
    ("retention.summary", "retention"): Opening(_day),
    ("retention.by_dimension", "retention_by"): Opening(_value),
    ("retention.by_dimension", "retention_strips"): Opening(_value),
    ("retention.bridge", "bridge"): Opening(_bridge, "movement"),
    ("retention.cohorts", "cohorts"): Opening(_cell),
    ("retention.cohorts", "cohort_curves"): Opening(_cell),
    ("retention.cohort_trend", "cohort_trend"): Opening(_cohort),
    ("retention.survival", "survival"): Opening(_survival),
    ("retention.hazard", "hazard"): Opening(_tenure),
    ("retention.why", "why"): ACCOUNTS,
}
