"""Renewals due in the next four quarters, and the outcome of past ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.account_health import scores_on
from cs_dash.questions.declaration import question
from cs_dash.questions.request import SMALL_BASE, QuestionRequest, arrow_table, small_base_note
from cs_dash.questions.retention.doubts import doubts
from cs_dash.questions.retention.renewal_charts import calendar, column_sum, history, quarter, quarter_label
from cs_dash.questions.retention.renewal_notes import (
    RENEWAL_LABELS,
    computed_days,
    no_renewal_dates,
    overdue_figure,
    renewal_notes,
)
from cs_dash.scope import ONE_DAY, months_before

UNSETTLED = ("open", "notice", "overdue")
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account"),
    Column("due_on", "Renewal date", "date", help="For notice given: the first unpaid day.", priority=1),
    Column("quarter", "Quarter"),
    Column("status", "Status", help="Notice given: still paying, with a known end date. Overdue: the renewal date has"
           " passed and the contract line still runs.", value_labels=RENEWAL_LABELS, priority=1),
    Column("due", "MRR due", "money", help="On the day before renewal, of the contract lines due.", priority=1),
    Column("renewed", "Renewed", "money", help="At most the amount due.", absent="Not decided"),
    Column("lost", "Lost", "money", absent="Not decided"),
    Column("open", "Open", "money", help="The renewal date is after the as-of date.", absent="Renewed or lost"),
    Column("leaving", "Notice given", "money", help="MRR that will churn, besides MRR due.", absent="No notice"),
    Column("band", "Health", help="On the as-of date."),
    Column("score", "Score", "score", absent="Not scored: too little data"),
    Column("csm", "CSM"),
    Column("told_by", "Renewal date from", help="The subscription, the account, or computed in whole terms from the"
           " subscription's start.", value_labels=RENEWAL_LABELS, optional=True),
    Column("day_basis", "Date basis", help="Given: stated in the file. Computed: in whole terms from the stated date"
           " or from the contract line's start.", optional=True),
)  # fmt: skip
TYPES = {
    "account_id": pa.string(), "due_on": pa.date32(), "quarter": pa.string(), "account": pa.string(),
    "status": pa.string(), "due": pa.float64(), "renewed": pa.float64(), "lost": pa.float64(), "open": pa.float64(),
    "leaving": pa.float64(), "band": pa.string(), "score": pa.float64(), "csm": pa.string(), "told_by": pa.string(),
    "day_basis": pa.string(),
}  # fmt: skip
Row = dict[str, Any]


@question(
    "retention.renewals",
    title="Renewals",
    order=90,
    needs=("subscriptions", "accounts"),
    uses=(
        "health_scores", "newest_day", "notices_on", "notices_told", "renewal_doubts", "renewal_rate",
        "renewals_due", "renewals_overdue", "revenue_doubts",
    ),
)  # fmt: skip
def renewals(request: QuestionRequest) -> Answer:
    """Return every renewal of the scope's period and of the next four quarters, upcoming ones first.

    The first of the four quarters is the one in which the day after the as-of date lies.
    """
    if "subscriptions" not in request.loaded_tables:
        return request.empty()
    start, end = _past(request)
    quarters = quarters_ahead(request.as_of)
    rows = _rows(request, start, end, quarters)
    to_come = [row for row in rows if row["status"] in UNSETTLED]
    settled = [row for row in rows if row["status"] not in UNSETTLED]
    undated = not rows and no_renewal_dates(request)
    figures = _figures(request, to_come, settled, start, end, undated=undated)
    charts = (*calendar(request, to_come, quarters), *history(request, settled))
    return request.answer(
        headline=_says(request, figures, quarters),
        figures=figures,
        rows=arrow_table(to_come + settled[::-1], TYPES),
        columns=COLUMNS,
        charts=charts,
        notes=(*renewal_notes(request, quarters, to_come, settled), *doubts(request).notes),
        definition="renewals_due",
    )


def quarters_ahead(as_of: dt.date) -> tuple[dt.date, ...]:
    """Return the first days of the quarter of the day after `as_of` and of the three that follow, and the end."""
    first = quarter(as_of + ONE_DAY)
    return tuple(months_before(first, -3 * later) for later in range(5))


def _past(request: QuestionRequest) -> tuple[dt.date, dt.date]:
    """Return the part of the scope's period that is over: its first day and the day after it."""
    end = min(request.scope.end or request.as_of + ONE_DAY, request.as_of + ONE_DAY)
    return min(request.scope.start or dt.date.min, end), end


def _rows(request: QuestionRequest, start: dt.date, end: dt.date, quarters: tuple[dt.date, ...]) -> list[Row]:
    """Return past and upcoming renewals and the lines that gave notice, by day."""
    called = {"as_of_day": request.as_of, "wanted": request.filters_json}
    rows = [
        *request.rows("renewals_due", start_day=start, end_day=end, **called).to_pylist(),
        *request.rows("renewals_due", start_day=request.as_of + ONE_DAY, end_day=quarters[-1], **called).to_pylist(),
    ]
    for row in rows:
        row["status"], row["day_basis"] = _status(row), "computed" if row["is_computed"] else "given"
        row["open"] = row["still_open"] or None
        if row["open"]:  # what becomes of it is not known yet
            row["renewed"] = row["lost"] = None
    for row in request.rows("notices_on", **called).to_pylist():
        rows.append(row | {"due_on": row["ends_on"], "leaving": row["mrr"], "status": "notice", "open": None})
    for row in request.rows("renewals_overdue", **called).to_pylist():
        rows.append(row | {"open": row["due"], "status": "overdue", "day_basis": "given"})
    health = {row["account_id"]: row for row in scores_on(request, [request.as_of])}
    for row in rows:
        health_row = health.get(row["account_id"], {})
        row["quarter"] = quarter_label(row["due_on"])
        row["band"], row["score"] = health_row.get("band", "not scored"), health_row.get("score")
    return sorted(rows, key=lambda row: (row["due_on"], row["account_id"], row["status"]))


