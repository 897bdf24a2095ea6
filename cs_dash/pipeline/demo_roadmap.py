"""The demo company's roadmap, goals and self-assessment, recorded with its load and gone when that is undone."""

from __future__ import annotations

import datetime as dt

from cs_dash.decisions import CurrentDecisions, decided, log, roadmap
from cs_dash.decisions.log import Entry
from cs_dash.demo.roadmap import DEMO_ITEMS, DemoItem
from cs_dash.pipeline.demo_alignment import alignment_entries
from cs_dash.store.acting import Right, acting_as, require
from cs_dash.store.version import Version
from cs_dash.store.workspace import Workspace

PERSON = "Tidewell"
"""Who the log says decided: the demo company."""


def record_demo_roadmap(workspace: Workspace, version: Version) -> None:
    """Record the demo company's roadmap items, goals and answers in a workspace where there never was an item.

    They count only while the version does with which the company was loaded, and are part of that load: they need no
    right to decide. Raises NotAllowed where who is acting may not load.
    """
    require(Right.LOAD)
    with acting_as(PERSON), workspace.state.transaction(write=True) as connection:
        if not log.subjects_within(connection, roadmap.ITEM.name):
            log.append(connection, _entries(), person=PERSON, version=version.number)


def with_demo_roadmap(decisions: CurrentDecisions) -> CurrentDecisions:
    """Return what holds once the demo company's roadmap is recorded in a workspace without any."""
    recorded = decided(decisions={(entry.kind, entry.subject): entry.value for entry in _entries()})
    return CurrentDecisions(decisions.settings, tuple(sorted((*decisions.decisions, *recorded.decisions))))


def _entries() -> list[Entry]:
    items = [entry for number, item in enumerate(DEMO_ITEMS, 1) for entry in _entries_of(f"R-{number}", item)]
    return [*items, *alignment_entries()]


def _entries_of(item_id: str, item: DemoItem) -> list[Entry]:
    evidence = {"topics": item.topics, "requests": item.requests, "reasons": item.reasons}
    filled = {name: list(values) for name, values in evidence.items() if values}
    entries = [Entry(roadmap.ITEM.name, item_id, {"title": item.title, "fix": item.fix} | filled)]
    if item.score:
        score = dict(zip(("impact", "confidence", "effort"), item.score, strict=True))
        entries.append(Entry(roadmap.SCORE.name, item_id, score))
    if item.decision:
        value = {
            "decision": item.decision, "owner": item.owner, "team": item.team, "reason": item.reason,
            "target": item.target, "due": _iso(item.due), "on": _iso(item.decided),
        }  # fmt: skip
        entries.append(Entry(roadmap.VERDICT.name, item_id, value))
    if item.shipped:
        entries.append(Entry(roadmap.SHIPPED.name, item_id, {"on": _iso(item.shipped), "accounts": None}))
    return entries


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
