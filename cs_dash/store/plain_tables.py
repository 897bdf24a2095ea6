"""Sheets that are kept as they are: a table each, and what they tell of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from cs_dash.store.tables import Counts, TableRows


def _quoted(name: str) -> str:
    """A column's name of a file, as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


class PlainTables:
    """The plain tables of a version in the making; `plain_tables` lists them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def keep(self, incoming: TableRows, file: str, sheet: str) -> Counts:
        """Keep rows as a table of their own in place of the one of that name, and return how many are new or as before.

        Two rows are the same where every cell is.
        """
        name = incoming.name
        names = [column for column in incoming.rows.column_names if column != "_row"]
        listed = ", ".join(_quoted(column) for column in (*names, "_row"))
        before = self._row("select any_value(columns) from plain_tables where name = ?", [name])[0]
        self._connection.register("incoming", incoming.rows)
        same = 0
        if before == names:
            cells = ", ".join(_quoted(column) for column in names)
            common_rows = f'select {cells} from "{name}" intersect all select {cells} from incoming'
            (same,) = self._row(f"select count(*) from ({common_rows})")
        self._connection.execute(f'create or replace table "{name}" as select {listed} from incoming')
        self._connection.unregister("incoming")
        self._connection.execute("delete from plain_tables where name = ?", [name])
        self._connection.execute(
            "insert into plain_tables values (?, ?, ?, ?, ?, ?, null)",
            [name, file, sheet, names, incoming.rows.num_rows, incoming.upload],
        )
        return Counts(loaded=incoming.rows.num_rows - same, updated=0, unchanged=same)

    def describe_accounts(self) -> None:
        """Give accounts the columns of the plain tables that have one row per account; a file of accounts goes before.

        A column names the accounts where nine of ten of its values are ids or names of different accounts.
        """
        self._connection.execute("delete from account_extra where plain is not null")
        for name, columns_of in self._connection.execute("select name, columns from plain_tables").fetchall():
            column = self._account_column(name, columns_of)
            self._connection.execute("update plain_tables set account_column = ? where name = ?", [column, name])
            for other in columns_of:
                if column is not None and other != column:
                    self._connection.execute(
                        "insert into account_extra"
                        f" select a.account_id, $field, any_value(p.{_quoted(other)}), $name from"
                        f' "{name}" p join account_names a on a.name = lower(trim(p.{_quoted(column)}))'
                        f" where p.{_quoted(other)} is not null and not exists"
                        " (from account_extra e where e.account_id = a.account_id and e.field = $field)"
                        " group by a.account_id",
                        {"field": other, "name": name},
                    )

    def _account_column(self, name: str, columns_of: list[str]) -> str | None:
        """The column of a plain table that names accounts, a different one in each row; None where none does."""
        self._connection.execute(
            "create or replace temp table account_names as select name, min(account_id) as account_id from ("
            " select lower(account_id) as name, account_id from accounts"
            " union all select lower(external_id), account_id from accounts"
            " union all select lower(trim(account)), account_id from accounts)"
            " where name is not null group by name having count(distinct account_id) = 1"
        )
        for column in columns_of:
            cell = f"lower(trim(p.{_quoted(column)}))"
            rows, different, met, accounts = self._row(
                f"select count({cell}), count(distinct {cell}), count(a.account_id), count(distinct a.account_id)"
                f' from "{name}" p left join account_names a on a.name = {cell}'
            )
            if rows and different == rows and accounts == met and met >= 0.9 * rows:
                return column
        return None

    def _row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        (row,) = self._connection.execute(sql, list(values)).fetchall()
        cells: tuple[Any, ...] = row
        return cells