def _status(row: Row) -> str:
    if row["still_open"]:
        return "open"
    return "renewed" if not row["lost"] else "shrank" if row["renewed"] else "lost"


def _figures(
    request: QuestionRequest,
    to_come: list[Row],
    settled: list[Row],
    start: dt.date,
    end: dt.date,
    *,
    undated: bool,
) -> tuple[Figure, ...]:
    due, renewed = column_sum(settled, "due"), column_sum(settled, "renewed")
    ends = [months_before(request.as_of, back) for back in range(11, -1, -1)]
    starts = [months_before(day, 12) for day in ends]
    past = request.rows.per_element(
        "renewal_rate", start_days=starts, end_days=ends, wanted=request.filters_json
    ).to_pylist()
    before = _rate_before(request)
    leaving = [row for row in to_come if row["status"] == "notice"]
    notices_known = request.single_row("notices_told", as_of_day=request.as_of)["told"]
    open_renewals = [row for row in to_come if row["status"] == "open"]
    overdue = [row for row in to_come if row["status"] == "overdue"]
    doubt = small_base_note(len(settled), "renewals") if settled else "no renewals due in the period"
    red = [row for row in open_renewals if row["band"] == "red"]

    def dated(value: Any) -> Any:
        """A number of renewals is unknown, not 0, where nothing tells when any is due."""
        return None if undated else value

    return (
        Figure("mrr_open", "Due in the next four quarters", dated(column_sum(open_renewals, "open")), "money",
               n=dated(len(open_renewals)), n_label="renewals", definition="renewals_due",
               caveat=computed_days(open_renewals)),
        *overdue_figure(overdue),
        Figure("mrr_open_red", "Of this, red accounts", dated(column_sum(red, "open")), "money", n=dated(len(red)),
               n_label="renewals", better="down", definition="health_scores"),
        Figure("renewal_rate", "Renewal rate in the period", renewed / due if due else None, "share", n=len(settled),
               n_label="renewals", better="up", caveat=doubt, definition="renewal_rate", previous=before,
               trend=tuple(row["renewal_rate"] for row in past)),
        Figure("mrr_notice", "Notice given", column_sum(leaving, "leaving") if notices_known else None,
               "money", n=len(leaving) if notices_known else None, n_label="notices", better="down",
               definition="notices_on", caveat="" if notices_known else "the data have no notice dates"),
        Figure("mrr_due", "MRR due in the period", dated(due), "money", n=dated(len(settled)), n_label="renewals",
               definition="renewals_due"),
        Figure("mrr_renewed", "MRR renewed", dated(renewed), "money", better="up", definition="renewals_due"),
        Figure("mrr_lost", "MRR lost at renewal", dated(column_sum(settled, "lost")), "money", better="down",
               definition="renewals_due"),
    )  # fmt: skip


def _rate_before(request: QuestionRequest) -> float | None:
    """Return the renewal rate of the period to compare with, or None where there is none."""
    earlier = request.scope.comparison_scope()
    if earlier is None or earlier.start is None or earlier.end is None:
        return None
    rate: float | None = request.rows(
        "renewal_rate",
        start_days=[earlier.start - ONE_DAY],
        end_days=[earlier.end - ONE_DAY],
        wanted=request.filters_json,
    )["renewal_rate"][0].as_py()
    return rate


def _says(request: QuestionRequest, figures: tuple[Figure, ...], quarters: tuple[dt.date, ...]) -> str:
    by_name = {figure.name: figure for figure in figures}
    to_renew, red, rate, leaving = (
        by_name[name] for name in ("mrr_open", "mrr_open_red", "renewal_rate", "mrr_notice")
    )
    until = words.date(quarters[-1] - ONE_DAY)

    def money(figure: Figure) -> str:
        return words.money(figure.value, request.currency)

    text = f"No renewal is due up to {until}" if to_renew.value is not None else "No renewal dates in the data"
    if to_renew.n:
        text = f"**{money(to_renew)}** of MRR is due for renewal up to {until}"
        text += f", **{money(red)}** of it in red accounts" if red.n else ", none of it in red accounts"
    if rate.value is not None:
        due = words.plural(rate.n, "renewal")
        text += f". The renewal rate in the period is **{words.share(rate.value, rate.n)}** ({due})"
    if overdue := by_name.get("mrr_overdue"):
        text += f"; **{money(overdue)}** is overdue"
    if leaving.n:
        text += f"; **{money(leaving)}** has given notice"
    return f"{text}; {rate.caveat}." if rate.n and rate.n < SMALL_BASE else f"{text}."
