"""The tree of topics: clusters merge into topics, topics into wider ones, so that any number of topics is possible."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from cs_dash.tickets.topics.clusters import ward
from cs_dash.tickets.topics.vectors import Vectors, normed

ALWAYS = 2**31 - 1


@dataclass(frozen=True)
class TopicNode:
    """A group of clusters.

    Attributes:
        id: derived from its contents, so that the same group has the same id in every version.
        parent: the group that it is part of, "" for the widest.
        topic: the topic that it is, or is part of; "" for a group of several topics.
        clusters: indices of its clusters, ascending.
        first: the smallest number of topics at which it is one of them.
        last: the largest.
    """

    id: str
    parent: str
    topic: str
    clusters: tuple[int, ...]
    first: int = 1
    last: int = ALWAYS


@dataclass
class _Join:
    """A merge while the tree is built: its clusters, and the distance of its parts."""

    clusters: tuple[int, ...]
    topic: str
    height: float
    parts: tuple[_Join, ...] = ()
    opened: int = ALWAYS


def name_of(parts: Iterable[str]) -> str:
    """Return the id of a group with these parts."""
    return "t-" + hashlib.blake2s("\n".join(sorted(parts)).encode(), digest_size=4).hexdigest()


def tree_of(names: Sequence[str], topics: Sequence[str], means: Vectors) -> tuple[TopicNode, ...]:
    """Return every node over the clusters, the widest first.

    Args:
        names: id of each cluster.
        topics: id of the topic of each cluster.
        means: their mean directions, shape (clusters, 512).
    """
    inside = {topic: [at for at, join in enumerate(topics) if join == topic] for topic in sorted(set(topics))}
    tops = [_joined([_Join((at,), topic, -1.0) for at in places], means[places]) for topic, places in inside.items()]
    middles = normed(np.array([means[places].mean(axis=0) for places in inside.values()], np.float32))
    root = _joined(tops, middles)
    # Merges of topics split before those inside a topic, so that at the number of topics the groups are the topics.
    joins = sorted(_joins(root), key=lambda join: (join.topic != "", -join.height, -len(join.clusters), join.clusters))
    for rank, join in enumerate(joins, start=1):
        join.opened = rank
    return tuple(_nodes(root, "", 1, names))


def _joined(leaves: list[_Join], means: Vectors) -> _Join:
    nodes = list(leaves)
    for left, right, height, _ in ward(means):
        parts = (nodes[int(left)], nodes[int(right)])
        topic = parts[0].topic if parts[0].topic == parts[1].topic else ""
        nodes.append(_Join(tuple(sorted(parts[0].clusters + parts[1].clusters)), topic, float(height), parts))
    return nodes[-1]


def _joins(join: _Join) -> Iterable[_Join]:
    queue = [join]
    while queue:
        node = queue.pop()
        if node.parts:
            yield node
            queue += node.parts


def _nodes(root: _Join, parent: str, first: int, names: Sequence[str]) -> Iterable[TopicNode]:
    queue = [(root, parent, first, "")]
    while queue:
        join, above, opens, topic_above = queue.pop()
        # The widest group of one topic is the topic itself, under its stored id.
        is_topic = join.topic and join.topic != topic_above
        node_id = join.topic if is_topic else name_of(names[at] for at in join.clusters)
        yield TopicNode(node_id, above, join.topic, join.clusters, opens, join.opened)
        queue += [(part, node_id, join.opened + 1, join.topic) for part in join.parts]
