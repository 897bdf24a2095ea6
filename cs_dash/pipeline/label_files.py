"""A spreadsheet of tickets and what somebody says they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from cs_dash.errors import BadInput
from cs_dash.intake.cells import arrays, missing
from cs_dash.intake.detection import header, regions
from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results.problems import IgnoredSheet, InputFile
from cs_dash.intake.results.sheets import Block
from cs_dash.schema import names
from cs_dash.schema.tables import TABLES

KIND = (
    "kind", "label", "type", "category", "class", "art", "вид", "тип", "类别", "tipo", "catégorie", "categoria",
)  # fmt: skip
"""What the column of kinds may be called; the first that is there counts."""


def rows_of(file: Path) -> list[tuple[int, str, str | None]]:
    """Return (row, ticket id, word for the kind) of every row of the first sheet that has both columns.

    Any spreadsheet that a load can read; its columns are called ticket_id and kind, or nearly so. An empty ticket id is
    "", an empty kind None.

    Raises:
        BadInput: it cannot be read, or has no such columns.
    """
    if not file.exists():
        raise BadInput("No such file", f"Could not read {file.name} because it does not exist.", "Check its name.")
    ids = {names.key(name) for name in ("ticket_id", *TABLES["tickets"].field("ticket_id").synonyms())}
    kind_keys = [names.key(name) for name in KIND]
    why = "no sheet of it has the columns ticket_id and kind"
    with IsolatedReader() as reader:
        for sheet in regions.split_sheets(files.sheets_or_reason(InputFile(file.name, file, ""), {}, reader)):
            if isinstance(sheet, IgnoredSheet):
                why = sheet.why
                continue
            block = header.find(sheet.grid, sheet.first_row)
            if block is None:
                continue
            keys = [names.key(name) for name in block.names]
            ticket = next((at for at, key in enumerate(keys) if key in ids), None)
            kind = next((keys.index(key) for key in kind_keys if key in keys), None)
            if ticket is not None and kind is not None:
                cells = _cells(block, ticket), _cells(block, kind)
                return [(int(row), one or "", other) for row, one, other in zip(block.row_numbers, *cells, strict=True)]
    raise BadInput(
        "Cannot use the labels", f"Could not label from {file.name} because {why[0].lower()}{why[1:]}",
        "Give a spreadsheet with the columns ticket_id and kind.",
    )  # fmt: skip


def said_in(file: Path) -> list[tuple[str, str]]:
    """Return (ticket id, kind) of every row of a file that has both. Raises BadInput, also where it says nothing."""
    labels = [(ticket, kind) for _, ticket, kind in rows_of(file) if ticket and kind]
    if not labels:
        raise BadInput(
            "No labels",
            f"Could not use {file.name} because no row has both a ticket_id and a kind.",
            "Name the columns ticket_id and kind.",
        )
    return labels


def _cells(block: Block, at: int) -> Sequence[str | None]:
    column: pa.Array = missing.trimmed(arrays.whole(block.rows.column(at)))
    return [text or None for text in column.to_pylist()]
