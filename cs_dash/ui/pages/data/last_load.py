"""The report of the load behind the version on screen, read back from the version itself."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from cs_dash.intake.results.problems import IgnoredSheet, Problem, UnusedColumn
from cs_dash.intake.results.reports import LoadReport, SheetReport
from cs_dash.pipeline import COUNTS, Version
from cs_dash.ui.components.html import heading
from cs_dash.ui.pages.data.report import report_of
from cs_dash.ui.state import session


def last_load(version: Version, snapshot: session.Snapshot) -> None:
    """Show the report of the load that made version `version`; nothing where no files of its own made it."""
    sheets = sheets_of(snapshot, version.number)
    if not sheets:  # people's decisions made it, or it was made again from the uploads of others
        return
    ignored = tuple(IgnoredSheet(**entry) for entry in version.summary.get("ignored", []))
    report = LoadReport(version.number, sheets, ignored)
    with st.container(key="last_load"):
        heading(f"Rows in load {version.number}")
        report_of(report, session.workspace().uploads_of(version), key="last")


@lru_cache(maxsize=8)
def sheets_of(snapshot: session.Snapshot, number: int) -> tuple[SheetReport, ...]:
    """Return the reports that a version holds of its own load; the columns' mapping is not kept in it."""
    warehouse = snapshot.warehouse
    problems: dict[tuple[str, str, str], list[Problem]] = {}
    for row in warehouse("load_problems").to_pylist():
        if row["version"] == number:
            problem = Problem(row["row"], row["column_name"], row["value"], row["what"], row["advice"], row["fatal"])
            problems.setdefault((row["file"], row["sheet"], row["table_name"]), []).append(problem)
    unused: dict[tuple[str, str, str], list[UnusedColumn]] = {}
    for row in warehouse("load_unused").to_pylist():
        if row["version"] == number:
            column = UnusedColumn(
                row["column_name"], row["holds"], row["rows"], row["of_rows"], tuple(row["fields"]),
                tuple(row["metrics"]),
            )  # fmt: skip
            unused.setdefault((row["file"], row["sheet"], row["table_name"]), []).append(column)
    return tuple(
        SheetReport(
            file=row["file"],
            sheet=row["sheet"],
            table=row["table_name"],
            **{name: row[name] for name in COUNTS},
            problems=tuple(problems.get((row["file"], row["sheet"], row["table_name"]), ())),
            assumptions=tuple(row["assumptions"] or ()),
            unused=tuple(unused.get((row["file"], row["sheet"], row["table_name"]), ())),
            sheet_rows=row["sheet_rows"] or 0,
        )
        for row in warehouse("load_reports").to_pylist()
        if row["version"] == number
    )
