"""What a load changes, row by row: the values before and after, and the rows that a newer edition lacks."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from cs_dash.schema.tables import Table

LISTED = 2_000
"""So many changed values, and so many new or gone rows, are listed per sheet; the counts are whole."""


class Differences:
    """Writes `load_changes` of one version in the making. Rows come in as the registered table `incoming`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: int) -> None:
        self._connection = connection
        self.version = version

    def changed(self, table: Table, names: Sequence[str], condition: str) -> None:
        """List the values that `incoming` changes in `table`, before they are changed.

        Args:
            table: the table.
            names: the fields that `incoming` fills.
            condition: which of the rows `t` with a row `i` of the same key are changed.
        """
        pairs = ", ".join(
            f"{{'field': '{name}', 'old': cast(t.\"{name}\" as varchar), 'new': cast(i.\"{name}\" as varchar)}}"
            for name in names
        )
        self._insert(
            f"select t.\"{table.key}\" as key, {_name(table, 't')} as name, 'changed' as what, unnest([{pairs}]) as c"
            f' from incoming i join {table.name} t on t."{table.key}" = i."{table.key}" where {condition}',
            "c.field, c.old, c.new",
            table,
            "c.old is distinct from c.new",
        )

    def further(self) -> None:
        """List the further columns of accounts that `incoming_extra` changes, before they are changed."""
        self._connection.execute(
            "insert into load_changes"
            " select $version, 'accounts', i.account_id, a.account, 'changed', i.field, t.value, i.value"
            " from incoming_extra i join accounts a on a.account_id = i.account_id"
            " left join account_extra t on t.account_id = i.account_id and t.field = i.field"
            f" where t.value is distinct from i.value order by i.account_id, i.field limit {LISTED}",
            {"version": self.version},
        )

    def fresh(self, table: Table) -> None:
        """List the accounts of `incoming` that are new, before they come in; other tables only count theirs."""
        if table.name == "accounts":
            named = "i.account" if "account" in self._columns("incoming") else "null"
            self._insert(
                f"select i.account_id as key, {named} as name, 'new' as what"
                " from incoming i anti join accounts t on t.account_id = i.account_id",
                "null, null, null",
                table,
            )

    def gone(self, table: Table, condition: str) -> None:
        """List the rows `t` of `table` that meet a condition and are about to be removed."""
        self._insert(
            f"select t.\"{table.key}\" as key, {_name(table, 't')} as name, 'gone' as what from {table.name} t"
            f" where {condition}",
            "null, null, null",
            table,
        )

    def _insert(self, rows: str, values: str, table: Table, condition: str = "true") -> None:
        self._connection.execute(
            f"insert into load_changes select $version, $table, key, name, what, {values} from ({rows})"
            f" where {condition} order by key limit {LISTED}",
            {"version": self.version, "table": table.name},
        )

    def _columns(self, relation: str) -> list[str]:
        return [row[0] for row in self._connection.execute(f"describe {relation}").fetchall()]


def _name(table: Table, alias: str) -> str:
    """How a row is called in words: an account by its name, others by the account's."""
    held = {field.name for field in table.fields}
    if table.name == "accounts":
        return f"{alias}.account"
    return f"coalesce({alias}.account_name, {alias}.account_ref)" if "account_ref" in held else "null"
