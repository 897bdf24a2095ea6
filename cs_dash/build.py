"""From files to a published version, in order: keep, read, upsert, match, kinds, rollups, publish.

The one place that knows the order. A load is one transaction: until `publish`, nobody sees anything of it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from cs_dash.errors import BadInput, UnknownOption, nearest
from cs_dash.intake.pace import Pace, Progress, silent
from cs_dash.intake.problems import Fed, InputFile, Known, Reading
from cs_dash.intake.reading import OPTIONS, read
from cs_dash.intake.reports import LoadReport, SheetReport
from cs_dash.schema import TABLES
from cs_dash.store.builder import Builder
from cs_dash.store.tables import Counts, TableRows
from cs_dash.store.workspace import Upload, Workspace
from cs_dash.tickets.kinds import kinds

__all__ = ["Built", "LoadReport", "SheetReport", "load", "prepare", "publish_prepared"]

MATCH = Path(__file__).parent / "intake" / "match.sql"


def load(
    workspace: Workspace,
    files: Iterable[tuple[str, IO[bytes]]],
    *,
    as_table: str | None = None,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    today: dt.date | None = None,
    dry_run: bool = False,
    progress: Progress = silent,
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
        progress: told in words what is being done, with the share that is done. What it raises, such as Cancelled,
            ends the load: nothing is published, and nothing is left but the kept files.

    Raises:
        WorkspaceBusy: another load is running.
        UnknownOption: a table, a field or an option that does not exist.
    """
    started = time.monotonic()
    _check(as_table, mapping or {}, options or {})
    pace = Pace(progress)
    uploads = [_kept(workspace, name, content, pace) for name, content in files]
    if not uploads:
        raise BadInput("No files", "Could not load because no file was given.", "Name at least one file.")
    how = _How(as_table, dict(mapping or {}), dict(options or {}), today or dt.date.today(), dry_run)
    with workspace.writing():
        current = workspace.current()
        parent = workspace.file_of(current) if current else None
        target = workspace.start_building()
        try:
            built = _built(target, parent, workspace.state.next_number(), uploads, how, pace)
            pace("Publishing", 0.99)
        except BaseException:  # whatever ends it, a click among others
            for part in target.parent.glob(f"{target.name}*"):
                part.unlink(missing_ok=True)
            raise
        if built.number is not None:
            workspace.publish(built.file, built.newest_day, built.summary)
        return replace(built.report, version=built.number, seconds=time.monotonic() - started)


def _kept(workspace: Workspace, name: str, content: IO[bytes], pace: Pace) -> Upload:
    return workspace.keep(name, content, lambda done: pace(f"{name}: {done >> 20:,} MB kept", 0.0))


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
    """Build the first version of an empty workspace at `into`, without holding the workspace and without showing it."""
    uploads = [workspace.keep(name, content) for name, content in files]
    how = _How(None, {}, {}, dt.date.today(), False)
    return _built(into, None, workspace.state.next_number(), uploads, how, Pace(silent))


def publish_prepared(workspace: Workspace, built: Built) -> LoadReport | None:
    """Show what `prepare` built, and return its report; None where the workspace is no longer as it was then."""
    with workspace.writing():
        if built.number is None or workspace.current() or workspace.state.next_number() != built.number:
            return None
        workspace.publish(built.file, built.newest_day, built.summary)
        return replace(built.report, version=built.number)


@dataclass(frozen=True)
class _How:
    """How a load reads its files, see `load`."""

    as_table: str | None
    mapping: Mapping[str, str]
    options: Mapping[str, str]
    today: dt.date
    dry_run: bool


def _built(target: Path, parent: Path | None, number: int, uploads: list[Upload], how: _How, pace: Pace) -> Built:
    """Build a version in `target` on the rows of `parent`, and return it; nothing of it is visible yet."""
    with Builder(target, parent) as builder:
        pace("Reading the files", 0.1)
        known = replace(_known(builder, how.today), as_table=how.as_table, mapping=how.mapping, options=how.options)
        reading = read([InputFile(each.name, each.path, each.id) for each in uploads], known, pace)
        pace("Comparing with what is there", 0.5)
        earlier = builder.filled("tickets")
        report = LoadReport(None, _upserted(builder, reading.fed), reading.ignored)
        if how.dry_run or not (report.changed or (builder.outdated and report.usable)):
            return Built(target, None, None, {}, report)
        pace("Matching accounts", 0.9)
        builder.run(MATCH)
        if earlier:  # the words that tell kinds may be others than when they came in
            asked = builder.query("select ticket_id, type, tags, status from tickets")
            builder.replace("tickets", kinds(asked), "ticket_id")
        pace("Adding up", 0.95)
        _record(builder, report, reading, number, how.today)
        builder.roll_up()
        newest = builder.newest_day()
        builder.finish()
    return Built(target, number, newest, _summary(report, uploads), report)


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
        counted[index] = builder.upsert(_with_kinds(each.rows))
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


def _with_kinds(incoming: TableRows) -> TableRows:
    """Give tickets their kinds before they are stored; a kind never makes a row "changed"."""
    if incoming.table != "tickets":
        return incoming
    found = kinds(incoming.rows).drop_columns(["ticket_id"])
    rows = incoming.rows
    for name in found.column_names:
        rows = rows.append_column(name, found[name])
    return replace(incoming, rows=rows, assumed=incoming.assumed | set(found.column_names))


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
