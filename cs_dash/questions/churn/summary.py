"""`churn.summary`: how many accounts churned, and in which segments most."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure, Note
from cs_dash.charts import Chart, IntervalChart
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.questions.churn.early_warnings import early_warnings, warning_figure, warning_notes
from cs_dash.questions.churn.events_in_scope import events_in_scope
from cs_dash.questions.churn.loss_types import CONTROLLED, by_axis, reason_caveat, share_of
from cs_dash.questions.churn.periods import dates_assumed, dates_in_words, in_words, period, periods
from cs_dash.questions.churn.reconciliation import conflict_notes, reconciliation_rows, sum_in_words
from cs_dash.questions.churn.taxonomy import taxonomy
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.stats.intervals import wilson

MOST_DRAWN = 12
NO_VALUE = "(none)"
BY_TIME = ("tenure", "cohort")
"""Fields shown only on request: they mostly reflect how much time an account had to churn."""
LARGE, SMALL = f"{SMALL_BASE} accounts or more", "few accounts"
COLUMNS = (
    Column("field", "Dimension"),
    Column("value", "Value"),
    Column("accounts", "Accounts", "count"),
    Column("churned_accounts", "Churned", "count"),
    Column("churn_share", "Churn rate", "share"),
    Column("low", "95 % CI from", "share"),
    Column("high", "95 % CI to", "share"),
    Column("few", "Few accounts", "flag"),
)
TYPES = {
    "field": pa.string(), "value": pa.string(), "accounts": pa.int64(), "churned_accounts": pa.int64(),
    "churn_share": pa.float64(), "low": pa.float64(), "high": pa.float64(), "few": pa.bool_(),
}  # fmt: skip


@question(
    "churn.summary",
    title="Churn",
    order=10,
    options={"by": ()},
    needs=("churn_events",),
    uses=(
        "churn_base", "churn_by_dimension", "churn_categories", "churn_doubts", "churn_event_list", "churn_losses",
        "churn_marks", "churn_reasons", "churn_reconciliation", "churn_share", "churn_texts",
        "churn_totals", "churn_warned", "dimension_values",
    ),
)  # fmt: skip
def summary(request: QuestionRequest) -> Answer:
    """Return the accounts that churned in the period, against the period before and by dimension."""
    if "churn_events" not in request.loaded_tables:
        return request.empty()
    events, warnings = events_in_scope(request), early_warnings(request)
    before = request.scope.comparison_scope()
    undated = dates_assumed(request)
    if undated:
        before = None  # without the days of the churn, no period can be told from another
    current, *past = _totals(request, *([request.for_scope(before)] if before else []))
    earlier = past[0] if past else None
    label = dates_in_words(request.for_scope(before)) if before else ""
    groups = _groups(request)
    field = _field(request, groups)
    field_rows = [row for row in groups if row["field"] == field]
    controllable = share_of(by_axis(events, taxonomy(request)), CONTROLLED)
    interval = wilson(current["churned_accounts"], current["accounts"]) or (None, None)

    def previous(name: str) -> float | None:
        return earlier[name] if earlier else None

    figures = (
        Figure("churn_share", "Account churn rate", current["churn_share"], "share", n=current["accounts"],
               n_label="accounts", low=interval[0], high=interval[1], previous=previous("churn_share"),
               previous_label=label, better="down",
               caveat=small_base_note(current["accounts"]), definition="churn_share"),
        Figure("churned_accounts", "Churned accounts", current["churned_accounts"], "count",
               previous=previous("churned_accounts"), previous_label=label, better="down", definition="churn_share"),
        Figure("mrr_lost", "MRR lost, as recorded", current["mrr_lost"], "money", n=current["events"], n_label="events",
               previous=previous("mrr_lost"), previous_label=label, better="down",
               caveat="" if current["mrr_lost"] is not None else "no contract line gives the amount lost",
               definition="churn_losses"),
        Figure("accounts", "Customers in the period", current["accounts"], "count", previous=previous("accounts"),
               previous_label=label, definition="churn_base"),
        Figure("controllable", "Avoidable churn", controllable, "share",
               n=len(events), n_label="events", better="down", caveat=reason_caveat(controllable, events),
               definition="churn_reasons"),
        warning_figure(warnings),
    )  # fmt: skip
    return request.answer(
        headline=_headline(request, current, earlier, undated=undated),
        figures=figures,
        rows=arrow_table(groups, TYPES),
        columns=COLUMNS,
        charts=(_field_chart(request, field, field_rows, current["churn_share"]),) if field_rows else (),
        notes=(*_reconciliation_notes(request), *contradiction_notes(request), *warning_notes(warnings)),
        definition="churn_share",
    )


def _reconciliation_notes(request: QuestionRequest) -> tuple[Note, ...]:
    """Return how the counts fit together, where they are not all the same, and what is in conflict."""
    rows = reconciliation_rows(request)
    by_part = {row["part"]: row for row in rows}
    conflicts = conflict_notes(by_part)
    if by_part.get("churned", {}).get("events", 0) == by_part["events"]["events"]:
        return conflicts
    return (Note(f"{sum_in_words(rows)}.", "fact", ("churned_accounts", "mrr_lost")), *conflicts)


def contradiction_notes(request: QuestionRequest) -> tuple[Note, ...]:
    """Return notes on contradictions between churn flags, churn events and contract lines."""
    marks = request.in_scope(request.rows("churn_marks", as_of_day=request.as_of)).to_pylist()
    flagged = {row["account_id"] for row in marks if row["flagged"]}
    left = {row["account_id"] for row in marks if row["events"]}
    notes = []
    if flagged and flagged != left:
        text = (
            f"{words.plural(len(flagged), 'account is', 'accounts are')} marked as churned,"
            f" {words.plural(len(left), 'has', 'have')} a churn event,"
            f" {words.plural(len(flagged & left), 'has', 'have')} both."
        )
        notes.append(Note(text, "contradiction", ("churned_accounts", "churn_share")))
    return tuple(notes)


def _totals(*requests: QuestionRequest) -> list[dict[str, Any]]:
    """Return the row of `churn_share` and `churn_totals` for each period."""
    shares, totals = (
        requests[0].rows.per_element(relation, **periods(*requests)).to_pylist()
        for relation in ("churn_share", "churn_totals")
    )
    return [share | total for share, total in zip(shares, totals, strict=True)]


def _headline(
    request: QuestionRequest, current: dict[str, Any], earlier: dict[str, Any] | None, *, undated: bool
) -> str:
    if not current["accounts"]:
        return f"No active accounts {dates_in_words(request)}."
    text = (
        f"**{words.count(current['churned_accounts'])}** of {words.plural(current['accounts'], 'account')}"
        f" (**{words.share(current['churn_share'], current['accounts'])}**) churned"
    )
    text += "; most churn dates are not in the data" if undated else f" {dates_in_words(request)}"
    if earlier and earlier["churn_share"] is not None:
        text += (
            f", {words.comparison(current['churn_share'], earlier['churn_share'], 'in the previous period', 'share')}"
        )
    unsure = small_base_note(current["accounts"])
    return f"{text}; {unsure}." if unsure else f"{text}."


def _groups(request: QuestionRequest) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = request.rows("churn_by_dimension", **period(request)).to_pylist()
    for row in rows:
        row["churn_share"] = row.pop("left_share")
        row["low"], row["high"] = wilson(row["churned_accounts"], row["accounts"]) or (None, None)
        row["few"] = row["accounts"] < SMALL_BASE
    return rows


def _field(request: QuestionRequest, groups: list[dict[str, Any]]) -> str | None:
    """Return the dimension in option `by`, else the one whose values differ most beyond their intervals."""
    fields = list(dict.fromkeys(row["field"] for row in groups))
    chosen = request.options.get("by")
    available = (*dict.fromkeys(request.rows("dimension_values")["field"].to_pylist()), *BY_TIME)
    if chosen and chosen not in available:
        raise UnknownOption(
            "Unknown field",
            f"Could not show churn by {chosen} because no account has that field.",
            nearest(chosen, available),
        )
    telling = [field for field in fields if field not in BY_TIME and not _repeats_outcome(groups, field)]
    return chosen or max(telling or fields, key=lambda field: _spread(groups, field), default=None)


def _repeats_outcome(groups: list[dict[str, Any]], field: str) -> bool:
    """Return whether a dimension merely repeats who churned.

    That is so if all accounts with one of its larger values churned ("status: churned"), or if for each of its values
    all or none did ("reason: too expensive").
    """
    rows = [row for row in groups if row["field"] == field]
    all_or_none = len(rows) > 1 and {row["churn_share"] for row in rows} == {0, 1}
    return all_or_none or any(not row["few"] and row["churn_share"] == 1 for row in rows)


def _spread(groups: list[dict[str, Any]], field: str) -> tuple[float, float]:
    """Return the distance between the intervals of the highest and lowest value, and that between their shares."""
    rows = [row for row in groups if row["field"] == field and not row["few"] and row["value"] != NO_VALUE]
    if len(rows) < 2:
        return -1.0, 0.0
    top, bottom = (pick(rows, key=lambda row: row["churn_share"]) for pick in (max, min))
    return top["low"] - bottom["high"], top["churn_share"] - bottom["churn_share"]


def _field_chart(
    request: QuestionRequest, field: str | None, rows: list[dict[str, Any]], average: float | None
) -> Chart:
    large = [row for row in rows if not row["few"] and row["value"] != NO_VALUE]
    name = words.field_words(field or "")
    title = f"Churn rate by {name}"
    if len(large) > 1:
        top, bottom = (pick(large, key=lambda row: row["churn_share"]) for pick in (max, min))
        if top["low"] > bottom["high"]:
            title = (
                f"{top['value']} churns most ({words.share(top['churn_share'], top['accounts'])}),"
                f" {bottom['value']} least ({words.share(bottom['churn_share'], bottom['accounts'])})"
            )
        else:
            title = f"No significant difference in churn by {name}"
    largest = sorted(sorted(rows, key=lambda row: -row["accounts"])[:MOST_DRAWN], key=lambda row: -row["churn_share"])
    chart_rows = [
        {**row, "name": f"{row['value']} (n = {words.count(row['accounts'])})", "base": SMALL if row["few"] else LARGE}
        for row in largest
    ]
    some_small = len({row["base"] for row in chart_rows}) > 1
    return IntervalChart(
        name="churn_by_dimension",
        title=title,
        subtitle=f"Share of accounts churned by {name} and 95 % CI, {in_words(request)}",
        rows=arrow_table(chart_rows, {"name": pa.string(), "base": pa.string(), **TYPES}),
        x="churn_share",
        y="name",
        low="low",
        high="high",
        color="base" if some_small else None,
        highlight=LARGE if some_small else None,
        unit="share",
        axis="Churn rate, %",
        order=(LARGE, SMALL, *(row["name"] for row in chart_rows)),
        reference=(average, "all accounts") if average is not None else None,
    )
