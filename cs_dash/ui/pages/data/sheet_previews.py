"""The sheets of a preview: what each would become, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cs_dash.intake.results.layouts import Layout, TextFormat
from cs_dash.intake.results.problems import ColumnMapping, Columns, IgnoredSheet
from cs_dash.pipeline import LoadReport, SheetReport
from cs_dash.schema.tables import TABLES, title_of
from cs_dash.ui.state import pending_uploads


@dataclass(frozen=True)
class SheetPreview:
    """One sheet in the preview of a load.

    Attributes:
        file: the file's name.
        sheet: the sheet's name.
        columns: its columns, with examples.
        table: the table that it feeds, or looks like; "" for none.
        mapped: which columns fill which fields of that table.
        remarks: sentences about how it was read.
        missing_fields: required fields that no column fills.
        used: whether it would be loaded.
        decided: what was decided about it before.
        other_tables: what it contributes to other tables.
        text: how a text file became cells; None for everything else.
        sentences: all that is said of it; the choices that they name are offered.
    """

    file: str
    sheet: str
    columns: Columns
    table: str
    mapped: tuple[ColumnMapping, ...]
    remarks: tuple[str, ...]
    missing_fields: tuple[str, ...] = ()
    used: bool = True
    decided: Layout | None = None
    other_tables: tuple[SheetReport, ...] = ()
    text: TextFormat | None = None
    sentences: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(name for name, _ in self.columns)

    @property
    def doubtful(self) -> tuple[ColumnMapping, ...]:
        """The columns that nobody can be sure about."""
        return tuple(column for column in self.mapped if column.confidence < pending_uploads.SURE)

    @property
    def ambiguous(self) -> tuple[ColumnMapping, ...]:
        """The columns whose values nothing in the sheet decides."""
        return tuple(column for column in self.mapped if column.question)

    @property
    def field_names(self) -> dict[str, str]:
        """The fields that each column fills; those of another table as "table.field"."""
        elsewhere = {
            column.column: f"{other.table}.{column.field}"
            for other in self.other_tables
            for column in other.mapped
            if column.field in {field.name for field in TABLES[other.table].mapped}
        }
        return elsewhere | {column.column: column.field for column in self.mapped}


def sheet_previews(report: LoadReport) -> tuple[SheetPreview, ...]:
    """Return the sheets of a preview, skipped ones last."""
    previews = []
    for sheet in report.files:
        if sheet.columns:
            other_tables = tuple(
                other for other in report.files
                if (other.file, other.sheet) == (sheet.file, sheet.sheet) and other is not sheet
            )  # fmt: skip
            remarks = [sheet.evidence, *sheet.assumptions]
            remarks += [f"{title_of(other.table)}: {remark}" for other in other_tables for remark in other.assumptions]
            previews.append(
                SheetPreview(
                    sheet.file, sheet.sheet, sheet.columns, sheet.table, sheet.mapped,
                    tuple(remark for remark in dict.fromkeys(remarks) if remark), decided=sheet.decided,
                    other_tables=other_tables, text=sheet.text,
                    sentences=_sentences(report, sheet, remarks),
                )
            )  # fmt: skip
    previews += [_ignored_preview(ignored) for ignored in report.ignored if ignored.columns]
    return tuple(previews)


def _sentences(report: LoadReport, sheet: SheetReport, remarks: Sequence[str]) -> tuple[str, ...]:
    """Return what is said of a sheet, also of the parts of it that are not loaded."""
    here = (sheet.file, sheet.sheet)
    # A part with columns is a preview of its own.
    left_out = [part.why for part in report.ignored if (part.file, part.sheet) == here and not part.columns]
    return (*remarks, *left_out, *(problem.advice for problem in sheet.problems))


def _ignored_preview(sheet: IgnoredSheet) -> SheetPreview:
    return SheetPreview(
        sheet.file,
        sheet.sheet,
        sheet.columns,
        sheet.table,
        sheet.mapped,
        (),
        sheet.lacks,
        used=False,
        text=sheet.text,
        sentences=(sheet.why,),
    )
