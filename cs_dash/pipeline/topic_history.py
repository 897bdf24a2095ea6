"""What goes on of earlier topics: where their tickets are now, and where relabelled tickets were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from cs_dash.store.warehouse import Warehouse

if TYPE_CHECKING:
    from cs_dash.tickets.topics import DiscoveredTopics

EARLIER_GROUPS = """
with sizes as (select cluster, count(*) as tickets from topic_members where cluster is not null group by cluster),
earlier as (
  select node, cluster, 1.0 as weight from topic_branches
  union all
  select h.node, h.cluster, h.tickets / s.tickets from topic_heirs h join sizes s on s.cluster = h.cluster
)
select e.node, m.ticket_id, e.weight
from earlier e
join topic_members m on m.cluster = e.cluster
where not list_contains($nodes, e.node)
"""
EARLIER_CLUSTERS = "select cluster as node, ticket_id, 1.0 as weight from topic_members where cluster is not null"
LABELLED = """
select t.ticket_id, case when l.ticket_id is not null then l.cluster else m.cluster end as cluster,
  l.ticket_id is not null or m.ticket_id is not null as is_known
from tickets t
left join topic_relabelled l on l.ticket_id = t.ticket_id
left join topic_members m on m.ticket_id = t.ticket_id
where t.kind_source = 'label'
order by t.ticket_id
"""


def heirs(warehouse: Warehouse, discovered: DiscoveredTopics) -> pa.Table:
    """Return where the tickets of earlier groups are that are no more: group, cluster, tickets.

    What people made of a topic, such as a roadmap item, goes on with the topic that has most of its tickets.
    `warehouse`: with the earlier topics.
    """
    nodes = [node.id for node in discovered.nodes]
    return _moves(warehouse.query(EARLIER_GROUPS, {"nodes": nodes}), _members(discovered))


def relabelled(warehouse: Warehouse, discovered: DiscoveredTopics, *, same_version: bool) -> pa.Table:
    """Return the tickets that people labelled with the cluster that each was in before: ticket, cluster.

    None where it was in no topic. What a ticket counts for when the effect of a shipped item is measured, lest labels
    given after the ship make a verdict. A ticket that was labelled before anybody looked is where it is now.

    Args:
        warehouse: with the earlier topics and the categories that hold now.
        discovered: the topics now.
        same_version: the earlier topics are of the same rows, so that a ticket that they do not have was in none.
    """
    members = _members(discovered)
    rows = warehouse.query(LABELLED).to_pylist()
    clusters = set(discovered.memory.clusters if discovered.memory else ())
    gone = {row["cluster"] for row in rows if row["cluster"]} - clusters
    replacement: dict[str, str] = {}
    if gone:
        moves = _moves(warehouse.query(EARLIER_CLUSTERS), members).sort_by([("tickets", "ascending")])
        replacement = dict(zip(moves["node"].to_pylist(), moves["cluster"].to_pylist(), strict=True))
    for row in rows:
        if not row["is_known"] and not same_version:
            row["cluster"] = members.get(row["ticket_id"])
        elif row["cluster"] in gone:
            row["cluster"] = members.get(row["ticket_id"]) or replacement.get(row["cluster"])
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in ("ticket_id", "cluster")})


def _members(discovered: DiscoveredTopics) -> Mapping[str, str]:
    """Return the cluster of each ticket that is in one."""
    return (
        {ticket: cluster for ticket, cluster in discovered.memory.members.items() if cluster}
        if discovered.memory
        else {}
    )


def _moves(earlier: pa.Table, members: Mapping[str, str]) -> pa.Table:
    """Return how many tickets of each earlier group are in which cluster: node, cluster, tickets."""
    now = pa.table(
        {"ticket_id": pa.array(list(members), pa.string()), "cluster": pa.array(list(members.values()), pa.string())}
    )
    counts = (
        earlier.join(now, "ticket_id", join_type="inner").group_by(["node", "cluster"]).aggregate([("weight", "sum")])
    )
    ordered = counts.rename_columns(["node", "cluster", "tickets"])
    return ordered.sort_by([("node", "ascending"), ("cluster", "ascending")])
