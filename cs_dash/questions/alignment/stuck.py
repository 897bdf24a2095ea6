"""`alignment.stuck`: the customers who are past the usual time at a stage of their journey."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Answer, Column, Figure
from cs_dash.look import words
from cs_dash.questions.alignment.journey_steps import journey_of, stuck_rows
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest, arrow_table

TYPES = {
    "account_id": pa.string(), "account": pa.string(), "csm": pa.string(), "mrr": pa.float64(),
    "from_touchpoint": pa.string(), "touchpoint": pa.string(), "since": pa.date32(), "days": pa.int64(),
    "limit": pa.float64(),
}  # fmt: skip
COLUMNS = (
    Column("account_id", "Account ID", hidden=True),
    Column("account", "Account", priority=1),
    Column("from_touchpoint", "Reached", priority=1),
    Column("touchpoint", "Not yet", priority=1),
    Column("since", "Since", "date"),
    Column("days", "Days", "days"),
    Column("limit", "75 % within", "days", help="Days in which 75 % of accounts make this step"),
    Column("mrr", "MRR", "money", absent="pays nothing"),
    Column("csm", "CSM"),
)


@question(
    "alignment.stuck",
    title="Stuck accounts",
    order=50,
    needs=("milestones",),
    uses=("journey_durations", "journey_waiting"),
)
def stuck(request: QuestionRequest) -> Answer:
    """Return the customers past the 75th percentile of the step that they have not made, largest MRR first."""
    if not request.loaded_tables & {"milestones", "subscriptions", "usage"}:
        return request.empty()
    rows = stuck_rows(request, journey_of(request))
    text = f"**{words.plural(len(rows), 'customer is', 'customers are')}** past the usual time at a stage."
    return request.answer(
        headline=text if rows else "No customer is past the usual time at a stage.",
        figures=(Figure("stuck", "Stuck accounts", float(len(rows)), "count", definition="journey_waiting"),),
        rows=arrow_table(rows, TYPES),
        columns=COLUMNS,
        definition="journey_waiting",
    )
