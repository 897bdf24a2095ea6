"""What roadmap items need to go out and come back: files for other tools, their states, messages to accounts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cs_dash import pipeline
from cs_dash.answer import Answer
from cs_dash.cli import topics
from cs_dash.decisions import current_decisions, roadmap
from cs_dash.errors import BadInput, NoData, UnknownOption, nearest
from cs_dash.look import words
from cs_dash.look.tracker_files import tracker_file
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import Workspace
from cs_dash.questions import catalogue
from cs_dash.scope import Scope

Outcome = tuple[dict[str, Any], str]


def export(chosen: Namespace, workspace: Workspace) -> Outcome:
    """Write items as a file for a tool, and return which. Raises NoData without items, BadInput where it cannot."""
    for item in chosen.item:
        roadmap.item(workspace, item)
    options = {"item": " ".join(chosen.item), "address": chosen.address, "items": "all" if chosen.all else "pending"}
    answer = ask(workspace, "roadmap.handover", {name: text for name, text in options.items() if text})
    rows = answer.rows.to_pylist()
    if not rows:
        raise NoData(
            "Nothing to hand over", "Could not export because no item is pending.", "Add one, or export --all items."
        )
    content = tracker_file(rows, chosen.form)
    try:
        chosen.file.write_bytes(content)
    except OSError as error:
        raise BadInput(
            "Cannot write the file",
            f"Could not write {chosen.file} because {error.strerror or error}.",
            "Check its folder.",
        ) from None
    notes = [answer.headline.replace("**", ""), *(note.text for note in answer.notes)]
    facts = {
        "file": str(chosen.file), "for": chosen.form, "items": [row["item"] for row in rows],
        "addresses": [row["address"] for row in rows], "notes": notes,
    }  # fmt: skip
    return facts, "\n".join([f"Wrote {words.plural(len(rows), 'item')} to {chosen.file}.", *notes[1:]])


def ask(workspace: Workspace, question: str, options: Mapping[str, str]) -> Answer:
    """Return the answer to a question over all time. Raises NoData where nothing is loaded."""
    version = workspace.current()
    if version is None:
        raise NoData(
            "Nothing is loaded",
            f"Could not ask {question} because the workspace {workspace.folder} is empty.",
            "Load files first: python -m cs_dash load FILE...",
        )
    artifacts = topics.derived(workspace, version, question, options)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
    try:
        return catalogue.ask(warehouse, question, Scope(period="all"), options)
    finally:
        warehouse.close()


def import_(chosen: Namespace, workspace: Workspace) -> tuple[dict[str, Any], str, bool]:
    """Take in what a tool's export says, and return what became of its rows, and whether any stood for an item."""
    report = pipeline.import_states(workspace, Path(chosen.file))
    return report.as_dict(), "\n".join(report.lines()), bool(report.changed or report.unchanged)


def message(chosen: Namespace, workspace: Workspace) -> tuple[dict[str, Any], str, bool]:
    """Return the messages to the accounts that asked for an item, by CSM, and whether there is anybody to tell."""
    item = roadmap.item(workspace, chosen.item).item_id
    options = {"item": item} | ({"csm": chosen.csm} if chosen.csm else {})
    answer = ask(workspace, "roadmap.messages", options)
    rows = answer.rows.to_pylist()
    parts = [answer.headline.replace("**", "")]
    for row in rows:
        names = ", ".join(row["accounts"])
        parts.append(f"{row['csm'] or 'No CSM'}: {names}\n\n{row['subject']}\n\n{row['text']}")
    return {"item": item, "messages": rows}, "\n\n---\n\n".join(parts), bool(rows)


def release(workspace: Workspace, release_id: str) -> dict[str, Any]:
    """Return a release of the data with its proposed topics, as roadmap.releases has it. Raises UnknownOption."""
    rows = {row["release_id"]: row for row in ask(workspace, "roadmap.releases", {}).rows.to_pylist()}
    if release_id not in rows:
        raise UnknownOption(
            "No such release", f"Could not use {release_id} because the data have no such release.",
            nearest(release_id, rows),
        )  # fmt: skip
    return dict(rows[release_id])
