"""What one reader created the next one has at once, over its own rows."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from cs_dash.metrics import open_warehouse
from cs_dash.store.engine import MEMORY
from cs_dash.store.warehouse import Warehouse
from tests.companies import day, version

MACROS = """
select distinct function_name from duckdb_functions() where not internal and database_name = current_database()
"""
VIEWS = """
select view_name from duckdb_views() where database_name = current_database() and view_name = 'paying_subscriptions'
"""


@pytest.fixture(autouse=True)
def fresh_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A DuckDB for this limit alone, from which no other test copied."""
    monkeypatch.setenv(MEMORY, "301 MB")


@pytest.fixture
def files(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Versions of two workspaces: one account pays 50 from January on, another one 70 from March on."""
    lines = [("2024-01-05", 50.0), ("2024-03-05", 70.0)]
    made = []
    for number, (start, mrr) in enumerate(lines):
        file = version(subscriptions=[{"account_id": "a", "start_date": day(start), "mrr": mrr}])
        folder = tmp_path / str(number)
        folder.mkdir()
        made.append(Path(shutil.copyfile(file, folder / "version.duckdb")))
    yield made[0], made[1]
    gc.collect()


def created(warehouse: Warehouse) -> set[str]:
    return {name for sql in (MACROS, VIEWS) for (name,) in warehouse._connection.execute(sql).fetchall()}


def mrr(warehouse: Warehouse) -> list[float]:
    return list(warehouse("mrr_on", on_day=day("2024-06-30"))["mrr"].to_pylist())


def test_the_next_reader_has_them_over_its_own_rows(files: tuple[Path, Path]) -> None:
    with closing(open_warehouse(files[0])) as first:
        assert created(first) == set()
        assert (mrr(first), first.newest_day()) == ([50.0], day("2024-01-05"))
        of_first = created(first)
        assert {"mrr_on", "active_on", "paying_subscriptions"} <= of_first
    del first  # lets go of the DuckDB, which the other workspace takes over
    with closing(open_warehouse(files[1])) as second:
        assert created(second) == of_first
        assert (mrr(second), second.newest_day()) == ([70.0], day("2024-03-05"))


def test_a_reader_of_the_same_workspace_has_them_while_the_first_is_open(files: tuple[Path, Path]) -> None:
    with closing(open_warehouse(files[0])) as first:
        assert mrr(first) == [50.0]
        with closing(open_warehouse(files[0])) as second:
            assert created(second) == created(first) != set()
            second.define()
            assert mrr(second) == [50.0]
        with closing(open_warehouse(files[0])) as third:
            assert len(created(third)) > len(created(first))


def test_versions_with_other_columns_share_none(files: tuple[Path, Path]) -> None:
    with closing(duckdb.connect(str(files[1]))) as connection:
        connection.execute("alter table subscriptions drop column standing")
    with closing(open_warehouse(files[0])) as first:
        assert mrr(first) == [50.0]
    del first
    with closing(open_warehouse(files[1])) as earlier:
        assert created(earlier) == set()
        assert mrr(earlier) == [70.0]
