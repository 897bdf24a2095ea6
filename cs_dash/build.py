"""From files to a published version, in order: keep, read, upsert, match, kinds, rollups, publish.

The one place that knows the order. A load is one transaction: until `publish`, nobody sees anything of it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from cs_dash.errors import BadInput, UnknownOption, nearest
from cs_dash.intake.problems import Fed, Ignored, InputFile, Known, Mapped, Problem, Reading
from cs_dash.intake.reading import OPTIONS, read
from cs_dash.schema import TABLES
from cs_dash.store.builder import Builder
from cs_dash.store.tables import Counts
from cs_dash.store.workspace import Upload, Workspace
from cs_dash.tickets.kinds import kinds

MATCH = Path(__file__).parent / "intake" / "match.sql"
Progress = Callable[[str, float], None]


def _silent(_: str, __: float) -> None:
    """Report to nobody."""


@dataclass(frozen=True)
class SheetReport:
    """What became of one sheet in one table. read = loaded + updated + unchanged + rejected + duplicates."""

    file: str
    sheet: str
    table: str
    read: int
    loaded: int
    updated: int
    unchanged: int
    rejected: int
    duplicates: int
    problems: tuple[Problem, ...] = ()
    assumptions: tuple[str, ...] = ()
    mapped: tuple[Mapped, ...] = ()
    unmapped: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: str = ""


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    Attributes:
        version: the version it published; None when nothing changed (or in a dry run).
        files: one entry per sheet and table.
        ignored: sheets and files that were set aside, with the reason.
        seconds: how long it took.
    """

    version: int | None
    files: tuple[SheetReport, ...]
    ignored: tuple[Ignored, ...]
    seconds: float = field(default=0.0, compare=False)

    @property
    def changed(self) -> int:
        """Rows that are new or different."""
        return sum(sheet.loaded + sheet.updated for sheet in self.files)

    @property
    def usable(self) -> int:
        """Rows that are in the workspace now, new or not."""
        return sum(sheet.loaded + sheet.updated + sheet.unchanged for sheet in self.files)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the command line prints it with `--json`."""
        return {
            "version": self.version,
            "files": [asdict(sheet) for sheet in self.files],
            "ignored": [asdict(each) for each in self.ignored],
        }


def load(
    workspace: Workspace,
    files: Iterable[tuple[str, IO[bytes]]],
    *,
    as_table: str | None = None,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    today: dt.date | None = None,
    dry_run: bool = False,
    progress: Progress = _silent,
) -> LoadReport:
    """Load files into the workspace and return the report.

    Args:
        workspace: where to.
        files: (name, bytes) of every file; together they are one load.
        as_table: feed every sheet to this table instead of recognising it.
        mapping: source column -> field, or "" to leave the column out.
        options: how to read, see `intake.reading.OPTIONS`.
        today: day of the load (default: the server's).
        dry_run: read and count, but publish nothing.
        progress: told in words what is being done, with the share that is done.

    Raises:
        WorkspaceBusy: another load is running.
        UnknownOption: a table, a field or an option that does not exist.
    """
    started = time.monotonic()
    _check(as_table, mapping or {}, options or {})
    uploads = [workspace.keep(name, content) for name, content in files]
    if not uploads:
        raise BadInput("No files", "Could not load because no file was given.", "Name at least one file.")
    with workspace.writing():
        current = workspace.current()
        target = workspace.start_building()
        with Builder(target, workspace.file_of(current) if current else None) as builder:
            progress("Reading the files", 0.1)
            known = replace(
                _known(builder, today or dt.date.today()),
                as_table=as_table,
                mapping=dict(mapping or {}),
                options=dict(options or {}),
            )
            reading = read([InputFile(each.name, each.path, each.id) for each in uploads], known)
            progress("Comparing with what is there", 0.6)
            report = LoadReport(None, _upserted(builder, reading.fed), reading.ignored)
            if dry_run or not (report.changed or (builder.outdated and report.usable)):
                return replace(report, seconds=time.monotonic() - started)
            progress("Matching accounts", 0.75)
            builder.run(MATCH)
            asked = builder.query("select ticket_id, type, tags, status from tickets")
            builder.replace("tickets", kinds(asked), "ticket_id")
            progress("Adding up", 0.85)
            number = workspace.state.next_number()
            _record(builder, report, reading, number, known.loaded_on)
            builder.roll_up()
            newest = builder.newest_day()
            builder.finish()
        progress("Publishing", 0.95)
        workspace.publish(target, newest, _summary(report, uploads))
        return replace(report, version=number, seconds=time.monotonic() - started)


def _check(as_table: str | None, mapping: Mapping[str, str], options: Mapping[str, str]) -> None:
    """Refuse tables, fields and options that do not exist before anything is read."""
    if as_table is not None and as_table not in TABLES:
        raise UnknownOption(
            "Unknown table", f"Could not load as {as_table} because there is no such table.", nearest(as_table, TABLES)
        )
    fields = {each.name for table in TABLES.values() for each in table.mapped}
    for wanted in mapping.values():
        if wanted and wanted not in fields:
            raise UnknownOption(
                "Unknown field", f"Could not map to {wanted} because there is no such field.", nearest(wanted, fields)
            )
    for name in options:
        if name not in OPTIONS:
            raise UnknownOption(
                "Unknown option", f"Could not load with {name} because it is no option.", nearest(name, OPTIONS)
            )


def _known(builder: Builder, today: dt.date) -> Known:
    """Return what the rows so far tell the reader."""
    facts = builder.query(
        "select coalesce((select arg_min(currency, version) from load_reports where currency is not null),"
        " (select mode(currency) from subscriptions)) as currency,"
        " exists (from churn_events where not coalesce(assumed, false)) as churn,"
        " exists (from subscriptions where not coalesce(assumed, false)) as lines"
    ).to_pylist()[0]
    rates: dict[str, tuple[tuple[dt.date, float], ...]] = {}
    for row in builder.query("select currency, rate_on, rate from fx_rates order by currency, rate_on").to_pylist():
        rates[row["currency"]] = (*rates.get(row["currency"], ()), (row["rate_on"], row["rate"]))
    names = builder.query("select account_id as name from accounts union select account from accounts")["name"]
    return Known(
        loaded_on=today,
        currency=facts["currency"],
        rates=rates,
        accounts=frozenset(name for name in names.to_pylist() if name),
        has_churn_events=facts["churn"],
        has_subscriptions=facts["lines"],
    )


def _upserted(builder: Builder, fed: Iterable[Fed]) -> tuple[SheetReport, ...]:
    """Upsert every sheet's rows, accounts first, and return the reports in the order of the files."""
    order = list(TABLES)
    counted: dict[int, Counts] = {}
    listed = list(fed)
    for index, each in sorted(enumerate(listed), key=lambda pair: order.index(pair[1].table)):
        counted[index] = builder.upsert(each.rows)
    return tuple(
        SheetReport(
            file=each.file,
            sheet=each.sheet,
            table=each.table,
            read=each.read,
            loaded=counted[index].loaded,
            updated=counted[index].updated,
            unchanged=counted[index].unchanged,
            rejected=each.rejected,
            duplicates=each.duplicates,
            problems=each.problems,
            assumptions=each.assumptions,
            mapped=each.mapped,
            unmapped=each.unmapped,
            confidence=each.confidence,
            evidence=each.evidence,
        )
        for index, each in enumerate(listed)
    )


def _record(builder: Builder, report: LoadReport, reading: Reading, number: int, loaded_on: dt.date) -> None:
    """Write the report into the version itself, so that the Data page and a backup have it."""
    for sheet, each in zip(report.files, reading.fed, strict=True):
        head = {"version": number, "file": sheet.file, "sheet": sheet.sheet, "table_name": sheet.table}
        counts = {name: getattr(sheet, name) for name in COUNTS}
        known = {"loaded_on": loaded_on, "upload": each.rows.upload, "assumptions": list(sheet.assumptions)}
        known["currency"] = reading.currency
        builder.append("load_reports", [head | counts | known])
        builder.append(
            "load_problems",
            [
                head
                | {"row": p.row, "column_name": p.column, "value": p.value, "what": p.what, "advice": p.advice}
                | {"fatal": p.fatal}
                for p in sheet.problems
            ],
        )


COUNTS = ("read", "loaded", "updated", "unchanged", "rejected", "duplicates")


def _summary(report: LoadReport, uploads: Iterable[Upload]) -> dict[str, Any]:
    """Return what the list of versions shows of a load."""
    return {
        "uploads": [{"id": each.id, "name": each.name} for each in uploads],
        "files": [
            {"file": sheet.file, "sheet": sheet.sheet, "table": sheet.table}
            | {name: getattr(sheet, name) for name in COUNTS}
            for sheet in report.files
        ],
        "ignored": [asdict(each) for each in report.ignored],
    }
