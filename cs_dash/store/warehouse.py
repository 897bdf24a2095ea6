"""One version, opened read-only, with every definition created over it.

The version's file is attached read-only beside an in-memory database that holds views, macros and small tables, so
definitions belong to the program and rows to the version. Each query has a cursor of its own: one connection shared by
two threads fails or returns wrong rows.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Definition
from cs_dash.errors import WorkspaceBroken
from cs_dash.schema.tables import TABLES
from cs_dash.store import faults
from cs_dash.store.artifacts import NO_ARTIFACTS, DerivedArtifacts
from cs_dash.store.cache import SingleFlightCache
from cs_dash.store.definitions import foundations, in_order, names_in, read_definition
from cs_dash.store.derived_tables import lay_over
from cs_dash.store.engine import columns_of
from cs_dash.store.reader_database import ReaderDatabase
from cs_dash.store.tables import OTHER_TABLES, PLAIN, columns

REMEMBERED = 32 << 20  # bytes of rows, for each open version
ENTRY = 2_000  # bytes that a remembered answer takes beside its rows
LARGE = 24 << 20  # bytes of a version's file
LISTED = {"on_days": "day", "start_days": "window_start", "end_days": "window_end", "as_of_days": "looked_from"}
"""Parameters that take lists, with the column that tells which element a row is of."""
_NAME = re.compile(r"^[a-z_][a-z0-9_]*$")
# The advice costs more than it saves: `sql` plans each statement twice, and rows that people look at are few.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result", category=UserWarning)


def threads(file: Path) -> int:
    """Return how many threads one query may use: with few rows, handing them over costs more than it brings."""
    large = file.exists() and file.stat().st_size > LARGE
    return 2 if large else 1


class Rows(Protocol):
    """Whatever can be asked for the rows of a view or macro; questions depend on nothing more."""

    def __call__(self, relation: str, **parameters: Any) -> pa.Table:
        """Return the rows of the view or macro `relation`, called with named parameters."""
        ...

    def per_element(self, relation: str, **parameters: Any) -> pa.Table:
        """Return the rows of a macro that takes lists (`LISTED`), element after element in the order of the lists."""
        ...


class Warehouse:
    """A version's rows with the program's definitions over them."""

    def __init__(
        self,
        file: Path,
        definitions: Iterable[Path] = (),
        settings: Iterable[tuple[str, str]] = (),
        decisions: Iterable[tuple[str, str, str]] = (),
        artifacts: DerivedArtifacts = NO_ARTIFACTS,
        rollups: Iterable[Path] = (),
    ) -> None:
        """Open `file` read-only, with `definitions` at hand; WorkspaceBroken when it cannot be read.

        `settings`, `decisions`: (name, value) and (kind, subject, value), as definitions read them from tables.
        `artifacts`: what was derived from the version since it was published. `rollups`: the scripts of the tables
        that a version is built with.
        """
        self.file = file
        self._database = ReaderDatabase(near=file, threads=threads(file))
        self._connection = self._database.cursor()
        self.usable = True
        """Whether it still answers: after an error that the database calls fatal, it has to be opened again."""
        try:
            data = self._database.attach(file)
            there = columns_of(self._connection, data)
            tables = {table.name: columns(table) for table in TABLES.values()} | OTHER_TABLES
            views = {name: _view(data, name, listed, there.get(name, ())) for name, listed in tables.items()}
            lay_over(self._database, self._connection, artifacts, views.pop("tickets"))
            for view in views.values():
                self._connection.execute(view)
            for name in sorted(
                table_columns
                for table_columns in there
                if table_columns.startswith(f"{PLAIN}_") and table_columns not in OTHER_TABLES
            ):
                self._connection.execute(f'create view "{name}" as from {data}.main."{name}"')
            for script in rollups:  # a version of an earlier release may lack one: it is added up now
                sql = f"create view {script.stem} as from {data}.main.{script.stem}"
                self._connection.execute(sql if script.stem in there else script.read_text(encoding="utf-8"))
        except BaseException as error:
            self.close()
            if isinstance(error, duckdb.CatalogException):
                raise WorkspaceBroken(
                    "The data are of another release",
                    f"Could not open {file.name} because it lacks tables that this release needs.",
                    faults.REMAKE,
                ) from error
            if fault := faults.in_words(error, file.name):
                raise fault from error
            raise
        self._fill("settings (name varchar primary key, value varchar)", settings)
        self._fill("decisions (kind varchar, subject varchar, value varchar, primary key (kind, subject))", decisions)
        # A version never changes, and several questions of a page ask for the same rows.
        self._remembered = SingleFlightCache[pa.Buffer](REMEMBERED, lambda rows: int(rows.size) + ENTRY)
        files = tuple(definitions)
        self.definitions, self._foundations = _definitions(files)
        columns_there = {(name, *types.items()) for name, types in there.items() if not name.startswith(f"{PLAIN}_")}
        self._database.take_definitions((files, frozenset(columns_there), artifacts.kinds is None))
        self._defined = set(self._database.created.names)

    def define(self, names: Iterable[str] | None = None) -> None:
        """Create the definitions `names` and what they rest on, where they are not there yet; without `names` all.

        To create one, DuckDB plans it with all it rests on: for all of them that takes half a second, and a question
        needs few. Raises duckdb.Error when one does not fit the tables.
        """
        wanted = self.definitions if names is None else names
        needed_names = set().union(*(self._foundations[name] for name in wanted))
        if needed_names <= self._defined:
            return
        created = self._database.created
        with created.lock:
            for name, definition in self.definitions.items():
                if name in needed_names - self._defined:
                    self._connection.execute(definition.sql)
                    self._defined.add(name)
                    created.add(name, definition.sql)

    def _fill(self, table: str, rows: Iterable[tuple[str, ...]]) -> None:
        """Create a small table, given by its name and columns, with these rows."""
        self._connection.execute(f"create table {table}")
        name = table.partition(" ")[0]
        for row in rows:
            self._connection.execute(f"insert into {name} values ({', '.join('?' * len(row))})", list(row))

    def __call__(self, relation: str, **parameters: Any) -> pa.Table:
        """Return the rows of the view or macro `relation`, called with named parameters.

        Only names of ours go into the SQL text; values are bound.
        """
        return _unpacked(
            self._remembered.get(_key(relation, parameters), lambda: _packed(self._called(relation, parameters)))
        )

    def per_element(self, relation: str, **parameters: Any) -> pa.Table:
        """Return the rows of a macro that takes lists (`LISTED`), element after element in the order of the lists.

        What was asked of an element before is remembered; the others are asked for together. Use it where the rows
        of one element do not depend on the rest of the list.
        """
        listed = {name: column for name, column in LISTED.items() if name in parameters}
        fixed = {name: value for name, value in parameters.items() if name not in listed}
        elements = {
            _key(relation, fixed | dict(zip(listed, element, strict=True))): element
            for element in zip(*(parameters[name] for name in listed), strict=True)
        }
        if not elements:
            raise ValueError(f"{relation} takes lists of at least one element.")

        def ask(keys: Sequence[Hashable]) -> list[pa.Buffer]:
            missing = [elements[key] for key in keys]
            lists = {name: list(values) for name, values in zip(listed, zip(*missing, strict=True), strict=True)}
            rows = self._called(relation, fixed | lists)
            return [_packed(_of(rows, dict(zip(listed.values(), element, strict=True)))) for element in missing]

        return pa.concat_tables(map(_unpacked, self._remembered.together(list(elements), ask)))

    def _called(self, relation: str, parameters: Mapping[str, Any]) -> pa.Table:
        if not all(_NAME.match(name) for name in (relation, *parameters)):
            raise ValueError(f"{relation} is not the name of a definition.")
        call = ", ".join(f"{name} := ${name}" for name in parameters)
        is_macro = relation in self.definitions and self.definitions[relation].sql.lower().startswith("create macro")
        sql = f"from {relation}({call})" if is_macro else f"from {relation}"
        return self.query(sql, parameters)

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Return the rows of any read-only statement with bound parameters."""
        cursor = self._database.cursor()
        try:
            with faults.of_file(self.file):
                self.define(names_in(sql) & self.definitions.keys())
                return cursor.execute(sql, dict(parameters or {})).to_arrow_table()
        except BaseException as error:
            self.usable &= not isinstance(error.__cause__ or error, duckdb.FatalException | duckdb.InternalException)
            raise
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
        values_of: dict[str, list[str]] = {}
        for row in self("dimension_values").to_pylist():
            values_of.setdefault(row["field"], []).append(row["value"])
        return {name: tuple(values) for name, values in values_of.items()}

    def close(self) -> None:
        """Close the version. Answers already given stay valid."""
        self._connection.close()
        self._database.close()


