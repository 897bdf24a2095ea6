"""One load: the files are kept, read, and become a version, or nothing does."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from cs_dash.decisions import accounts, log, settings
from cs_dash.decisions import layouts as layout_decisions
from cs_dash.errors import BadInput, UnknownOption, nearest
from cs_dash.intake.cells.mapped_memory import releasing
from cs_dash.intake.ingest import OPTIONS
from cs_dash.intake.results import layouts
from cs_dash.intake.results.layouts import Layout
from cs_dash.intake.results.pace import Pace, Progress, no_progress
from cs_dash.intake.results.reports import LoadReport, UnmetCustomers
from cs_dash.metrics import NEWEST_DAY, UNMET_CUSTOMERS
from cs_dash.pipeline import steps
from cs_dash.pipeline.derive import PreparedArtifacts
from cs_dash.pipeline.load_options import LoadOptions
from cs_dash.pipeline.recorded_loads import recorded_load
from cs_dash.pipeline.ticket_kinds import NOTHING_DECIDED_KEY, cache_key
from cs_dash.schema.tables import TABLES
from cs_dash.settings import CURRENCY, FISCAL_YEAR
from cs_dash.store.acting import Right, require
from cs_dash.store.builder import Builder
from cs_dash.store.tables import PLAIN
from cs_dash.store.workspace import Upload, Workspace

OF_THE_LOAD = ("password", "snapshot", "currency")
"""Options that speak of one load, not of how files of a kind are written; they are not remembered for the next."""


@recorded_load("load")
def load(
    workspace: Workspace,
    files: Iterable[tuple[str, IO[bytes]]],
    *,
    as_table: str | None = None,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    decided: Sequence[Layout] = (),
    today: dt.date | None = None,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> LoadReport:
    """Load files into the workspace and return the report.

    What is decided here about the sheets' columns counts, and is remembered for the next load of such sheets.

    Args:
        workspace: where to.
        files: (name, bytes) of every file; together they are one load.
        as_table: feed every sheet to this table instead of recognising it.
        mapping: source column -> field, or "" to leave the column out.
        options: how to read, see `intake.reading.OPTIONS`.
        decided: the same for the sheets that have certain columns.
        today: day of the load (default: the server's).
        dry_run: read and count, but publish and remember nothing.
        progress: told in words what is being done, with the share that is done. What it raises, such as Cancelled,
            ends the load: nothing is published, and nothing is left but the kept files.

    Raises:
        NotAllowed: who is acting may not load.
        WorkspaceBusy: another load is running; a dry run waits for none.
        UnknownOption: a table, a field or an option that does not exist.
    """
    require(Right.LOAD)
    started = time.monotonic()
    check(as_table, mapping or {}, options or {})
    for layout in decided:
        check(layout.in_force.table, layout.mapping, layout.options)
    pace = Pace(progress)
    uploads = [_stored(workspace, name, content, pace) for name, content in files]
    if not uploads:
        raise BadInput("No files", "Could not load because no file was given.", "Name at least one file.")
    known_layouts = layouts.merged_layouts((*layout_decisions.decided(workspace), *decided))
    account_decisions = accounts.decided(workspace)
    chosen = settings.chosen(workspace)
    how = LoadOptions(
        as_table, dict(mapping or {}), dict(options or {}), today or dt.date.today(), known_layouts, dry_run,
        account_decisions,
        chosen.get(CURRENCY), uncoded(workspace), fiscal_year=chosen.get(FISCAL_YEAR),
    )  # fmt: skip
    if dry_run:
        with workspace.looking() as target:
            built = built_of(target, _parent(workspace), workspace.next_number(), uploads, how, pace)
            return replace(built.report, seconds=time.monotonic() - started)
    with workspace.writing():
        parent = _parent(workspace)
        target = workspace.start_building()
        try:
            built = built_of(target, parent, workspace.next_number(), uploads, how, pace)
            pace("Publishing", 0.99)
        except BaseException:  # whatever ends it, a click among others
            for part in target.parent.glob(f"{target.name}*"):
                part.unlink(missing_ok=True)
            raise
        layout_entries = layout_decisions.entries(workspace, (*decided, *layouts_of(how, built.report)))
        if built.number is None:
            log.record(workspace, layout_entries)
        else:  # with one commit: a process that dies before it has decided nothing either
            workspace.publish(
                built.file, built.newest_day, built.summary,
                lambda connection, _: log.append(connection, layout_entries),
            )  # fmt: skip
        return replace(built.report, version=built.number, seconds=time.monotonic() - started)


def uncoded(workspace: Workspace) -> str | None:
    """Return the currency of amounts that name none, where it is not the reporting currency any more; else None.

    The exports that named none before the reporting currency was changed still name none after it.
    """
    return inherited(workspace, "uncoded")


def inherited(workspace: Workspace, name: str) -> str | None:
    """Return what the shown version's summary has under `name`, else that of its parent, and so on; None: nothing."""
    versions = {version.number: version for version in workspace.state.versions()}
    at = workspace.current()
    while at is not None:
        if value := at.summary.get(name):
            return str(value)
        at = versions.get(at.parent) if at.parent is not None else None
    return None


def _parent(workspace: Workspace) -> Path | None:
    current = workspace.current()
    return workspace.file_of(current) if current else None


def _stored(workspace: Workspace, name: str, content: IO[bytes], pace: Pace) -> Upload:
    return workspace.keep(name, content, lambda done: pace(f"{name}: {done >> 20:,} MB stored", 0.0))


def layouts_of(how: LoadOptions, report: LoadReport) -> list[Layout]:
    """Return what the options of a load decide about its sheets."""
    decided = []
    options = {name: value for name, value in how.options.items() if name not in OF_THE_LOAD}
    sheets = [
        *(report_sheet.columns for report_sheet in report.files),
        *(report_sheet.columns for report_sheet in report.ignored),
    ]
    for sheet in sheets:
        columns = tuple(name for name, _ in sheet)
        there = Layout(columns)
        mapping = {column: field for column, field in how.mapping.items() if there.has(column)}
        if columns and (how.as_table or mapping or options):
            decided.append(Layout(columns, how.as_table, mapping, options))
    return decided


@dataclass(frozen=True)
class Built:
    """A version that is whole, but that nobody is shown yet.

    Attributes:
        file: where it is.
        number: the number it was built for; None when nothing changed, and the file is not whole.
        newest_day: the newest day of its facts.
        summary: what the list of versions will say of it.
        report: what the load did.
    """

    file: Path
    number: int | None
    newest_day: dt.date | None
    summary: dict[str, Any]
    report: LoadReport


def prepare(workspace: Workspace, files: Iterable[tuple[str, IO[bytes]]], into: Path) -> Built:
    """Build the first version of an empty workspace at `into`, without holding the workspace and without showing it.

    Raises NotAllowed where who is acting may not load.
    """
    require(Right.LOAD)
    uploads = [workspace.keep(name, content) for name, content in files]
    how = LoadOptions(
        layouts=layout_decisions.decided(workspace), fiscal_year=settings.chosen(workspace).get(FISCAL_YEAR)
    )
    return built_of(into, None, workspace.next_number(), uploads, how, Pace(no_progress))


@recorded_load("demo")
def publish_prepared(workspace: Workspace, built: Built) -> LoadReport | None:
    """Show what `prepare` built, and return its report; None where the workspace is no longer as it was then.

    Raises NotAllowed where who is acting may not load.
    """
    require(Right.LOAD)
    with workspace.writing():
        if built.number is None or workspace.current() or workspace.next_number() != built.number:
            return None
        version = workspace.publish(built.file, built.newest_day, built.summary)
        if cache_key(workspace) == NOTHING_DECIDED_KEY:
            PreparedArtifacts(built.file).publish(workspace, version)
        return replace(built.report, version=built.number)


def built_of(
    target: Path, parent: Path | None, number: int, uploads: Sequence[Upload], how: LoadOptions, pace: Pace
) -> Built:
    """Build a version in `target` on the rows of `parent`, and return it; nothing of it is visible yet."""
    with releasing(), Builder(target, parent, number) as builder:
        earlier = builder.filled("tickets")
        reading, report = steps.fed(builder, uploads, how, pace)
        new = report.changed or reading.history is not None
        if how.dry_run or not (new or (builder.outdated and report.usable)):
            return Built(target, None, None, {}, report)
        pace("Matching accounts", 0.9)
        steps.matched(builder, reading, how.decisions)
        steps.record(builder, report, reading, number, how.today)
        pace("Adding up", 0.95)
        steps.added_up(builder, kinds_anew=earlier)
        newest = builder.newest_day(NEWEST_DAY)
        report = replace(report, conflicts=UnmetCustomers.of_rows(builder.view_rows(UNMET_CUSTOMERS)))
        builder.finish()
    return Built(target, number, newest, steps.summary(report, reading, uploads, how), report)


def check(as_table: str | None, mapping: Mapping[str, str], options: Mapping[str, str]) -> None:
    """Refuse tables, fields and options that do not exist before anything is read. Raises UnknownOption."""
    tables = (*TABLES, PLAIN)
    if as_table and as_table not in tables:
        raise UnknownOption(
            "Unknown table", f"Could not load as {as_table} because there is no such table.", nearest(as_table, tables)
        )
    fields = {field.name for table in TABLES.values() for field in table.mapped}
    for target in mapping.values():
        if target and target.partition(".")[2] not in fields and target not in fields:
            raise UnknownOption(
                "Unknown field", f"Could not map to {target} because there is no such field.", nearest(target, fields)
            )
    check_options(options)


def check_options(options: Mapping[str, str]) -> None:
    """Refuse options of reading that do not exist. Raises UnknownOption."""
    for name in options:
        if name.partition(":")[0] not in OPTIONS:
            raise UnknownOption(
                "Unknown option", f"Could not load with {name} because there is no such option.", nearest(name, OPTIONS)
            )
