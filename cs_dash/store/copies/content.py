"""What a copy holds of a version: whose rows, under which names, in which currency, with which words replaced."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

Mask = Callable[[str], str]
SALTED = 16
"""Hexadecimal digits of an id that stands for another one: 64 bits, so that a million of them stay different."""
_PLAIN_ID = r"[A-Za-z]{0,8}[-_#. ]?[0-9]{1,15}"
_PREFIXES = "select distinct regexp_replace({column}, '[0-9].*$', '') from {relation} where {column} is not null"


@dataclass(frozen=True)
class CopyContent:
    """What a copy holds.

    Attributes:
        accounts: the accounts that are in it: account_id, copy_id (its id in the copy), name and domain there; the last
            two are empty where names are not hidden.
        has_all: whether these are all accounts, so that rows without an account are in it too.
        salt: makes ids that stand for others; "" where names and ids stay as they are.
        mask: returns a text with names, addresses or amounts replaced; None: texts stay as they are.
        names_part: returns whether a single word is part of a name that is replaced.
        factor: what amounts are multiplied by; None: they stay as they are.
        currency: the reporting currency of the copy, "" where the data name none.
        source_currency: that of the source.
    """

    accounts: pa.Table
    has_all: bool = True
    salt: str = ""
    mask: Mask | None = None
    names_part: Callable[[str], bool] = lambda _: False
    factor: float | None = None
    currency: str = ""
    source_currency: str = ""

    @property
    def hides_names(self) -> bool:
        """Whether ids and names of accounts are replaced."""
        return bool(self.salt)

    @property
    def shows_all_of_its_accounts(self) -> bool:
        """Whether columns that nobody knows may be in it: nothing of its accounts is hidden."""
        return not self.hides_names and self.factor is None

    def id_in_copy(self, value: str) -> str:
        """Return the id of a ticket, article or request in the copy, as `ids_in_copy` does for a column."""
        if not self.hides_names or (re.fullmatch(_PLAIN_ID, value) and not self._tells(_prefix_of(value))):
            return value
        return salted(self.salt, value)

    def ids_in_copy(self, connection: duckdb.DuckDBPyConnection, column: str, relation: str) -> str:
        """Return the SQL of the ids of tickets, articles or requests in the copy; it may bind `salt`.

        A number behind a few letters that name nobody stays as it is: it is how people find the ticket elsewhere.
        """
        if not self.hides_names:
            return column
        prefixes = connection.execute(_PREFIXES.format(column=column, relation=relation)).fetchall()
        telling = ", ".join(quoted(prefix) for (prefix,) in prefixes if len(prefix) < 12 and self._tells(prefix))
        plain = f"regexp_full_match({column}, '{_PLAIN_ID}')"
        if telling:
            plain += f" and regexp_replace({column}, '[0-9].*$', '') not in ({telling})"
        return f"case when {plain} then {column} else {salted_sql(column)} end"

    def _tells(self, prefix: str) -> bool:
        return self.mask is not None and self.mask(prefix) != prefix


def salted(salt: str, value: str) -> str:
    """Return the id that stands for another one; `salted_sql` gives the same."""
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()[:SALTED]


def salted_sql(column: str) -> str:
    """Return the SQL of `salted` for a column; it binds `salt`."""
    return f"left(sha256($salt || ':' || {column}), {SALTED})"


def quoted(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def run(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]) -> None:
    """Run a statement with those of the parameters that it names."""
    connection.execute(sql, {name: value for name, value in parameters.items() if f"${name}" in sql})


def make_table(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Make rows a temporary table."""
    connection.register("given", rows)
    connection.execute(f"create or replace temp table {name} as from given")
    connection.unregister("given")


def replacements(texts: Iterable[str], mask: Mask) -> pa.Table | None:
    """Return the texts that a mask changes, original and replacement; None where it changes none."""
    changed = [(text, masked) for text in texts if (masked := mask(text)) != text]
    if not changed:
        return None
    originals, masked_texts = zip(*changed, strict=True)
    return pa.table({"original": pa.array(originals, pa.string()), "replacement": pa.array(masked_texts, pa.string())})


def _prefix_of(value: str) -> str:
    """Return what stands before the first digit of an id."""
    return re.sub("[0-9].*$", "", value, flags=re.DOTALL)
