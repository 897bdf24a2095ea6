"""Tables of the warehouse, made from the schema, and typed rows on their way into them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from cs_dash.schema.tables import SQL_TYPES, TABLES, Table

SOURCE_COLUMNS = {"_upload": "VARCHAR", "_row": "BIGINT"}
EXTRA = "extra"
PLAIN = "plain"
"""Stands for the name of a table where a sheet is kept as it is."""
OTHER_TABLES = {
    "account_extra": {"account_id": "VARCHAR", "field": "VARCHAR", "value": "VARCHAR", "plain": "VARCHAR"},
    "plain_tables": {
        "name": "VARCHAR", "file": "VARCHAR", "sheet": "VARCHAR", "columns": "VARCHAR[]", "rows": "BIGINT",
        "upload": "VARCHAR", "account_column": "VARCHAR",
    },
    "contract_pieces": {
        "piece_id": "VARCHAR", "series": "VARCHAR", "source": "VARCHAR", "kind": "VARCHAR", "account_ref": "VARCHAR",
        "account_name": "VARCHAR", "plan": "VARCHAR", "starts": "DATE", "ends": "DATE", "amount": "DOUBLE",
        "months": "DOUBLE", "since": "DATE",
    },
    "load_reports": {
        "version": "BIGINT", "loaded_on": "DATE", "file": "VARCHAR", "sheet": "VARCHAR", "table_name": "VARCHAR",
        "upload": "VARCHAR", "currency": "VARCHAR", "read": "BIGINT", "loaded": "BIGINT",
        "updated": "BIGINT", "unchanged": "BIGINT", "rejected": "BIGINT", "duplicates": "BIGINT",
        "assumptions": "VARCHAR[]", "layout": "VARCHAR", "gone": "BIGINT", "period": "DATE", "sheet_rows": "BIGINT",
    },
    "load_changes": {
        "version": "BIGINT", "table_name": "VARCHAR", "key": "VARCHAR", "name": "VARCHAR", "what": "VARCHAR",
        "field": "VARCHAR", "old": "VARCHAR", "new": "VARCHAR",
    },
    "account_matches": {
        "table_name": "VARCHAR", "key": "VARCHAR", "account_ref": "VARCHAR", "account_name": "VARCHAR",
        "subscription_id": "VARCHAR", "address": "VARCHAR", "account_id": "VARCHAR", "how": "VARCHAR",
        "score": "DOUBLE", "rows": "BIGINT",
    },
    "match_candidates": {
        "key": "VARCHAR", "account_id": "VARCHAR", "place": "BIGINT", "score": "DOUBLE", "why": "VARCHAR",
    },
    "load_problems": {
        "version": "BIGINT", "file": "VARCHAR", "sheet": "VARCHAR", "table_name": "VARCHAR", "row": "BIGINT",
        "column_name": "VARCHAR", "value": "VARCHAR", "what": "VARCHAR", "advice": "VARCHAR", "fatal": "BOOLEAN",
    },
    "load_unused": {
        "version": "BIGINT", "file": "VARCHAR", "sheet": "VARCHAR", "table_name": "VARCHAR", "column_name": "VARCHAR",
        "holds": "VARCHAR", "rows": "BIGINT", "of_rows": "BIGINT", "fields": "VARCHAR[]", "metrics": "VARCHAR[]",
    },
}  # fmt: skip
"""Tables beside the canonical ones, with the types of their columns.

In `load_changes`, `what` is new, changed or gone, and only what is changed has `field`, `old` and `new`.
"""


@dataclass(frozen=True)
class TableRows:
    """Typed rows of one sheet for one canonical table.

    Attributes:
        table: the canonical table's name.
        rows: canonical fields that the sheet fills (at least the key, unique and not null), `_row` (1-based row of the
            source sheet, int64) and for accounts optionally `extra`: map<string, string> of the columns that are no
            field.
        upload: id of the kept upload.
        assumed: fields whose values were assumed, not read; they never make a row "changed".
        older: they tell of a day before what is known: rows that are there already stay as they are.
        name: for a sheet kept as it is (`table` is `PLAIN`): the table it becomes.
    """

    table: str
    rows: pa.Table
    upload: str
    assumed: frozenset[str] = frozenset()
    older: bool = False
    name: str = ""


@dataclass(frozen=True)
class Counts:
    """What became of the rows of one sheet in one table."""

    loaded: int
    updated: int
    unchanged: int


def columns(table: Table) -> dict[str, str]:
    """Return the columns of a warehouse table with their SQL types, in order."""
    own = {field.name: SQL_TYPES[field.type] for field in table.fields}
    return own | SOURCE_COLUMNS


def ddl(table: Table, schema: str = "main") -> str:
    """Return the statement that creates `table` in `schema`."""
    lines = ",\n  ".join(f'"{name}" {kind}' for name, kind in columns(table).items())
    return f'create table {schema}."{table.name}" (\n  {lines}\n)'


@cache
def version_ddl() -> str:
    """Return the statements that create the tables of a version, and the temporary one of the keys in a load."""
    others = (
        f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in kinds.items())})"
        for name, kinds in OTHER_TABLES.items()
    )
    seen = "create temp table seen (table_name varchar, layout varchar, key varchar)"
    return ";\n".join([*map(ddl, TABLES.values()), *others, seen])


def all_tables() -> tuple[str, ...]:
    """Return the names of the canonical tables in the order they are built."""
    return tuple(TABLES)
