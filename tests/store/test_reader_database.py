"""Readers of one process share a DuckDB, and none sees or disturbs another."""

from __future__ import annotations

import gc
from pathlib import Path

import duckdb
import pytest

from cs_dash.errors import WorkspaceBroken
from cs_dash.metrics import open_warehouse
from cs_dash.store.engine import MEMORY
from cs_dash.store.reader_database import ReaderDatabase
from tests.companies import day, version


def rows_of(reader: ReaderDatabase, sql: str) -> list[tuple[object, ...]]:
    return reader.cursor().execute(sql).fetchall()


def engines(reader: ReaderDatabase) -> int:
    """How many databases of readers there are in the DuckDB of this one."""
    ((number,),) = rows_of(reader, "select count(*) from duckdb_databases() where database_name like 'reader_%'")
    assert isinstance(number, int)
    return number


def test_each_has_tables_of_its_own_in_one_duckdb(tmp_path: Path) -> None:
    first, second = (ReaderDatabase(near=tmp_path / "v.duckdb", threads=1) for _ in range(2))
    first.cursor().execute("create table plans as select 'Pro' as plan")
    second.cursor().execute("create table plans as select 'Team' as plan")
    assert (rows_of(first, "from plans"), rows_of(second, "from plans")) == ([("Pro",)], [("Team",)])
    assert engines(first) == engines(second) == 2
    second.close()
    assert engines(first) == 1
    assert rows_of(first, "from plans") == [("Pro",)]


def test_the_last_one_takes_the_duckdb_and_its_folder_along(tmp_path: Path) -> None:
    readers = [ReaderDatabase(near=tmp_path / "v.duckdb", threads=1) for _ in range(2)]
    readers.pop()
    gc.collect()
    assert engines(readers[0]) == 1
    assert (tmp_path / "spill").exists()
    readers.clear()
    gc.collect()
    assert not (tmp_path / "spill").exists()


def test_other_workspaces_and_limits_have_a_duckdb_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ReaderDatabase(near=tmp_path / "first" / "v.duckdb", threads=1)
    second = ReaderDatabase(near=tmp_path / "second" / "v.duckdb", threads=1)
    monkeypatch.setenv(MEMORY, "64 MB")
    limited = ReaderDatabase(near=tmp_path / "first" / "v.duckdb", threads=1)
    assert [engines(reader) for reader in (first, second, limited)] == [1, 1, 1]
    assert rows_of(limited, "select current_setting('memory_limit')") == [("64.0 MiB",)]


def test_a_file_is_let_go_of(tmp_path: Path) -> None:
    file = tmp_path / "version.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table plans as select 'Pro' as plan")
    first, second = (ReaderDatabase(near=file, threads=1) for _ in range(2))
    names = [first.attach(file), second.attach(file)]
    assert [rows_of(first, f"from {name}.main.plans") for name in names] == [[("Pro",)], [("Pro",)]]
    first.let_go(names[0])
    with pytest.raises(duckdb.CatalogException):
        rows_of(second, f"from {names[0]}.main.plans")
    second.close()
    with duckdb.connect(str(file)) as connection:  # nobody holds it any more: it can be written
        connection.execute("drop table plans")


def test_a_file_that_is_no_version_leaves_the_others_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"no database" * 1000)
    reader, other = (ReaderDatabase(near=broken, threads=1) for _ in range(2))
    other.cursor().execute("create table plans as select 'Pro' as plan")
    with pytest.raises(WorkspaceBroken):
        reader.attach(broken)
    assert rows_of(other, "from plans") == [("Pro",)]


def test_after_a_fatal_error_the_next_reader_starts_afresh(tmp_path: Path) -> None:
    first = ReaderDatabase(near=tmp_path / "v.duckdb", threads=1)
    first._engine.connection.close()  # what DuckDB calls fatal cannot be had on demand; this ends it as well
    second = ReaderDatabase(near=tmp_path / "v.duckdb", threads=1)
    assert rows_of(second, "select 1") == [(1,)]
    assert engines(second) == 1


def test_a_version_says_that_it_has_to_be_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = open_warehouse(
        version(subscriptions=[{"account_id": "A", "start_date": day("2026-01-01"), "mrr": 10.0}])
    )

    class Dead:
        def execute(self, *_: object) -> None:
            raise duckdb.FatalException("database has been invalidated")

        def close(self) -> None: ...

    monkeypatch.setattr(warehouse._database, "cursor", Dead)
    assert warehouse.usable
    with pytest.raises(WorkspaceBroken):
        warehouse.query("select 2")
    assert not warehouse.usable
