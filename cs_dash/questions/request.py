"""The input of every question, and the wording and helpers that questions share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, Unpack

import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.answer import Answer, Column, Definition, Figure, Note
from cs_dash.charts import Chart
from cs_dash.decisions.audits import Audit
from cs_dash.errors import UnknownOption, nearest
from cs_dash.look import words
from cs_dash.schema.tables import TABLES
from cs_dash.scope import Scope
from cs_dash.store.warehouse import Rows

SMALL_BASE = 20
"""A rate over a smaller base is shown in grey, with "few accounts"."""
SIGNIFICANCE_LEVEL = 0.05
"""A difference with a smaller p-value counts as more than chance."""


Row = dict[str, Any]


class Undated(Exception):
    """Nothing that is loaded has a date, and the question is about days."""


class AnswerParts(TypedDict, total=False):
    """The parts of an answer that a request does not know: see `Answer`."""

    figures: tuple[Figure, ...]
    rows: pa.Table
    columns: tuple[Column, ...]
    charts: tuple[Chart, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class QuestionRequest:
    """A question's whole input.

    Attributes:
        question: its name, "retention.summary".
        rows: queries the rows of a definition.
        scope: period, as-of date and filters, resolved: as_of is set unless the data have no date at all.
        title: the question in words.
        needs: the tables that it is answered from.
        options: chosen options by name; an option left at its default is absent.
        currency: code of the reporting currency, or "".
        definitions: every definition by name.
        loaded_tables: canonical tables that have rows.
        audits: the audits of the workspace, oldest first.
        unused_fields: fields, as "table.field", that nothing fills and that a column that is not used could.
    """

    question: str
    rows: Rows
    scope: Scope
    title: str = ""
    needs: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    loaded_tables: frozenset[str] = frozenset()
    audits: tuple[Audit, ...] = ()
    unused_fields: frozenset[str] = frozenset()

    def lacks(self, claim: str, otherwise: str, *fields: str) -> str:
        """Return a claim that the data do not say something; `otherwise` where a column that is not used may say it."""
        return otherwise if self.unused_fields & set(fields) else claim

    @property
    def as_of(self) -> dt.date:
        """The day of every balance. Raises Undated in a version without dates, which becomes the answer `undated`."""
        if self.scope.as_of is None:
            raise Undated
        return self.scope.as_of

    @property
    def filters_json(self) -> str:
        """The filters, as the macros take them."""
        return self.scope.filters_json

    def option(self, name: str, *choices: str) -> str:
        """Return the chosen value of option `name`; the first of `choices` is its default. Raises UnknownOption."""
        chosen = self.options.get(name, choices[0])
        if chosen not in choices:
            raise UnknownOption(
                f"Unknown {name}",
                f"Could not use {name}={chosen} because it is not a choice.",
                nearest(chosen, choices),
            )
        return chosen

    def for_scope(self, scope: Scope) -> QuestionRequest:
        """Return the same request for another scope: the period before, a segment."""
        return replace(self, scope=scope)

    def single_row(self, relation: str, **parameters: Any) -> dict[str, Any]:
        """Return the only row of a definition as a dict. Raises ValueError when it does not have exactly one."""
        rows = self.rows(relation, **parameters).to_pylist()
        if len(rows) != 1:
            raise ValueError(f"{relation} returned {len(rows)} rows, not one")
        row: dict[str, Any] = rows[0]
        return row

    def periods(self, relation: str, *periods: tuple[dt.date | None, dt.date | None], **parameters: Any) -> list[Row]:
        """Return the rows of a definition that takes lists of periods (first day, day after the last), in their order.

        Periods that are not cached yet are queried together.
        """
        rows: list[Row] = self.rows.per_element(
            relation,
            start_days=[start for start, _ in periods],
            end_days=[end for _, end in periods],
            wanted=self.filters_json,
            **parameters,
        ).to_pylist()
        return rows

    def in_scope(self, rows: pa.Table) -> pa.Table:
        """Return the rows of the accounts in scope, in order; without filters also rows that have no account.

        What is known of one account never depends on the filters. Ask for the rows of all accounts, without `wanted`,
        so that the warehouse caches them, and pick from those: another filter then costs next to nothing.
        """
        if not self.scope.filters:
            return rows
        account_ids = self.rows("in_scope", wanted=self.filters_json)["account_id"]
        return rows.filter(pc.is_in(rows["account_id"], value_set=account_ids))

    def answer(self, headline: str, *, title: str = "", definition: str = "", **parts: Unpack[AnswerParts]) -> Answer:
        """Return the answer to this request; `definition` names the one that says what the main number means."""
        return Answer(
            question=self.question,
            title=title or self.title,
            headline=headline,
            as_of=self.scope.as_of,
            definition=self.definitions.get(definition),
            currency=self.currency,
            **parts,
        )

    def empty(self, *tables: str) -> Answer:
        """Return the empty state, which names the missing tables; by default those that the question needs."""
        tables = tables or self.needs
        names = " and ".join(TABLES[table].noun for table in tables)
        return Answer(
            question=self.question,
            title=self.title,
            headline=f"No data yet. Upload {names}.",
            as_of=self.scope.as_of,
            missing_tables=tables,
            notes=tuple(Note(TABLES[table].help, "missing", table=table) for table in tables),
            definition=None,
            currency=self.currency,
        )

    def undated(self) -> Answer:
        """Return the answer to a question about days where no row has one: the empty state, or why not."""
        missing = tuple(table for table in self.needs if table not in self.loaded_tables)
        if missing:
            return self.empty(*missing)
        note = Note("Load a file with dates: contracts, usage, tickets, surveys or churn events.", "missing")
        return self.answer("The loaded data have no dates, so there is nothing to show over time.", notes=(note,))


def small_base_note(n: int | None, noun: str = "accounts") -> str:
    """Return "few accounts (n = 7)" for a small base, "" for a large enough one."""
    return f"few {noun} (n = {n})" if n is not None and n < SMALL_BASE else ""


def p_value(chance: float) -> str:
    """Return a p-value in words: "p = 0.012", "p < 0.001"."""
    return "p < 0.001" if chance < 0.001 else f"p = {words.number(chance, 3)}"


def arrow_table(rows: list[dict[str, Any]], columns: Mapping[str, pa.DataType]) -> pa.Table:
    """Return rows as an Arrow table with just these columns, also when there are no rows."""
    return pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in columns.items()})
