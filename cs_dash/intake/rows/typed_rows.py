"""Rows of one sheet for one table, before they are final."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cs_dash.intake.cells.habits import ColumnReader
from cs_dash.intake.cells.mapped_memory import Columns
from cs_dash.intake.results.matches import ColumnMatch
from cs_dash.intake.results.problems import MAX_LISTED_PROBLEMS, LoadContext, ProblemLog
from cs_dash.intake.results.sheets import Block, Sheet
from cs_dash.schema.tables import TABLES, Table


@dataclass
class TypedRows:
    """Rows of one sheet for one table, before they are final.

    Attributes:
        table: the table.
        block: the sheet's rows as text.
        sheet: the sheet.
        context: what the workspace knows.
        columns: field -> typed values, as long as the block.
        faults: what was found wrong, and which rows are rejected.
        matches: which column fills which field.
        assumptions: what was assumed, as sentences.
        assumed: fields whose values were assumed.
        unkeyed: fields that identify no row: what they say follows from the sheet, and may be answered anew.
        readers: column -> how its days and numbers were read.
        extra_matches: columns that decide a field and are stored as custom fields as well.
        unreadable: field with ends -> which rows name one that cannot be read.
        questions: field -> a question about how to read it, and the answers as the option of its name takes them.
    """

    table: Table
    block: Block
    sheet: Sheet
    context: LoadContext
    columns: dict[str, pa.Array] = field(default_factory=Columns)
    faults: ProblemLog = field(init=False)
    matches: tuple[ColumnMatch, ...] = ()
    assumptions: list[str] = field(default_factory=list)
    assumed: set[str] = field(default_factory=set)
    unkeyed: set[str] = field(default_factory=set)
    readers: dict[int, ColumnReader] = field(default_factory=dict)
    extra_matches: list[ColumnMatch] = field(default_factory=list)
    unreadable: dict[str, np.ndarray] = field(default_factory=dict)
    questions: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faults = ProblemLog(self.block.row_numbers)

    def __len__(self) -> int:
        return len(self.block.row_numbers)

    def source(self, name: str) -> str:
        """Return the name in the file of the column that fills a field; the field's own where none does."""
        for match in self.matches:
            if match.field.name == name:
                return self.block.names[match.column]
        return name

    def reject(self, rows: np.ndarray, name: str, what: str, advice: str, fatal: bool = True) -> None:
        """Note a problem with a field's value in some rows, given by position; fatal ones reject the row."""
        examples = [""] * min(len(rows), MAX_LISTED_PROBLEMS)
        for match in self.matches:
            if match.field.name == name:
                cells = self.block.rows.column(match.column).take(pa.array(rows[:MAX_LISTED_PROBLEMS]))
                examples = [str(cell or "") for cell in cells.to_pylist()]
        if len(rows):
            self.faults.add(rows, self.source(name), examples, what, advice, fatal)

    def days(self, name: str) -> np.ndarray | None:
        """Return a date field as numpy days, NaT where empty; None where the sheet does not fill it."""
        if name not in self.columns:
            return None
        return np.asarray(self.columns[name].to_numpy(zero_copy_only=False)).astype("datetime64[D]")

    def different_days(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the days that a date field holds, in order, and how many rows hold each; none where it is unfilled."""
        if name not in self.columns:
            return np.array([], "datetime64[D]"), np.array([], int)
        counted = pc.value_counts(self.columns[name].cast(pa.date32(), safe=False).drop_null())
        days = counted.field(0).to_numpy(zero_copy_only=False).astype("datetime64[D]")
        order = np.argsort(days)
        return days[order], counted.field(1).to_numpy()[order]

    def numbers(self, name: str) -> np.ndarray | None:
        """Return a numeric field, NaN where empty; None where the sheet does not fill it."""
        if name not in self.columns:
            return None
        return np.asarray(self.columns[name].fill_null(float("nan")).to_numpy(zero_copy_only=False), dtype=float)


def constant(value: object, kind: pa.DataType, rows: int) -> pa.Array:
    """Return an array that holds one value `rows` times."""
    return pa.repeat(pa.scalar(value, kind), rows)


def block_part(block: Block, keep: np.ndarray) -> Block:
    """Return the rows of a block for which `keep` is true."""
    rows = block.rows.filter(pa.array(keep))
    return replace(block, rows=rows, row_numbers=block.row_numbers[keep], notes=())


def _reference(draft: TypedRows) -> dict[str, pa.Array]:
    reference = {"account_ref": draft.columns["account_id"]}
    if "account" in draft.columns:
        reference["account_name"] = draft.columns["account"]
    return reference


def of_accounts(draft: TypedRows, table: str, keep: np.ndarray, values: dict[str, pa.Array], suffix: str) -> TypedRows:
    """Return a draft for another table from some rows of the accounts' sheet, its key made from the account's id.

    Args:
        draft: the accounts.
        table: the other table.
        keep: which rows.
        values: field -> values, as long as the sheet.
        suffix: what follows the account's id in the key.
    """
    derived = TypedRows(TABLES[table], block_part(draft.block, keep), draft.sheet, draft.context)
    mask = pa.array(keep)
    for name, array in (_reference(draft) | values).items():
        derived.columns[name] = array.filter(mask)
    derived.columns[derived.table.key] = pc.binary_join_element_wise(derived.columns["account_ref"], suffix, "-")
    return derived
