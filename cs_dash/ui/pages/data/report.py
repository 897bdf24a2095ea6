"""The load report: every row of every sheet accounted for, in counts that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import streamlit as st

from cs_dash.answer import Column
from cs_dash.intake.results import report_lines
from cs_dash.intake.results.problems import InputFile, Problem
from cs_dash.intake.workbooks.rejects import rejected_rows
from cs_dash.look import words
from cs_dash.look.templates import render
from cs_dash.pipeline import COUNTS, LoadReport, SheetReport, Upload
from cs_dash.schema.tables import noun_of, title_of
from cs_dash.ui.components import controls
from cs_dash.ui.components.html import heading, html, note, note_lines
from cs_dash.ui.components.show.static_table import static_table
from cs_dash.ui.components.text import locale
from cs_dash.ui.pages.data.mapping import mapping_of
from cs_dash.ui.pages.data.sheet_previews import sheet_previews

WORDS = ("Read", "New", "Updated", "Unchanged", "Rejected", "Duplicates")
COUNT_COLUMNS = (
    Column("file", "File"),
    Column("table", "Read as"),
    *(Column(name, word, "count") for word, name in zip(WORDS, COUNTS, strict=True)),
)
PROBLEM_COLUMNS = (
    Column("file", "File"),
    Column("row", "Row", "count"),
    Column("column", "Column"),
    Column("value", "Value", priority=1),
    Column("problem", "Problem", priority=1),
    Column("fix", "Suggested fix", priority=1),
    Column("fatal", "Row rejected", "flag"),
)


def report_of(
    report: LoadReport,
    uploads: Sequence[Upload],
    key: str,
    *,
    editable: bool = False,
    options: Mapping[str, str] | None = None,
) -> None:
    """Show row counts, column mapping, assumptions, problems and skipped sheets.

    Args:
        report: what a load did, or would do.
        uploads: its files.
        key: what the widgets' keys begin with.
        editable: whether the reader can still say what the sheets and columns are.
        options: how the files were read.
    """
    if report.files:
        if lines := report_lines.sheet_lines(report, all_sheets=False):
            note_lines(lines)
        _counts(report.files, key)
    for ignored in report.ignored:
        where = f"{ignored.file}, sheet {ignored.sheet}" if ignored.sheet else ignored.file
        html(render("data/set_aside.html", where=where, why=ignored.why))
    if editable:
        for index, looked in enumerate(sheet_previews(report)):
            # Where nothing can be loaded, the skipped sheets are opened.
            mapping_of(looked, f"{key}_{index}", opened=not report.files)
    else:
        for index, sheet in enumerate(report.files):
            if sheet.assumptions:
                _assumed(sheet, f"{key}_{index}")
    _problems(report.files, uploads, key, options or {})


def sheet_title(sheet: SheetReport) -> str:
    """Return where rows came from: "tickets.xlsx, sheet Export"."""
    return f"{sheet.file}, sheet {sheet.sheet}" if sheet.sheet else sheet.file


def _counts(sheets: Sequence[SheetReport], key: str) -> None:
    rows = pa.table(
        {
            "file": [sheet_title(sheet) for sheet in sheets],
            "table": [title_of(sheet.table) for sheet in sheets],
            **{name: [getattr(sheet, name) for sheet in sheets] for name in COUNTS},
        }
    )
    static_table("Rows of each sheet", COUNT_COLUMNS, rows, f"{key}_counts")
    note("Read = new + updated + unchanged + rejected + duplicates, for every sheet.")


def _assumed(sheet: SheetReport, key: str) -> None:
    head = f"{sheet_title(sheet)} as {noun_of(sheet.table)}: assumptions"
    with controls.expander(head, key=f"{key}_sheet"):
        note_lines(sheet.assumptions)


def _problems(sheets: Sequence[SheetReport], uploads: Sequence[Upload], key: str, options: Mapping[str, str]) -> None:
    located: list[tuple[SheetReport, Problem]] = [(sheet, problem) for sheet in sheets for problem in sheet.problems]
    if not located:
        return
    rejected = sum(sheet.rejected for sheet in sheets)
    summary = words.plural(len(located), "problem", locale=locale())
    summary += f"; {words.plural(rejected, 'row', locale=locale())} rejected" if rejected else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_problems_head"):
        heading(summary)
        if rejected:
            files = [InputFile(upload.name, upload.path, upload.id) for upload in uploads]
            pairs = [((sheet.file, sheet.sheet), problem) for sheet, problem in located]
            controls.download_button(
                "Rejected rows with reasons (Excel)",
                lambda: rejected_rows(files, pairs, options),
                "rejected-rows.xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                key=f"{key}_rejected",
                on_click="ignore",
                type="tertiary",
            )
    rows = pa.table(
        {
            "file": [sheet_title(sheet) for sheet, _ in located],
            "row": pa.array([problem.row for _, problem in located], pa.int64()),
            "column": [problem.column for _, problem in located],
            "value": [problem.value for _, problem in located],
            "problem": [problem.what for _, problem in located],
            "fix": [problem.advice for _, problem in located],
            "fatal": [problem.fatal for _, problem in located],
        }
    )
    static_table(summary, PROBLEM_COLUMNS, rows, f"{key}_problems")
