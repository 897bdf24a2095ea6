"""The topics of a version's tickets: what they ask for, found in their texts: an artifact of the version."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from cs_dash.intake.results.pace import Progress, no_progress
from cs_dash.metrics import open_warehouse
from cs_dash.pipeline import topic_history
from cs_dash.pipeline.article_topics import match_articles
from cs_dash.pipeline.ticket_kinds import cache_key, derive_kinds
from cs_dash.store import earlier_topics
from cs_dash.store.artifacts import TOPICS, DerivedArtifacts
from cs_dash.store.derived_tables import write_topics
from cs_dash.store.version import Version
from cs_dash.store.warehouse import Warehouse
from cs_dash.store.workspace import Workspace

if TYPE_CHECKING:
    from cs_dash.tickets.topics import DiscoveredTopics, TopicMemory, TopicNode

UNKNOWN_KINDS = """
select count(kind) * 2 < count(*) as unknown from tickets where kind is distinct from 'not a ticket'
"""
# One place says which tickets have topics: how-to and feature requests, whoever told their kind.
WANTED = """
select ticket_id, subject, body, language from tickets
where kind in ('how-to', 'feature request') or (kind is null and $unknown)
"""
CHANGED = """
with wanted as (
  select ticket_id from tickets
  where (kind in ('how-to', 'feature request') or (kind is null and $unknown))
)
select exists (from wanted where ticket_id not in (select ticket_id from topic_members))
  or exists (from topic_members where ticket_id not in (from wanted)) as changed
