from __future__ import annotations

import datetime as dt
import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from cs_dash.metrics import definition_files, open_warehouse
from cs_dash.store.definitions import in_order, read_definition
from cs_dash.store.engine import MEMORY
from tests.companies import company, version

FILES = definition_files()


def test_a_definition_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "revenue_on.sql"
    file.write_text(
        "-- Revenue on a day\n-- words: What is paid\n--   in a month.\n-- formula: sum(mrr)\n"
        "-- tables: subscriptions, accounts\n-- column mrr: money a month\n"
        "create macro revenue_on(on_day, wanted := '{}') as table\nselect 1 as mrr\n"
    )
    definition = read_definition(file)
    assert definition.name == "revenue_on"
    assert definition.explanation == "What is paid in a month."
    assert definition.parameters == ("on_day", "wanted")
    assert definition.columns == (("mrr", "money a month"),)
    assert definition.tables == ("subscriptions", "accounts")
    assert definition.sql.startswith("create macro")


def test_a_file_without_words_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.sql"
    file.write_text("create view x as select 1")
    with pytest.raises(ValueError, match=r"x\.sql"):
        read_definition(file)


def test_a_circle_of_definitions_is_refused(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / f"{name}.sql").write_text(f"-- {name}\ncreate view {name} as from {other}")
    with pytest.raises(ValueError, match="one, two"):
        in_order(read_definition(file) for file in tmp_path.glob("*.sql"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_definition_says_what_it_means(file: Path) -> None:
    definition = read_definition(file)
    assert definition.name == file.stem
    assert definition.explanation.endswith((".", "?"))
    assert definition.tables


def test_no_parameter_bears_the_name_of_a_column() -> None:
    """In DuckDB the parameter silently wins over the column, which gives wrong numbers."""
    warehouse = company(accounts=[{"account_id": "a"}])
    warehouse.define()
    columns = set(
        warehouse.query("select distinct column_name from duckdb_columns() where not internal")[
            "column_name"
        ].to_pylist()
    )
    output_columns = {
        name for definition in warehouse.definitions.values() for name in re.findall(r"\bas\s+(\w+)", definition.sql)
    }
    clashes = {
        (definition.name, parameter)
        for definition in warehouse.definitions.values()
        for parameter in definition.parameters
        if parameter in columns | output_columns
    }
    assert not clashes


def test_every_definition_fits_the_tables() -> None:
    warehouse = company()
    warehouse.define()
    listed = warehouse.query(
        "select function_name as name from duckdb_functions() where not internal"
        " union select view_name from duckdb_views() where not internal"
        " union select table_name from duckdb_tables() where not internal"
    )
    assert warehouse.definitions.keys() <= set(listed["name"].to_pylist())


def test_only_what_is_asked_for_is_created_with_what_it_rests_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MEMORY, "300 MB")  # a DuckDB of its own, from which nobody copied
    listed = "select distinct function_name as name from duckdb_functions() where not internal order by name"
    # In a folder of its own: versions of one folder share a DuckDB, which has what others asked for.
    file = Path(shutil.copyfile(version(), tmp_path / "company.duckdb"))
    with closing(open_warehouse(file)) as warehouse:
        warehouse.query("select 1 as one")
        assert warehouse.query(listed)["name"].to_pylist() == []
        warehouse("month_ends", as_of_day=dt.date(2026, 1, 31))
        assert warehouse.query(listed)["name"].to_pylist() == ["month_ends"]
