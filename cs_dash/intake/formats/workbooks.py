"""Workbooks that are zip archives: Excel (.xlsx, .xlsm, .xlsb) and OpenDocument."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from cs_dash.intake.formats.raw_sheets import RawSheet, raw_sheet
from cs_dash.intake.formats.registry import Format

if TYPE_CHECKING:
    from cs_dash.intake.formats.second_reader import Book

WHY, ADVICE = "It is not a complete workbook.", "Open it in Excel and save it again as .xlsx."
READING = (
    "every sheet, hidden ones too; dates counted from 1900 or 1904; a protected workbook asks for its password "
    "(`--option password=`, not stored)"
)


def is_workbook(names: Iterable[str]) -> bool:
    """Return whether a zip archive is a workbook, by the folded names inside it."""
    inside = frozenset(names)
    return any(name.startswith("xl/") or name.endswith(("workbook.bin", "workbook.xml")) for name in inside) or (
        inside >= {"content.xml", "mimetype"}
    )


def read(path: Path, _: str | None) -> list[RawSheet]:
    """Return the sheets of a workbook. Raises whatever the readers of broken files raise."""
    from cs_dash.intake.formats import workbook_xml

    since_1904 = workbook_xml.counts_from_1904(path)
    content = workbook_xml.without_extensions(path) if since_1904 else None
    return sheets(path, content, workbook_xml.parts(path), since_1904)


def sheets(path: Path, content: bytes | None, parts: dict[str, str], since_1904: bool = False) -> list[RawSheet]:
    """Return the sheets of a workbook. Raises whatever the readers of broken files raise.

    Args:
        path: the file.
        content: its bytes where they differ from the file's, as those of a decrypted one do.
        parts: where in the archive the cells of each sheet are; {} where that is unknown.
        since_1904: whether its days count from 1904.
    """
    import fastexcel

    from cs_dash.intake.formats import merged_cells, workbook_cells, workbook_xml

    try:
        reader = fastexcel.read_excel(content or str(path))
    except fastexcel.FastExcelError as fault:
        return second_reading(path, content, fault)
    read_sheets = []
    for at, name in enumerate(reader.sheet_names):
        part = parts.get(name, "")
        looked = workbook_xml.looked_through(path, part)
        known = looked or workbook_xml.SheetFindings(0, [], None, True)
        try:
            sheet = reader.load_sheet(at, header_row=None, skip_rows=0, dtypes="string")
            rows, errors = workbook_cells.texts(sheet)
            if known.long_columns is None or known.long_columns:
                rows = workbook_cells.with_all_digits(reader, at, sheet, rows, known.long_columns)
        except fastexcel.FastExcelError as fault:
            read_sheets += second_reading(path, content, fault, name)
            continue
        if parts:
            rows = pa.table([workbook_xml.unescaped(column) for column in rows.columns], rows.schema.names)
        read_sheets.append(
            raw_sheet(
                rows, name, hidden=sheet.visible != "visible", since_1904=since_1904, formulas_known=looked is not None,
                merged=merged_cells.areas(path, part) if known.is_merged else [],
                **workbook_cells.unusable([*errors, *known.cells], known.formulas - len(known.cells)),
            )
        )  # fmt: skip
    if all(sheet["broken"] for sheet in read_sheets):
        raise ValueError(f"none of its {len(read_sheets)} sheets can be read")
    return read_sheets


def second_reading(path: Path, content: bytes | None, fault: Exception, only: str | None = None) -> list[RawSheet]:
    """Return the sheets of a workbook, or one of them, by the second reader.

    A single sheet that it cannot read either, such as a chart, comes as broken; for a whole workbook `fault` is raised
    again.
    """
    from cs_dash.intake.formats.second_reader import Book

    try:
        book = Book(io.BytesIO(content) if content else path)
        names = book.names if only is None else [only]
        return [_second(book, name) for name in names]
    except Exception as second_fault:  # a reader of broken files may raise anything
        if only is not None:
            return [raw_sheet(pa.table({}), only, broken=True)]
        raise fault from second_fault


def _second(book: Book, name: str) -> RawSheet:
    from cs_dash.intake.formats import workbook_cells

    rows, errors = book.cells(name)
    return raw_sheet(rows, name, hidden=book.is_hidden(name), formulas_known=False, **workbook_cells.unusable(errors))


FORMATS = (
    Format(
        "workbook",
        why=WHY,
        advice=ADVICE,
        extensions=(".xlsx", ".xlsm", ".xlsb", ".ods"),
        reading=READING,
        magic=(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
        recognises=lambda source: is_workbook(source.zip_names or ()),
        read_isolated=read,
    ),
)