"""


def derive_topics(workspace: Workspace, version: Version, progress: Progress = no_progress) -> Path:
    """Return the artifact with the topics of a version's tickets for what is decided now, derived where it is missing.

    Topics are found among how-to tickets and feature requests. Where fewer than half of the tickets have a kind, those
    without one are among them. The topics of the version before go on, unless all rows were made again.

    Args:
        workspace: whose version it is.
        version: the version.
        progress: called with words and the share that is done; what it raises ends the work.
    """
    key = cache_key(workspace)
    if current := workspace.artifacts.current(TOPICS, version.number, key):
        return current
    kinds = derive_kinds(workspace, version)
    own = workspace.artifacts.newest(TOPICS, version.number)
    earlier = own or _topics_of_parents(workspace, version)
    anew = own is None and bool(version.summary.get("rebuilt"))
    with workspace.artifacts.deriving(TOPICS, version.number, key) as target:
        build_topics(
            workspace.file_of(version),
            DerivedArtifacts(kinds, earlier),
            target,
            progress,
            anew=anew,
            same_version=own is not None,
        )
    return workspace.artifacts.path(TOPICS, version.number, key)


def tickets_of_topic(workspace: Workspace, topic: str) -> tuple[str, ...]:
    """Return the tickets that a topic had in the newest version that has it, also one that was undone; () for none."""
    return earlier_topics.tickets_of_topic(workspace.artifacts, topic)


def _topics_of_parents(workspace: Workspace, version: Version) -> Path | None:
    """Return the topics of the nearest version before, of those that a version was made from."""
    versions = {earlier.number: earlier for earlier in workspace.state.versions()}
    ancestor = version
    while ancestor.parent is not None and ancestor.parent in versions:
        ancestor = versions[ancestor.parent]
        if topics := workspace.artifacts.newest(TOPICS, ancestor.number):
            return topics
    return None


def build_topics(
    version: Path,
    artifacts: DerivedArtifacts,
    target: Path,
    progress: Progress = no_progress,
    *,
    anew: bool = False,
    same_version: bool = False,
) -> None:
    """Write the topics of the tickets of a version's file, and which help articles are about them, to the new `target`.

    Args:
        version: the version's file.
        artifacts: the kinds of its tickets, and the topics to go on with.
        target: where to.
        progress: called with words and the share that is done.
        anew: make the topics from all tickets, keeping the ids of those that are the same.
        same_version: the topics to go on with are of the same version.
    """
    from cs_dash.tickets import topics as finding  # with scikit-learn, which takes seconds to import

    warehouse = open_warehouse(version, artifacts=artifacts)
    try:
        unknown = bool(warehouse.query(UNKNOWN_KINDS)["unknown"][0].as_py())
        same = not warehouse.query(CHANGED, {"unknown": unknown})["changed"][0].as_py()
        if artifacts.topics is not None and same and not anew:
            shutil.copyfile(artifacts.topics, target)
            match_articles(version, target)
            return
        tickets = warehouse.query(WANTED, {"unknown": unknown})
        topics = finding.discover_topics(tickets, _remembered(warehouse), anew=anew, progress=progress)
        history = {
            "topic_heirs": topic_history.heirs(warehouse, topics),
            "topic_relabelled": topic_history.relabelled(warehouse, topics, same_version=same_version),
        }
    finally:
        warehouse.close()
    tables = _tables(topics, tickets["ticket_id"].to_pylist(), unknown)
    write_topics(target, tables | history)
    match_articles(version, target)


def _remembered(warehouse: Warehouse) -> TopicMemory | None:
    """Return what the version before kept of its topics; None where it had none."""
    from cs_dash.tickets.topics import TopicLabel, TopicMemory

    (made,) = warehouse.query("from topic_makings").to_pylist() or [None]
    clusters = warehouse.query("from topic_clusters order by topic, cluster")
    if made is None or not len(clusters):
        return None
    nodes = warehouse.query("select node, label, terms, example from topic_nodes where label is not null").to_pylist()
    languages = warehouse.query("from topic_languages order by language").to_pylist()
    members = warehouse.query("from topic_members where cluster is not null")
    return TopicMemory(
        clusters=tuple(clusters["cluster"].to_pylist()),
        topics=tuple(clusters["topic"].to_pylist()),
        means=np.array(clusters["mean"].to_pylist(), np.float32),
        languages={row["language"]: np.array(row["mean"], np.float32) for row in languages},
        limit=made["nearness"],
        built_from=made["made_of"],
        number=None,
        members=dict(zip(members["ticket_id"].to_pylist(), members["cluster"].to_pylist(), strict=True)),
        labels={row["node"]: TopicLabel(row["label"], tuple(row["terms"]), row["example"]) for row in nodes},
    )


def _tables(discovered: DiscoveredTopics, tickets: Sequence[str], unknown: bool) -> dict[str, pa.Table]:
    memory, making = discovered.memory, discovered.changes
    members = memory.members if memory else {}
    clusters = memory.clusters if memory else ()
    counts = {
        "tickets": making.tickets, "silent": making.without_text, "topics": making.topics, "anew": making.rebuilt,
        "placed": making.joined, "founded": making.new_topics, "loose": making.unassigned, "moved": making.reassigned,
        "gone": making.dropped, "unknown_kinds": unknown,
    }  # fmt: skip
    made = {"nearness": memory.limit if memory else None, "made_of": memory.built_from if memory else 0} | counts
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows["topic_makings"] = [made]
    rows["topic_members"] = [{"ticket_id": ticket_id, "cluster": members.get(ticket_id)} for ticket_id in tickets]
    if memory:
        vectors = memory.means.tolist()
        listed = zip(memory.clusters, memory.topics, vectors, strict=True)
        rows["topic_clusters"] = [{"cluster": name, "topic": topic, "mean": mean} for name, topic, mean in listed]
        rows["topic_languages"] = [
            {"language": name, "mean": mean.tolist()} for name, mean in sorted(memory.languages.items())
        ]
        rows["topic_nodes"] = [_row(node, memory) for node in discovered.nodes]
        rows["topic_branches"] = [
            {"node": node.id, "cluster": clusters[at]} for node in discovered.nodes for at in node.clusters
        ]
    return {name: _typed(table_rows) for name, table_rows in rows.items()}


def _row(node: TopicNode, memory: TopicMemory) -> dict[str, Any]:
    label = memory.labels.get(node.id)
    columns: dict[str, Any] = {"node": node.id, "parent": node.parent or None, "topic": node.topic or None}
    columns |= {"first_at": node.first, "last_at": node.last}
    if label is None:
        return columns | {"label": None, "terms": [], "example": None}
    return columns | {"label": label.label, "terms": list(label.terms), "example": label.example}


def _typed(rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"mean": pa.list_(pa.float32()), "terms": pa.list_(pa.string()), "nearness": pa.float64()}
    texts = ("cluster", "topic", "language", "ticket_id", "node", "parent", "label", "example")
    columns = {
        column: pa.array([row[column] for row in rows], kinds.get(column, pa.string() if column in texts else None))
        for column in (rows[0] if rows else ())
    }
    return pa.table(columns)
