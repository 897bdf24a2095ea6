"""`programme`: beta and pilot programmes and their accounts."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Any

from cs_dash.cli.arguments import day_of
from cs_dash.decisions import programmes
from cs_dash.decisions.programmes import Programme
from cs_dash.look import words
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import Workspace

Outcome = tuple[dict[str, Any], str]


def decide(chosen: argparse.Namespace) -> Outcome:
    """Do what the command says, and return it for JSON and in words. Raises BadInput."""
    workspace = Workspace(chosen.workspace)
    if chosen.action == "add":
        return _add(chosen, workspace)
    if chosen.action == "remove":
        programmes.remove(workspace, chosen.programme)
        return {"programme": chosen.programme, "removed": True}, f"{chosen.programme} is removed."
    listed = programmes.programmes(workspace)
    lines = [f"{one.programme_id}  {one.title}, {words.plural(len(one.accounts), 'account')}" for one in listed]
    return {"programmes": [facts(one) for one in listed]}, "\n".join(lines) or "There are no programmes yet."


def facts(programme: Programme) -> dict[str, Any]:
    """Return a programme for JSON."""
    return {
        "programme": programme.programme_id, "title": programme.title, "since": programme.since.isoformat(),
        "until": programme.until.isoformat() if programme.until else None, "accounts": list(programme.accounts),
    }  # fmt: skip


def _add(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    until = day_of("until", chosen.until) if chosen.until else None
    accounts = programmes.account_list(chosen.account, _known_accounts(workspace))
    programme_id = programmes.add(workspace, Programme(chosen.title, day_of("since", chosen.since), accounts, until))
    added = next(one for one in programmes.programmes(workspace) if one.programme_id == programme_id)
    return facts(added), programme_id


def _known_accounts(workspace: Workspace) -> list[str]:
    version = workspace.current()
    if version is None:
        return []
    with closing(open_warehouse(workspace.file_of(version))) as warehouse:
        ids: list[str] = warehouse("account_names")["account_id"].to_pylist()
    return ids
