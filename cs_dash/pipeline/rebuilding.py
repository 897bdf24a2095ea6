"""The shown version made again from the uploads of all its loads."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cs_dash.decisions import accounts, layouts
from cs_dash.errors import NoData, PasswordNeeded, WorkspaceBroken
from cs_dash.intake.results.pace import Pace, Progress, no_progress
from cs_dash.intake.results.reports import LoadReport
from cs_dash.intake.rows.rates import Quote, quoted_in
from cs_dash.metrics import NEWEST_DAY, open_warehouse
from cs_dash.pipeline import steps
from cs_dash.pipeline.load_options import LoadOptions
from cs_dash.pipeline.loading import inherited, uncoded
from cs_dash.pipeline.recorded_loads import recorded_load
from cs_dash.store.acting import Right, require
from cs_dash.store.builder import Builder
from cs_dash.store.state import Connection
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace


@recorded_load("rebuild")
def rebuild(
    workspace: Workspace,
    *,
    password: str | None = None,
    currency: str | None = None,
    progress: Progress = no_progress,
    record: Callable[[Connection, int], object] = lambda _, __: None,
) -> LoadReport:
    """Make the rows of the shown version again from the kept uploads, publish them, and return the report of it.

    Each load is done as it was then, in the same order, by today's program. Loads that were taken back are left out.
    Exchange rates that were loaded later count too: a row that was rejected for want of one comes in.
    With another currency, amounts that name none, and exchange rates, are in what was reported in at their load.

    Args:
        workspace: the workspace.
        password: the password of locked files among the uploads; it was not kept.
        currency: the reporting currency from now on; None: that of the shown version.
        progress: told in words what is being done, with the share that is done.
        record: writes what is to count from the same moment as the new version; see `Workspace.publish`.

    Raises:
        NotAllowed: who is acting may not load.
        NoData: nothing is loaded.
        WorkspaceBroken: an upload is no longer stored.
        PasswordNeeded: a file is locked, and no password, or a wrong one, was given.
    """
    require(Right.LOAD)
    started = time.monotonic()
    with workspace.writing():
        current = workspace.current()
        if current is None:
            raise NoData("Nothing to rebuild", "Could not rebuild because nothing is loaded.", "Load a file first.")
        loads = loads_of(workspace, current)
        try:
            was = own_currency(workspace, current)
            quotes = _quotes(workspace, current, was, currency)
        except WorkspaceBroken:  # it is made again because it cannot be read
            was, quotes = inherited(workspace, "currency"), ()
        first = uncoded(workspace) or was
        number = workspace.next_number()
        target = workspace.start_building()
        reports = []
        with Builder(target, None, number) as builder:
            for at, version in enumerate(loads):
                progress(f"Load {at + 1} of {len(loads)}", 0.1 + 0.7 * at / len(loads))
                how = replace(_how(workspace, version, password), quotes=quotes)
                if to := currency or was:
                    then = version.summary.get("currency") or first
                    options = {**how.options, "currency": to}
                    how = replace(how, options=options, currency=to, uncoded=first, quoted=then)
                reports.append(_again(builder, workspace, version, how))
            progress("Adding up", 0.85)
            steps.added_up(builder, kinds_anew=False)
            newest = builder.newest_day(NEWEST_DAY)
            builder.finish()
        workspace.publish(target, newest, _summary(loads, currency, first), record)
        files = tuple(sheet for report in reports for sheet in report.files)
        ignored = tuple(sheet_or_reason for report in reports for sheet_or_reason in report.ignored)
        return LoadReport(number, files, ignored, seconds=time.monotonic() - started)


def loads_of(workspace: Workspace, version: Version) -> tuple[Version, ...]:
    """Return the loads that made a version's rows, oldest first; versions without uploads of their own are none."""
    versions = {load.number: load for load in workspace.state.versions()}
    loads = []
    at: Version | None = version
    while at is not None:
        if not at.summary.get("rebuilt"):
            loads.append(at)
        at = versions.get(at.parent) if at.parent is not None else None
    return tuple(reversed([load for load in loads if load.summary.get("uploads")]))


def own_currency(workspace: Workspace, version: Version) -> str | None:
    """Return the currency that the rows of a version are in, or None where no file names one."""
    file = workspace.file_of(version)
    return _currency_of(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _currency_of(file: Path, _changed: int) -> str | None:
    """Return the currency of a version's file, looked up once: a version never changes."""
    warehouse = open_warehouse(file)
    try:
        return warehouse.currency() or None
    finally:
        warehouse.close()


def _quotes(workspace: Workspace, version: Version, was: str | None, to: str | None) -> tuple[Quote, ...]:
    """Return the exchange rates of a version, each with the currency that it is quoted in.

    Of those that do not tell, what `was` reported in is likely; where that one itself has another worth, it is `to`.
    """
    warehouse = open_warehouse(workspace.file_of(version))
    try:
        rows = warehouse("fx_rates").select(["currency", "rate_on", "rate", "quoted_in"]).to_pylist()
    finally:
        warehouse.close()
    untold: dict[str, list[float]] = {}
    for row in rows:
        if row["quoted_in"] is None:
            untold.setdefault(row["currency"], []).append(row["rate"])
    base = quoted_in(untold, (was, to))
    return tuple((row["currency"], row["rate_on"], row["rate"], row["quoted_in"] or base) for row in rows)


def rates_lead(workspace: Workspace, version: Version, *codes: str) -> bool:
    """Return whether the version has an exchange rate of one of these currencies."""
    warehouse = open_warehouse(workspace.file_of(version))
    try:
        return bool(set(warehouse("fx_rates")["currency"].to_pylist()) & set(codes))
    finally:
        warehouse.close()


def _again(builder: Builder, workspace: Workspace, version: Version, how: LoadOptions) -> LoadReport:
    uploads = workspace.uploads_of(version)
    for upload in uploads:
        if not upload.path.exists():
            raise WorkspaceBroken(
                "An upload is missing",
                f"Could not rebuild because {upload.name} is no longer stored.",
                "Load that file again.",
            )
    builder.forget_implied()
    reading, report = steps.fed(builder, uploads, how, Pace(no_progress))
    locked = {upload.file for upload in reading.ignored if upload.asks == "password"}
    left_then = {upload["file"] for upload in version.summary.get("ignored", [])}
    if newly := sorted(locked - left_then):
        raise PasswordNeeded(
            "A file is locked",
            f"Could not rebuild because {newly[0]} is protected by a password.",
            "Give its password.",
        )
    steps.matched(builder, reading, accounts.decided(workspace))
    steps.record(builder, report, reading, version.number, how.today)
    return report


def _how(workspace: Workspace, version: Version, password: str | None) -> LoadOptions:
    if stored := version.summary.get("how"):
        return LoadOptions.from_dict(stored, password)
    # Versions of releases that did not keep it were loaded without any decision but the options of the command line.
    return replace(LoadOptions(today=version.created_at.date()), layouts=layouts.decided(workspace))


def _summary(loads: tuple[Version, ...], currency: str | None, first: str | None) -> dict[str, Any]:
    uploads = {upload["id"]: upload for version in loads for upload in version.summary["uploads"]}
    made = {"rebuilt": True, "uploads": list(uploads.values()), "files": [], "ignored": [], "loads": len(loads)}
    return made | ({"currency": currency} if currency else {}) | ({"uncoded": first} if first else {})
