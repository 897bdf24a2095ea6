"""What people decide of the accounts that files mean. It counts with the version it made, and no longer than that."""

from __future__ import annotations

import json
from collections.abc import Iterable

from cs_dash.decisions import log
from cs_dash.decisions.log import Decision, Entry, Kind
from cs_dash.intake.matching.account_decision import AccountDecision
from cs_dash.store.acting import Right
from cs_dash.store.state import Connection
from cs_dash.store.workspace import Workspace

ACCOUNT = Kind("account", "The account that a name in a file refers to", Right.LOAD)
KINDS = (ACCOUNT,)

__all__ = ["KINDS", "AccountDecision", "append", "decided"]


def decided(workspace: Workspace) -> tuple[AccountDecision, ...]:
    """Return what was decided of accounts, oldest first, without what was decided for a version that was undone."""
    return tuple(_account_decision(row) for row in log.history(workspace, ACCOUNT.name))


def append(connection: Connection, decisions: Iterable[AccountDecision], version: int) -> int:
    """Record decisions as made with a version, in the transaction that publishes it; return how many they were."""
    entries = [
        Entry(
            ACCOUNT.name,
            json.dumps(
                [decision.account_ref, decision.account_name, decision.mail, decision.subscription_id],
                ensure_ascii=False,
            ),
            {"verdict": decision.verdict, "account_id": decision.account_id},
        )
        for decision in decisions
    ]
    return log.append(connection, entries, version=version)


def _account_decision(row: Decision) -> AccountDecision:
    return AccountDecision(row.value["verdict"], row.value["account_id"], *json.loads(row.subject))
