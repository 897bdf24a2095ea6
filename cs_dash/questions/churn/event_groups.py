"""Which churn events are those of the accounts with one value of a field."""

from __future__ import annotations

from typing import Any

from cs_dash.questions.churn.periods import period
from cs_dash.questions.request import QuestionRequest

Row = dict[str, Any]


def of_group(request: QuestionRequest, rows: list[Row]) -> list[Row]:
    """Return the full churn events of the churned accounts with `value` of `field`; all events without these options.

    The fields are the dimensions of the accounts, tenure and cohort, as in the share of churned accounts.
    """
    field, value = request.options.get("field", ""), request.options.get("value", "")
    if not field:
        return rows
    groups = request.rows("churn_groups", **period(request)).to_pylist()
    churned = {row["account_id"] for row in groups if row["churned"] and (row["field"], row["value"]) == (field, value)}
    return [row for row in rows if row["full"] and row["account_id"] in churned]
