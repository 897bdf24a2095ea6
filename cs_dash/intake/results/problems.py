"""What a load takes and gives: files and context, loaded tables, ignored sheets, problems of single rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from cs_dash.errors import PasswordNeeded, UnreadableFile
from cs_dash.intake.results.layouts import Layout, TextFormat
from cs_dash.store.tables import TableRows

MAX_LISTED_PROBLEMS = 1_000
"""So many problems of one kind are listed row by row; the rest is counted in one more line."""

Rates = Mapping[str, tuple[tuple[date, float], ...]]
Columns = tuple[tuple[str, tuple[str, ...]], ...]
"""The columns of a sheet in order: (name, up to three of its values)."""


@dataclass(frozen=True)
class InputFile:
    """One file to read.

    Attributes:
        name: its name as the reader knows it.
        path: where its bytes are kept.
        upload: id of the stored upload.
    """

    name: str
    path: Path
    upload: str


@dataclass(frozen=True)
class LoadContext:
    """What is known before the load: settings, decisions, earlier loads.

    Attributes:
        loaded_on: day of the load.
        currency: the reporting currency, or None when none is set yet.
        rates: currency -> (first day, worth of one unit in the reporting currency), oldest first.
        quotes: the exchange rates that `rates` were made from, each with the currency that it is quoted in.
        uncoded: the currency of amounts that name none; None: the reporting currency.
        quoted: the currency that sheets of exchange rates are likely to be in; None: the reporting currency.
        as_table: the table that every sheet feeds, or None to recognise it.
        mapping: source column -> field, or "" to leave the column out.
        options: the reader's choices, see `reading.OPTIONS`.
        layouts: what was decided about sheets with certain columns; `as_table`, `mapping` and `options` go first.
        accounts: ids and names of the accounts that are known already.
        has_accounts: whether any of them is listed by an accounts file, and not only named by others.
        has_churn_events: whether the workspace holds churn events of its own.
        has_subscriptions: whether the workspace holds subscriptions of its own.
        history: payments from earlier loads, by month or by invoice, see `history.Piece`.
        newest: list, as `periods.source` names it -> the newest month of its snapshots.
        newest_fact: the newest day on which the files of this load know anything to have happened; None: no day.
    """

    loaded_on: date
    currency: str | None = None
    rates: Rates = field(default_factory=dict)
    quotes: tuple[tuple[str, date, float, str | None], ...] = ()
    uncoded: str | None = None
    quoted: str | None = None
    as_table: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()
    accounts: frozenset[str] = frozenset()
    has_accounts: bool = False
    has_churn_events: bool = False
    has_subscriptions: bool = False
    history: pa.Table | None = None
    newest: Mapping[str, date] = field(default_factory=dict)
    newest_fact: date | None = None


@dataclass(frozen=True)
class Problem:
    """Something wrong with one row, or with one value of it.

    Attributes:
        row: the row as a spreadsheet numbers it, from 1; None when it is about many rows.
        column: the column's name in the file, or the field's where the file has none.
        value: the value as it stands in the file.
        what: what is wrong, in words.
        advice: what to do about it.
        fatal: the row was rejected; otherwise only the value was left out.
    """

    row: int | None
    column: str
    value: str
    what: str
    advice: str
    fatal: bool


@dataclass(frozen=True)
class ColumnMapping:
    """A column that fills a field.

    Attributes:
        column: its name in the file.
        field: the canonical field.
        confidence: 0-1.
        because: why, in words.
        examples: up to three of its values.
        question: what nothing in the sheet decides about its values, in plain words; "" where all is decided.
        answers: the values that answer the question, as an option takes them, each with its meaning in words.
        option: the option that takes the answer, as "dates:Signed on".
        assumed: until it is answered, the first answer is assumed; otherwise the values wait for it.
    """

    column: str
    field: str
    confidence: float
    because: str
    examples: tuple[str, ...] = ()
    question: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    option: str = ""
    assumed: bool = True


@dataclass(frozen=True)
class UnusedColumn:
    """A column that fills no field although it holds what fields hold.

    Attributes:
        column: its name in the file.
        holds: what it is full of: dates, amounts, counts, states ...
        rows: rows that have a value.
        of: all rows.
        fields: fields that nothing fills and that it could.
        metrics: the metrics that those decide.
    """

    column: str
    holds: str
    rows: int
    of: int
    fields: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What it holds, in words: "column X holds dates (1,746 of 1,746 rows)"."""
        return f"column {self.column} holds {self.holds} ({self.rows:,} of {self.of:,} rows)"


