"""The lifetime value of an account and its assumptions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cs_dash.answer import Figure, Note
from cs_dash.look import words
from cs_dash.questions.request import QuestionRequest

LEAST_LEFT = 10
LONGEST = 60


def lifetime_value(request: QuestionRequest, before: dt.date | None, label: str, *, undated: bool) -> Figure:
    """Return the figure on the as-of date, compared with `before`; its value is None where too few accounts left."""
    days = [request.as_of, *([before] if before else [])]
    by_day = {
        row["looked_from"]: row
        for row in request.rows.per_element("lifetime_value", as_of_days=days, wanted=request.filters_json).to_pylist()
    }
    current, previous = by_day.get(request.as_of, {}), by_day.get(before, {}) if before else {}
    row = {} if undated else current
    return Figure(
        "lifetime_value",
        "Lifetime value per account",
        row.get("lifetime_value"),
        "money",
        n=row.get("left_by_month"),
        n_label="accounts churned in 12 months",
        previous=None if undated else previous.get("lifetime_value"),
        previous_label=label,
        better="up",
        caveat=_assumed(current, undated=undated),
        definition="lifetime_value",
    )


def secondary_figures_note(figures: tuple[Figure, ...], currency: str) -> list[Note]:
    """Return one note with the figures below the four headlines: MRR per account, quick ratio, lifetime value."""
    by_name = {figure.name: figure for figure in figures}
    parts = [
        f"{by_name[name].label} **{words.figure_value(by_name[name], currency)}**"
        for name in ("arpa", "quick_ratio")
        if by_name[name].value is not None
    ]
    lifetime = by_name["lifetime_value"]
    if lifetime.value is not None:
        parts.append(f"{lifetime.label} **{words.figure_value(lifetime, currency)}** ({lifetime.caveat})")
    return [Note(f"{'; '.join(parts)}.", "fact", ("arpa", "quick_ratio", "lifetime_value"))] if parts else []


def _assumed(row: dict[str, Any], *, undated: bool) -> str:
    if undated:
        return "churn dates are not in the data"
    if not row or row["left_by_month"] < LEAST_LEFT:
        return f"fewer than {LEAST_LEFT} churned accounts, too few to estimate"
    margin = f"gross margin {words.share(row['margin'])}{'' if row['margin_chosen'] else ' assumed'}"
    text = f"{margin}, {words.share(row['monthly_churn'])} monthly churn"
    return f"{text}, capped at {LONGEST} months" if row["lifetime"] >= LONGEST else text
