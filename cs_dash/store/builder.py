"""A new version in the making: the parent's rows, what a load brings, the rollups. Published whole or not at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from cs_dash.schema.tables import TABLES
from cs_dash.store import faults, further_columns
from cs_dash.store.definitions import read_definition
from cs_dash.store.differences import Differences
from cs_dash.store.engine import Engine, columns_of, statements
from cs_dash.store.plain_tables import PlainTables
from cs_dash.store.tables import EXTRA, OTHER_TABLES, Counts, TableRows, columns, version_ddl

_WRITTEN = re.compile(r"^(update|insert into) (\w+)", re.MULTILINE)
_BY_ID = "case when account_ref in (select account_id from accounts) then account_ref end"


class Builder:
    """Writes one version's file. Use it as a context manager; the file is whole only after `finish`."""

    def __init__(self, target: Path, parent: Path | None, version: int = 1) -> None:
        """Start `target`, to become the version of that number, as a copy of the rows of `parent`, or empty."""
        self._engine = Engine(target, near=target, threads=2)
        self._connection = self._engine.connection
        self.outdated = False
        """The parent was made by another release and lacks columns: worth a new version even when no row changes."""
        with faults.of_file(parent):
            self._begin(parent)
        self.differences = Differences(self._connection, version)
        self.plain = PlainTables(self._connection)
        self._unwritten = set(TABLES) if parent is None else set()
        """Canonical tables that surely hold no row."""
        self._uploads: dict[tuple[str, str], list[str]] | None = {} if parent is None else None
        """The uploads that fed a table with sheets of a layout, as far as they were looked up."""
        # One transaction: nobody reads the file before it is whole, so there is nothing to gain from many small ones.
        self._connection.execute("begin")

    def _begin(self, parent: Path | None) -> None:
        """Make the tables, with the rows of the parent. Raises WorkspaceBroken where that cannot be read."""
        there: dict[str, dict[str, str]] = {}
        if parent is not None:
            self._engine.attach(parent, "parent")
            there = columns_of(self._connection, "parent")
        self._connection.execute("begin")  # one commit for all tables
        for statement in statements(self._connection, version_ddl()):
            self._connection.execute(statement)
        if parent is not None:
            for name, kinds in ({table.name: columns(table) for table in TABLES.values()} | OTHER_TABLES).items():
                self._copy(name, kinds, set(there.get(name, ())))
            for (name,) in self._connection.execute("select name from plain_tables").fetchall():
                self._connection.execute(f'create table "{name}" as from parent.main."{name}"')
            # They were known only by name; each load finds them afresh, unless a file now lists them.
            self.forget_implied()
        self._connection.execute("commit")
        if parent is not None:
            self._connection.execute("detach parent")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet, and nothing was there before."""
        return len(self._unwritten) == len(TABLES)

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.close()

    def _copy(self, name: str, column_types: Mapping[str, str], there: set[str]) -> None:
        """Copy the rows of the parent; columns that the parent did not know yet stay empty."""
        self.outdated |= not there >= column_types.keys()
        shared = ", ".join(f'"{column}"' for column in column_types if column in there)
        if shared:
            self._connection.execute(f'insert into main."{name}" ({shared}) select {shared} from parent.main."{name}"')

    def forget_implied(self) -> None:
        """Remove the accounts that only other files name."""
        self._connection.execute("delete from accounts where implied")

    def upsert(
        self, incoming: TableRows, layout: str = "", unusable: Sequence[str] = (), *, count_only: bool = False
    ) -> Counts:
        """Insert or update rows by key and return what became of them; a layout's rows are remembered for `lacking`.

        `count_only`: return what would become of them, and leave the table as it is.

        A row is unchanged when every field that the sheet fills, the assumed ones apart, is as before. The keys of rows
        that were there but could not be used (`unusable`) do not lack either.
        """
        table = TABLES[incoming.table]
        key = f'"{table.key}"'
        names = [name for name in incoming.rows.column_names if name not in (table.key, "_row", EXTRA)]
        differs = [f't."{name}" is distinct from i."{name}"' for name in names if name not in incoming.assumed]
        self._connection.register("incoming", incoming.rows)
        if EXTRA in incoming.rows.column_names and table.name in self._unwritten:
            further_columns.add(self._connection)
        elif EXTRA in incoming.rows.column_names:
            further_columns.merge(self._connection, self.differences, new_only=incoming.older)
            differs.append(f"i.{key} in (from changed_extra)")
        condition = "false" if incoming.older else " or ".join(differs) or "false"
        same_key = f"t.{key} = i.{key}"
        if layout and self.uploads_of(incoming.table, layout):
            self._connection.execute(
                f"insert into seen select $table, $layout, {key} from incoming",
                {"table": incoming.table, "layout": layout},
            )
            self._connection.execute(
                "insert into seen select $table, $layout, unnest($keys)",
                {"table": incoming.table, "layout": layout, "keys": list(unusable)},
            )
        (changed, already_there) = (0, 0)
        if self.filled(table.name):
            (changed, already_there) = self._one(
                f"select count(*) filter (where {condition}), count(*)"
                f" from incoming i join {table.name} t on {same_key}"
            )
        if changed and not count_only:
            read = [name for name in names if name not in incoming.assumed]
            self.differences.changed(table, read, condition)
            assignments = ", ".join(f'"{name}" = i."{name}"' for name in (*names, "_row"))
            self._connection.execute(
                f"update {table.name} as t set {assignments}, _upload = $upload from incoming i"
                f" where {same_key} and ({condition})",
                {"upload": incoming.upload},
            )
        if already_there < incoming.rows.num_rows and not count_only:
            self._unwritten.discard(table.name)
            if already_there:
                self.differences.fresh(table)
            listed = ", ".join(f'"{name}"' for name in (table.key, *names, "_row"))
            # The account that the row names by its id is filled in at once: columns that are updated afterwards have
            # to be packed twice. All other ways of matching come later.
            by_id = "account_ref" in names and "account_id" not in names
            into, account_id_sql = ("account_id, ", f"{_BY_ID} as account_id, ") if by_id else ("", "")
            fresh = (
                f"(select i.* from incoming i anti join {table.name} t on {same_key})" if already_there else "incoming"
            )
            self._connection.execute(
                f"insert into {table.name} ({into}{listed}, _upload) select {account_id_sql}{listed}, $upload"
                f" from {fresh}",
                {"upload": incoming.upload},
            )
        self._connection.unregister("incoming")
        return Counts(loaded=incoming.rows.num_rows - already_there, updated=changed, unchanged=already_there - changed)

    def filled(self, name: str) -> bool:
        """Return whether the table `name` holds any row."""
        return name not in self._unwritten and bool(self._one(f"select exists (from {name})")[0])

    def uploads_of(self, table: str, layout: str) -> list[str]:
        """Return the ids of the earlier uploads that fed a table with sheets of a layout."""
        if self._uploads is None:
            self._uploads = {}
            sql = "select distinct table_name, layout, upload from load_reports order by upload"
            for name, of_layout, upload in self._connection.execute(sql).fetchall():
                self._uploads.setdefault((name, of_layout), []).append(upload)
        return self._uploads.get((table, layout), [])

    def lacking(self, table: str, layout: str, *, remove: bool) -> tuple[int, list[str]]:
        """Count the rows that earlier uploads of a layout had and the rows upserted since have not.

        Returns (rows, up to three of their names), after the rows were removed where that is wanted.
        """
        key = f'"{TABLES[table].key}"'
        chosen = {"table": table, "layout": layout}
        uploads = self.uploads_of(table, layout)
        if not uploads:
            return 0, []
        self._connection.execute("create or replace temp table before (upload varchar)")
        self._connection.executemany("insert into before values (?)", [[upload] for upload in uploads])
        self._connection.execute(
            f"create or replace temp table lacks as select {key} as key from {table} where _upload in (from before)"
            f" and {key} not in (select key from seen where table_name = $table and layout = $layout)",
            chosen,
        )
        count: int = self._one("select count(*) from lacks")[0]
        named = "account" if table == "accounts" else key
        examples: list[str] = [row[0] for row in self._connection.execute(
            f"select coalesce({named}, {key}) from {table} where {key} in (from lacks) order by 1 limit 3"
        ).fetchall()]  # fmt: skip
        if remove and count:
            self.differences.gone(TABLES[table], f"t.{key} in (from lacks)")
            if table == "accounts":
                self._connection.execute("delete from account_extra where account_id in (from lacks)")
            self._connection.execute(f"delete from {table} where {key} in (from lacks)")
        return count, examples

    def rewrite(self, name: str, rows: pa.Table | None = None) -> None:
        """Put rows, or none, in the place of all that a table of `OTHER_TABLES` holds."""
        self._connection.execute(f"delete from {name}")
        if rows is None:
            return
        self._connection.register("incoming", rows)
        self._connection.execute(f"insert into {name} by name select * from incoming")
        self._connection.unregister("incoming")

    def remove(self, table: str, keys: Sequence[str]) -> None:
        """Remove the rows of a table with these keys."""
        if keys:
            self._connection.execute(f'delete from {table} where list_contains(?, "{TABLES[table].key}")', [list(keys)])

    def _one(self, sql: str, parameters: Mapping[str, Any] | None = None) -> tuple[Any, ...]:
        (row,) = self._connection.execute(sql, dict(parameters or {})).fetchall()
        values: tuple[Any, ...] = row
        return values

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of a statement over the version in the making; of few rows `rows` costs half."""
        return self._connection.sql(sql, params=dict(parameters or {})).to_arrow_table()

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the few rows of a statement that is always the same, over the version in the making."""
        (statement,) = statements(self._connection, sql)
        result = self._connection.execute(statement, dict(parameters or {}))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def run(self, script: Path, **parameters: Any) -> None:
        """Run the statements of a `.sql` file, in order, each with the bound parameters that it names.

        An update of a table that holds no row is left out.
        """
        for statement in statements(self._connection, script.read_text(encoding="utf-8")):
            written = _WRITTEN.search(statement.query)
            if written and written[1] == "update" and written[2] in self._unwritten:
                continue
            self._unwritten -= {written[2]} if written else set()
            named = {name: value for name, value in parameters.items() if name in statement.named_parameters}
            self._connection.execute(statement, named)

    def make_temporary(self, name: str, rows: pa.Table) -> None:
        """Make `rows` a temporary table called `name`, gone when the version is whole."""
        self._connection.register("incoming", rows)
        self._connection.execute(f"create or replace temp table {name} as from incoming")
        self._connection.unregister("incoming")

    def append(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Append rows to a report table."""
        if rows:
            self._connection.register("incoming", pa.Table.from_pylist(rows))
            self._connection.execute(f"insert into {name} by name select * from incoming")
            self._connection.unregister("incoming")
            if name == "load_reports":
                self._uploads = None
                self._unwritten.clear()

    def replace(self, name: str, rows: pa.Table, key: str) -> None:
        """Set the columns of `rows` on the table `name`, matched by `key`; rows not named keep what they have.

        Rows that are so already are not written again: what is updated has to be packed once more at the end.
        """
        self._connection.register("incoming", rows)
        columns = [f'"{column}"' for column in rows.column_names if column != key]
        assignments = ", ".join(f"{column} = i.{column}" for column in columns)
        differs = " or ".join(f"t.{column} is distinct from i.{column}" for column in columns)
        self._connection.execute(
            f'update {name} as t set {assignments} from incoming i where t."{key}" = i."{key}" and ({differs})'
        )
        self._connection.unregister("incoming")

    def roll_up(self, scripts: Iterable[Path]) -> None:
        """Build the rollups and dimensions afresh, each with the script that is named like its table."""
        for script in scripts:
            self._connection.execute(f"drop table if exists {script.stem}")
            self.run(script)

    def finish(self) -> None:
        """Write everything into the one file and close it."""
        self._connection.execute("commit")
        self._connection.execute("checkpoint")
        self._engine.close()

    def newest_day(self, definition: Path) -> dt.date | None:
        """Return the newest day of the facts, as the view in the file `definition` says.

        Call it after `roll_up` and after the load was reported.
        """
        (row,) = self.view_rows(definition)
        newest: dt.date | None = row["newest_day"]
        return newest

    def view_rows(self, definition: Path) -> list[dict[str, Any]]:
        """Return the rows of the view in the file `definition`, which leaves nothing in the version."""
        _, _, select = read_definition(definition).sql.partition(" as\n")
        return self.rows(select)