@dataclass(frozen=True)
class IgnoredSheet:
    """A sheet that was set aside, or a file that could not be read.

    Attributes:
        file: the file's name.
        sheet: the sheet's name; "" where it is about the whole file.
        why: the reason and what to do, a sentence each.
        asks: what would open it: "password", or "" for nothing.
        columns: its columns; empty where no table was found in it.
        table: the table that it looks like, "" where it looks like none.
        mapped: which columns would fill which fields of that table.
        lacks: required fields that no column fills.
        text: how a text file became cells; None for everything else.
    """

    file: str
    sheet: str
    why: str
    asks: str = ""
    columns: Columns = ()
    table: str = ""
    mapped: tuple[ColumnMapping, ...] = ()
    lacks: tuple[str, ...] = ()
    text: TextFormat | None = None

    @classmethod
    def unreadable(cls, file: str, fault: UnreadableFile) -> IgnoredSheet:
        """Return a file that could not be read."""
        asks = "password" if isinstance(fault, PasswordNeeded) else ""
        return cls(file, "", f"{fault.message} {fault.hint}".strip(), asks)


@dataclass(frozen=True)
class LoadedTable:
    """What one sheet gave to one table. read == rows.rows.num_rows + rejected + duplicates.

    `unused` are columns that fill no field although they hold what fields hold; `sheet_rows` the rows that the sheet
    has, of which `read` may be a part, or which may be parts of several rows.
    `columns`, `text` and `decided`, what people decided about them, are empty where another table is the sheet's own;
    `layout` is the signature of its columns; `missing` what becomes of rows that an earlier edition of the sheet had
    and this one lacks: "gone", "keep", "" where nobody said; `unusable` the keys of its rejected rows, which are no
    news of what is known of them; `period` the day that a snapshot of accounts speaks of.
    """

    file: str
    sheet: str
    table: str
    rows: TableRows
    read: int
    rejected: int
    duplicates: int
    problems: tuple[Problem, ...] = ()
    assumptions: tuple[str, ...] = ()
    mapped: tuple[ColumnMapping, ...] = ()
    unmapped: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: str = ""
    columns: Columns = ()
    decided: Layout | None = None
    layout: str = ""
    missing: str = ""
    text: TextFormat | None = None
    unusable: tuple[str, ...] = ()
    period: date | None = None
    unused: tuple[UnusedColumn, ...] = ()
    sheet_rows: int = 0


@dataclass(frozen=True)
class IngestResult:
    """Everything that a set of files gave.

    Attributes:
        tables: what each sheet gave to each table, in the order of the files; exchange rates first.
        ignored: what was set aside.
        currency: the currency that the money is in, or None where no sheet names one.
        layouts_used: what was decided before or just now, and counted.
        history: all payments known after this load, see `history.Piece`; None where nothing is new.
        outdated: ids of contract lines that `history` does not make any more.
    """

    tables: tuple[LoadedTable, ...]
    ignored: tuple[IgnoredSheet, ...]
    currency: str | None = None
    layouts_used: tuple[Layout, ...] = ()
    history: pa.Table | None = None
    outdated: tuple[str, ...] = ()


@dataclass
class ProblemLog:
    """The problems of one sheet in one table, gathered while its rows are typed.

    Attributes:
        row_numbers: the spreadsheet's number of every row.
        rejected: True where a row was rejected.
        problems: what was found, capped per kind at `LISTED` rows plus one line that counts the rest.
    """

    row_numbers: np.ndarray
    rejected: np.ndarray = field(init=False)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rejected = np.zeros(len(self.row_numbers), dtype=bool)

    def add(self, rows: np.ndarray, column: str, values: Sequence[str], what: str, advice: str, fatal: bool) -> None:
        """Note the same problem for several rows, given by position, with the value of each as the file has it."""
        if fatal:
            self.rejected[rows] = True
        for at, value in zip(rows[:MAX_LISTED_PROBLEMS].tolist(), values, strict=False):
            self.problems.append(Problem(int(self.row_numbers[at]), column, value, what, advice, fatal))
        if len(rows) > MAX_LISTED_PROBLEMS:
            more = f"{what} And {len(rows) - MAX_LISTED_PROBLEMS:,} more rows like it."
            self.problems.append(Problem(None, column, "", more, advice, fatal))

    def note(self, column: str, value: str, what: str, advice: str) -> None:
        """Note something about a whole column once, with one of its values; no row is rejected."""
        self.problems.append(Problem(None, column, value, what, advice, False))

    def drop(self, column: str, what: str) -> None:
        """Forget a problem of a column that turned out to be none."""
        self.problems = [problem for problem in self.problems if problem.column != column or problem.what != what]

    def add_pairs(
        self, later: Sequence[int], earlier: Sequence[int], chosen: np.ndarray, column: str, values: Sequence[str],
        what: str, advice: str,
    ) -> None:  # fmt: skip
        """Note duplicates: `later[i]` repeats `earlier[i]` for every i in `chosen`; "{row}" names the earlier row."""
        for at in chosen[:MAX_LISTED_PROBLEMS].tolist():
            text = what.replace("{row}", str(self.row_numbers[earlier[at]]))
            self.problems.append(Problem(int(self.row_numbers[later[at]]), column, values[at], text, advice, False))
        if len(chosen) > MAX_LISTED_PROBLEMS:
            text = f"And {len(chosen) - MAX_LISTED_PROBLEMS:,} more rows with the key of an earlier row."
            self.problems.append(Problem(None, column, "", text, advice, False))
