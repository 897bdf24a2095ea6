"""One version, opened read-only, with every definition created beside it.

The version's file is attached read-only to an in-memory database that holds the views and macros, so that definitions
belong to the program and rows to the version. Each query has a cursor of its own: one connection shared by two threads
fails or returns wrong rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from cs_dash.answer import Definition
from cs_dash.errors import WorkspaceBroken
from cs_dash.schema import TABLES
from cs_dash.store.definitions import in_order, read_definition
from cs_dash.store.remembered import Remembered

MODEL = Path(__file__).parent / "model"
BUILT = ("account_extra", "account_dimensions", "usage_weeks", "usage_feature_weeks", "load_reports", "load_problems")
REMEMBERED = 64 << 20  # bytes of rows, for each open version
LARGE = 64 << 20  # bytes of a version's file
_NAME = re.compile(r"^[a-z_][a-z0-9_]*$")


def threads(file: Path) -> int:
    """Return how many threads one query may use: with few rows, handing them over costs more than it brings."""
    large = file.exists() and file.stat().st_size > LARGE
    return 2 if large else 1


class Rows(Protocol):
    """Whatever can be asked for the rows of a view or macro; questions depend on nothing more."""

    def __call__(self, relation: str, **parameters: Any) -> pa.Table:
        """Return the rows of the view or macro `relation`, called with named parameters."""
        ...


class Warehouse:
    """A version's rows with the program's definitions over them."""

    def __init__(self, file: Path, definitions: Iterable[Path] = (), settings: Mapping[str, Any] | None = None) -> None:
        """Open `file` read-only and create the model and `definitions`; WorkspaceBroken when it cannot be read."""
        self.file = file
        self._connection = duckdb.connect(":memory:", config={"threads": threads(file)})
        try:
            self._connection.execute(f"attach '{str(file).replace(chr(39), chr(39) * 2)}' as data (read_only)")
        except duckdb.Error as error:
            self._connection.close()
            raise WorkspaceBroken(
                "Cannot open the data",
                f"Could not open {file.name} because it is not a readable version.",
                "Undo to an earlier version, or load the files again.",
            ) from error
        try:
            for name in (*TABLES, *BUILT):
                self._connection.execute(f"create view {name} as from data.main.{name}")
        except duckdb.CatalogException as error:
            self._connection.close()
            raise WorkspaceBroken(
                "The data are of another release",
                f"Could not open {file.name} because it lacks tables that this release needs.",
                "Load the files again; the uploads are kept in the workspace.",
            ) from error
        self._connection.execute("create table settings (name varchar primary key, value varchar)")
        if settings:
            self._connection.executemany(
                "insert into settings values (?, ?)", [[k, str(v)] for k, v in settings.items()]
            )
        files = (*sorted(MODEL.glob("*.sql")), *definitions)
        self.definitions: dict[str, Definition] = {}
        # A version never changes, and several questions of a page ask for the same rows.
        self._remembered = Remembered[pa.Table](REMEMBERED, lambda rows: int(rows.nbytes))
        for definition in in_order(read_definition(each) for each in files):
            self._connection.execute(definition.sql)
            self.definitions[definition.name] = definition

    def __call__(self, relation: str, **parameters: Any) -> pa.Table:
        """Return the rows of the view or macro `relation`, called with named parameters.

        Only names of ours go into the SQL text; values are bound.
        """
        if not all(_NAME.match(name) for name in (relation, *parameters)):
            raise ValueError(f"{relation} is not the name of a definition.")
        call = ", ".join(f"{name} := ${name}" for name in parameters)
        is_macro = relation in self.definitions and self.definitions[relation].sql.lower().startswith("create macro")
        sql = f"from {relation}({call})" if is_macro else f"from {relation}"
        return self._remembered.get((relation, repr(sorted(parameters.items()))), lambda: self.query(sql, parameters))

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of any read-only statement with bound parameters."""
        cursor = self._connection.cursor()
        try:
            return cursor.sql(sql, params=dict(parameters or {})).to_arrow_table()
        finally:
            cursor.close()

    def newest_day(self) -> dt.date | None:
        """Return the newest day of the facts: the default as-of date. None in a version without dates."""
        day: dt.date | None = self("newest_day")["newest_day"][0].as_py()
        return day

    def currency(self) -> str:
        """Return the code of the reporting currency, "" when the data name none."""
        code: str | None = self("reporting_currency")["currency"][0].as_py()
        return code or ""

    def dimensions(self) -> dict[str, tuple[str, ...]]:
        """Return each dimension of the accounts with its values, most accounts first."""
        found: dict[str, list[str]] = {}
        for row in self("dimension_values").to_pylist():
            found.setdefault(row["field"], []).append(row["value"])
        return {name: tuple(values) for name, values in found.items()}

    def close(self) -> None:
        """Close the version. Answers already given stay valid."""
        self._connection.close()
