"""What people said of accounts, applied to the rows that are there."""

from __future__ import annotations

from collections.abc import Iterable

from cs_dash.decisions import accounts
from cs_dash.decisions.accounts import AccountDecision
from cs_dash.intake.matching import match
from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.metrics import NEWEST_DAY, ROLLUPS
from cs_dash.store.acting import Right, require
from cs_dash.store.builder import Builder
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace

VERDICTS = ("same", "other", "new", "forget")


def rematch(
    workspace: Workspace, decisions: Iterable[AccountDecision], *, progress: Progress = no_progress
) -> Version | None:
    """Match the rows of the current version afresh, with these decisions and those before, and return the new version.

    None in an empty workspace. Undo takes the version back, and with it the decisions.

    Raises:
        NotAllowed: who is acting may not load files.
        WorkspaceBusy: a load is running.
    """
    require(Right.LOAD)
    with workspace.writing():
        current, fresh = workspace.current(), tuple(decisions)
        if current is None:
            return None
        number = workspace.next_number()
        with Builder(target := workspace.start_building(), workspace.file_of(current), number) as builder:
            progress("Matching accounts", 0.2)
            match(builder, (*accounts.decided(workspace), *fresh))
            builder.plain.describe_accounts()
            progress("Adding up", 0.6)
            builder.roll_up(ROLLUPS)
            newest = builder.newest_day(NEWEST_DAY)
            builder.finish()
        progress("Publishing", 0.95)
        counts = {verdict: sum(decision.verdict == verdict for decision in fresh) for verdict in VERDICTS}
        return workspace.publish(
            target, newest, {"matched": counts}, lambda connection, version: accounts.append(connection, fresh, version)
        )
