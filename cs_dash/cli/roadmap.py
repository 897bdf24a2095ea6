"""`item`: what somebody decides of a roadmap item."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cs_dash.cli import item_files, topics
from cs_dash.cli.arguments import day_of, number_of
from cs_dash.decisions import item_reviews, roadmap, shipped_items
from cs_dash.decisions.roadmap import Item
from cs_dash.errors import BadInput, UnknownOption, nearest
from cs_dash.look import words
from cs_dash.pipeline import Workspace

ID_COLUMNS = ("account_id", "account id", "account", "id")
DAY_COLUMNS = ("shipped_on", "shipped on", "date", "day", "on")
Outcome = tuple[dict[str, Any], str]


def decide(chosen: argparse.Namespace) -> tuple[dict[str, Any], str, bool]:
    """Do what the command says, and return it for JSON, in words, and whether anything was done.

    Raises BadInput, NoData and UnknownOption.
    """
    if chosen.action in ("import", "message"):
        reading = item_files.import_ if chosen.action == "import" else item_files.message
        return reading(chosen, Workspace(chosen.workspace))
    action: Callable[[argparse.Namespace, Workspace], Outcome] = {
        "add": _add, "set": _set, "decide": _decide, "ship": _ship, "told": _told, "remove": _remove, "list": _list,
        "export": item_files.export, "review": _review,
    }[chosen.action]  # fmt: skip
    return *action(chosen, Workspace(chosen.workspace)), True


def _add(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    topic_ids, title = topics.ids_of(workspace, chosen.topic), chosen.title
    release = item_files.release(workspace, chosen.release) if chosen.release else None
    if release is not None:
        topic_ids, title = topic_ids or release["topics"], title or release["title"]
    evidence = {"topics": topic_ids, "requests": chosen.request, "reasons": chosen.reason}
    item = roadmap.add(workspace, title, fix=chosen.fix, evidence=evidence)
    if release is not None:
        roadmap.ship(workspace, item, release["released_on"])
    return _facts(roadmap.item(workspace, item)), item


def _set(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    numbers: dict[str, float] = {}
    texts: dict[str, str] = {}
    for pair in chosen.given:
        name, sign, value = pair.partition("=")
        if name not in ("impact", "confidence", "effort", "title", "fix") or not sign:
            hint = "Write impact=2 confidence=80% effort=1.5, title=TEXT or fix=FIX."
            raise UnknownOption("Unknown name", f"Could not set {pair} of {chosen.item}.", hint)
        if name in ("title", "fix"):
            texts[name] = value
        else:
            numbers[name] = number_of(name, value)
    before = roadmap.item(workspace, chosen.item)
    score = {name: numbers.get(name) for name in ("impact", "confidence", "effort")}
    roadmap.check_score(**score)
    if texts:
        title, fix = texts.get("title", before.title), texts.get("fix", before.fix)
        roadmap.describe(workspace, chosen.item, title, fix=fix, evidence=before.evidence)
    if numbers:
        roadmap.score(
            workspace, chosen.item, impact=score["impact"], confidence=score["confidence"], effort=score["effort"]
        )
    item = roadmap.item(workspace, chosen.item)
    return _facts(item), f"{item.item_id} “{item.title}” changed."


def _decide(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    target = number_of("target", chosen.target) if chosen.target else None
    roadmap.decide(
        workspace, chosen.item, chosen.decision, owner=chosen.owner, team=chosen.team, reason=chosen.reason,
        target=target, due=_day("due", chosen.due), on=_day("on", chosen.on),
    )  # fmt: skip
    item = roadmap.item(workspace, chosen.item)
    return _facts(item), f"{item.item_id} “{item.title}” {chosen.decision}; {chosen.owner} is accountable."


def _ship(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    on = _day("on", chosen.on)
    assert on is not None
    accounts = _accounts(chosen.accounts, on) if chosen.accounts else None
    roadmap.ship(workspace, chosen.item, on, accounts=accounts)
    item = roadmap.item(workspace, chosen.item)
    to_whom = words.plural(len(accounts), "account") if accounts is not None else "all accounts"
    return _facts(item), f"{item.item_id} “{item.title}” shipped to {to_whom} on {on.isoformat()}."


def _told(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    item = roadmap.item(workspace, chosen.item)
    shipped_items.tell(workspace, item.item_id, dict.fromkeys(chosen.accounts, True))
    said = words.plural(len(set(chosen.accounts)), "account was", "accounts were")
    return {"item": item.item_id, "told": sorted(set(chosen.accounts))}, f"{said} told of “{item.title}”."


def _review(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    outcome = None if chosen.outcome == "open" else chosen.outcome
    item_reviews.review(workspace, chosen.item, outcome, note=chosen.note, on=_day("on", chosen.on))
    item = roadmap.item(workspace, chosen.item)
    return _facts(item), f"{item.item_id} “{item.title}”: {outcome or 'not reviewed'}."


def _remove(chosen: argparse.Namespace, workspace: Workspace) -> Outcome:
    item = roadmap.item(workspace, chosen.item)
    roadmap.remove(workspace, item.item_id)
    return {"item": item.item_id, "removed": True}, f"{item.item_id} “{item.title}” is off the roadmap."


def _list(_: argparse.Namespace, workspace: Workspace) -> Outcome:
    items = roadmap.items(workspace)
    lines = [f"{item.item_id}  {item.title}" for item in items]
    return {"items": [_facts(item) for item in items]}, "\n".join(lines) or "The roadmap has no items yet."


def _facts(item: Item) -> dict[str, Any]:
    evidence = {name: list(values) for name, values in item.evidence.items()}
    return {"item": item.item_id, "title": item.title, "fix": item.fix} | evidence | dict(item.parts)


def _day(name: str, text: str) -> dt.date | None:
    return day_of(name, text) if text else None


def _accounts(file: Path, on: dt.date) -> dict[str, dt.date]:
    """Return {account: the day it got the item} of a CSV file. Raises BadInput where it cannot be read as one."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadInput(
            "Cannot read the accounts", f"Could not use {file} because it is not a CSV file.", "Save it as CSV, UTF-8."
        ) from None
    by_key = {name.strip().casefold(): name for name in (rows[0] if rows else {}) if name}
    account = next((by_key[name] for name in ID_COLUMNS if name in by_key), None)
    day = next((by_key[name] for name in DAY_COLUMNS if name in by_key), None)
    if account is None:
        hint = nearest("account_id", by_key) or "Name a column account_id."
        raise BadInput("No accounts", f"Could not use {file} because it has no column account_id.", hint)
    listed = {
        row[account].strip(): _day("shipped_on", row[day].strip()) if day else None for row in rows if row[account]
    }
    return {name: own or on for name, own in listed.items()}
