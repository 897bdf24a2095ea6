"""How the tickets on an item's topics went, month by month, before and after it shipped."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from cs_dash.answer import Answer, Column
from cs_dash.charts import ChartEvent, LineChart
from cs_dash.look import words
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table
from cs_dash.questions.roadmap.impact import impacts
from cs_dash.questions.roadmap.roadmap_rows import NO_ITEMS, SHIPPED, chosen_item, state_of
from cs_dash.questions.roadmap.ship_impact import FELL, MONTH, ROSE, TOO_EARLY, ShipImpact

TYPES = {
    "month": pa.date32(), "tickets": pa.int64(), "rate": pa.float64(), "expected": pa.float64(),
    "account_days": pa.int64(), "in_progress": pa.bool_(),
}  # fmt: skip
COLUMNS = (
    Column("month", "Month", "month"),
    Column("tickets", "Tickets", "count"),
    Column("rate", "Per 100 accounts", "number", help="Tickets on its topics per 100 paying accounts a month"),
    Column("expected", "As all other topics went", "number", help="The rate before it shipped, changed as all others"),
    Column("account_days", "Paying days", "count", optional=True),
    Column("in_progress", "In progress", "flag", hidden=True),
)
ITS_TOPICS, OTHERS = "This item", "All other topics"
FIRST_DAYS = 10
"""A month in progress is drawn from this many days on; before, a few tickets would be a peak."""


@question(
    "roadmap.ship_rates",
    title="Tickets before and after shipping",
    order=35,
    options={"item": ()},
    needs=("tickets",),
    uses=("roadmap_items", "ship_months", "ship_topics", "ship_windows"),
    follows_topics=True,
)
def ship_rates(request: QuestionRequest) -> Answer:
    """Return the tickets per 100 accounts and month on the topics of the item that option `item` names.

    Beside it stands what they would be had they changed as all other how-to topics of the same accounts did.
    Raises UnknownOption without an item, and for one that is not on the roadmap.
    """
    if "tickets" not in request.loaded_tables:
        return request.empty()
    row = chosen_item(request)
    if row is None:
        return request.answer(NO_ITEMS, rows=arrow_table([], TYPES), columns=COLUMNS)
    if state_of(row, request.as_of) != SHIPPED:
        text = f"“{row['title']}” has not shipped, so nothing can be compared yet."
        return request.answer(text, rows=arrow_table([], TYPES), columns=COLUMNS)
    if not row["topics"]:
        text = (
            f"Shipped on {words.date(row['shipped_on'])}. The item is made from no topic, so no tickets are compared."
        )
        return request.answer(text, rows=arrow_table([], TYPES), columns=COLUMNS)
    outcome = impacts(request, [row])[row["item"]]
    months = request.rows(
        "ship_months", of_item=row["item"], as_of_day=request.as_of, wanted=request.filters_json
    ).to_pylist()
    rows = _rates([month for month in months if not month["in_progress"] or request.as_of.day >= FIRST_DAYS], row)
    headline = finding(row, outcome)
    return request.answer(
        headline,
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        charts=(_chart(rows, row, outcome),) if any(point["rate"] is not None for point in rows) else (),
        definition="ship_months",
    )


def finding(row: dict[str, Any], outcome: ShipImpact) -> str:
    """Return the verdict on a shipped item as a sentence."""
    day = words.date(row["shipped_on"])
    if outcome.verdict in (FELL, ROSE) and outcome.effect is not None:
        size = f"**{words.number(abs(outcome.effect.change) * 100, 0)}\u202f%**"
        interval = f" (95\u202f% interval {words.interval(outcome.effect.low, outcome.effect.high)})"
        text = f"Tickets {outcome.verdict} {size} after it shipped on {day}{interval}"
        if outcome.verdict == FELL and outcome.avoided and outcome.avoided >= 1:
            return f"{text}; about **{words.plural(round(outcome.avoided), 'ticket')}** avoided since."
        return f"{text}."
    if outcome.verdict == TOO_EARLY:
        return f"Shipped on {day}: **too early** to say whether tickets fell."
    if outcome.effect is None or outcome.effect.high is None:
        return f"Shipped on {day}; whether tickets fell **cannot be measured**: there are too few before."
    interval = words.interval(outcome.effect.low, outcome.effect.high)
    return f"**No detectable change** since it shipped on {day}: the effect lies between {interval}."


def _rates(months: list[dict[str, Any]], row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the months with their rate and with what it would be had it changed as all other topics did."""
    shipped: dt.date = row["shipped_on"]
    before = [month for month in months if month["month"] < shipped.replace(day=1)]
    own, others, days = (sum(month[name] for month in before) for name in ("tickets", "others", "account_days"))
    scale = own / others if others else None
    rates = []
    for month in months:
        exposure = month["account_days"] / MONTH / 100
        known = exposure > 0 and days
        rates.append(
            month
            | {
                "rate": month["tickets"] / exposure if known else None,
                "expected": month["others"] * scale / exposure if known and scale is not None else None,
            }
        )
    return rates


def _chart(rows: list[dict[str, Any]], row: dict[str, Any], outcome: ShipImpact) -> LineChart:
    points = [
        {"month": point["month"], "line": line, "rate": point[name], "in_progress": point["in_progress"]}
        for line, name in ((ITS_TOPICS, "rate"), (OTHERS, "expected"))
        for point in rows
        if point[name] is not None
    ]
    types = {"month": pa.date32(), "line": pa.string(), "rate": pa.float64(), "in_progress": pa.bool_()}
    title = f"“{row['title']}”: {outcome.words}"
    return LineChart(
        name="ship_rates",
        title=title,
        subtitle=(
            f"Tickets per 100 paying accounts a month on its topics, shipped {words.date(row['shipped_on'])};"
            " grey: had they changed as all other topics of these accounts did"
        ),
        rows=arrow_table(points, types),
        x="month",
        y="rate",
        color="line",
        order=(ITS_TOPICS, OTHERS),
        highlight=ITS_TOPICS,
        in_progress="in_progress",
        axis="Tickets per 100 accounts",
        events=(ChartEvent(row["shipped_on"], "shipped"),),
    )
