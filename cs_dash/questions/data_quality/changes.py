"""`data.changes`: what the newest load changed, row by row."""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc

from cs_dash.answer import Answer, Column
from cs_dash.look.words import count
from cs_dash.questions.declaration import question
from cs_dash.questions.request import QuestionRequest
from cs_dash.schema.tables import TABLES

COLUMNS = (
    Column("table_name", "Table", value_labels=tuple((name, table.title) for name, table in TABLES.items())),
    Column("name", "Account"),
    Column("key", "Key"),
    Column("what", "Change", value_labels=(("gone", "removed"),)),
    Column("field", "Field"),
    Column("old", "Before"),
    Column("new", "Now"),
    Column("account_id", "Account ID", hidden=True),
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
    rows = request.rows("changed_rows")
    of_accounts = pc.and_(pc.equal(rows["table_name"], "accounts"), pc.not_equal(rows["what"], "gone"))
    rows = rows.append_column("account_id", pc.if_else(of_accounts, rows["key"], None))
    return request.answer(
        headline=_headline(request.rows("load_counts").to_pylist()),
        rows=rows,
        columns=COLUMNS,
        definition="changed_rows",
    )


def _headline(load_counts: list[dict[str, Any]]) -> str:
    """Return "**14** new and **3** removed accounts; **812** new support tickets."."""
    table_texts = []
    for row in load_counts:
        parts = [f"**{count(row[name])}** {word}" for name, word in WORDS.items() if row[name]]
        changes_text = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
        counts = [row[name] for name in WORDS if row[name]]
        noun = TABLES[row["table_name"]].noun if row["table_name"] in TABLES else "rows"
        noun = noun if noun.endswith("s") else f"{noun} rows"  # "12 new usage rows"
        table_texts.append(f"{changes_text} {noun.removesuffix('s') if counts[-1] == 1 else noun}")
    return "; ".join(table_texts) + "." if table_texts else "The latest load changed nothing."
