"""`account.usage`: which features an account uses, and how that changed."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look.words import count, date, number, plural
from cs_dash.questions.account.period import account_period
from cs_dash.questions.account_card import account_card
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

TYPES = {
    "feature": pa.string(), "is_core": pa.bool_(), "recent": pa.float64(), "earlier": pa.float64(),
    "trend": pa.list_(pa.float64()), "counted": pa.string(),
}  # fmt: skip


@question(
    "account.usage",
    title="Account usage",
    order=30,
    options={"account": ()},
    needs=("usage",),
    uses=("account_card", "account_feature_use", "account_names"),
)
def usage(request: QuestionRequest) -> Answer:
    """Return one row per feature that the account used or that is core, for the account that `account` names.

    Means of distinct users a week in spans of four whole weeks, uses where no file names users. Figures: weekly_users,
    features, core_features.
    """
    if "usage" not in request.loaded_tables:
        return request.empty()
    card = account_card(request)
    days = account_period(request, card)
    rows = request.rows("account_feature_use", of_account=card["account_id"], on_day=days.last_day).to_pylist()
    unit = "users" if all(row["by_users"] for row in rows) else "uses"
    features = [row | {"counted": unit} for row in rows if row["feature"] is not None and any(row["trend"] or ())]
    features += [row | {"counted": unit} for row in rows if row["is_core"] and not any(row["trend"] or ())]
    whole = next((row for row in rows if row["feature"] is None), None)
    used = [row for row in features if row["recent"]]
    return request.answer(
        headline=_headline(card["account"], whole, used, unit, date(days.last_day)),
        figures=_figures(whole, used, features, unit),
        rows=arrow_table(features, TYPES),
        columns=(
            Column("feature", "Feature"),
            Column("is_core", "Core feature", "flag"),
            Column("recent", f"Weekly {unit}", "number", "Average of the last four full weeks."),
            Column("earlier", "Previous four weeks", "number", "Average of the four weeks before."),
            Column("trend", "Trend", "trend", "Averages of four weeks each, oldest first."),
            Column("counted", "Counted", hidden=True),
        ),
        definition="account_feature_use",
    )


def _headline(account: str, whole: dict[str, Any] | None, used: list[dict[str, Any]], unit: str, day: str) -> str:
    if whole is None or whole["recent"] is None:
        return f"No usage data for {account} in the four weeks up to {day}."
    if not whole["recent"]:
        return f"{account} did not use the product in the four weeks up to {day}."
    many = f"**{_mean(whole['recent'])} {unit}** a week"
    before = f", {_mean(whole['earlier'])} in the previous four weeks" if whole["earlier"] is not None else ""
    if len(used) == 1:
        return f"{many}{before}, all of it {used[0]['feature']}."
    most = f", in {plural(len(used), 'feature')}; most use {used[0]['feature']}" if used else ""
    return f"{many}{before}{most}."


def _figures(
    whole: dict[str, Any] | None, used: list[dict[str, Any]], features: list[dict[str, Any]], unit: str
) -> tuple[Figure, ...]:
    known = whole is not None and whole["recent"] is not None
    core = [row for row in features if row["is_core"]]
    return (
        Figure("weekly_users", f"Weekly {unit}", whole["recent"] if whole else None, "number",
               previous=whole["earlier"] if whole else None, previous_label="previous four weeks", better="up",
               definition="account_feature_use"),
        Figure("features", "Features used", len(used) if known else None, "count", definition="account_feature_use"),
        Figure("core_features", "Core features used", sum(row["is_core"] for row in used) if known and core else None,
               "count", n=len(core), n_label="core features", definition="account_feature_use"),
    )  # fmt: skip


def _mean(value: float) -> str:
    return number(value, 1) if value < 10 and value != round(value) else count(value)
