"""All known payments: the pieces of earlier loads and of this one, recorded sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from cs_dash.intake.results.problems import ColumnMapping, LoadContext, LoadedTable
from cs_dash.intake.rows.typed_rows import TypedRows
from cs_dash.intake.shapes import history
from cs_dash.intake.shapes.history import Piece
from cs_dash.store.tables import TableRows

REVENUE_SOURCES = {
    "month": "a sheet with a column per month", "snapshot": "monthly customer snapshots",
    "invoice": "a list of invoices", "movement": "a list of MRR movements",
}  # fmt: skip


class Ledger:
    """Records the payments in sheets, and makes contract lines of them."""

    def __init__(self, context: LoadContext) -> None:
        """Start with the payments of earlier loads."""
        rows = context.history
        self._pieces = {} if rows is None else history.pieces(rows)
        self._before = dict(self._pieces)
        self._lines = history.lines(self._pieces.values())
        self._given = {line.subscription_id for line in self._lines}

    @property
    def kinds(self) -> set[str]:
        """The kinds of the recorded payments: "month", "snapshot", "invoice", "movement"."""
        kinds = {piece.kind for piece in self._pieces.values()}
        return {"movement" if kind in history.MOVING else kind for kind in kinds}

    @property
    def pieces(self) -> dict[str, Piece]:
        """The recorded payments by id."""
        return dict(self._pieces)

    def newest(self, source: str) -> date | None:
        """Return the newest month of a list in earlier loads; None where it had none."""
        return max((piece.starts for piece in self._before.values() if piece.source == source), default=None)

    def record(
        self, pieces: Sequence[Piece], months: Iterable[date] = (), void: Iterable[str] = ()
    ) -> list[history.Line]:
        """Record the pieces of one list, and return all lines of the accounts in it.

        Args:
            pieces: the pieces.
            months: the months that the list covers: its earlier pieces of them are dropped.
            void: ids of pieces to drop.
        """
        sources = {piece.source for piece in pieces}
        whole = set(months)
        replaced = {
            key
            for key, piece in self._pieces.items()
            if piece.kind in history.MONTHLY and piece.source in sources and piece.starts in whole
        }
        touched = {self._pieces.pop(key).series for key in replaced | set(void) if key in self._pieces}
        self._pieces |= {piece.piece_id: piece for piece in pieces}
        series = touched | {piece.series for piece in self._pieces.values() if piece.source in sources}
        lines = history.lines(self._pieces.values())
        self._lines = lines
        self._given |= {line.subscription_id for line in lines}
        return [line for line in lines if line.series in series]

    @property
    def rows(self) -> pa.Table | None:
        """All pieces, for the version to store; None where this load added nothing."""
        return None if self._pieces == self._before else history.table(self._pieces.values())

    @property
    def outdated(self) -> tuple[str, ...]:
        """Ids of lines that were returned once and no longer exist."""
        current = {line.subscription_id for line in self._lines}
        return tuple(sorted(self._given - current))


def contract_lines(
    draft: TypedRows,
    lines: Sequence[history.Line],
    mapped: tuple[ColumnMapping, ...],
    confidence: float,
    evidence: str,
    repeated: int = 0,
    unmapped: tuple[str, ...] = (),
) -> LoadedTable:
    """Return contract lines as what a sheet gave to the subscriptions; rows that were rejected are counted with them.

    Args:
        draft: the sheet's own rows, whose problems and assumptions are reported.
        lines: the lines made of them and of earlier payments.
        mapped: which column fills which field.
        confidence: 0-1, how certain it is that the sheet is such a list.
        evidence: why the sheet was read so.
        repeated: rows that repeat another.
        unmapped: columns that fill no field.
    """
    numbers = _rows_of(draft)
    columns = {
        name: pa.array([getattr(line, name) for line in lines], kind)
        for name, kind in (
            ("subscription_id", pa.string()), ("account_ref", pa.string()), ("account_name", pa.string()),
            ("plan", pa.string()), ("start_date", pa.date32()), ("end_date", pa.date32()), ("mrr", pa.float64()),
        )
    }  # fmt: skip
    places = [numbers.get(line.account_ref or "") or numbers.get(line.account_name or "") for line in lines]
    columns["_row"] = pa.array(places, pa.int64())
    rows = pa.table(columns)
    rejected = int(draft.faults.rejected.sum())
    return LoadedTable(
        draft.sheet.file, draft.sheet.name, "subscriptions", TableRows("subscriptions", rows, draft.sheet.upload),
        rows.num_rows + rejected + repeated, rejected, repeated,
        tuple(sorted(draft.faults.problems, key=lambda problem: (problem.row is None, problem.row or 0))),
        (*draft.block.notes, *draft.sheet.notes, *draft.assumptions), mapped, unmapped, confidence, evidence,
    )  # fmt: skip


def _rows_of(draft: TypedRows) -> dict[str, int]:
    """The first row of the sheet that names each account."""
    row_by_account: dict[str, int] = {}
    for name in ("account_id", "account_ref", "account", "account_name"):
        if name in draft.columns:
            cells = draft.columns[name].to_pylist()
            for at in np.flatnonzero(~draft.faults.rejected).tolist():
                row_by_account.setdefault(cells[at] or "", int(draft.block.row_numbers[at]))
    return row_by_account
