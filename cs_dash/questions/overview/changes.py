"""`overview.changes`: what changed since the comparison day, the most material first."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer
from cs_dash.charts import Chart, RankedChart
from cs_dash.look.words import change, count, date, money, plural
from cs_dash.questions.account_health import in_scope, scores_on, values_of
from cs_dash.questions.audited_share import audited_share
from cs_dash.questions.declaration import question
from cs_dash.questions.grouping import grouping_field
from cs_dash.questions.howto_share import UNADJUSTED_LABEL
from cs_dash.questions.overview.comparison import comparison_day
from cs_dash.questions.overview.notable_change import (
    COLUMNS,
    EVERYTHING,
    LABELS,
    MATERIAL,
    ROWS,
    Change,
    rate_change,
)
from cs_dash.questions.overview.topic_lines import topic_lines
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.scope import months_before

MOST, MOST_MOVERS = 15, 10
MOVED = {
    "new": ("new account", "new accounts"), "lost": ("account no longer pays", "accounts no longer pay"),
}  # fmt: skip
VERBS = {"new": "is new", "lost": "churned", "returned": "was won back", "grew": "expanded", "shrank": "contracted"}


@question(
    "overview.changes",
    title="Notable changes",
    order=20,
    needs=("subscriptions", "tickets", "usage"),
    uses=(
        "audit_checked", "audit_population",
        "dimension_values", "health_cards", "health_scores", "howto_by", "howto_share", "paying_exposure",
        "retention_by_group", "retention_windows", "revenue_doubts", "revenue_movers", "ticket_texts", "topic_volumes",
    ),
)  # fmt: skip
def changes(request: QuestionRequest) -> Answer:
    """Return what changed since the comparison day, by figure, group, account and topic, the most material first."""
    if request.scope.as_of is None or not request.loaded_tables & {"subscriptions", "tickets", "usage"}:
        return request.empty()
    before = comparison_day(request.scope)
    if before is None:
        return Answer(request.question, request.title, "No comparison selected.", request.as_of)
    lines = request.single_row("revenue_doubts", as_of_day=request.as_of)
    if lines["lines_assumed"] * 2 > lines["lines"]:
        says = "Most contract dates are assumed, so changes between two days are unknown."
        return Answer(request.question, request.title, says, request.as_of)
    by_field = grouping_field(request)
    movers = _movers(request, before) if "subscriptions" in request.loaded_tables else []
    candidates = [
        *_retention(request, before, by_field),
        *_red(request, before, by_field),
        *(_howto(request, by_field) if "tickets" in request.loaded_tables else []),
        *_revenue(request, movers),
        *(topic_lines(request) if "tickets" in request.loaded_tables else []),
    ]
    ranked = sorted(
        (line for line in candidates if line.size >= 1), key=lambda line: (-line.size, line.figure, line.group)
    )
    rows = [line.row() for line in ranked[:MOST]]
    return request.answer(
        headline=_says(ranked, before),
        rows=arrow_table(rows, ROWS),
        columns=COLUMNS,
        charts=_chart(movers, before, request.currency),
        definition="revenue_movers",
    )


def _without_none(changes_or_none: list[Change | None]) -> list[Change]:
    return [line for line in changes_or_none if line is not None]


def _retention(request: QuestionRequest, before: dt.date, by_field: str) -> list[Change]:
    if "subscriptions" not in request.loaded_tables:
        return []
    days = [before, request.as_of]
    starts = [months_before(day, request.scope.window) for day in days]
    rows = [
        row | {"value": EVERYTHING, "accounts": row["accounts_start"]}
        for row in request.rows.per_element(
            "retention_windows", start_days=starts, end_days=days, wanted=request.filters_json
        ).to_pylist()
    ]
    rows += request.rows(
        "retention_by_group", by_field=by_field, start_days=starts, end_days=days, wanted=request.filters_json
    ).to_pylist()
    earlier_rows = {row["value"]: row for row in rows if row["window_end"] == before}
    pairs = [
        (earlier_rows[row["value"]], row)
        for row in rows
        if row["window_end"] == request.as_of and row["value"] in earlier_rows
    ]
    return _without_none([
        rate_change(name, row["value"], earlier[name], row[name], row[name] > (earlier[name] or 0),
                    min(row["accounts"], earlier["accounts"]), field=by_field)
        for earlier, row in pairs for name in ("nrr", "grr") if row[name] is not None
    ])  # fmt: skip


def _red(request: QuestionRequest, before: dt.date, by_field: str) -> list[Change]:
    groups = values_of(request, by_field)
    by_group: dict[tuple[dt.date, str], list[dict[str, Any]]] = defaultdict(list)
    for row in scores_on(request, [before, request.as_of]):
        for group in {EVERYTHING, groups.get(row["account_id"], EVERYTHING)}:
            by_group[row["day"], group].append(row)
    red_changes: list[Change | None] = []
    for (day, group), current in by_group.items():
        if day == request.as_of and (before, group) in by_group:
            was = by_group[before, group]
            shares = _red_share(was), _red_share(current)
            if shares[0] is not None and shares[1] is not None:
                n = min(len(was), len(current))
                red_changes.append(rate_change("red_share", group, *shares, shares[1] < shares[0], n, field=by_field))
    return _without_none(red_changes)


def _red_share(rows: list[dict[str, Any]]) -> float | None:
    """Return the red share of the MRR; None where nobody pays or nobody could be scored."""
    total = math.fsum(row["mrr"] for row in rows)
    if not total or all(row["band"] == "not scored" for row in rows):
        return None
    return math.fsum(row["mrr"] for row in rows if row["band"] == "red") / total


def _howto(request: QuestionRequest, by_field: str) -> list[Change]:
    earlier = request.scope.comparison_scope()
    if earlier is None:
        return []
    rows = request.periods("howto_by", earlier.bounds, request.scope.bounds, by_field=by_field)
    rows += [
        row | {"group_name": EVERYTHING} for row in request.periods("howto_share", earlier.bounds, request.scope.bounds)
    ]
    earlier_rows, current_rows = (
        {row["group_name"]: row for row in rows if (row["window_start"], row["window_end"]) == scope.bounds}
        for scope in (earlier, request.scope)
    )
    audited = audited_share(request, request.scope).governing is not None
    label = UNADJUSTED_LABEL if audited else LABELS["howto_share"]
    howto_changes: list[Change] = []
    for group, row in current_rows.items():
        was = earlier_rows.get(group)
        if was is None or was["share"] is None or row["share"] is None or _by_chance(was, row):
            continue
        n = min(row["with_kind"], was["with_kind"])
        howto_changes += _without_none(
            [
                rate_change(
                    "howto_share", group, was["share"], row["share"], row["share"] < was["share"], n, label, by_field
                )
            ]
        )
    return howto_changes


def _by_chance(was: dict[str, Any], current: dict[str, Any]) -> bool:
    """Return whether two shares differ by no more than chance would (two-sample z test, 5 %)."""
    n = [was["with_kind"], current["with_kind"]]
    pooled = (was["howto"] + current["howto"]) / sum(n)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n[0] + 1 / n[1]))
    return error == 0 or abs(current["share"] - was["share"]) / error < 1.96


def _movers(request: QuestionRequest, before: dt.date) -> list[dict[str, Any]]:
    movers: list[dict[str, Any]] = in_scope(
        request, "revenue_movers", first_day_seen=before, last_day_seen=request.as_of
    )
    return movers


def _revenue(request: QuestionRequest, movers: list[dict[str, Any]]) -> list[Change]:
    """Return new and lost MRR in total, and the accounts whose MRR changed most, relative to the MRR before."""
    total = sum(row["mrr"] for row in in_scope(request, "health_cards", on_day=request.as_of))
    before = total - sum(row["moved"] for row in movers)
    if not before > 0:
        return []
    revenue_changes = []
    # Between two days: who joined and left in between is in neither, so these are not the churned accounts of a period.
    for movement, nouns in MOVED.items():
        accounts = [row for row in movers if row["movement"] == movement]
        if len(accounts) == 1 and accounts[0] in movers[:MOST_MOVERS]:
            continue  # the line of that account says it
        amount = sum(row["moved"] for row in accounts)
        what = plural(len(accounts), *nouns)
        revenue_changes.append(
            Change(
                "mrr", movement, 0.0, amount, "money", movement == "new",
                text=f"{what}: {money(abs(amount), request.currency)} MRR",
                what=what,
                amount=f"{change(amount, 0, 'money', request.currency)} MRR",
                size=abs(amount) / before / MATERIAL["mrr"],
                n=len(accounts),
            )
        )  # fmt: skip
    for row in movers[:MOST_MOVERS]:
        span = f"{money(row['mrr_before'], request.currency)} → {money(row['mrr_now'], request.currency)}"
        what = f"{row['account']} {VERBS.get(row['movement'], row['movement'])}"
        revenue_changes.append(
            Change(
                "mover", row["account"], row["mrr_before"], row["mrr_now"], "money", row["moved"] > 0,
                text=f"{what}: {span}",
                what=what,
                amount=f"{change(row['moved'], 0, 'money', request.currency)} MRR",
                size=abs(row["moved"]) / before / MATERIAL["mover"],
                account_id=row["account_id"],
            )
        )  # fmt: skip
    return revenue_changes


def _says(ranked: list[Change], before: dt.date) -> str:
    if not ranked:
        return f"No notable changes since {date(before)}."
    texts = [line.text for line in ranked[:2]]
    bad = sum(line.good is False for line in ranked)
    intro = f"**{plural(len(ranked), 'notable change')}** since {date(before)}"
    intro += f", {count(bad)} of them negative" if bad and len(ranked) > 1 else ""
    return f"{intro}: {'; '.join(texts)}."


def _chart(movers: list[dict[str, Any]], before: dt.date, currency: str) -> tuple[Chart, ...]:
    if not movers:
        return ()
    largest = sorted(movers[:8], key=lambda row: -row["moved"])
    rows = [{"account": row["account"], "moved": row["moved"], "direction": "gain" if row["moved"] > 0 else "loss",
             "account_id": row["account_id"]} for row in largest]  # fmt: skip
    net = sum(row["moved"] for row in movers)
    top = movers[0]
    return (
        RankedChart(
            name="movers",
            title=f"{top['account']} moved MRR most: {change(top['mrr_now'], top['mrr_before'], 'money', currency)}",
            subtitle=f"Largest MRR changes since {date(before)}; all accounts: {change(net, 0, 'money', currency)}",
            rows=arrow_table(
                rows,
                {"account": pa.string(), "moved": pa.float64(), "direction": pa.string(), "account_id": pa.string()},
            ),
            x="moved",
            y="account",
            color="direction",
            unit="money",
            axis="Change in MRR",
            order=tuple(row["account"] for row in largest),
            semantic=True,
            currency=currency,
        ),
    )
