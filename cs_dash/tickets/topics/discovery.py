"""Tickets to topics: made once from all of them, and carried on when more come in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from cs_dash.tickets.topics.assignment import like, new_groups, placed
from cs_dash.tickets.topics.clusters import Places, centres, cut, number_of_groups, small_clusters, ward
from cs_dash.tickets.topics.labels import Label, Labels
from cs_dash.tickets.topics.sentences import language_of, sentences
from cs_dash.tickets.topics.tree import Node, name_of, tree_of
from cs_dash.tickets.topics.vectors import Texts, Vectors, centred, language_means, ticket_vectors

FEWEST_TICKETS = 20
"""With fewer tickets that say something, a list of them is shorter than what could be said of it."""
OUTGROWN = 2.0
"""Topics are made anew when there are so many times the tickets that they were made from."""
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Memory:
    """What is kept of topics, so that those of the next version are the same.

    Attributes:
        clusters: id of each small cluster.
        topics: id of the topic of each.
        means: their mean directions, shape (clusters, 512).
        languages: what is taken off the vectors of each language.
        limit: how near its cluster a new ticket must lie to belong to it, as a cosine.
        made_of: tickets that the topics were made from.
        number: how many topics somebody asked for; None: as many as the rule found.
        members: ticket -> its cluster; "" for one that no topic fits.
        labels: label of each node, by its id.
    """

    clusters: tuple[str, ...]
    topics: tuple[str, ...]
    means: Vectors
    languages: Mapping[str, Vectors]
    limit: float
    made_of: int
    number: int | None
    members: Mapping[str, str]
    labels: Mapping[str, Label] = field(default_factory=dict)

    def topic_of(self) -> dict[str, str]:
        """Return the topic of each ticket that has one."""
        by_cluster = dict(zip(self.clusters, self.topics, strict=True))
        return {ticket: by_cluster[cluster] for ticket, cluster in self.members.items() if cluster}


@dataclass(frozen=True)
class Making:
    """What became of the tickets.

    Attributes:
        tickets: tickets that say something.
        silent: tickets without a word.
        topics: how many topics there are.
        anew: they were made from all tickets, not carried on.
        placed: tickets that came in and went to a topic that was there.
        founded: topics that the tickets which came in are the first of.
        loose: tickets that no topic fits.
        moved: tickets that were in another topic before.
        gone: topics of before that are no more.
    """

    tickets: int
    silent: int
    topics: int = 0
    anew: bool = False
    placed: int = 0
    founded: int = 0
    loose: int = 0
    moved: int = 0
    gone: int = 0


@dataclass(frozen=True)
class Found:
    """The topics: what to keep of them, their tree with the labels in `memory`, and what became of the tickets."""

    memory: Memory | None
    nodes: tuple[Node, ...]
    making: Making


def find(
    tickets: pa.Table,
    before: Memory | None = None,
    *,
    number: int | None = None,
    anew: bool = False,
    told: Progress = lambda _, __: None,
) -> Found:
    """Return the topics of tickets.

    Args:
        tickets: columns ticket_id, subject, body and optionally language (strings); the order does not matter.
        before: what was kept of the last time. Its topics stay, with their tickets; new tickets join them, or make new
            topics where they are like none. Only when there are twice as many tickets are all topics made anew, and
            then a topic that has most tickets of an old one keeps its id and label.
        number: how many topics; None: where Ward's next join costs most (`clusters.number_of_groups`).
        anew: make them from all tickets in any case.
        told: told in words what is being done, with the share that is done; what it raises ends the work.
    """
    ids, texts, silent = _read(tickets)
    if len(ids) < FEWEST_TICKETS:
        return Found(None, (), Making(len(ids), silent))
    labels: Labels | None
    if before is None or anew or len(ids) >= OUTGROWN * before.made_of or number != before.number:
        memory, labels, making = _made(ids, texts, before, number, told)
    else:
        memory, labels, making = _carried_on(ids, texts, before, told)
    nodes = tree_of(memory.clusters, memory.topics, memory.means)
    told("Naming topics", 0.95)
    names = (
        labels.of((node for node in nodes if node.topic), _that_hold(memory, nodes))
        if labels is not None
        else memory.labels
    )
    known = {node.id for node in nodes}
    kept = {name: label for name, label in names.items() if name in known}
    making = replace(making, silent=silent, topics=len(set(memory.topics)))
    return Found(replace(memory, labels=kept), nodes, making)


def _read(tickets: pa.Table) -> tuple[list[str], Texts, int]:
    """Return the ids of the tickets that say something, in order, what they say, and how many say nothing."""
    ordered = tickets.sort_by("ticket_id")
    columns = [ordered[name].to_pylist() for name in ("ticket_id", "subject", "body")]
    stated = ordered["language"].to_pylist() if "language" in ordered.column_names else [None] * len(ordered)
    ids, said, languages = [], [], []
    for ticket, subject, body, language in zip(*columns, stated, strict=True):
        if each := sentences(subject, body):
            ids.append(ticket)
            said.append(each)
            languages.append(language_of(language, each))
    return ids, Texts(said, languages), len(ordered) - len(ids)


def _read_vectors(texts: Texts, wanted: Sequence[int], told: Progress) -> Vectors:
    def heard(done: int, every: int) -> None:
        told(f"Reading tickets for topics: {done:,} of {every:,} sentences", 0.9 * done / every)

    return ticket_vectors(texts, wanted, heard)


def _made(
    ids: list[str], texts: Texts, before: Memory | None, number: int | None, told: Progress
) -> tuple[Memory, Labels, Making]:
    raw = _read_vectors(texts, range(len(ids)), told)
    languages = language_means(raw, texts.languages)
    points = centred(raw, texts.languages, languages)
    del raw
    told("Grouping tickets", 0.92)
    places, means = small_clusters(points)
    tree = ward(means, np.bincount(places))
    groups = cut(tree, number or number_of_groups(tree, len(ids)))
    held = _held(places, ids)
    clusters = [name_of(held[at]) for at in range(len(means))]
    by_group: dict[int, list[str]] = defaultdict(list)
    for at, group in enumerate(groups):
        by_group[int(group)].append(clusters[at])
    topics = _kept_ids({group: name_of(each) for group, each in by_group.items()}, groups[places], ids, before)
    memory = Memory(
        clusters=tuple(clusters),
        topics=tuple(topics[int(group)] for group in groups),
        means=means,
        languages=languages,
        limit=like(points, places, means),
        made_of=len(ids),
        number=number,
        members={ticket: clusters[at] for ticket, at in zip(ids, places, strict=True)},
        labels=before.labels if before else {},
    )
    old, now = before.topic_of() if before else {}, memory.topic_of()
    making = Making(
        len(ids), 0, anew=True, moved=sum(topic != now[ticket] for ticket, topic in old.items() if ticket in now),
        founded=len(set(memory.topics) - set(old.values())), gone=len(set(old.values()) - set(memory.topics)),
    )  # fmt: skip
    return memory, Labels(ids, texts, points, places), making


def _held(places: Places, ids: Sequence[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for at, ticket in zip(places, ids, strict=True):
        found[int(at)].append(ticket)
    return found


def _kept_ids(
    named: dict[int, str], groups: Places, ids: Sequence[str], before: Memory | None
) -> dict[int, str]:  # fmt: skip
    """Return the id of each group: that of the old topic most of whose tickets it has, else its own."""
    if before is None:
        return named
    old = before.topic_of()
    shared = Counter((old[ticket], int(group)) for ticket, group in zip(ids, groups, strict=True) if ticket in old)
    sizes = Counter(old[ticket] for ticket in ids if ticket in old)
    found: dict[int, str] = {}
    for (topic, group), n in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if n * 2 > sizes[topic] and group not in found:
            found[group] = topic
    return named | found


def _carried_on(
    ids: list[str], texts: Texts, before: Memory, told: Progress
) -> tuple[Memory, Labels | None, Making]:  # fmt: skip
    """Return the old topics with their tickets, and what the tickets that came in did to them."""
    members = {ticket: before.members[ticket] for ticket in ids if before.members.get(ticket)}
    wanted = [at for at, ticket in enumerate(ids) if ticket not in members]
    fresh = sum(ids[at] not in before.members for at in wanted)
    if not wanted:
        return replace(before, members=members), None, Making(len(ids), 0)
    chosen = [texts.languages[at] for at in wanted]
    raw = _read_vectors(texts, wanted, told)
    points = centred(raw, chosen, {**language_means(raw, chosen), **before.languages})
    nearest = placed(points, before.means, before.limit)
    members |= {ids[at]: before.clusters[cluster] for at, cluster in zip(wanted, nearest, strict=True) if cluster >= 0}
    joined = int((nearest >= 0).sum())
    far = np.flatnonzero(nearest < 0)
    groups = new_groups(points[far], before.limit, len(ids))
    members |= {ids[wanted[at]]: "" for at, group in zip(far, groups, strict=True) if group < 0}
    making = Making(len(ids), 0, placed=min(joined, fresh), loose=int((groups < 0).sum()))
    if not (groups >= 0).any():
        return replace(before, members=members), None, making
    inside = far[groups >= 0]
    places = groups[groups >= 0]
    held = _held(places, [ids[wanted[at]] for at in inside])
    names = [name_of(held[at]) for at in range(len(held))]
    members |= {ids[wanted[at]]: names[place] for at, place in zip(inside, places, strict=True)}
    own = Texts([texts.said[wanted[at]] for at in inside], [chosen[at] for at in inside])
    memory = replace(
        before, members=members, clusters=(*before.clusters, *names), topics=(*before.topics, *names),
        means=np.vstack([before.means, centres(points[inside], places)]),
    )  # fmt: skip
    labels = Labels(
        [ids[wanted[at]] for at in inside], own, points[inside], places + len(before.clusters)
    )  # fmt: skip
    return memory, labels, replace(making, founded=len(names))


def _that_hold(memory: Memory, nodes: Sequence[Node]) -> dict[str, Label]:
    """Return the labels of before whose node is still there, and whose ticket is."""
    there = {node.id for node in nodes}
    return {name: label for name, label in memory.labels.items() if name in there and memory.members.get(label.example)}
