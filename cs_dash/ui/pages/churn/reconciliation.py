"""How the churn figures fit together, below the list of churn events."""

from __future__ import annotations

from cs_dash.answer import Answer
from cs_dash.ui.components.show.table import table_of

PREFIX = "sum"
ALL_AGREE = 2
"""Lines of one part where every event is a churned account: nothing is left to explain."""


def reconciliation(answer: Answer) -> None:
    """Show the table that adds up, unless all its counts are the same."""
    parts = set(answer.rows["part"].to_pylist()) if answer.rows.num_rows else set()
    if len(parts - {"recorded", "bridge"}) > ALL_AGREE or parts & {"unrecorded", "difference"}:
        table_of(answer, prefix=PREFIX, opens=False)
