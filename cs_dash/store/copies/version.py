"""The version file of a copy: the canonical tables with the rows and columns that a reader may see, and their rollups.

Uploads, reports of loads, problems with their cells, sheets that are kept as they are and how names were matched are in
no copy. One row of `contract_pieces` says which day is the newest of the source, so that both look at the same day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import duckdb

from cs_dash.schema.tables import TABLES, Field, Table
from cs_dash.store.copies.content import CopyContent, make_table, replacements, run, salted_sql
from cs_dash.store.engine import Engine, columns_of, statements
from cs_dash.store.tables import version_ddl

READABLE_IDS = frozenset({"ticket_id", "article_id", "request_id"})
"""Ids by which people look something up elsewhere; all others stand for nothing but a row."""
ADDRESSES = frozenset({"requester_email", "respondent"})
CURRENCIES = frozenset({"currency", "quoted_in"})
CONTROLLED = frozenset({
    "status", "priority", "survey", "billing", "milestone", "scope", "language", "kind", "kind_source", "standing",
    "language_code", "currency", "quoted_in",
})  # fmt: skip
"""Columns whose values definitions compare with words: a customer who is called like one of them is not replaced."""
STAFF = frozenset({"csm", "author", "assignee"})
"""Columns that name people of the company itself, who stay."""
THREADS = 1
"""The other core is for readers, who go on meanwhile."""
_SOURCE = "source"
_NEWEST = """
insert into contract_pieces (piece_id, series, source, kind, starts, ends)
select 'newest day', 'newest day', 'copy', 'level', $newest_day, $newest_day where $newest_day is not null
"""
_REPORT = """
insert into load_reports (
  version, loaded_on, file, sheet, table_name, upload, currency, read, loaded, updated, unchanged, rejected, duplicates,
  assumptions, layout, gone, sheet_rows
)
select $number, coalesce($loaded_on, current_date), '', '', '', '', nullif($currency, ''),
  0, 0, 0, 0, 0, 0, [], '', 0, 0
