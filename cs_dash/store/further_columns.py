"""The columns of accounts that are no field, one row each in `account_extra`. Rows come in as the table `incoming`."""

from __future__ import annotations

import duckdb

from cs_dash.store.differences import Differences

_ENTRIES = (
    "select account_id, entry.key as field, entry.value as value from"
    " (select account_id, unnest(map_entries(extra)) as entry from incoming)"
)


def add(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the further columns of the first accounts that come in."""
    connection.execute(f"insert into account_extra (account_id, field, value) {_ENTRIES}")


def merge(connection: duckdb.DuckDBPyConnection, differences: Differences, *, new_only: bool) -> None:
    """Set the further columns of the incoming accounts, and list in `changed_extra` whose are different now."""
    chosen = "where account_id not in (select account_id from accounts)" if new_only else ""
    connection.execute(f"create or replace temp table incoming_extra as {_ENTRIES} {chosen}")
    connection.execute(
        "create or replace temp table changed_extra as select distinct i.account_id from incoming_extra i"
        " left join account_extra t on t.account_id = i.account_id and t.field = i.field"
        " where t.value is distinct from i.value"
    )
    differences.further()
    connection.execute(
        "delete from account_extra as t using incoming_extra i where t.account_id = i.account_id and t.field = i.field"
    )
    connection.execute("insert into account_extra (account_id, field, value) from incoming_extra")
