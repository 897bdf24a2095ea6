"""`topic`: what somebody decides of topics, told on the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.parquet as pq

from cs_dash import pipeline
from cs_dash.cli import text
from cs_dash.decisions import current_decisions
from cs_dash.decisions import topics as topic_decisions
from cs_dash.errors import BadInput, NoData, UnknownOption, nearest
from cs_dash.metrics import DerivedArtifacts, open_warehouse
from cs_dash.pipeline import Version, Workspace
from cs_dash.questions import catalogue

LISTED = ("support.tickets", "support.ticket", "support.to_label")
FEW = 50_000
"""Up to so many tickets, topics are found for a list of tickets too; with more it takes minutes."""


def derived(workspace: Workspace, version: Version, question: str, options: Mapping[str, str]) -> DerivedArtifacts:
    """Derive from a version what a question needs, and return the artifacts.

    A list of many tickets has the topics that were found before; none where nobody asked for topics yet.
    """
    needs_topics = catalogue.questions()[question].follows_topics or "topic" in options
    artifacts = pipeline.derive_for_reading(workspace, version, text.progress, topics=needs_topics)
    few = artifacts.kinds is not None and pq.read_metadata(artifacts.kinds).num_rows <= FEW
    if few and not needs_topics and question in LISTED:
        return pipeline.derive_for_reading(workspace, version, text.progress)
    return artifacts


def decide(chosen: Namespace) -> tuple[dict[str, Any], str]:
    """Keep what is decided of a topic, and return it for JSON and in words.

    Raises:
        NoData: nothing is loaded.
        BadInput: the words after the topic do not fit the action.
        UnknownOption: there is no such topic.
    """
    workspace = Workspace(chosen.workspace)
    names, shown_names = _names(workspace)
    before = topic_decisions.decided(workspace)
    topic = _topic_id(chosen.topic, names, shown_names)
    words = [word for word in chosen.rest if word]
    if chosen.action == "rename":
        changes = topic_decisions.renamed(topic, " ".join(words))
        message = f"{names[topic]} renamed to {' '.join(words)}." if words else f"{topic} has its detected name again."
    elif chosen.action == "merge":
        if len(words) != 1:
            raise BadInput(
                "Merge into what?", "Could not merge because one other topic is needed.", "Name the other topic last."
            )
        into = _topic_id(words[0], names, shown_names)
        changes = topic_decisions.merged([topic], into, before)
        message = f"{names[topic]} merged into {names[into]}."
    elif chosen.action == "split":
        changes, message = topic_decisions.split(topic), f"{names[topic]} split into its subtopics."
    elif chosen.action == "ignore":
        changes, message = topic_decisions.ignored(topic), f"{names[topic]} ignored."
    else:
        changes = topic_decisions.restored(topic, before)
        message = f"{names[topic]} reset."
    topic_decisions.apply(workspace, changes)
    printed = {f"{entry.kind}: {entry.subject}": "yes" if entry.value is True else entry.value for entry in changes}
    return {"action": chosen.action, "topic": topic, "settings": printed}, message


def ids_of(workspace: Workspace, topics: Sequence[str]) -> list[str]:
    """Return the ids of topics named by id or name. Raises NoData where nothing is loaded, and UnknownOption."""
    if not topics:
        return []
    names, shown_names = _names(workspace)
    return [_topic_id(topic, names, shown_names) for topic in topics]


def _names(workspace: Workspace) -> tuple[dict[str, str], list[str]]:
    """Return the name of every group of the tree by its id, those that are shown last, and the names that are shown."""
    version = workspace.current()
    if version is None:
        raise NoData("Nothing is loaded", "Could not use topics because the workspace is empty.", "Load files.")
    artifacts = pipeline.derive_artifacts(workspace, version, text.progress)
    warehouse = open_warehouse(workspace.file_of(version), current_decisions(workspace), artifacts)
    try:
        nodes = warehouse.query("select node, label from topic_nodes where label is not null").to_pylist()
        shown_topics = warehouse("topics_shown", as_many=None).to_pylist()
    finally:
        warehouse.close()
    shown_names = {row["topic"]: str(row["label"]) for row in shown_topics}
    return {row["node"]: row["label"] for row in nodes} | shown_names, list(shown_names.values())


def _topic_id(text_or_id: str, names: dict[str, str], shown_names: list[str]) -> str:
    if text_or_id in names:
        return text_or_id
    for topic, name in reversed(names.items()):
        if name.casefold() == text_or_id.strip().casefold():
            return topic
    raise UnknownOption(
        "Unknown topic",
        f"Could not use {text_or_id} because there is no such topic.",
        nearest(text_or_id, shown_names),
    )
