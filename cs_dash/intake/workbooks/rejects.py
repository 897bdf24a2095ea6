"""Rejected rows as a workbook: each as its file had it, with the reason, to be corrected and loaded again."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cs_dash.intake.detection import header, regions
from cs_dash.intake.formats import files
from cs_dash.intake.formats.isolated_reader import IsolatedReader
from cs_dash.intake.results.problems import IgnoredSheet, InputFile, Problem
from cs_dash.intake.results.sheets import Block
from cs_dash.look.spreadsheet_text import sheet_title
from cs_dash.look.workbook_cells import text_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

ADDED = ("Reason", "Suggested fix", "File", "Row")
MENDED = "These rows were rejected by an earlier load; the columns with the reasons were ignored."
Key = tuple[str, str]


def without_reasons(block: Block) -> Block:
    """Return a sheet of corrected rows without the columns that were added to it; other sheets as they are."""
    if block.names[-len(ADDED) :] != ADDED:
        return block
    keep = len(block.names) - len(ADDED)
    return Block(
        block.names[:keep], block.rows.select(range(keep)), block.row_numbers, block.positions[:keep], block.has_header,
        (*block.notes, MENDED),
    )  # fmt: skip


def rejected_rows(
    input_files: Sequence[InputFile], problems: Sequence[tuple[Key, Problem]], options: Mapping[str, str] | None = None
) -> bytes:
    """Return an .xlsx with one sheet per source sheet: its columns, its rejected rows, and why each was rejected.

    Args:
        input_files: the stored files.
        problems: ((file, sheet), problem) pairs; only fatal ones with a row are taken.
        options: how the files were read, with the password of encrypted ones.
    """
    from openpyxl import Workbook  # it takes long to import, and most commands write no workbook

    problems_by_row: dict[Key, dict[int, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for key, problem in problems:
        if problem.fatal and problem.row is not None:
            problems_by_row[key][problem.row].append(problem)
    book = Workbook(write_only=True)
    unread = []
    with IsolatedReader() as reader:
        for file in input_files:
            if not any(name == file.name or name.startswith(f"{file.name}/") for name, _ in problems_by_row):
                continue
            for sheet in regions.split_sheets(files.sheets_or_reason(file, options or {}, reader)):
                if isinstance(sheet, IgnoredSheet):
                    unread += [f"{sheet.file}: {sheet.why}"] if sheet.asks else []
                    continue
                rows, block = problems_by_row.get((sheet.file, sheet.name)), header.find(sheet.grid, sheet.first_row)
                if rows and block is not None:
                    _write(book, f"{len(book.worksheets) + 1} {sheet.name or sheet.file}", sheet.file, block, rows)
    if not book.worksheets:
        explanation = book.create_sheet("Rejected")
        for why in unread or ["Rejected rows cannot be shown: the file is no longer stored."]:
            explanation.append([text_cell(explanation, why)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Workbook, title: str, file: str, block: Block, rows: Mapping[int, list[Problem]]) -> None:
    sheet = book.create_sheet(sheet_title(title))
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, name, bold=True) for name in (*block.names, *ADDED)])
    for at, number in enumerate(block.row_numbers.tolist()):
        if number not in rows:
            continue
        problems = rows[number]
        cells = [*block.rows.slice(at, 1).to_pylist()[0].values()]
        added = [" ".join(p.what for p in problems), " ".join(dict.fromkeys(p.advice for p in problems)), file]
        # As it stood: never a formula, never a number of the program's making.
        sheet.append([*(text_cell(sheet, value) for value in (*cells, *added)), number])
