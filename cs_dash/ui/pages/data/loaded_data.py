"""What is loaded so far, below the place where files are dropped: what a new export would add to or update."""

from __future__ import annotations

import pyarrow as pa

from cs_dash.answer import Column
from cs_dash.questions.data_quality.quality import ABSENT
from cs_dash.schema.tables import title_of
from cs_dash.ui.components.html import heading
from cs_dash.ui.components.show.static_table import static_table
from cs_dash.ui.state import session

COLUMNS = (
    Column("title", "Data"),
    Column("rows", "Rows", "count"),
    Column("newest", "Latest data", "date"),
    Column("absent", "Without it"),
)


def loaded_data(snapshot: session.Snapshot) -> None:
    """Show a line per table: its rows, its newest day, and what is not known while it has none."""
    states = snapshot.warehouse("table_quality").to_pylist()
    rows = pa.table(
        {
            "title": [title_of(state["table_name"]) for state in states],
            "rows": pa.array([state["rows"] for state in states], pa.int64()),
            "newest": pa.array([state["newest"] for state in states], pa.date32()),
            "absent": pa.array(
                [None if state["rows"] else ABSENT.get(state["table_name"]) for state in states], pa.string()
            ),
        }
    )
    heading("Loaded data")
    static_table("Loaded data", COLUMNS, rows, "loaded")