@lru_cache(maxsize=8)
def _definitions(files: tuple[Path, ...]) -> tuple[Mapping[str, Definition], Mapping[str, frozenset[str]]]:
    """Return the definitions of files by name, each after those it needs, and for each itself and all it rests on."""
    definitions = {definition.name: definition for definition in in_order(map(read_definition, files))}
    return MappingProxyType(definitions), foundations(definitions)


def _view(data: str, name: str, column_types: Mapping[str, str], there: Collection[str]) -> str:
    """Return the statement that shows a table of the version; what one of an earlier release lacks is empty."""
    lacks = ", ".join(
        f'cast(null as {kind}) as "{column}"' for column, kind in column_types.items() if column not in there
    )
    if not there:
        return f"create view {name} as select {lacks} where false"
    return f"create view {name} as select *{lacks and ', '}{lacks} from {data}.main.{name}"


def _key(relation: str, parameters: Mapping[str, Any]) -> Hashable:
    return relation, repr(sorted(parameters.items()))


def _packed(rows: pa.Table) -> pa.Buffer:
    """Return rows in one piece of memory: as DuckDB gives them, each column has room for two thousand more."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    return sink.getvalue()


def _unpacked(packed: pa.Buffer) -> pa.Table:
    """Return the rows that were packed, without a copy."""
    return pa.ipc.open_stream(packed).read_all()


def _of(rows: pa.Table, element: Mapping[str, Any]) -> pa.Table:
    """Return the rows of one element of a list, given what it has in its columns; an empty day is the beginning."""
    for column, value in element.items():
        values = rows[column]
        rows = rows.filter(pc.is_null(values) if value is None else pc.equal(values, pa.scalar(value, values.type)))
    return rows
