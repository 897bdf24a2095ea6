"""The scored accounts of a day, each with its score, its change, the main reasons and the early warnings in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from cs_dash.questions.account_health import in_scope, scores_on
from cs_dash.questions.churn_reasons import reasons, warnings
from cs_dash.questions.request import QuestionRequest

FOUR_WEEKS = dt.timedelta(days=28)
Row = dict[str, Any]


def scored_accounts(request: QuestionRequest, points: int = 2) -> list[Row]:
    """Return the rows of `health_cards` with score, band, change and words, the worst first, those not scored last.

    Args:
        request: the accounts in scope, on its as-of date.
        points: on how many days, four weeks apart, the scores are taken; at least 2, for the change.
    """
    as_of = request.as_of
    days = [as_of - FOUR_WEEKS * back for back in range(points)]
    history: dict[str, dict[dt.date, Row]] = defaultdict(dict)
    for row in scores_on(request, days):
        history[row["account_id"]][row["day"]] = row
    why: dict[str, list[Row]] = defaultdict(list)
    for row in in_scope(request, "health_reasons", on_day=as_of):
        why[row["account_id"]].append(row)
    by_users = any(row["input"] == "depth" for account_reasons in why.values() for row in account_reasons)
    flagged: dict[str, list[Row]] = defaultdict(list)
    for row in in_scope(request, "early_warnings", on_day=as_of):
        flagged[row["account_id"]].append(row)
    rows = []
    for card in in_scope(request, "health_cards", on_day=as_of):
        past = history[card["account_id"]]
        scores = [past[day]["score"] if day in past else None for day in days]
        current = past[as_of]
        change = scores[0] - scores[1] if scores[0] is not None and scores[1] is not None else None
        inputs = {row["input"]: row for row in why[card["account_id"]]}
        reason_texts = [*reasons(why[card["account_id"]][:2], by_users, request.currency), "", ""]
        left = (card["renewal_date"] - as_of).days if card["renewal_date"] else None
        flags = warnings(flagged[card["account_id"]], by_users, change, left, current["band"])
        rows.append(
            card | {name: current[name] for name in ("score", "band", "coverage")} | {
                "change_28d": change, "top_reason": reason_texts[0], "second_reason": reason_texts[1],
                "trend": scores[-2::-1],
                "flags": "; ".join(flags), "flag_count": len(flags),
                "weekly_users": inputs.get("activity_trend", {}).get("now_value") if by_users else None,
                "tickets_90d": inputs.get("ticket_load", {}).get("now_value"),
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: (row["score"] is None, row["score"] or 0, -row["mrr"], row["account_id"]))