"""


def write_version(
    source: Path,
    target: Path,
    content: CopyContent,
    *,
    number: int,
    newest_day: dt.date | None,
    rollups: Iterable[Path],
    near: Path,
) -> None:
    """Write the version file of a copy to the new file `target`.

    Args:
        source: the version that it is a copy of.
        target: where to.
        content: what it holds.
        number: its number in the copy.
        newest_day: the newest day of the source.
        rollups: the scripts of the tables that a version is built with.
        near: a file of the workspace into which it may spill.
    """
    with closing(Engine(target, near=near, threads=THREADS)) as engine:
        engine.attach(source, _SOURCE)
        there = columns_of(engine.connection, _SOURCE)
        _Writer(engine.connection, content, there).write(number, newest_day, rollups)
        engine.connection.execute(f"detach {_SOURCE}")
        engine.connection.execute("checkpoint")


class _Writer:
    """Fills the tables of one version file."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, content: CopyContent, there: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._connection, self._content, self._there = connection, content, there
        self._parameters = {
            "salt": content.salt, "factor": content.factor, "currency": content.currency,
            "source_currency": content.source_currency,
        }  # fmt: skip

    def write(self, number: int, newest_day: dt.date | None, rollups: Iterable[Path]) -> None:
        """Write every table."""
        connection = self._connection
        make_table(connection, "included", self._content.accounts)
        connection.execute("begin")
        for statement in statements(connection, version_ddl()):
            connection.execute(statement)
        for table in TABLES.values():
            self._copy(table)
        if self._content.shows_all_of_its_accounts and "account_extra" in self._there:
            connection.execute(
                f"insert into account_extra by name select e.* from {_SOURCE}.main.account_extra e"
                " where e.account_id in (select account_id from included)"
            )
        loaded_on = None
        if "loaded_on" in self._there.get("load_reports", {}):
            sql = f"select max(loaded_on) from {_SOURCE}.main.load_reports"
            ((loaded_on,),) = connection.execute(sql).fetchall()
        facts = {"number": number, "newest_day": newest_day, "loaded_on": loaded_on}
        for sql in (_NEWEST, _REPORT):
            run(connection, sql, self._parameters | facts)
        for script in rollups:
            self._roll_up(script)
        connection.execute("commit")

    def _roll_up(self, script: Path) -> None:
        """Build a rollup anew; amounts that are scaled come from that of the source, which was rounded before."""
        name = script.stem
        if name == "mrr_spells" and self._content.factor is not None and name in self._there:
            listed = ", ".join(
                "i.copy_id as account_id" if column == "account_id"
                else f"s.{column} * $factor as {column}" if column == "mrr" else f"s.{column}"
                for column in self._there[name]
            )  # fmt: skip
            rows = f"{_SOURCE}.main.{name} s join included i on i.account_id = s.account_id"
            sql = f"create table {name} as select {listed} from {rows} order by 1, starts"
            run(self._connection, sql, self._parameters)
            return
        for statement in statements(self._connection, script.read_text(encoding="utf-8")):
            self._connection.execute(statement)

    def _copy(self, table: Table) -> None:
        """Copy the rows of a table that are in the copy."""
        there = self._there.get(table.name, {})
        fields = [field for field in table.fields if field.name in there]
        if not fields:
            return
        rows, condition = self._rows(table, "account_id" in there)
        joins: list[str] = []
        listed = [f"{self._expression(table, field, (rows, condition), joins)} as {field.name}" for field in fields]
        order = "order by 1" if table.name == "accounts" and self._content.hides_names else ""
        sql = f"insert into {table.name} by name select {', '.join(listed)} {rows} {' '.join(joins)} where {condition}"
        run(self._connection, f"{sql} {order}", self._parameters)

    def _rows(self, table: Table, has_account: bool) -> tuple[str, str]:
        """Return the FROM clause and the condition of the rows in the copy; `i` is the account of a row."""
        relation = f"from {_SOURCE}.main.{table.name} t"
        if not has_account:
            return relation, "true"
        joined = f"{relation} left join included i on i.account_id = t.account_id"
        if self._content.has_all and table.name != "accounts":
            return joined, "true"
        if table.name == "milestones":  # a release to all customers names no account
            return joined, "(i.account_id is not null or coalesce(t.account_id, t.account_ref, t.account_name) is null)"
        return joined, "i.account_id is not null"

    def _expression(self, table: Table, field: Field, rows: tuple[str, str], joins: list[str]) -> str:
        """Return the SQL of one column in the copy; what it needs of replaced texts is added to `joins`."""
        column, content = f"t.{field.name}", self._content
        if content.hides_names and (sql := self._pseudonym(table, field, column)):
            return sql
        if field.type == "money" and content.factor is not None:
            return f"{column} * $factor"
        if field.name in CURRENCIES and content.currency != content.source_currency:
            return f"case when {column} = $source_currency then $currency else {column} end"
        is_text = field.type in ("text", "category") and field.name not in CONTROLLED | STAFF
        if field.name == "kind_words" and content.mask is not None:
            return "null"  # single words of texts
        if not is_text or content.mask is None:
            return column
        if table.name == "accounts" and field.name in ("account", "domain"):
            return column  # the account's own, which the reader may see
        sql = f"select distinct {column} {rows[0]} where {rows[1]} and {column} is not null"
        texts = self._connection.execute(sql)
        changed = replacements((text for (text,) in texts.fetchall()), content.mask)
        if changed is None:
            return column
        name = f"masked_{len(joins)}"
        make_table(self._connection, name, changed)
        joins.append(f"left join {name} on {name}.original = {column}")
        return f"coalesce({name}.replacement, {column})"

    def _pseudonym(self, table: Table, field: Field, column: str) -> str:
        """Return the SQL of a column that names an account, a person there or a row; "" for any other."""
        name = field.name
        if name == "account_id":
            return "i.copy_id"
        if table.name == "accounts" and name in ("account", "domain"):
            return f"case when {column} is not null then i.{'name' if name == 'account' else 'domain'} end"
        if name == "account_ref":
            unmatched = salted_sql("coalesce(t.account_ref, t.account_name)")
            return f"coalesce(i.copy_id, case when coalesce(t.account_ref, t.account_name) <> '' then {unmatched} end)"
        if name == "account_name":
            return "null"
        if name in ADDRESSES:
            domain = "coalesce(i.domain, 'customer.example')"
            return f"case when {column} is not null then {salted_sql(column)} || '@' || {domain} end"
        if name in READABLE_IDS:
            return self._content.ids_in_copy(self._connection, column, f"{_SOURCE}.main.{table.name} t")
        if field.type == "id":
            return salted_sql(column)
        return ""
