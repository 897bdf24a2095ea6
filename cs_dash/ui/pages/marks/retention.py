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
    "contraction": "Accounts that contracted", "churn": "Churned accounts", "fx": "Effect of exchange rates",
}  # fmt: skip


def _behind_figure(context: MarkContext, figure: str, scope: Scope, group: str = "") -> MarkedRows:
    """Return the accounts that a share of retention counts, over the window of the page up to a day."""
    options = _convention(context)
    months = int(context.options.get("window") or context.scope.window)
    of_group = f" of {group}" if group else ""
    by_movements = options.get("convention") == "movements" and figure != "logo_retention"
    in_words = ("by movements" if by_movements else "", "at current rates" if "rates" in options else "")
    how = "".join(f", {words_of}" for words_of in in_words if words_of)
    ask = context.ask_for(_is_account, "retention.why", scope, figure=figure, window=str(months), **options)
    constant = [column for column in SAME_IN_EVERY_ROW if column != "month_end" or not by_movements]
    return MarkedRows(
        f"{NAMES[figure]}{of_group} over {words.plural(months, 'month')} to {words.date(scope.as_of)}{how}",
        context.without(ask, *constant),
        "account-month" if by_movements else "account",
        figure=figure,
        more_page="" if "window" in context.options else "why",
        more_choices={"figure": figure, **options},
        more_scope=scope,
    )


def _convention(context: MarkContext) -> dict[str, str]:
    """Return the options of the chart's question that say how retention is counted, without the defaults."""
    usual = {"convention": "snapshot", "rates": "constant"}
    return {name: context.options[name] for name in usual if context.options.get(name, usual[name]) != usual[name]}


def _is_account(row: Row) -> bool:
    return bool(row["step"] == "Account")


def _month(context: MarkContext, row: Row) -> MarkedRows | None:
    figure = FIGURES.get(row["measure"])
    return _behind_figure(context, figure, context.at_month_end(row["month"])) if figure else None


def _day(context: MarkContext, row: Row) -> MarkedRows | None:
    figure = FIGURES.get(row["measure"])
    return _behind_figure(context, figure, context.on_day(row["day"])) if figure else None


def _value(context: MarkContext, row: Row) -> MarkedRows | None:
    figure = FIGURES[context.options.get("measure", "nrr")]
    field, value = context.options.get("by", ""), row["value"]
    if not context.has_value(field, value):
        return None
    day = row["month"] if isinstance(row.get("month"), dt.date) else context.scope.as_of
    if day is None:
        return None
    return _behind_figure(context, figure, context.where(field, value, context.on_day(day)), value)


def _bridge(context: MarkContext, row: Row) -> MarkedRows | None:
    movement = row.get("movement")
    if not movement:
        return _balance(context, row)
    options = _convention(context)
    title = f"{MOVEMENTS.get(movement, movement)}, {context.period_text}"
    ask = context.ask("retention.bridge_accounts", None, movement=movement, **options)
    return MarkedRows(title, ask, "account-month" if options else "contract line", "line_change")


def _balance(context: MarkContext, row: Row) -> MarkedRows | None:
    """Return the accounts that pay on the day before the first month of the bridge, or on the last one."""
    if row.get("step") not in ("Start", "End") or context.scope.as_of is None:
        return None
    last = context.scope.end - ONE_DAY if context.scope.end else context.scope.as_of
    day = min(context.last_day(last), context.scope.as_of)
    if row["step"] == "Start":
        if context.scope.start is None:
            return None
        day = context.scope.start.replace(day=1) - ONE_DAY
    ask = context.ask_for(_is_account, "retention.why", context.on_day(day), figure="arpa", **_convention(context))
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


def _compared(context: MarkContext, row: Row) -> MarkedRows | None:
    by = context.options.get("by", "month")
    field = context.options.get("field") or context.first_dimension
    age, group = row[f"{by}s_since_start"], row["group"]
    measure = context.options.get("measure", "paying")
    ask = context.ask("retention.cohorts_at_age", context.where(field, group), by=by, measure=measure, age=str(age))
    return MarkedRows(f"{group}: accounts that reached {words.plural(age, by)}", ask, figure="active_share")


def _within(context: MarkContext, first: int, last: int | None, title: str, scope: Scope | None = None) -> MarkedRows:
    ask = context.ask_for(
        lambda row: row["has_left"] and row["months"] >= first and (last is None or row["months"] <= last),
        "retention.tenures",
        scope,
    )
    return MarkedRows(title, ask)


def _tenure(context: MarkContext, row: Row) -> MarkedRows | None:
    first, _, last = row["months_paid"].rstrip("+").partition("–")
    title = f"Churned accounts that had paid for {row['months_paid']} months"
    return _within(context, int(first), int(last) if last else None, title)


def _survival(context: MarkContext, row: Row) -> MarkedRows | None:
    months, field = int(row["months_since_start"]), context.options.get("group", "")
    title = f"Churned accounts, within {words.plural(months, 'month')} of their start"
    if not field:
        return _within(context, 0, months, title)
    group = row["group"]
    return _within(context, 0, months, f"{group}: {title[0].lower()}{title[1:]}", context.where(field, group))


OPENINGS = {
    ("overview.summary", "retention_months"): Opening(_month),
    ("retention.summary", "retention"): Opening(_day),
    ("retention.by_dimension", "retention_by"): Opening(_value),
    ("retention.by_dimension", "retention_strips"): Opening(_value),
    ("retention.bridge", "bridge"): Opening(_bridge, "movement"),
    ("retention.cohorts", "cohorts"): Opening(_cell),
    ("retention.cohorts", "cohort_curves"): Opening(_cell),
    ("retention.cohort_trend", "cohort_trend"): Opening(_cohort),
    ("retention.cohort_compare", "cohort_compare"): Opening(_compared),
    ("retention.survival", "survival"): Opening(_survival),
    ("retention.hazard", "hazard"): Opening(_tenure),
    ("retention.why", "why"): ACCOUNTS,
}
