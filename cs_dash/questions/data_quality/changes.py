"""`data.changes`: what the newest load changed, row by row."""

from __future__ import annotations

from typing import Any

from cs_dash.answer import Answer, Column
from cs_dash.look.words import count
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.schema.tables import TABLES

COLUMNS = (
    Column("table_name", "Table"),
    Column("name", "Account"),
    Column("key", "Key"),
    Column("what", "Change"),
    Column("field", "Field"),
    Column("old", "Before"),
    Column("new", "Now"),
)
WORDS = {"loaded": "new", "updated": "changed", "gone": "removed"}


@question(
    "data.changes",
    title="Changes in the latest load",
    order=30,
    uses=("changed_rows", "load_counts"),
)
def changes(request: QuestionRequest) -> Answer:
    """Return the accounts that are new or gone, and every value that changed, before and after."""
    return request.answer(
        headline=_headline(request.rows("load_counts").to_pylist()),
        rows=request.rows("changed_rows"),
        columns=COLUMNS,
        definition="changed_rows",
    )


def _headline(load_counts: list[dict[str, Any]]) -> str:
    """Return "**14** new and **3** removed accounts; **812** new support tickets."."""
    table_texts = []
    for row in load_counts:
        parts = [f"**{count(row[name])}** {word}" for name, word in WORDS.items() if row[name]]
        changes_text = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
        table_texts.append(
            f"{changes_text} {TABLES[row['table_name']].noun if row['table_name'] in TABLES else 'rows'}"
        )
    return "; ".join(table_texts) + "." if table_texts else "The latest load changed nothing."
