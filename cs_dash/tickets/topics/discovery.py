"""From tickets to topics: built once from all of them, and extended when more come in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from cs_dash.tickets.topics.assignment import nearest_clusters, new_groups, similarity_limit
from cs_dash.tickets.topics.clusters import Places, centres, cut, number_of_groups, small_clusters, ward
from cs_dash.tickets.topics.labels import TopicLabel, TopicLabeller
from cs_dash.tickets.topics.sentences import language_of, sentences
from cs_dash.tickets.topics.tree import TopicNode, name_of, tree_of
from cs_dash.tickets.topics.vectors import Texts, Vectors, centred, language_means, ticket_vectors

FEWEST_TICKETS = 20
"""With fewer tickets that have text, a list of them is shorter than any summary."""
OUTGROWN = 2.0
"""Topics are rebuilt when there are this many times the tickets that they were built from."""
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class TopicMemory:
    """What is stored of the topics, so that those of the next version are the same.

    Attributes:
        clusters: id of each small cluster.
        topics: id of the topic of each cluster.
        means: their mean directions, shape (clusters, 512).
        languages: mean to subtract from the vectors of each language.
        limit: cosine to its cluster that a new ticket must reach to belong to it.
        built_from: number of tickets that the topics were built from.
        number: requested number of topics; None: as many as the rule finds.
        members: ticket -> its cluster; "" for one that no topic fits.
        labels: label of each node, by its id.
    """

    clusters: tuple[str, ...]
    topics: tuple[str, ...]
    means: Vectors
    languages: Mapping[str, Vectors]
    limit: float
    built_from: int
    number: int | None
    members: Mapping[str, str]
    labels: Mapping[str, TopicLabel] = field(default_factory=dict)

    def topic_of(self) -> dict[str, str]:
        """Return the topic of each ticket that has one."""
        by_cluster = dict(zip(self.clusters, self.topics, strict=True))
        return {ticket: by_cluster[cluster] for ticket, cluster in self.members.items() if cluster}


@dataclass(frozen=True)
class TopicChanges:
    """What happened to the tickets.

    Attributes:
        tickets: tickets with text.
        without_text: tickets without a word.
        topics: number of topics.
        rebuilt: the topics were built from all tickets, not extended.
        joined: new tickets that joined an existing topic.
        new_topics: topics founded by the new tickets.
        unassigned: tickets that no topic fits.
        reassigned: tickets that were in another topic before.
        dropped: earlier topics that no longer exist.
    """

    tickets: int
    without_text: int
    topics: int = 0
    rebuilt: bool = False
    joined: int = 0
    new_topics: int = 0
    unassigned: int = 0
    reassigned: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class DiscoveredTopics:
    """The topics: what to store of them, their tree with the labels in `memory`, and what happened to the tickets."""

    memory: TopicMemory | None
    nodes: tuple[TopicNode, ...]
    changes: TopicChanges


def discover_topics(
    tickets: pa.Table,
    before: TopicMemory | None = None,
    *,
    number: int | None = None,
    anew: bool = False,
    progress: Progress = lambda _, __: None,
) -> DiscoveredTopics:
    """Return the topics of tickets.

    Args:
        tickets: columns ticket_id, subject, body and optionally language (strings), in any order.
        before: what was stored the last time. Its topics stay, with their tickets; new tickets join them, or form new
            topics where they are similar to none. All topics are rebuilt only when the number of tickets has doubled; a
            topic that has most tickets of an old one then keeps its id and label.
        number: number of topics; None: where Ward's next merge costs most (`clusters.number_of_groups`).
        anew: rebuild in any case.
        progress: called with what is being done, in words, and the share that is done; what it raises ends the work.
    """
    ids, texts, without_text = _sentences_of_tickets(tickets)
    if len(ids) < FEWEST_TICKETS:
        return DiscoveredTopics(None, (), TopicChanges(len(ids), without_text))
    labels: TopicLabeller | None
    if before is None or anew or len(ids) >= OUTGROWN * before.built_from or number != before.number:
        memory, labels, changes = _build(ids, texts, before, number, progress)
    else:
        memory, labels, changes = _extend(ids, texts, before, progress)
    nodes = tree_of(memory.clusters, memory.topics, memory.means)
    progress("Naming topics", 0.95)
    names = (
        labels.of((node for node in nodes if node.topic), _valid_labels(memory, nodes))
        if labels is not None
        else memory.labels
    )
    node_ids = {node.id for node in nodes}
    labels_by_node = {name: label for name, label in names.items() if name in node_ids}
    changes = replace(changes, without_text=without_text, topics=len(set(memory.topics)))
    return DiscoveredTopics(replace(memory, labels=labels_by_node), nodes, changes)


def _sentences_of_tickets(tickets: pa.Table) -> tuple[list[str], Texts, int]:
    """Return the ids of the tickets with text, sorted, their sentences, and the number of tickets without text."""
    sorted_tickets = tickets.sort_by("ticket_id")
    columns = [sorted_tickets[name].to_pylist() for name in ("ticket_id", "subject", "body")]
    stated_languages = (
        sorted_tickets["language"].to_pylist()
        if "language" in sorted_tickets.column_names
        else [None] * len(sorted_tickets)
    )
    ids, texts, languages = [], [], []
    for ticket, subject, body, language in zip(*columns, stated_languages, strict=True):
        if ticket_sentences := sentences(subject, body):
            ids.append(ticket)
            texts.append(ticket_sentences)
            languages.append(language_of(language, ticket_sentences))
    return ids, Texts(texts, languages), len(sorted_tickets) - len(ids)


def _read_vectors(texts: Texts, places: Sequence[int], progress: Progress) -> Vectors:
    def report_sentences(done: int, total: int) -> None:
        progress(f"Reading tickets for topics: {done:,} of {total:,} sentences", 0.9 * done / total)

    return ticket_vectors(texts, places, report_sentences)


def _build(
    ids: list[str], texts: Texts, before: TopicMemory | None, number: int | None, progress: Progress
) -> tuple[TopicMemory, TopicLabeller, TopicChanges]:
    uncentred = _read_vectors(texts, range(len(ids)), progress)
    languages = language_means(uncentred, texts.languages)
    points = centred(uncentred, texts.languages, languages)
    del uncentred
    progress("Grouping tickets", 0.92)
    places, means = small_clusters(points)
    tree = ward(means, np.bincount(places))
    groups = cut(tree, number or number_of_groups(tree, len(ids)))
    tickets_by_cluster = _tickets_by_group(places, ids)
    clusters = [name_of(tickets_by_cluster[at]) for at in range(len(means))]
    by_group: dict[int, list[str]] = defaultdict(list)
    for at, group in enumerate(groups):
        by_group[int(group)].append(clusters[at])
    topics = _kept_ids(
        {group: name_of(cluster_names) for group, cluster_names in by_group.items()}, groups[places], ids, before
    )
    memory = TopicMemory(
        clusters=tuple(clusters),
        topics=tuple(topics[int(group)] for group in groups),
        means=means,
        languages=languages,
        limit=similarity_limit(points, places, means),
        built_from=len(ids),
        number=number,
        members={ticket: clusters[at] for ticket, at in zip(ids, places, strict=True)},
        labels=before.labels if before else {},
    )
    old_topics, topic_of_ticket = before.topic_of() if before else {}, memory.topic_of()
    in_both = [ticket for ticket in old_topics if ticket in topic_of_ticket]
    changes = TopicChanges(
        len(ids), 0, rebuilt=True, reassigned=sum(old_topics[ticket] != topic_of_ticket[ticket] for ticket in in_both),
        new_topics=len(set(memory.topics) - set(old_topics.values())),
        dropped=len(set(old_topics.values()) - set(memory.topics)),
    )  # fmt: skip
    return memory, TopicLabeller(ids, texts, points, places), changes


def _tickets_by_group(places: Places, ids: Sequence[str]) -> dict[int, list[str]]:
    tickets_by_group: dict[int, list[str]] = defaultdict(list)
    for at, ticket in zip(places, ids, strict=True):
        tickets_by_group[int(at)].append(ticket)
    return tickets_by_group


def _kept_ids(
    own_ids: dict[int, str], groups: Places, ids: Sequence[str], before: TopicMemory | None
) -> dict[int, str]:  # fmt: skip
    """Return the id of each group: that of the old topic most of whose tickets it has, else its own."""
    if before is None:
        return own_ids
    old_topics = before.topic_of()
    shared_tickets = Counter(
        (old_topics[ticket], int(group)) for ticket, group in zip(ids, groups, strict=True) if ticket in old_topics
    )
    sizes = Counter(old_topics[ticket] for ticket in ids if ticket in old_topics)
    old_ids: dict[int, str] = {}
    for (topic, group), n in sorted(shared_tickets.items(), key=lambda pair: (-pair[1], pair[0])):
        if n * 2 > sizes[topic] and group not in old_ids:
            old_ids[group] = topic
    return own_ids | old_ids


def _extend(
    ids: list[str], texts: Texts, before: TopicMemory, progress: Progress
) -> tuple[TopicMemory, TopicLabeller | None, TopicChanges]:  # fmt: skip
    """Return the old topics with their tickets, and the effect of the new tickets on them."""
    members = {ticket: before.members[ticket] for ticket in ids if before.members.get(ticket)}
    new_places = [at for at, ticket in enumerate(ids) if ticket not in members]
    arrivals = sum(ids[at] not in before.members for at in new_places)
    if not new_places:
        return replace(before, members=members), None, TopicChanges(len(ids), 0)
    languages = [texts.languages[at] for at in new_places]
    uncentred = _read_vectors(texts, new_places, progress)
    points = centred(uncentred, languages, {**language_means(uncentred, languages), **before.languages})
    nearest = nearest_clusters(points, before.means, before.limit)
    members |= {
        ids[at]: before.clusters[cluster] for at, cluster in zip(new_places, nearest, strict=True) if cluster >= 0
    }
    joined = int((nearest >= 0).sum())
    far = np.flatnonzero(nearest < 0)
    groups = new_groups(points[far], before.limit, len(ids))
    members |= {ids[new_places[at]]: "" for at, group in zip(far, groups, strict=True) if group < 0}
    changes = TopicChanges(len(ids), 0, joined=min(joined, arrivals), unassigned=int((groups < 0).sum()))
    if not (groups >= 0).any():
        return replace(before, members=members), None, changes
    inside = far[groups >= 0]
    places = groups[groups >= 0]
    tickets_by_group = _tickets_by_group(places, [ids[new_places[at]] for at in inside])
    names = [name_of(tickets_by_group[at]) for at in range(len(tickets_by_group))]
    members |= {ids[new_places[at]]: names[place] for at, place in zip(inside, places, strict=True)}
    own_texts = Texts([texts.sentences[new_places[at]] for at in inside], [languages[at] for at in inside])
    memory = replace(
        before, members=members, clusters=(*before.clusters, *names), topics=(*before.topics, *names),
        means=np.vstack([before.means, centres(points[inside], places)]),
    )  # fmt: skip
    labels = TopicLabeller(
        [ids[new_places[at]] for at in inside], own_texts, points[inside], places + len(before.clusters)
    )  # fmt: skip
    return memory, labels, replace(changes, new_topics=len(names))


def _valid_labels(memory: TopicMemory, nodes: Sequence[TopicNode]) -> dict[str, TopicLabel]:
    """Return the stored labels whose node and whose ticket still exist."""
    node_ids = {node.id for node in nodes}
    return {
        name: label for name, label in memory.labels.items() if name in node_ids and memory.members.get(label.example)
    }
